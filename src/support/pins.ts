/** States by the first digits of a PIN code: two digits for most, three where a postal circle holds several states. */
const PREFIXES: Record<string, string> = {
  '11': 'Delhi',
  '12': 'Haryana',
  '13': 'Haryana',
  '14': 'Punjab',
  '15': 'Punjab',
  '16': 'Chandigarh|Punjab|Haryana',
  '17': 'Himachal Pradesh',
  '18': 'Jammu and Kashmir',
  '19': 'Jammu and Kashmir',
  '194': 'Ladakh|Jammu and Kashmir',
  '20': 'Uttar Pradesh',
  '21': 'Uttar Pradesh',
  '22': 'Uttar Pradesh',
  '23': 'Uttar Pradesh',
  '24': 'Uttar Pradesh|Uttarakhand',
  '25': 'Uttar Pradesh',
  '26': 'Uttar Pradesh|Uttarakhand',
  '27': 'Uttar Pradesh',
  '28': 'Uttar Pradesh',
  '30': 'Rajasthan',
  '31': 'Rajasthan',
  '32': 'Rajasthan',
  '33': 'Rajasthan',
  '34': 'Rajasthan',
  '36': 'Gujarat|Dadra and Nagar Haveli and Daman and Diu',
  '37': 'Gujarat',
  '38': 'Gujarat',
  '39': 'Gujarat|Dadra and Nagar Haveli and Daman and Diu',
  '40': 'Maharashtra',
  '403': 'Goa|Maharashtra',
  '41': 'Maharashtra',
  '42': 'Maharashtra',
  '43': 'Maharashtra',
  '44': 'Maharashtra',
  '45': 'Madhya Pradesh',
  '46': 'Madhya Pradesh',
  '47': 'Madhya Pradesh',
  '48': 'Madhya Pradesh',
  '49': 'Chhattisgarh',
  '50': 'Telangana',
  '507': 'Telangana|Andhra Pradesh',
  '51': 'Andhra Pradesh',
  '52': 'Andhra Pradesh',
  '53': 'Andhra Pradesh|Puducherry',
  '56': 'Karnataka',
  '57': 'Karnataka',
  '58': 'Karnataka',
  '59': 'Karnataka',
  '60': 'Tamil Nadu|Puducherry',
  '61': 'Tamil Nadu',
  '62': 'Tamil Nadu',
  '63': 'Tamil Nadu',
  '64': 'Tamil Nadu',
  '67': 'Kerala|Puducherry',
  '68': 'Kerala|Lakshadweep',
  '69': 'Kerala',
  '70': 'West Bengal',
  '71': 'West Bengal',
  '72': 'West Bengal',
  '73': 'West Bengal',
  '737': 'Sikkim',
  '74': 'West Bengal',
  '744': 'Andaman and Nicobar Islands',
  '75': 'Odisha',
  '76': 'Odisha',
  '77': 'Odisha',
  '78': 'Assam',
  '790': 'Arunachal Pradesh',
  '791': 'Arunachal Pradesh',
  '792': 'Arunachal Pradesh',
  '793': 'Meghalaya',
  '794': 'Meghalaya',
  '795': 'Manipur',
  '796': 'Mizoram',
  '797': 'Nagaland',
  '798': 'Nagaland',
  '799': 'Tripura',
  '80': 'Bihar',
  '81': 'Bihar|Jharkhand',
  '82': 'Bihar|Jharkhand',
  '83': 'Jharkhand',
  '84': 'Bihar',
  '85': 'Bihar|Jharkhand',
};

/** Other names of states, as people and shops write them; compared after `plain`. */
const STATE_NAMES: Record<string, string> = {
  'new delhi': 'Delhi',
  'nct of delhi': 'Delhi',
  orissa: 'Odisha',
  uttaranchal: 'Uttarakhand',
  pondicherry: 'Puducherry',
  tamilnadu: 'Tamil Nadu',
  chattisgarh: 'Chhattisgarh',
  'jammu kashmir': 'Jammu and Kashmir',
  'andaman and nicobar': 'Andaman and Nicobar Islands',
  'daman and diu': 'Dadra and Nagar Haveli and Daman and Diu',
  'dadra and nagar haveli': 'Dadra and Nagar Haveli and Daman and Diu',
  ...codes(
    'AP Andhra Pradesh,AR Arunachal Pradesh,AS Assam,BR Bihar,CG Chhattisgarh,CH Chandigarh,DL Delhi,GA Goa,GJ Gujarat,HR Haryana',
  ),
  ...codes(
    'HP Himachal Pradesh,JH Jharkhand,JK Jammu and Kashmir,KA Karnataka,KL Kerala,LA Ladakh,MH Maharashtra,ML Meghalaya,MN Manipur',
  ),
  ...codes(
    'MP Madhya Pradesh,MZ Mizoram,NL Nagaland,OD Odisha,OR Odisha,PB Punjab,PY Puducherry,RJ Rajasthan,SK Sikkim,TG Telangana',
  ),
  ...codes(
    'TN Tamil Nadu,TR Tripura,TS Telangana,UK Uttarakhand,UP Uttar Pradesh,UT Uttarakhand,WB West Bengal',
  ),
};

/** Big cities: first digits of their PIN codes, then the names they go by. */
const CITIES: [prefixes: string, names: string][] = [
  ['110', 'delhi|new delhi'],
  ['400', 'mumbai|bombay'],
  ['560|562', 'bengaluru|bangalore|bengaluru urban'],
  ['600', 'chennai|madras'],
  ['700', 'kolkata|calcutta'],
  ['500|501', 'hyderabad|secunderabad'],
  ['411|412', 'pune|poona|pimpri chinchwad'],
  ['380|382', 'ahmedabad|amdavad'],
  ['302|303', 'jaipur'],
  ['226', 'lucknow'],
  ['208', 'kanpur'],
  ['395|394', 'surat'],
  ['390|391', 'vadodara|baroda'],
  ['440|441', 'nagpur'],
  ['452|453', 'indore'],
  ['462', 'bhopal'],
  ['800|801', 'patna'],
  ['682|683', 'kochi|cochin|ernakulam'],
  ['695', 'thiruvananthapuram|trivandrum'],
  ['641|642', 'coimbatore'],
  ['530|531', 'visakhapatnam|vizag'],
  ['122', 'gurugram|gurgaon'],
  ['570|571', 'mysuru|mysore'],
  ['781', 'guwahati|gauhati'],
  ['751', 'bhubaneswar'],
  ['834', 'ranchi'],
  ['141', 'ludhiana'],
  ['422', 'nashik|nasik'],
];

function codes(list: string): Record<string, string> {
  return Object.fromEntries(list.split(',').map((one) => [one.slice(0, 2).toLowerCase(), one.slice(3)]));
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .replace(/ state$/, '')
    .trim();
}

const STATES = new Map(
  [...new Set(Object.values(PREFIXES).flatMap((names) => names.split('|')))].map((name) => [
    plain(name),
    name,
  ]),
);

/** The usual name of an Indian state, from its name, an old one or its code; undefined for what is none. */
export function stateName(text: string): string | undefined {
  const key = plain(text);
  return (
    STATES.get(key) ??
    STATE_NAMES[key] ??
    STATE_NAMES[key.replace(' and ', ' ')] ??
    STATE_NAMES[key.replaceAll(' ', '')]
  );
}

/** One spelling for each big city (Bangalore and Bengaluru are one); other names come back in plain form. */
export function cityName(text: string): string {
  const key = plain(text).replace(/ city$/, '');
  return CITIES.find(([, names]) => names.split('|').includes(key))?.[1].split('|')[0] ?? key;
}

/** Whether a name is one of the big cities whose PIN codes are known here. */
function isBigCity(name: string): boolean {
  return CITIES.some(([, names]) => names.split('|')[0] === name);
}

/** States a six-digit PIN code may lie in; empty when no post office has such a code. Army codes (9…) may lie anywhere. */
function statesOf(pin: string): string[] {
  return (PREFIXES[pin.slice(0, 3)] ?? PREFIXES[pin.slice(0, 2)])?.split('|') ?? [];
}

export interface PinCheck {
  result: 'ok' | 'not_a_pin' | 'other_state';
  /** States the PIN code may lie in; empty for army codes and for what is no PIN code. */
  states: string[];
  /** The big city this PIN code belongs to, in plain form, when it is known to be another than the one given. */
  otherCity?: string;
}

/**
 * Checks an Indian PIN code for itself, and against a state and city where they are given and known. A state or city this table does not
 * know is never held against the customer. Ladakh's codes also pass for Jammu and Kashmir, of which it was part.
 */
export function checkPin(pin: string, place: { state?: string; city?: string } = {}): PinCheck {
  const digits = pin.replace(/\s/g, '');
  if (!/^[1-9]\d{5}$/.test(digits)) return { result: 'not_a_pin', states: [] };
  if (digits.startsWith('9')) return { result: 'ok', states: [] };
  const states = statesOf(digits);
  if (states.length === 0) return { result: 'not_a_pin', states };
  const state = place.state === undefined ? undefined : stateName(place.state);
  if (state && !states.includes(state)) return { result: 'other_state', states };
  const here = CITIES.find(([prefixes]) => prefixes.split('|').includes(digits.slice(0, 3)))?.[1].split(
    '|',
  )[0];
  const given = place.city === undefined ? undefined : cityName(place.city);
  const otherCity = here && given && isBigCity(given) && given !== here ? here : undefined;
  return { result: 'ok', states, otherCity };
}
