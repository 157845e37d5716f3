import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InstagramAdapter } from '../../src/channels/instagram/adapter';
import { WhatsAppCloudAdapter } from '../../src/channels/whatsapp-cloud/adapter';
import type { InboundActivity } from '../../src/core/activity';
import { samplesFolder } from '../kit/samples';
import { instagramSettings, whatsappSettings } from '../doubles/graph-stand-in';

/**
 * Replays public samples of real payloads, kept outside the project. `DOORSTEP_FIXTURES` names their folder: `counts.json` says what each
 * file holds, `signature-vectors.json` has signed bodies.
 */
const folder = samplesFolder;
type Counts = Record<string, number>;
type Vectors = {
  secret: string;
  meta_x_hub_signature_256: { name: string; body_base64: string; header: string }[];
};

const read = (name: string): unknown => JSON.parse(readFileSync(join(folder ?? '', name), 'utf8'));
const receivedAt = new Date('2026-11-22T10:00:00Z');

function find(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = key === name && typeof inner === 'string' ? inner : find(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function parseFixture(name: string): InboundActivity[] {
  const body = read(`${name}.json`);
  if (name.startsWith('whatsapp-cloud/')) {
    const phoneNumberId = find(body, 'phone_number_id') ?? '1';
    return new WhatsAppCloudAdapter(whatsappSettings('http://127.0.0.1:1', { phoneNumberId })).inbound.parse(
      body,
      receivedAt,
    );
  }
  const entry = ((Array.isArray(body) ? body[0] : body) as { entry: { id: string }[] }).entry[0];
  const accountId = entry?.id === '0' ? '17841400000000000' : (entry?.id ?? '');
  return new InstagramAdapter(instagramSettings('http://127.0.0.1:1', { accountId })).inbound.parse(
    body,
    receivedAt,
  );
}

/** The word of counts.json that an activity counts under; undefined for what it does not count. */
function countedAs(activity: InboundActivity, name: string): string | undefined {
  const isEcho = name.includes('/echo-') || activity.id.includes('echo');
  switch (activity.type) {
    case 'message':
      return activity.body.kind === 'unsupported' && activity.body.what !== 'order'
        ? 'unsupported'
        : 'customer_messages';
    case 'echo':
      return 'echoes';
    case 'receipt':
      return 'statuses';
    case 'read-up-to':
      return 'reads';
    case 'edited':
    case 'revoked':
      return isEcho ? 'echoes' : 'edits_revokes';
    case 'identity-changed':
      return activity.id.startsWith('user_id_update') ? 'other_changes' : 'system';
    case 'consent':
      return 'other_changes';
    case 'ignored':
      return ignoredAs(activity.what);
  }
}

function ignoredAs(what: string): string | undefined {
  if (what === 'call') return undefined;
  if (what.startsWith('status:')) return 'statuses';
  if (what.startsWith('error:')) return 'value_errors';
  if (what === 'message:ephemeral') return 'unsupported';
  if (what === 'field:comments') return 'comments';
  const words: Record<string, string> = {
    'message:reaction': 'reactions',
    reaction: 'reactions',
    referral: 'referral_only',
    history: 'history',
    standby: 'standby',
    'echo:self': 'echoes',
  };
  return words[what] ?? 'other_changes';
}

const counts = folder ? (read('counts.json') as Record<string, Counts>) : {};
const names = Object.keys(counts);
const suite = names.length > 0 ? describe : describe.skip;

const title = 'public samples of real payloads';
suite(names.length > 0 ? title : `${title}: skipped, DOORSTEP_FIXTURES names no folder with them`, () => {
  test.each(names.length > 0 ? names : ['none'])('%s holds what was counted in it', (name) => {
    const tally: Counts = {};
    for (const activity of parseFixture(name)) {
      const word = countedAs(activity, name);
      if (word) tally[word] = (tally[word] ?? 0) + 1;
    }
    expect(tally).toEqual(counts[name]);
  });

  test.each(names.length > 0 ? names : ['none'])(
    '%s gets the same ids at a second delivery, each once',
    (name) => {
      const ids = parseFixture(name).map((activity) => activity.id);
      expect(parseFixture(name).map((activity) => activity.id)).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  test('every signed body is accepted over its raw bytes, and no other header is', () => {
    const { secret, meta_x_hub_signature_256: vectors } = read('signature-vectors.json') as Vectors;
    const { inbound } = new WhatsAppCloudAdapter(
      whatsappSettings('http://127.0.0.1:1', { appSecret: secret }),
    );
    const bodies = vectors.map((vector) => Buffer.from(vector.body_base64, 'base64'));
    vectors.forEach(({ header }, n) => {
      const bytes = bodies[n]!;
      const isAccepted = (value?: string) => inbound.authenticate(bytes, { 'x-hub-signature-256': value });
      expect(isAccepted(header)).toBe(true);
      for (const bad of [
        undefined,
        '',
        header.slice(0, -1),
        `${header},${header}`,
        vectors[(n + 1) % 4]!.header,
      ]) {
        expect(isAccepted(bad)).toBe(false);
      }
      expect(inbound.authenticate(bytes, { 'x-hub-signature': header.replace('sha256', 'sha1') })).toBe(
        false,
      );
    });
  });
});
