import { ensureIndexes, type Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';

describe('indexes at the start', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store.close());

  const sparse = async () =>
    Object.fromEntries(
      (await store.connection.collection('orders').indexes()).map(({ name, sparse: is }) => [
        name,
        is ?? false,
      ]),
    );

  it('makes an index anew that an older version declared otherwise, and leaves the others alone', async () => {
    const orders = store.connection.collection('orders');
    const fresh = await sparse();
    expect(fresh['requests.state_1']).toBe(true);
    for (const name of ['requests.state_1', 'requests.id_1']) await orders.dropIndex(name);
    await orders.createIndex({ 'requests.state': 1 });
    await orders.createIndex({ 'requests.id': 1 }, { unique: true });
    await orders.createIndex({ 'customer.name': 1 });
    expect(await sparse()).toMatchObject({ 'requests.state_1': false, 'requests.id_1': false });
    await ensureIndexes(store.connection);
    expect(await sparse()).toEqual({ ...fresh, 'customer.name_1': false });
  });
});
