import type { CarrierAnswer, CarrierInstruction, CarrierPort } from '../../core/carrier';
import type { Clock } from '../../core/clock';
import { callApi, refuseUndecided, undecided, type ApiAnswer } from '../api-call';
import { fields, said } from '../scan-fields';

/** Shiprocket's sign-in lasts 10 days; a new one is taken a day before. */
const TOKEN_DAYS = 9;

/** Where Shiprocket's API is and who we are there. */
export interface ShiprocketAccount {
  /** Without a slash at the end. */
  url: string;
  email: string;
  password: string;
}

const ACTIONS: Partial<Record<CarrierInstruction['action'], string>> = {
  reattempt: 're-attempt',
  return_to_origin: 'return',
};

/** The courier calls this number: ten digits where it is Indian, as Shiprocket writes them. */
function localPhone(phone: string | undefined): string | undefined {
  return phone?.replace(/^\+91(?=\d{10}$)/, '');
}

/** What is asked, in the words of its call; comments are required there. */
function askedOf(instruction: CarrierInstruction) {
  const { action, date, slot, address, comments } = instruction;
  const phone = localPhone(instruction.phone ?? address?.phone);
  const street = address && [address.line1, address.landmark].filter(Boolean).join(', ');
  const rest =
    address && [address.line2, address.city, address.state, address.postalCode].filter(Boolean).join(', ');
  return {
    action: ACTIONS[action],
    comments: [comments ?? 'Asked for by the customer', slot && `please come in the ${slot}`]
      .filter(Boolean)
      .join('; '),
    ...(phone ? { phone } : {}),
    ...(street ? { address1: street } : {}),
    ...(rest ? { address2: rest } : {}),
    ...(date ? { deferred_date: date } : {}),
  };
}

/** Errors come with 200 and 202 as well: the body decides. */
function decisionOf({ status, body }: ApiAnswer): CarrierAnswer {
  const { message, error, errors, status: words, status_code: code } = fields(body);
  const fault =
    said(error) ?? (typeof errors === 'object' && errors ? 'some fields were refused' : undefined);
  const bad = status >= 400 || fault !== undefined || (typeof code === 'number' && code >= 400);
  if (bad) return { status: 'rejected', reason: fault ?? said(message) ?? `refused with HTTP ${status}` };
  const saysNo = /fail|error|not |unable|invalid/i.test(said(words) ?? said(message) ?? '');
  if (saysNo) return { status: 'rejected', reason: said(words) ?? said(message) };
  return { status: 'accepted' };
}

/**
 * Shiprocket's answer to a failed delivery: another attempt with day, phone and address, or return. It has no call for a change before the
 * first attempt, so those stay with people. The call has no idempotency key; asking twice for the same day changes nothing there.
 */
export function shiprocketCarrier(account: ShiprocketAccount, clock: Clock): CarrierPort {
  let signedIn: { token: string; until: number } | undefined;

  const signIn = async (): Promise<string> => {
    if (signedIn && signedIn.until > clock.now().getTime()) return signedIn.token;
    const { email, password } = account;
    const answer = await callApi(`${account.url}/auth/login`, { body: { email, password } });
    const token = said(fields(answer.body).token) && String(fields(answer.body).token);
    if (!token) {
      refuseUndecided(answer);
      throw undecided('token', { kind: 'reauthorise' }, undefined, answer.status);
    }
    signedIn = { token, until: clock.now().getTime() + TOKEN_DAYS * 86_400_000 };
    return token;
  };
  const ask = async (instruction: CarrierInstruction): Promise<ApiAnswer> =>
    callApi(`${account.url}/ndr/${encodeURIComponent(instruction.trackingNumber ?? '')}/action`, {
      headers: { Authorization: `Bearer ${await signIn()}` },
      body: askedOf(instruction),
    });

  return {
    takes: ({ action, trackingNumber }) => ACTIONS[action] !== undefined && trackingNumber !== undefined,
    async submit(instruction) {
      let answer = await ask(instruction);
      if (answer.status === 401) {
        // A sign-in may end before its time; one new one is tried.
        signedIn = undefined;
        answer = await ask(instruction);
      }
      refuseUndecided(answer);
      return decisionOf(answer);
    },
  };
}
