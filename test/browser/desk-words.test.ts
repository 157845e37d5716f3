import type { OrderWire, RequestWire } from '../../src/desk/wire';
import { requestWords, saidWords } from '../../web/desk/src/lib/words';

test('an agent reads items by their names and address fields as people call them', () => {
  const orders = [{ items: [{ sku: 'JU-38', name: 'Tan leather juttis, 38' }] }] as unknown as OrderWire[];
  expect(saidWords('skus', 'JU-38, TS-9', orders)).toBe('Items: Tan leather juttis, 38, TS-9');
  expect(saidWords('refund_to', 'source', orders)).toBe('Refund to: source');
  const request = { action: 'update_address', changedFields: ['line1', 'postalCode'] } as RequestWire;
  expect(requestWords(request)).toBe('Correct the address: flat or house, PIN code');
  expect(requestWords({ action: 'update_address' } as RequestWire)).toBe('Correct the address');
});
