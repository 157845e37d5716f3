import { buildBrief } from '../../src/support/brief';
import { createSeal, createUnseal, readRefundAccount } from '../../src/support/seal';
import { NOW, orderWith } from './fixtures';

const SECRET = 'a shop secret of thirty-two chars';
const seal = createSeal(SECRET);
const unseal = createUnseal(SECRET);

describe('sealing', () => {
  test('reads back, and never looks the same twice', () => {
    const [a, b] = [seal('asha@okaxis'), seal('asha@okaxis')];
    expect([unseal(a), unseal(b)]).toEqual(['asha@okaxis', 'asha@okaxis']);
    expect(a).not.toBe(b);
    expect(a).not.toContain('asha');
  });

  test.each([
    ['changed', (sealed: string) => `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`],
    ['cut', (sealed: string) => sealed.slice(0, 10)],
    [
      'with a short tag',
      (sealed: string) =>
        sealed
          .split('.')
          .map((p, i) => (i === 2 ? p.slice(0, 6) : p))
          .join('.'),
    ],
    ['of an unknown form', (sealed: string) => sealed.replace('v1', 'v9')],
    ['empty', () => ''],
  ])('a value that is %s is refused', (_name, change) => {
    expect(() => unseal(change(seal('asha@okaxis')))).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  test('another secret does not open it', () => {
    expect(() => createUnseal('b'.repeat(32))(seal('x'))).toThrow('cannot be read');
  });
});

describe('refund accounts', () => {
  test.each([
    ['asha.rao@okaxis', 'upi', 'as••••@okaxis', 'asha.rao@okaxis'],
    ['my UPI is 9811100001@ybl, thanks', 'upi', '98••••@ybl', '9811100001@ybl'],
    ['it is a1@upi.', 'upi', 'a••••@upi', 'a1@upi'],
    ['a/c 1234 5678 9012, IFSC hdfc0001234', 'bank', '••••9012 (HDFC)', '123456789012 HDFC0001234'],
    ['SBIN0005943 account 30211234567', 'bank', '••••4567 (SBIN)', '30211234567 SBIN0005943'],
  ])('%j is read as %s %s', (text, kind, masked, plain) => {
    const account = readRefundAccount(text, seal);
    expect(account).toMatchObject({ kind, masked });
    expect(unseal(account!.sealed)).toBe(plain);
  });

  test.each(['asha@example.com', '123456789012', 'HDFC0001234', 'give it to me in cash', '@ybl', ''])(
    '%j is none',
    (text) => expect(readRefundAccount(text, seal)).toBeUndefined(),
  );
});

describe('the brief for a person', () => {
  const conversation = {
    reference: { channel: 'whatsapp', account: '100', user: '919811100001' },
    identities: [{ channel: 'whatsapp', account: '100', kind: 'wa_phone' as const, value: '919811100001' }],
    proofs: [],
  };

  test('is made of facts', () => {
    const brief = buildBrief({
      reason: 'return_photo',
      conversation,
      order: orderWith(),
      wants: 'initiate_return',
      gathered: [{ name: 'reason', value: 'damaged', seq: 7 }],
      done: ['rq_1', 'rq_1'],
      promised: 'within 15 minutes',
      now: NOW,
    });
    expect(brief).toEqual({
      reason: 'return_photo',
      priority: 'normal',
      at: NOW,
      wants: 'initiate_return',
      orderNumber: 'DS-1001',
      gathered: [{ name: 'reason', value: 'damaged', seq: 7 }],
      proofLevel: 1,
      done: ['rq_1'],
      promised: 'within 15 minutes',
      suggestion: expect.stringContaining('photo'),
    });
  });

  test('threats come first', () => {
    expect(buildBrief({ reason: 'threat', conversation, now: NOW }).priority).toBe('high');
    expect(buildBrief({ reason: 'asked', conversation, now: NOW }).priority).toBe('normal');
  });

  test('holds no code, PIN code or account', () => {
    const names = ['code', 'otp', 'pin', 'upi', 'bank', 'account', 'refundTo', 'refundAccount'];
    const gathered = names.map((name) => ({ name, value: 'SECRET' }));
    expect(JSON.stringify(buildBrief({ reason: 'other', conversation, gathered, now: NOW }))).not.toContain(
      'SECRET',
    );
  });
});
