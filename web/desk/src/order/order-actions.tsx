import { useEffect, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { ActionOffers, OrderAction } from '../../../../src/desk/order-actions';
import type { OrderWire, RequestWire } from '../../../../src/desk/wire';
import { call, Refusal } from '../lib/api';
import { useDesk } from '../lib/desk';
import { REQUEST_STATES, requestWords } from '../lib/words';
import { Icon, type IconName } from '../ui/icons';
import { Fault } from '../ui/parts';
import { AddressForm, CancelForm, RescheduleForm, ReturnForm } from './action-forms';

type Kind = OrderAction['type'];

const ACTIONS: { kind: Kind; icon: IconName; label: string }[] = [
  { kind: 'reschedule', icon: 'calendar', label: 'Change date' },
  { kind: 'address_change', icon: 'pin', label: 'Correct address' },
  { kind: 'return', icon: 'return', label: 'Start return' },
  { kind: 'cancel', icon: 'cancel', label: 'Cancel order' },
];

interface Props {
  order: OrderWire;
  /** Where the receipt is kept, and who is told; absent for an order nobody has asked about. */
  conversation?: string | undefined;
  /** Only some of them; all when absent. */
  only?: readonly Kind[];
  onDone?(order: OrderWire): void;
}

/** What the bot can do with the order, as buttons: the same rules decide, the same receipt is kept. */
export function OrderActions({ order, conversation, only, onDone }: Props) {
  const desk = useDesk();
  const [kind, setKind] = useState<Kind>();
  const [known, setKnown] = useState<ActionOffers>();
  const [offers, setOffers] = useState<ActionOffers>();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  // One id for one intention: pressing twice asks once.
  const [id, setId] = useState('');

  const { orderNumber, version } = order;
  const ask = () => call<ActionOffers>('GET', `/orders/${encodeURIComponent(orderNumber)}/offers`);
  // What cannot be done now is seen before it is pressed; whoever presses it reads why.
  useEffect(() => {
    let current = true;
    ask().then(
      (answer) => current && setKnown(answer),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [orderNumber, version]);
  const begin = (wanted: Kind) => {
    setKind(wanted);
    setOffers(undefined);
    setFault(undefined);
    setId(crypto.randomUUID());
    ask().then(setOffers, (error: unknown) =>
      setFault(error instanceof Error ? error.message : String(error)),
    );
  };
  const perform = async (action: OrderAction) => {
    setBusy(true);
    setFault(undefined);
    try {
      const path = `/orders/${encodeURIComponent(orderNumber)}/actions`;
      const answer = await call<{ request: RequestWire; order: OrderWire }>('POST', path, {
        id,
        ...(conversation === undefined ? {} : { conversation }),
        action,
      });
      desk.open.putOrder(answer.order);
      onDone?.(answer.order);
      const { request } = answer;
      desk.say(`${orderNumber}: ${requestWords(request)} (${REQUEST_STATES[request.state].toLowerCase()})`);
      setKind(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
      if (error instanceof Refusal && error.problem.status === 409) setId(crypto.randomUUID());
    }
    setBusy(false);
  };

  const offer = kind && offers?.[kind];
  const failed = order.parcels.some(({ status }) => status === 'attempt_failed');
  const named: Partial<Record<Kind, string>> = {
    ...(failed ? { reschedule: 'Deliver again' } : {}),
    ...(known?.cancel.back ? { cancel: 'Send back' } : {}),
  };
  const shown = ACTIONS.filter(({ kind: each }) => only?.includes(each) ?? true).map((each) => ({
    ...each,
    label: named[each.kind] ?? each.label,
  }));
  const label = shown.find((one) => one.kind === kind)?.label;
  const form = {
    order,
    busy,
    onSubmit: (action: OrderAction) => void perform(action),
    onCancel: () => setKind(undefined),
  };
  return (
    <>
      <div className="order-actions">
        {shown.map(({ kind: each, icon, label: words }) => {
          const refused = known?.[each].allowed === false;
          return (
            <Button
              key={each}
              className={`button small ${refused ? 'not-now' : ''}`}
              onPress={() => begin(each)}
            >
              <Icon name={icon} /> {words}
              {refused ? <span className="hidden"> (not possible now: press to read why)</span> : null}
            </Button>
          );
        })}
      </div>
      <ModalOverlay
        className="overlay"
        isOpen={kind !== undefined}
        onOpenChange={(open) => !open && setKind(undefined)}
        isDismissable
      >
        <Modal className="modal">
          <Dialog className="dialog">
            <Heading slot="title">
              {label} · {orderNumber}
            </Heading>
            {fault ? <Fault>{fault}</Fault> : null}
            {offer && !offer.allowed ? (
              <>
                <p className="notice">{offer.why ?? 'The rules of the shop do not allow this now.'}</p>
                <div className="dialog-foot">
                  <Button className="button" onPress={() => setKind(undefined)}>
                    Close
                  </Button>
                </div>
              </>
            ) : null}
            {offers && offer?.allowed && kind === 'reschedule' ? (
              <RescheduleForm {...form} offer={offers.reschedule} />
            ) : null}
            {offers && offer?.allowed && kind === 'address_change' ? (
              <AddressForm {...form} offer={offers.address_change} />
            ) : null}
            {offers && offer?.allowed && kind === 'return' ? (
              <ReturnForm {...form} offer={offers.return} />
            ) : null}
            {offers && offer?.allowed && kind === 'cancel' ? (
              <CancelForm {...form} offer={offers.cancel} />
            ) : null}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
