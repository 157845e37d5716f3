import { orderNumberFinder } from '../../src/nlu/slots/order-number';
import { readSlots } from '../../src/nlu/slots/read';
import { cases, dateIn } from './date-cases';

const ENGLISH = cases(`
  tomorrow => 11-19
  please deliver tomorrow => 11-19
  deliver it tmrw => 11-19
  2mrw pls => 11-19
  the day after tomorrow => 11-20
  bring it day after tomorrow => 11-20
  day after => 11-20
  today evening => 11-18
  deliver tonight => 11-18
  in 3 days => 11-21
  after 3 days => 11-21
  3 days later => 11-21
  two days later please => 11-20
  in two days => 11-20
  push it by two days => 11-20
  within 2 days => 11-18..11-20
  after 2-3 days => 11-20..11-21
  in a week => 11-25
  a week later => 11-25
  after two weeks => 12-02
  on friday => 11-20
  friday please => 11-20
  make it thursday => 11-19
  deliver on sat => 11-21
  come on monday => 11-23
  this friday => 11-20
  this coming sunday => 11-22
  coming monday => 11-23
  next monday => 11-23
  next tuesday => 11-24
  next friday => ? 11-20 11-27
  next thursday => ? 11-19 11-26
  wednesday => ? 11-18 11-25
  monday next week => 11-23
  next week friday => 11-27
  next week on tuesday => 11-24
  next week => 11-23..11-29
  sometime next week => 11-23..11-29
  this week => 11-18..11-22
  deliver later this week => 11-18..11-22
  this weekend => 11-21..11-22
  on the weekend => 11-21..11-22
  next weekend => 11-28..11-29
  at the end of the month => 11-28..11-30
  month end => 11-28..11-30
  next month => 12-01..12-31
  25th => 11-25
  on the 25th => 11-25
  make it the 26th => 11-26
  the 2nd => 12-02
  on 5th => 12-05
  25th november => 11-25
  25 nov => 11-25
  25th of november => 11-25
  november 25 => 11-25
  nov 25th => 11-25
  Nov. 25 => 11-25
  3rd december => 12-03
  3 Dec 2026 => 12-03
  december 1st => 12-01
  deliver on 28th november please => 11-28
  25/11 => 11-25
  25/11/2026 => 11-25
  25-11-2026 => 11-25
  25.11.2026 => 11-25
  2026-11-25 => 11-25
  12-04-2026 => 04-12
  05/12/2026 => 12-05
  1/12 => 12-01
  2 jan => 2027-01-02
  15 january => 2027-01-15
  after the 25th => 11-26..12-02
  after friday => 11-21..11-27
  only after monday => 11-24..11-30
  before the 25th => 11-18..11-24
  i need it before 24th => 11-18..11-23
  by friday => 11-18..11-20
  by the 22nd => 11-18..11-22
  don't deliver before the 25th => 11-25..12-01
  not before monday => 11-23..11-29
  from the 25th onwards => 11-25..12-01
  between 24th and 26th => 11-24..11-26
  between 24 and 26 november => 11-24..11-26
  24 to 26 nov => 11-24..11-26
  24th - 26th november => 11-24..11-26
  from 24th to 26th => 11-24..11-26
  monday to wednesday => 11-23..11-25
  monday or tuesday => ? 11-23 11-24
  either the 24th or the 26th => ? 11-24 11-26
  saturday or sunday works => ? 11-21 11-22
  not today => later not 11-18
  not tomorrow => later not 11-19
  today is not possible => later not 11-18
  i won't be home tomorrow => later not 11-19
  nobody will be home on friday => later not 11-20
  i am not available on saturday => later not 11-21
  tomorrow doesn't suit me => later not 11-19
  i am busy tomorrow => later not 11-19
  i am travelling this week => later not 11-18 11-19 11-20 11-21 11-22
  not this week => later not 11-18 11-19 11-20 11-21 11-22
  not today, maybe thursday => 11-19 not 11-18
  not tomorrow but friday => 11-20 not 11-19
  please deliver tomorrow not today => 11-19 not 11-18
  any day except sunday => later not 11-22
  instead of monday can you deliver on wednesday => ? 11-18 11-25 not 11-23
  change it from friday to monday => 11-23 not 11-20
  move from the 24th to the 26th => 11-26 not 11-24
  i'm out of town till monday => 11-23..11-29
  i'm away until the 30th => 11-30..12-06
  hold my package till monday => 11-23..11-29
  back on thursday => 11-19..11-25
  i will be back home only on friday => 11-20..11-26
  move DS-1001 to friday evening => 11-20
  shift DS-3012 to 25th => 11-25
  i was away, please deliver tomorrow => 11-19
  the courier came when i was out, send him on saturday => 11-21
`);

const HINGLISH = cases(`
  kal => 11-19
  kal bhej do => 11-19
  kl bhej dena => 11-19
  kal shaam ko => 11-19
  parso => 11-20
  parso bhejna => 11-20
  parson le aana => 11-20
  kal ke baad => 11-20
  aaj hi chahiye => 11-18
  aaj nahi kal => 11-19 not 11-18
  aaj mat bhejna kal bhejna => 11-19 not 11-18
  aaj nhi parso bhejo => 11-20 not 11-18
  kal nahi parso => 11-20 not 11-19
  kal mat aana parso aana => 11-20 not 11-19
  aaj mat aana => later not 11-18
  aaj nahi => later not 11-18
  kal main ghar pe nahi rahunga => later not 11-19
  kal le nahi paunga => later not 11-19
  aaj ghar pe koi nahi hai => later not 11-18
  2 din baad => 11-20
  do din baad bhejna => 11-20
  teen din ke baad => 11-21
  2-3 din baad => 11-20..11-21
  ek hafte baad => 11-25
  agle hafte => 11-23..11-29
  agle hafte bhejo => 11-23..11-29
  is hafte nahi => later not 11-18 11-19 11-20 11-21 11-22
  agle mahine => 12-01..12-31
  somvar ko => 11-23
  mangalwar ko bhej do => 11-24
  budhvar ko => ? 11-18 11-25
  guruvar => 11-19
  shukravar ko aana => 11-20
  shanivar ko chalega => 11-21
  itvaar ko bhejo => 11-22
  ravivar ko => 11-22
  sunday ko bhejo => 11-22
  is friday ko => 11-20
  agle friday => ? 11-20 11-27
  agle somvar ko => 11-23
  25 tarikh ko => 11-25
  25 tareekh => 11-25
  25 ko bhejna => 11-25
  25 ko delivery kar do => 11-25
  2 tarikh ko => 12-02
  25 tarikh ke baad => 11-26..12-02
  25 ke baad bhejo => 11-26..12-02
  25 tarikh se pehle => 11-18..11-24
  24 se pehle chahiye => 11-18..11-23
  friday ke baad => 11-21..11-27
  monday tak bahar hu => 11-23..11-29
  30 tarikh tak gaon me hu => 11-30..12-06
  monday tak hold karo => 11-23..11-29
  24 se 26 tarikh => 11-24..11-26
  monday ya tuesday => ? 11-23 11-24
  friday ki jagah saturday kar do => 11-21 not 11-20
  sunday chhod ke kabhi bhi => later not 11-22
  28 november ko deliver karo => 11-28
  3 december ko => 12-03
  kal bahar hu => later not 11-19
  courier aaya tha main nahi tha kal bhejo => 11-19
`);

const HINDI = cases(`
  कल => 11-19
  कल भेज दो => 11-19
  परसों भेजना => 11-20
  आज नहीं कल भेजो => 11-19 not 11-18
  आज मत आना => later not 11-18
  कल नहीं परसों => 11-20 not 11-19
  कल मैं घर पर नहीं रहूँगा => later not 11-19
  दो दिन बाद => 11-20
  2 दिन बाद भेजिए => 11-20
  अगले हफ्ते => 11-23..11-29
  सोमवार को => 11-23
  मंगलवार को भेज दो => 11-24
  गुरुवार => 11-19
  शुक्रवार शाम को => 11-20
  शनिवार को => 11-21
  रविवार को भेजो => 11-22
  अगले शुक्रवार => ? 11-20 11-27
  25 तारीख को => 11-25
  २५ तारीख को => 11-25
  25 तारीख के बाद => 11-26..12-02
  25 तारीख से पहले => 11-18..11-24
  28 नवंबर को => 11-28
  3 दिसंबर => 12-03
  सोमवार तक बाहर हूँ => 11-23..11-29
  शुक्रवार की जगह शनिवार कर दो => 11-21 not 11-20
  सोमवार या मंगलवार => ? 11-23 11-24
`);

const NO_DATE = cases(`
  it has been 10 days => none
  i have been waiting for 2 weeks => none
  10 din ho gaye => none
  flat 12/3, mg road => none
  size 8 to 9 => none
  i ordered on the 3rd => none
  it was supposed to come on tuesday => none
  waiting since monday => none
  ordered last week => none
  2 din pehle order kiya tha => none
  kal aana tha abhi tak nahi aaya => none
  house no 25, 3rd cross, 2nd main => none
  my flat is on the 3rd floor => none
  change the slot => none
  deliver after 6 => none
  between 10 and 12 => none
  shaam ko 6 baje ke baad => none
  i paid 25 rs => none
  send 2 pieces => none
  DS-1001 => none
  call 98111 00001 => none
  the second parcel => none
  3rd time i am asking => none
  पता 12/3 गांधी रोड => none
`);

test.each([...ENGLISH, ...HINGLISH, ...HINDI])('"%s" means %s', (text, meant) => {
  expect(dateIn(text)).toBe(meant);
});

test.each(NO_DATE)('"%s" holds no date', (text, meant) => {
  expect(dateIn(text)).toBe(meant);
});

const AWAITED = cases(`
  25 => 11-25
  25th => 11-25
  on 25 => 11-25
  5 => 12-05
  26 or 27 => ? 11-26 11-27
  25 nov => 11-25
  २५ => 11-25
  25 ko => 11-25
`);

test.each(AWAITED)('while a date is awaited "%s" means %s', (text, meant) => {
  expect(dateIn(text, ['date'])).toBe(meant);
});

test('there are more than 150 cases in three languages', () => {
  expect(ENGLISH.length + HINGLISH.length + HINDI.length + NO_DATE.length + AWAITED.length).toBeGreaterThan(
    200,
  );
});

test('near midnight the day is the day of the shop, not of UTC', () => {
  const { date } = readSlots('deliver tomorrow', {
    now: new Date('2026-11-18T19:30:00Z'),
    timeZone: 'Asia/Kolkata',
    country: 'IN',
    expecting: [],
    intents: ['reschedule_delivery'],
    orderNumbers: orderNumberFinder('[A-Z]{1,4}-?\\d{3,8}'),
  });
  expect(date?.value.from).toBe('2026-11-20');
});
