import type { Address, Order, Shipment } from '../core/order';
import type { AddressField, ShopRules } from '../core/policy';
import {
  attemptFailed,
  cancelPending,
  isDispatched,
  openShipments,
  orderState,
  returnAgreed,
} from './parcels';
import { checkPin, cityName, stateName, type PinCheck } from './pins';
import { toE164 } from './phone';

export { checkPin, type PinCheck } from './pins';

/** Why a person has to look at an address change. `not_this_field`: the carrier does not take this part now. */
export type AddressPersonReason =
  | 'another_city'
  | 'another_state'
  | 'another_country'
  | 'second_change'
  | 'not_this_field'
  | 'several_parcels';

/** Why an address cannot be changed, or not to this. */
export type AddressRefusal =
  | 'delivered'
  | 'cancelled'
  | 'rto'
  | 'lost'
  | 'pending_request'
  | 'nothing_changes'
  | 'not_a_pin'
  | 'not_a_phone'
  | 'empty_field';

/** What happens with a corrected address. */
export type AddressPlan =
  | {
      /** `now`: changed at once, the parcel has not left. `carrier`: the carrier is asked. `with_reattempt`: goes with a new attempt. */
      kind: 'now' | 'carrier' | 'with_reattempt';
      before: Address;
      after: Address;
      changedFields: (keyof Address)[];
      /** Parcel it concerns; absent before dispatch. */
      shipment?: Shipment;
    }
  | {
      kind: 'person';
      reason: AddressPersonReason;
      before: Address;
      after: Address;
      changedFields: (keyof Address)[];
      /** Parts that the carrier would take now, for saying so. */
      possible: AddressField[];
    }
  | { kind: 'refused'; reason: AddressRefusal; field?: keyof Address };

const FIELDS = [
  'name',
  'phone',
  'line1',
  'line2',
  'landmark',
  'city',
  'state',
  'postalCode',
  'country',
] as const satisfies readonly (keyof Address)[];
const REQUIRED: (keyof Address)[] = ['name', 'phone', 'line1', 'city', 'state', 'postalCode', 'country'];

/** An address with changes laid over it, tidied; an empty optional part is taken away. */
export function withChanges(before: Address, changes: Partial<Address>, country: string): Address {
  const after: Address = { ...before };
  for (const field of FIELDS) {
    const given = changes[field];
    if (given === undefined) continue;
    const text = given.replace(/\s+/g, ' ').trim();
    if (field === 'phone') after.phone = toE164(text, country) ?? text;
    else if (field === 'postalCode') after.postalCode = text.replace(/\s/g, '');
    else after[field] = text;
  }
  if (!after.line2) delete after.line2;
  if (!after.landmark) delete after.landmark;
  return after;
}

function same(field: keyof Address, a: Address, b: Address): boolean {
  if (field === 'city') return cityName(a.city) === cityName(b.city);
  if (field === 'state') {
    return (stateName(a.state) ?? a.state.toLowerCase()) === (stateName(b.state) ?? b.state.toLowerCase());
  }
  return (a[field] ?? '') === (b[field] ?? '');
}

/** Corrections asked for so far that still stand. */
export function addressChangesMade(order: Order): number {
  return order.requests.filter(
    (r) => r.type === 'address_change' && r.state !== 'rejected' && r.state !== 'cancelled',
  ).length;
}

function stateRefusal(order: Order): AddressRefusal | undefined {
  const state = orderState(order);
  if (state === 'delivered' || state === 'cancelled' || state === 'lost') return state;
  if (state === 'rto_initiated' || state === 'rto_delivered' || returnAgreed(order)) return 'rto';
  return cancelPending(order) ? 'pending_request' : undefined;
}

/** Whether a correction can be offered at all: not refused by the order's state, and not the second. */
export function addressOpen(order: Order, rules: ShopRules): boolean {
  return !stateRefusal(order) && addressChangesMade(order) < rules.policy.address.maxChanges;
}

/** Why no correction is possible in this state; undefined when one is. Ask this before asking for any proof. */
export function addressRefusal(order: Order): AddressRefusal | undefined {
  return stateRefusal(order);
}

/** Parts of the address that can be corrected now without a person, and how. A parcel of several has to be named by a person. */
export function addressFields(
  order: Order,
  rules: ShopRules,
  shipmentId?: string,
): { kind: 'now' | 'carrier' | 'with_reattempt'; shipment?: Shipment; fields: AddressField[] } | undefined {
  if (stateRefusal(order)) return undefined;
  const { beforeDispatch, afterDispatch, afterFailedAttempt } = rules.policy.address;
  const open = openShipments(order);
  if (!open.some(isDispatched)) return { kind: 'now', fields: beforeDispatch };
  const named = open.filter((one) => shipmentId === undefined || one.id === shipmentId);
  const [shipment] = named;
  // One instruction goes to one parcel; the others would go to the old address without a word.
  if (!shipment || named.length > 1) return undefined;
  return attemptFailed(shipment)
    ? { kind: 'with_reattempt', shipment, fields: afterFailedAttempt }
    : { kind: 'carrier', shipment, fields: afterDispatch };
}

function badField(after: Address, changed: (keyof Address)[], country: string): AddressPlan | undefined {
  const empty = changed.find((field) => REQUIRED.includes(field) && !after[field]);
  if (empty) return { kind: 'refused', reason: 'empty_field', field: empty };
  if (changed.includes('phone') && !toE164(after.phone, country)) {
    return { kind: 'refused', reason: 'not_a_phone', field: 'phone' };
  }
  if (after.country === 'IN' && checkPin(after.postalCode).result === 'not_a_pin') {
    return changed.includes('postalCode')
      ? { kind: 'refused', reason: 'not_a_pin', field: 'postalCode' }
      : undefined;
  }
  return undefined;
}

/** Whether the corrected place is in another town than the one the order was sent to. */
function elsewhere(before: Address, after: Address): AddressPersonReason | undefined {
  if (!same('country', before, after)) return 'another_country';
  if (!same('state', before, after)) return 'another_state';
  const pin =
    after.country === 'IN' && before.postalCode !== after.postalCode ? pinOf(before, after) : undefined;
  if (pin?.result === 'other_state') return 'another_state';
  if (!same('city', before, after) || pin?.otherCity) return 'another_city';
  return undefined;
}

function pinOf(before: Address, after: Address): PinCheck {
  // The shop's own state or city may not fit its own PIN code; the customer is not to suffer for that.
  const was = checkPin(before.postalCode, before);
  const is = checkPin(after.postalCode, after);
  return was.result === 'other_state' && is.result === 'other_state'
    ? { result: 'ok', states: is.states }
    : is;
}

/**
 * What a correction would do. The order's state is looked at first, then the values, then whether the place stays in its city and state
 * (otherwise a person), how often it was changed, and last what the carrier takes at this point. With `person` somebody at the shop asks:
 * what would go to a person is theirs to decide.
 */
export function addressPlan(
  order: Order,
  rules: ShopRules,
  _now: Date,
  changes: Partial<Address>,
  person?: { shipmentId?: string },
): AddressPlan {
  const refused = stateRefusal(order);
  if (refused) return { kind: 'refused', reason: refused };
  const before = order.shippingAddress;
  const after = withChanges(before, changes, rules.country);
  const changedFields = FIELDS.filter((field) => (after[field] ?? '') !== (before[field] ?? ''));
  const telling = changedFields.filter((field) => !same(field, before, after));
  if (telling.length === 0) return { kind: 'refused', reason: 'nothing_changes' };
  const bad = badField(after, changedFields, rules.country);
  if (bad) return bad;
  const can = addressFields(order, rules, person?.shipmentId);
  const bring = (reason: AddressPersonReason): AddressPlan => ({
    kind: 'person',
    reason,
    before,
    after,
    changedFields: telling,
    possible: can?.fields ?? [],
  });
  if (person && can) return { kind: can.kind, before, after, changedFields: telling, shipment: can.shipment };
  const far = elsewhere(before, after);
  if (far) return bring(far);
  if (addressChangesMade(order) >= rules.policy.address.maxChanges) return bring('second_change');
  if (!can) return bring('several_parcels');
  if (telling.some((field) => !can.fields.includes(field as AddressField))) return bring('not_this_field');
  return { kind: can.kind, before, after, changedFields: telling, shipment: can.shipment };
}
