import { Decimal128, Double, EJSON, Int32, Long } from 'bson';
import { startTestServer, type TestServer } from './server';

/** Operators of numbers, each kind in its own; results worked out by hand. */
let t: TestServer;
beforeAll(async () => {
  t = await startTestServer();
  await t.db.collection<{ _id: number }>('one').insertOne({ _id: 1 });
});
afterAll(() => t.stop());

const decimal = (text: string) => Decimal128.fromString(text);
const long = (text: string) => Long.fromString(text);

async function worked(expression: Record<string, unknown>, promoteValues = false): Promise<unknown> {
  const [row] = await t.db
    .collection('one')
    .aggregate([{ $project: { _id: 0, r: expression } }], { promoteValues })
    .toArray();
  return row?.r;
}

test.each<[Record<string, unknown>, unknown]>([
  [{ $sqrt: decimal('2') }, decimal('1.414213562373095048801688724209698')],
  [{ $sqrt: decimal('4.00') }, decimal('2.0')],
  [{ $sqrt: decimal('0.1') }, decimal('0.3162277660168379331998893544432719')],
  [{ $sqrt: new Int32(9) }, new Double(3)],
  [{ $abs: new Int32(-5) }, new Int32(5)],
  [{ $abs: long('-9007199254740993') }, long('9007199254740993')],
  [{ $abs: long('-5') }, long('5')],
  [{ $abs: new Int32(-2147483648) }, long('2147483648')],
  [{ $abs: decimal('-1.50') }, decimal('1.50')],
  [{ $floor: decimal('-1.5') }, decimal('-2')],
  [{ $ceil: decimal('1.20') }, decimal('2')],
  [{ $floor: long('7') }, long('7')],
  [{ $round: [decimal('2.345'), 2] }, decimal('2.34')],
  [{ $round: [decimal('2.355'), 2] }, decimal('2.36')],
  [{ $round: [decimal('1260'), -2] }, decimal('1.3E+3')],
  [{ $round: [decimal('1.5'), 3] }, decimal('1.500')],
  [{ $trunc: [decimal('-1.999'), 1] }, decimal('-1.9')],
  [{ $trunc: [new Double(7.85), 1] }, new Double(7.8)],
  [{ $mod: [decimal('10.5'), new Int32(3)] }, decimal('1.5')],
  [{ $mod: [decimal('12345678901234567890123'), new Int32(10)] }, decimal('3')],
  [{ $pow: [new Int32(2), new Int32(3)] }, new Int32(8)],
  [{ $pow: [new Int32(2), new Int32(31)] }, long('2147483648')],
  [{ $pow: [new Int32(3), new Int32(39)] }, long('4052555153018976267')],
  [{ $pow: [new Int32(2), new Int32(64)] }, new Double(2 ** 64)],
  [{ $pow: [new Int32(2), new Int32(-1)] }, new Double(0.5)],
  [{ $pow: [decimal('1.1'), new Int32(2)] }, decimal('1.21')],
  [{ $log: [new Int32(8), new Int32(2)] }, new Double(3)],
  [{ $log10: decimal('1000') }, decimal('3')],
  [{ $ln: null }, null],
])('%j', async (expression, expected) => {
  const text = (value: unknown) => EJSON.stringify({ value }, { relaxed: false });
  expect(text(await worked(expression))).toBe(text(expected));
});

test.each<[Record<string, unknown>, number]>([
  [{ $sqrt: -1 }, 28714],
  [{ $ln: 0 }, 28766],
  [{ $log10: -1 }, 28761],
  [{ $log: [-1, 2] }, 28758],
  [{ $log: [100, 1] }, 28759],
  [{ $log: ['a', 2] }, 28756],
  [{ $pow: [0, -1] }, 28764],
  [{ $pow: ['a', 1] }, 28762],
  [{ $pow: [1, 'a'] }, 28763],
  [{ $abs: 'a' }, 28765],
  [{ $abs: long('-9223372036854775808') }, 28680],
  [{ $round: 'a' }, 51081],
  [{ $round: [1, 0.5] }, 51082],
  [{ $round: [1, 101] }, 51083],
])('%j is refused', async (expression, code) => {
  await expect(worked(expression, true)).rejects.toMatchObject({ code });
});
