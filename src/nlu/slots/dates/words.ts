/** Weekday → 0 (Sunday) to 6. English, chat, Hinglish and transliterated Hindi. */
export const WEEKDAYS: ReadonlyMap<string, number> = table([
  'sunday sun itvaar itwar itvar ravivar raviwar ravivaar ravivaar sundays',
  'monday mon somvar somwar somvaar somavar mondays',
  'tuesday tue tues mangalvar mangalwar mangalvaar mangal manglavar mangalavar',
  'wednesday wed weds budhvar budhwar budhvaar budh budhavar wednessday',
  'thursday thu thur thurs guruvar guruwar guruvaar brihaspativar brihaspativaar veervar thrusday guruvaar',
  'friday fri shukravar shukrawar shukravaar shukarwar shukrwar jumma jumme juma jume fryday shukrvar',
  'saturday sat shanivar shaniwar shanivaar sanivar saniwar shani shanichar saturdy',
]);

/** Month → 1 to 12. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    'january jan janvari janwari janavari',
    'february feb farvari farwari faravari febuary',
    'march mar maarch',
    'april apr aprail aprel',
    'may mai',
    'june jun joon',
    'july jul julai',
    'august aug agast',
    'september sep sept sitambar',
    'october oct aktubar aktoobar',
    'november nov navambar navamber',
    'december dec disambar disamber',
  ].flatMap((line, i) => line.split(' ').map((word): [string, number] => [word, i + 1])),
);

/** Number words up to 31 that stand for days. */
export const COUNTS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    a: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    couple: 2,
    few: 3,
    ek: 1,
    do: 2,
    teen: 3,
    tin: 3,
    char: 4,
    chaar: 4,
    paanch: 5,
    panch: 5,
    pach: 5,
    chhe: 6,
    chah: 6,
    saat: 7,
    sat: 7,
    aath: 8,
    nau: 9,
    das: 10,
    dus: 10,
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    fifth: 5,
    sixth: 6,
    seventh: 7,
    eighth: 8,
    ninth: 9,
    tenth: 10,
  }),
);

/** Days of the month spoken out in Hindi: "pachis tarikh ko". */
export const SPOKEN_DAYS: ReadonlyMap<string, number> = new Map([
  ...[...COUNTS].filter(([spoken]) => !/^(?:a|few|couple)$/.test(spoken)),
  ...[
    'pehli pahli pahali',
    'gyarah gyara',
    'barah bara',
    'terah tera',
    'chaudah chauda',
    'pandrah pandra',
    'solah sola',
    'satrah satra',
    'atharah athara',
    'unnis unees',
    'bees bis',
    'ikkis ikis',
    'bais baees',
    'teis teees',
    'chaubis chobis',
    'pachis pachchis pachhis',
    'chhabbis chabbis chhabis',
    'sattais satais',
    'atthais athais atthaees',
    'untis unatis',
    'tees tis',
    'iktis ikattis',
  ].flatMap((line, i) => line.split(' ').map((spoken): [string, number] => [spoken, i === 0 ? 1 : i + 10])),
]);

/** Days that everybody means by name: month and day. */
export const FEASTS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['christmas', [12, 25]],
  ['xmas', [12, 25]],
  ['new year', [1, 1]],
  ['republic day', [1, 26]],
  ['independence day', [8, 15]],
  ['gandhi jayanti', [10, 2]],
]);

/** Words that forbid: "not today", "aaj mat", "aaj nahi". */
export const NEGATIVE =
  /^(?:not|dont|nahi|mat|except|cannot|cant|wont|no|without|never|busy|unavailable|skip|chhod|chhodkar|chod)$/;

/** Words that say a day has passed; then "kal" is yesterday and no wish. */
export const PAST =
  /^(?:tha|was|were|ago|since|yesterday|ordered|had|placed|bought|been|did|purchased|shipped|delivered|cancelled|returned|missed|failed|came|said|promised|supposed)$/;

function table(lines: string[]): Map<string, number> {
  return new Map(lines.flatMap((line, i) => line.split(' ').map((word): [string, number] => [word, i])));
}
