import type { AddressReading, Expecting, Slot } from '../../../core/understanding';
import { asciiDigits } from '../../text/normalise';
import { findCorrection } from './corrections';
import { CITY, CITY_ONCE, STATE } from './places';

// Bounded spaces: see corrections.ts.
const HOUSE =
  /(?<![\p{L}])(?:flat|house|h\.?\s?no|hno|door|plot|room|apartment|apt|villa|bungalow|shop|tower|wing|block|floor|makan|makaan|quarter|qtr|फ्लैट|मकान|प्लॉट|घर नंबर)\s{0,3}(?:no\.?|number|num|#|:|नंबर)?\s{0,3}[-:]?\s{0,3}(?:\p{N}|[A-Za-z][-/]?\p{N}|[A-Z]\b)/iu;
const STREET =
  /(?<![\p{L}])(?:road|street|st\.|marg|nagar|colony|layout|sector|phase|lane|gali|cross|main|society|apartments?|residency|enclave|vihar|heights|towers?|park|puram|pura|ganj|bazaar|bazar|chowk|mohalla|village|gaon|extension|block|towers|रोड|नगर|कॉलोनी|मार्ग|गली|सेक्टर|सोसाइटी|विहार|चौक|मोहल्ला|गांव)(?![\p{L}])/iu;
const PIN = /(?<![\p{L}\p{N}-])[1-9]\d{2} ?\d{3}(?!\p{N})/u;
const LEAD =
  /^[\s\S]{0,80}?(?:(?:new|correct|right|my|delivery|shipping|full|complete|naya|sahi|mera|नया|सही|मेरा|पूरा)\s+)*(?:address|adress|addres|addrs|pata|पता|एड्रेस)(?:\s+(?:of|for|on)\s[^,:;\n]{0,30}?(?=\s(?:is|to|as)\s|\s*[:=]))?\s*(?:(?:is|to|as|hai|ye hai|yeh hai|this|=|:|-|है|यह है|ये है|karo|kar do|note karo)+\s*[:,-]?|(?=\p{N}))\s*/iu;
const SEND =
  /^[\s\S]{0,60}?(?:deliver(?: it)?|send(?: it)?|ship(?: it)?|change (?:it|the address|my address|address)|bhej ?do|bhejo)\s*(?:to|at|on|instead to|:)\s+/iu;
const TAIL =
  /[\s,.]*(?:hai|please|pls|thanks|thank you|pe bhejo|par bhejo|pe bhej do|par bhej do|है|पर भेजो|पर भेज दो)[\s.!]*$/iu;

const LANDMARKS: RegExp[] = [
  /\blandmark\s*(?:is|hai|:|=|-|as|to)?\s*[-:]?\s*([^,.;\n]{3,60})/iu,
  /लैंडमार्क\s*(?:है|:|-)?\s*([^,.;\n।]{3,60})/u,
  /(?<![\p{L}])((?:near(?: to| by)?|opp\.?|opposite(?: to)?|behind|beside|next to|in front of|adjacent to|above|below|across from|close to)\s+(?!me\b|you\b|future\b|my house\b)[^,.;\n]{3,50})/iu,
  /(?<![\p{L}\p{N}'’.-])([\p{L}\p{N}'’.-]{1,30}(?:\s[\p{L}\p{N}'’.-]{1,30}){0,4}\s(?:ke|k)\s(?:paas|pass|pas|samne|saamne|piche|peeche|pichhe|bagal|baju|upar|niche|neeche|nazdeek)(?:\s(?:me|mein|wala|wali))?)/iu,
  /(?<![\p{Script=Devanagari}\w])([\p{Script=Devanagari}\w]{1,30}(?:\s[\p{Script=Devanagari}\w]{1,30}){0,4}\sके\s(?:पास|सामने|पीछे|बगल|ऊपर|नीचे|नज़दीक|नजदीक)(?:\sमें)?)/u,
];
/** A name at the head of an address: two to four words with capitals and no number. */
const PERSON = /^(?:(?:mr|mrs|ms|dr|c\/o|shri|smt)\.?\s+)?\p{Lu}[\p{Ll}.]*(?:\s\p{Lu}[\p{Ll}.]*){1,3}$/u;
const NOT_LANDMARK = /^(?:is |change|galat|wrong|add|update|missing|likh|daal|dal |karna|note|please)/i;

function landmarkOf(line: string): { value: string; start: number; end: number } | undefined {
  for (const pattern of LANDMARKS) {
    const match = pattern.exec(line);
    const value = match?.[1]
      ?.replace(/\s+(?:hai|please|pls|add karo|add kar do|likh do|daal do|है|लिख दो)$/iu, '')
      .trim();
    if (!match || !value || NOT_LANDMARK.test(value) || /^ke\b/.test(value)) continue;
    const start = line.indexOf(value, match.index);
    return {
      value: value.replace(/^(?:mera ghar|my house is|it is|ghar|address|pata)\s+/iu, ''),
      start,
      end: start + value.length,
    };
  }
  return undefined;
}

/** True when a line holds something that reads as (part of) a postal address; dates are not read there. */
export function holdsAddress(text: string): boolean {
  const line = asciiDigits(text.slice(0, 1200));
  if (HOUSE.test(line)) return true;
  return STREET.test(line) && (PIN.test(line) || line.split(',').length > 2);
}

/** The parts of an address in a line: a correction of one part, a landmark, or a whole address as the customer wrote it. */
export function findAddress(
  text: string,
  expecting: readonly Expecting[],
  wanted: boolean,
): Slot<AddressReading> | undefined {
  const line = asciiDigits(text.slice(0, 1200));
  const expected = expecting.includes('address');
  const whole = wholeAddress(line, expected);
  if (whole) return whole;
  if (!wanted && !expected && !HOUSE.test(line)) return undefined;
  const correction = findCorrection(line);
  const landmark = landmarkOf(line);
  const value: AddressReading = { ...(correction?.part ?? {}) };
  const places = correction ? [correction] : [];
  if (expected && !correction && line.split(',').length > 1) {
    const plain = plainLine(line);
    if (plain) return landmark ? { ...plain, value: { ...plain.value, landmark: landmark.value } } : plain;
  }
  if (landmark && !value.landmark) {
    value.landmark = landmark.value;
    places.push({ part: {}, start: landmark.start, end: landmark.end });
  }
  addPlaces(line, value, places, wanted || expected);
  if (places.length === 0 || Object.keys(value).every((key) => key === 'was'))
    return expected ? plainLine(line) : undefined;
  const start = Math.min(...places.map((p) => p.start));
  const end = Math.max(...places.map((p) => p.end));
  return { value, text: text.slice(start, end), start, end };
}

function addPlaces(
  line: string,
  value: AddressReading,
  places: { part: AddressReading; start: number; end: number }[],
  wanted: boolean,
): void {
  const pin = wanted && !value.postalCode ? PIN.exec(line) : null;
  if (pin && /pin|zip|पिन|address|pata|पता/iu.test(line) && value.was === undefined) {
    value.postalCode = pin[0].replace(' ', '');
    places.push({ part: {}, start: pin.index, end: pin.index + pin[0].length });
  }
  const cities = [...line.matchAll(CITY)];
  const city = cities[cities.length - 1];
  if (city && !value.city && wanted && places.length > 0) {
    value.city = city[0];
    places.push({ part: {}, start: city.index, end: city.index + city[0].length });
  }
}

/** An answer to "what is the address?" that is not recognised further is kept as its first line. */
function plainLine(line: string): Slot<AddressReading> | undefined {
  const words = line.trim();
  if (
    words.length < 8 ||
    !/\p{L}/u.test(words) ||
    !(/\p{N}/u.test(words) || words.includes(',') || STREET.test(words))
  )
    return undefined;
  const start = line.indexOf(words);
  return { value: { line1: words.slice(0, 200) }, text: words, start, end: start + words.length };
}

/** Without a digit, a comma and a name of a place there is no address to look for. */
function mayBeWhole(line: string): boolean {
  return line.length >= 12 && (/[\d,;\n]/.test(line) || STREET.test(line));
}

function wholeAddress(line: string, expected: boolean): Slot<AddressReading> | undefined {
  if (!mayBeWhole(line)) return undefined;
  const led = LEAD.exec(line) ?? SEND.exec(line);
  const start = led ? led[0].length : 0;
  const body = line.slice(start).replace(TAIL, '');
  const pin = PIN.exec(body);
  const parts = body
    .split(/[,\n;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const signs = [
    pin !== null,
    HOUSE.test(body),
    STREET.test(body),
    CITY_ONCE.test(body),
    parts.length >= 3,
    STATE.test(body),
  ].filter(Boolean).length;
  const enough = expected || led ? signs >= 2 : signs >= 4;
  if (!enough || body.length < 12 || (parts.length < 2 && signs < 3)) return undefined;
  return {
    value: wholeParts(parts, body),
    text: line.slice(start, start + body.length),
    start,
    end: start + body.length,
  };
}

function wholeParts(parts: string[], body: string): AddressReading {
  const value: AddressReading = { whole: true };
  const pin = PIN.exec(body);
  if (pin) value.postalCode = pin[0].replace(' ', '');
  const state = STATE.exec(body);
  if (state) value.state = state[0];
  const landmark = landmarkOf(body);
  const rest: string[] = [];
  const [first, second] = parts;
  const named =
    first !== undefined && parts.length > 2 && PERSON.test(first) && /^[^,]{0,12}\p{N}/u.test(second ?? '');
  if (named && !STREET.test(first) && !CITY_ONCE.test(first)) value.name = first;
  for (const part of value.name ? parts.slice(1) : parts) {
    let kept = part.replace(PIN, '').replace(/\b(?:pin ?code|pin|zip(?: ?code)?)\b\s*[:-]?\s*$/iu, '');
    if (value.state) kept = kept.replace(STATE, '');
    kept = kept.replace(/^[\s:,-]+|[\s:,–-]+$/g, '');
    if (landmark && !value.landmark && part.includes(landmark.value)) {
      value.landmark = landmark.value;
      kept = kept.replace(landmark.value, '').trim();
    }
    const city = kept.match(new RegExp(`(?:^|\\s)(${CITY.source})\\s*$`, 'iu'));
    if (city && !value.city) {
      value.city = city[1];
      kept = kept.slice(0, city.index).trim();
    }
    if (kept !== '') rest.push(kept);
  }
  const half = rest.length > 2 ? Math.ceil(rest.length / 2) : 1;
  if (rest.length > 0) value.line1 = rest.slice(0, half).join(', ');
  if (rest.length > 1) value.line2 = rest.slice(half).join(', ');
  return value;
}
