import { ordersOfCsv, readCsv } from '../../src/cli/import/csv';

describe('a CSV file of orders', () => {
  test('reads quotes, doubled quotes, commas and line breaks inside them, and keeps line numbers', () => {
    const rows = readCsv(
      '\uFEFForderNumber,customer.name,note\r\nDS-1,"Rao, Asha","said ""hi""\nand left"\r\n\r\nDS-2,Vikram,\r\n',
    );
    expect(rows).toEqual([
      { line: 2, values: { orderNumber: 'DS-1', 'customer.name': 'Rao, Asha', note: 'said "hi"\nand left' } },
      { line: 5, values: { orderNumber: 'DS-2', 'customer.name': 'Vikram' } },
    ]);
  });

  test('takes semicolons, as spreadsheets of many countries write', () => {
    expect(readCsv('orderNumber;currency\nDS-1;INR')).toEqual([
      { line: 2, values: { orderNumber: 'DS-1', currency: 'INR' } },
    ]);
  });

  test('says where a quotation mark was left open', () => {
    expect(() => readCsv('a,b\n1,"2\n3')).toThrow(/line 2 is never closed/);
    expect(() => readCsv('')).toThrow(/empty/);
  });

  test('gathers items and parcels of one order from its rows', () => {
    const rows = readCsv(
      [
        'orderNumber,customer.phone,payment.method,item.sku,item.quantity,item.returnable,shipment.id,shipment.status,shipment.skus',
        'DS-1,+919811100001,cod,A,2,yes,S1,in_transit,A|B',
        'DS-1,,,B,1,no,S1,,',
        'DS-2,+919811100002,prepaid,C,1,true,,,',
      ].join('\n'),
    );
    expect(ordersOfCsv(rows)).toEqual([
      {
        line: 2,
        value: {
          orderNumber: 'DS-1',
          customer: { phone: '+919811100001' },
          payment: { method: 'cod' },
          items: [
            { sku: 'A', quantity: 2, returnable: true },
            { sku: 'B', quantity: 1, returnable: false },
          ],
          shipments: [{ id: 'S1', status: 'in_transit', skus: ['A', 'B'] }],
        },
      },
      {
        line: 4,
        value: {
          orderNumber: 'DS-2',
          customer: { phone: '+919811100002' },
          payment: { method: 'prepaid' },
          items: [{ sku: 'C', quantity: 1, returnable: true }],
          shipments: [],
        },
      },
    ]);
  });

  test('a column named like an inside of JavaScript harms nothing', () => {
    const [order] = ordersOfCsv(
      readCsv('orderNumber,__proto__.polluted,constructor.prototype.bad\nDS-1,yes,yes'),
    );
    expect(order?.value.orderNumber).toBe('DS-1');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).bad).toBeUndefined();
  });
});
