import type { Address, Order } from '../../src/core/order';
import type { AddressField } from '../../src/core/policy';
import { addressPlan, type AddressPlan } from '../../src/support/address';
import type { Call } from './call';
import type { When } from './dates';

/** What is gathered to correct an address. */
export interface AddressChange extends When {
  /** Fields as the customer wants them. */
  patch?: Partial<Record<AddressField, string>>;
  /** Field whose value is being asked. */
  field?: AddressField;
  more?: boolean;
  /** The customer was told that the PIN code lies in another state. */
  warned?: boolean;
  confirmed?: boolean;
  declined?: boolean;
}

/** Names WhatsApp's native address form, and our own, give to fields. */
const FORM_FIELDS: Record<string, AddressField> = {
  name: 'name',
  phone_number: 'phone',
  phone: 'phone',
  in_pin_code: 'postalCode',
  pin_code: 'postalCode',
  pincode: 'postalCode',
  postal_code: 'postalCode',
  postalcode: 'postalCode',
  landmark_area: 'landmark',
  landmark: 'landmark',
  city: 'city',
  state: 'state',
  line1: 'line1',
  line2: 'line2',
  address: 'line2',
};
/** Parts that together make the first line, in the order people write them. */
const FIRST_LINE = ['house_number', 'floor_number', 'tower_number', 'building_name'];

/** The fields of a submitted address form; empty ones are left out. */
export function fieldsOfForm(values: Record<string, string>): Partial<Record<AddressField, string>> {
  const patch: Partial<Record<AddressField, string>> = {};
  for (const [key, value] of Object.entries(values)) {
    const field = FORM_FIELDS[key] ?? FORM_FIELDS[key.toLowerCase()];
    if (field && value.trim()) patch[field] = value.trim();
  }
  const first = FIRST_LINE.flatMap((key) => values[key]?.trim() || []).join(', ');
  // Without house details the form's one address field is the first line.
  if (first) patch.line1 = first;
  else if (patch.line2 && values.address && !values.line1) {
    patch.line1 = patch.line2;
    delete patch.line2;
  }
  return patch;
}

/** Every part of an address found in the turn: words, the address form, a shared contact. */
export function fieldsSaid(call: Call): Partial<Record<AddressField, string>> {
  const { understanding, form, phones } = call.heard;
  const { address, pin, phone } = understanding.slots;
  const patch: Partial<Record<AddressField, string>> = {};
  if (address) {
    const { name, line1, line2, landmark, city, state, postalCode } = address.value;
    Object.assign(patch, defined({ name, line1, line2, landmark, city, state, postalCode }));
  }
  if (pin && !patch.postalCode) patch.postalCode = pin.value;
  if (phone) patch.phone = phone.value;
  else if (phones[0]) patch.phone = phones[0];
  return form ? { ...patch, ...fieldsOfForm(form.values) } : patch;
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;
}

/** Words for the same thing, in both scripts. */
const SAME_LABEL = ['flat|apartment|apt|फ़्लैट|फ्लैट', 'house|h\\.? ?no|makan|makaan|ghar|मकान|घर'];
const NUMBERED =
  /^(flat|house|door|apartment|apt|h\.? ?no|plot|shop|room|unit|फ़्लैट|फ्लैट|मकान)\.?\s*(?:no\.?\s*|number\s*)?([\w/-]*\d[\w/-]*)$/iu;

/**
 * A corrected number put into the line it belongs to: "Flat 402" said of "Flat 204, Lake View Apartments" leaves the building where it is.
 * Anything longer than a label and its number replaces the line.
 */
export function inPlace(before: string, said: string): string {
  const [, label = '', number = ''] = NUMBERED.exec(said.trim()) ?? [];
  if (!number) return said;
  const labels = SAME_LABEL.find((words) => new RegExp(`^(?:${words})$`, 'iu').test(label)) ?? label;
  const labelled = new RegExp(`((?:${labels})\\.?\\s*(?:no\\.?\\s*|number\\s*)?)[\\w/-]*\\d[\\w/-]*`, 'iu');
  if (labelled.test(before)) return before.replace(labelled, (_all, lead: string) => `${lead}${number}`);
  const bare = /^([#\s]*)[\w/-]*\d[\w/-]*(?=\s*,|\s|$)/u;
  return bare.test(before) ? before.replace(bare, (_all, lead: string) => `${lead}${number}`) : said;
}

/** The parts of the old address that a whole new one leaves behind: a landmark of the old street would send the courier there. */
export function leftBehind(before: Address, patch: AddressChange['patch'] = {}): AddressChange['patch'] {
  const { line1, postalCode } = patch;
  const whole = line1 && !NUMBERED.test(line1.trim()) && postalCode && postalCode !== before.postalCode;
  return whole ? { line2: '', landmark: '' } : {};
}

const NAMED: [AddressField, RegExp][] = [
  ['postalCode', /\b(pin ?code|pin|postal code|zip)\b|पिन/i],
  ['phone', /\b(phone|mobile|number|contact no)\b|फ़ोन|फोन|मोबाइल|नंबर/i],
  ['landmark', /\b(landmark|nearby)\b|लैंडमार्क/i],
  [
    'line1',
    /\b(flat|house|door|building|street|plot|makaan|makan|ghar|gali)( no\.?| number)?\b|मकान|फ़्लैट|फ्लैट|गली/i,
  ],
  ['line2', /\b(area|locality|colony|sector|mohalla)\b|इलाका|मोहल्ला/i],
  ['city', /\b(city|town|shahar|sheher)\b|शहर/i],
  ['state', /\b(state|rajya)\b|राज्य/i],
  ['name', /\b(name|naam)\b|नाम/i],
];

/** The field a short line names without giving its value ("the landmark is wrong"). */
export function fieldNamed(text: string): AddressField | undefined {
  return NAMED.find(([, words]) => words.test(text))?.[0];
}

const AROUND_FIELD =
  /\b(my|the|is|are|should be|new|correct|right|please|change|update|add|set|to|as|it|its|mera|meri|naya|sahi|hai|kar do|kar dijiye|karo|likh do|wrong|galat|incorrect|not|badlo|badal do|badalna|no\.?)\b|[:=,]|(?<![\p{L}\p{M}])(मेरा|मेरी|नया|सही|है|हैं|कर दो|कर दीजिए|करो|लिख दो|गलत|ग़लत|बदलना|बदल दो|बदलो|को)(?![\p{L}\p{M}])/giu;

/** What a line says of the field it names: "landmark is Shiv Mandir" is "Shiv Mandir". Undefined when nothing is left. */
export function valueNamed(text: string, field: AddressField): string | undefined {
  const words = NAMED.find(([name]) => name === field)?.[1];
  if (!words || field === 'phone' || field === 'postalCode') return undefined;
  const rest = text.replace(new RegExp(words.source, 'giu'), ' ').replace(AROUND_FIELD, ' ');
  const value = rest.replace(/\s+/g, ' ').trim();
  return value.length >= 3 ? value : undefined;
}

/** An address on two or three lines. Shown only to who has proved it theirs. */
export function addressLines(address: Address): string {
  const place = [address.city, address.state].filter(Boolean).join(', ');
  return [
    address.name,
    [address.line1, address.line2].filter(Boolean).join(', '),
    address.landmark,
    [place, address.postalCode].filter(Boolean).join(' - '),
    address.phone,
  ]
    .filter(Boolean)
    .join('\n');
}

/** A pick-up address in one line. */
export function shortAddress(address: Address): string {
  return [address.line1, address.line2, address.city, address.postalCode].filter(Boolean).join(', ');
}

/** What the gathered change would do. */
export function planOf(call: Call, form: AddressChange, order: Order): AddressPlan {
  return addressPlan(order, call.deps.rules, call.now, (form.patch ?? {}) as Partial<Address>);
}
