import type { CarrierAnswer, CarrierInstruction, CarrierPort } from '../../core/carrier';
import type { Address } from '../../core/order';
import { callApi, refuseUndecided, undecided, type ApiAnswer } from '../api-call';
import { fields, items, said } from '../scan-fields';

/** How often and for how long a decision is asked for within one try, milliseconds; later ones are asked for at the next. */
const LOOK_MS = 1_000;
const LOOKS = 5;
/** Uploads remembered, so that a try after a lost answer asks for the decision and not for another attempt. */
const UPLOADS_MAX = 1_000;

/** Where Delhivery's API is, and our key. */
export interface DelhiveryAccount {
  /** Without a slash at the end. */
  url: string;
  token: string;
  /** Between two looks at a decision, milliseconds; tests shorten it. */
  lookMs?: number;
}

function wholeAddress(address: Address): string {
  const { line1, line2, landmark, city, state, postalCode } = address;
  return [line1, line2, landmark, city, state, postalCode].filter(Boolean).join(', ');
}

function details({ address, phone }: CarrierInstruction) {
  const number = phone ?? address?.phone;
  return {
    ...(address?.name ? { name: address.name } : {}),
    ...(address ? { add: wholeAddress(address) } : {}),
    ...(number ? { phone: number.replace(/^\+91(?=\d{10}$)/, '') } : {}),
  };
}

/** After a failed attempt: first the corrected details, then another day, or simply another attempt. */
function actsOf(instruction: CarrierInstruction): object[] {
  const { trackingNumber: waybill, date } = instruction;
  const changed = details(instruction);
  return [
    ...(Object.keys(changed).length > 0 ? [{ waybill, act: 'EDIT_DETAILS', action_data: changed }] : []),
    date
      ? { waybill, act: 'DEFER_DLV', action_data: { deferred_date: date } }
      : { waybill, act: 'RE-ATTEMPT' },
  ];
}

function refusal({ body, status }: ApiAnswer): string {
  const { error, remark, remarks, rmk, message, detail } = fields(body);
  const words = [error, remark, rmk, message, detail, items(remarks)[0], remarks];
  return words.map(said).find(Boolean) ?? `refused with HTTP ${status}`;
}

function decisionOf(answer: ApiAnswer, reference: string): CarrierAnswer | undefined {
  const { status, failed_wbns: failed } = fields(answer.body);
  const first = fields(items(failed)[0]);
  const state = said(status) ?? '';
  if (items(failed).length > 0 || /fail|error|reject/i.test(state))
    return { status: 'rejected', reference, reason: said(first.message ?? first.remark) ?? refusal(answer) };
  return /success|complete|done/i.test(state) ? { status: 'accepted', reference } : undefined;
}

/**
 * Delhivery: corrected phone or address of a parcel under way, and the answer to a failed delivery (another day, another attempt, with
 * corrections). What is asked after a failure is decided later and looked up by its upload's name. Other instructions stay with people.
 */
export function delhiveryCarrier(account: DelhiveryAccount): CarrierPort {
  const headers = { Authorization: `Token ${account.token}` };
  const uploads = new Map<string, string>();

  const edit = async (instruction: CarrierInstruction): Promise<CarrierAnswer> => {
    const answer = await callApi(`${account.url}/api/p/edit`, {
      headers,
      body: { waybill: instruction.trackingNumber, ...details(instruction) },
    });
    refuseUndecided(answer);
    const { status } = fields(answer.body);
    const yes = status === true || /success|true/i.test(said(status) ?? '');
    return answer.status < 400 && yes
      ? { status: 'accepted' }
      : { status: 'rejected', reason: refusal(answer) };
  };
  const upload = async (instruction: CarrierInstruction): Promise<string | CarrierAnswer> => {
    const known = uploads.get(instruction.id);
    if (known) return known;
    const answer = await callApi(`${account.url}/api/p/update`, {
      headers,
      body: { data: actsOf(instruction) },
    });
    refuseUndecided(answer);
    const { request_id: id, UPL } = fields(answer.body);
    const name = said(id) ?? said(UPL);
    if (!name) return { status: 'rejected', reason: refusal(answer) };
    if (uploads.size >= UPLOADS_MAX) uploads.delete(uploads.keys().next().value ?? '');
    uploads.set(instruction.id, name);
    return name;
  };
  const decided = async (name: string): Promise<CarrierAnswer> => {
    for (let look = 0; look < LOOKS; look += 1) {
      const answer = await callApi(
        `${account.url}/api/cmu/get_bulk_upl/${encodeURIComponent(name)}?verbose=true`,
        { method: 'GET', headers },
      );
      refuseUndecided(answer);
      const decision = decisionOf(answer, name);
      if (decision) return decision;
      await new Promise((resolve) => setTimeout(resolve, account.lookMs ?? LOOK_MS));
    }
    throw undecided('not_decided_yet', { kind: 'backoff' });
  };

  return {
    takes: ({ action, trackingNumber, address, phone }) =>
      trackingNumber !== undefined &&
      (action === 'reattempt' || (action === 'update_address' && (address ?? phone) !== undefined)),
    async submit(instruction) {
      if (instruction.action === 'update_address') return edit(instruction);
      const name = await upload(instruction);
      if (typeof name !== 'string') return name;
      const decision = await decided(name);
      uploads.delete(instruction.id);
      return decision;
    },
  };
}
