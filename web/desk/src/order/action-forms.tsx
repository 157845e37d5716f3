import { useState, type FormEvent, type ReactNode } from 'react';
import {
  Button,
  Input,
  Label,
  TextArea,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import type { Address, ShipmentStatus } from '../../../../src/core/order';
import type { Resolution, ReturnReason, SlotName } from '../../../../src/core/understanding';
import type { ActionOffers, OrderAction } from '../../../../src/desk/order-actions';
import type { OrderWire } from '../../../../src/desk/wire';
import { dayWords } from '../lib/time';
import { plain } from '../lib/words';

interface FormProps {
  order: OrderWire;
  busy: boolean;
  onSubmit(action: OrderAction): void;
  onCancel(): void;
}

const REASONS: ReturnReason[] = [
  'damaged',
  'wrong_item',
  'size',
  'not_as_described',
  'changed_mind',
  'missing_parts',
  'other',
];
const OVER: ShipmentStatus[] = ['delivered', 'rto_initiated', 'rto_delivered', 'cancelled', 'lost'];
const FIELDS: [keyof Address, string][] = [
  ['name', 'Name'],
  ['phone', 'Phone'],
  ['line1', 'House and street'],
  ['line2', 'Area'],
  ['landmark', 'Landmark'],
  ['city', 'City'],
  ['state', 'State'],
  ['postalCode', 'PIN code'],
];

function Frame({
  children,
  action,
  busy,
  word,
  onSubmit,
  onCancel,
}: Omit<FormProps, 'order' | 'onSubmit'> & {
  children: ReactNode;
  action?: OrderAction;
  word: string;
  onSubmit: FormProps['onSubmit'];
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (action) onSubmit(action);
  };
  return (
    <form className="stack" onSubmit={submit}>
      {children}
      <div className="dialog-foot">
        <Button className="button" onPress={onCancel}>
          Back
        </Button>
        <Button type="submit" className="button primary" isDisabled={!action || busy}>
          {busy ? 'Asking…' : word}
        </Button>
      </div>
    </form>
  );
}

function PickOne<T extends string>({
  label,
  options,
  value,
  onChange,
  words = plain,
}: {
  label: string;
  options: readonly T[];
  value: T | undefined;
  onChange(value: T): void;
  words?: (option: T) => string;
}) {
  return (
    <div className="pick">
      <span className="label">{label}</span>
      <ToggleButtonGroup
        className="choices"
        aria-label={label}
        selectedKeys={value === undefined ? [] : [value]}
        onSelectionChange={(keys) => {
          const [key] = [...keys];
          if (key !== undefined) onChange(String(key) as T);
        }}
      >
        {options.map((option) => (
          <ToggleButton key={option} id={option} className="choice">
            {words(option)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

/** A new delivery date: only days and slots that the rules offer. */
export function RescheduleForm({ offer, order, ...form }: FormProps & { offer: ActionOffers['reschedule'] }) {
  const open = order.parcels.filter(({ id, status }) => id !== '' && !OVER.includes(status));
  const [parcel, setParcel] = useState<string>();
  const [day, setDay] = useState<string>();
  const [slot, setSlot] = useState<SlotName>();
  const slots = offer.dates.find((date) => date.day === day)?.slots ?? [];
  const named = open.length > 1;
  const action: OrderAction | undefined =
    day && (!named || parcel)
      ? {
          type: 'reschedule',
          date: day,
          ...(named && parcel ? { shipmentId: parcel } : {}),
          ...(slot && slots.includes(slot) ? { slot } : {}),
        }
      : undefined;
  const contents = (id: string) =>
    `${plain(id)}: ${
      open
        .find((one) => one.id === id)
        ?.items.map(({ name }) => name)
        .join(', ') ?? ''
    }`;
  return (
    <Frame {...form} word="Ask the carrier" {...(action ? { action } : {})}>
      {named ? (
        <PickOne
          label="Parcel"
          options={open.map(({ id }) => id)}
          value={parcel}
          onChange={setParcel}
          words={contents}
        />
      ) : null}
      <PickOne
        label="Day"
        options={offer.dates.map((date) => date.day)}
        value={day}
        onChange={setDay}
        words={dayWords}
      />
      {slots.length > 0 ? (
        <PickOne label="Time" options={slots} value={slot} onChange={(value) => setSlot(value)} />
      ) : null}
    </Frame>
  );
}

/** The parts of the address that may still change. */
export function AddressForm({
  offer,
  order,
  ...form
}: FormProps & { offer: ActionOffers['address_change'] }) {
  const [values, setValues] = useState<Partial<Record<keyof Address, string>>>({});
  const changes = Object.fromEntries(
    FIELDS.flatMap(([field]) => {
      const value = values[field]?.trim();
      return value && value !== order.shippingAddress[field] ? [[field, value]] : [];
    }),
  ) as Partial<Address>;
  const action: OrderAction | undefined =
    Object.keys(changes).length > 0 ? { type: 'address_change', changes } : undefined;
  return (
    <Frame {...form} word="Change the address" {...(action ? { action } : {})}>
      <div className="two-columns">
        {FIELDS.filter(([field]) => offer.fields.includes(field)).map(([field, label]) => (
          <TextField
            key={field}
            value={values[field] ?? order.shippingAddress[field] ?? ''}
            onChange={(value) => setValues((before) => ({ ...before, [field]: value }))}
          >
            <Label>{label}</Label>
            <Input className="input" />
          </TextField>
        ))}
      </div>
      {offer.fields.length < FIELDS.length ? (
        <p className="quiet">Other parts can no longer be changed at this point.</p>
      ) : null}
    </Frame>
  );
}

/** Items, reason and what the customer gets for them. */
export function ReturnForm({ offer, ...form }: FormProps & { offer: ActionOffers['return'] }) {
  const [counts, setCounts] = useState<Record<string, number>>({});
  const [reason, setReason] = useState<ReturnReason>();
  const [resolution, setResolution] = useState<Resolution>();
  const [exchangeFor, setExchangeFor] = useState('');
  const items = offer.items.flatMap(({ sku }) => {
    const quantity = counts[sku] ?? 0;
    return quantity > 0 ? [{ sku, quantity }] : [];
  });
  const action: OrderAction | undefined =
    items.length > 0 && reason && resolution && (resolution !== 'exchange' || exchangeFor.trim() !== '')
      ? {
          type: 'return',
          items,
          reason,
          resolution,
          ...(resolution === 'exchange' ? { exchangeFor: exchangeFor.trim() } : {}),
        }
      : undefined;
  return (
    <Frame {...form} word="Start the return" {...(action ? { action } : {})}>
      {offer.items.map(({ sku, name, quantity }) => (
        <PickOne
          key={sku}
          label={name}
          options={Array.from({ length: Math.min(quantity, 9) + 1 }, (_, n) => String(n))}
          value={String(counts[sku] ?? 0)}
          onChange={(value) => setCounts((before) => ({ ...before, [sku]: Number(value) }))}
        />
      ))}
      <PickOne label="Reason" options={REASONS} value={reason} onChange={(value) => setReason(value)} />
      <PickOne
        label="They get"
        options={offer.resolutions}
        value={resolution}
        onChange={(value) => setResolution(value)}
      />
      {resolution === 'exchange' ? (
        <TextField isRequired value={exchangeFor} onChange={setExchangeFor}>
          <Label>Exchange for</Label>
          <Input className="input" placeholder="Size L" />
        </TextField>
      ) : null}
    </Frame>
  );
}

/** Cancels before dispatch; after a failed attempt it asks the carrier to bring the parcel back. */
export function CancelForm({ offer, ...form }: FormProps & { offer: ActionOffers['cancel'] }) {
  const [comments, setComments] = useState('');
  return (
    <Frame
      {...form}
      word={offer.back ? 'Ask the carrier' : 'Cancel the order'}
      action={{ type: 'cancel', ...(comments.trim() ? { comments: comments.trim() } : {}) }}
    >
      <p>
        {offer.back
          ? 'The carrier is asked not to try again and to bring the parcel back to the shop.'
          : 'The whole order is cancelled and the shop is told.'}
      </p>
      <TextField value={comments} onChange={setComments}>
        <Label>Reason (optional)</Label>
        <TextArea className="input" rows={2} />
      </TextField>
    </Frame>
  );
}
