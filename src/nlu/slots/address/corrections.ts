import type { AddressReading } from '../../../core/understanding';

/** A part of an address said to be right, and what it replaces. */
export interface Correction {
  part: AddressReading;
  start: number;
  end: number;
}

// Between words at most three spaces are looked over: what other slots took stands as rows of hundreds, and several `\s*` beside each
// other would try every way to share them out.
const PART =
  '(?:flat|house|home|door|plot|room|unit|shop|apartment|apt|h\\.?\\s?no|makan|makaan|ghar|tower|wing|block|floor|street|road|gali|lane|sector|phase|cross|main|building|society|area|locality|city|state|pin\\s?code|pin|zip(?:\\s?code)?|landmark|फ्लैट|मकान|घर|टावर|ब्लॉक|मंजिल|गली|सेक्टर|सड़क|शहर|पिनकोड|पिन|बिल्डिंग|सोसाइटी)';
const TAIL =
  '(?:\\s{0,3}(?:no|number|num|name|ka naam|ka number|code|नंबर|नाम|कोड|का नंबर|का नाम)(?![\\p{L}\\p{M}])\\.?)?';
const IS = '(?:is|should be|must be|to|hai|:|=|है|-)';
const VALUE =
  '([\\p{L}\\p{M}\\p{N}][\\p{L}\\p{M}\\p{N}/-]*(?:\\s(?!not\\b|nahi\\b|hai\\b|instead\\b|ki\\b|and\\b|for\\b|please\\b|है|नहीं)[\\p{L}\\p{M}\\p{N}/-]+){0,3}?)';
const NOT = '(?:,?\\s{0,3}(?:and\\s{1,3})?(?:not|instead of|rather than|and not)\\s{1,3}(?:the\\s{1,3})?)';

/** English: "flat is 402 not 204", "it is tower c, not tower b". Hindi: "flat 402 hai 204 nahi", "204 nahi 402 hai". */
const FORMS: { form: RegExp; right: number; wrong: number; part: number }[] = [
  {
    form: new RegExp(
      `\\b(${PART})${TAIL}\\s{0,3}${IS}?\\s{0,3}${VALUE}${NOT}(?:${PART}${TAIL}\\s{0,3})?([\\p{L}\\p{N}/-]+)`,
      'iu',
    ),
    part: 1,
    right: 2,
    wrong: 3,
  },
  {
    form: new RegExp(
      `\\b(${PART})${TAIL}\\s{0,3}(?:se\\s{1,3})?([\\p{N}][\\p{L}\\p{N}/-]*)\\s{0,3}(?:nahi|nhi|nahin|ki jagah|ke badle|galat hai)[,\\s]*(?:${PART}${TAIL}\\s{0,3})?([\\p{L}\\p{N}/-]+)`,
      'iu',
    ),
    part: 1,
    right: 3,
    wrong: 2,
  },
  {
    form: new RegExp(
      `(${PART})${TAIL}\\s{0,3}([\\p{N}\\p{L}\\p{M}/-]+)\\s{0,3}(?:hai|है)[,\\s]*(?:na ki\\s{1,3})?(?:${PART}${TAIL}\\s{0,3})?([\\p{N}\\p{L}\\p{M}/-]+)\\s{0,3}(?:nahi|nhi|nahin|नहीं|नही)`,
      'iu',
    ),
    part: 1,
    right: 2,
    wrong: 3,
  },
  {
    form: new RegExp(
      `(${PART})${TAIL}\\s{0,3}([\\p{N}\\p{L}\\p{M}/-]+)\\s{0,3}(?:नहीं|नही|की जगह)[,\\s]*(?:${PART}${TAIL}\\s{0,3})?([\\p{N}\\p{L}\\p{M}/-]+)`,
      'iu',
    ),
    part: 1,
    right: 3,
    wrong: 2,
  },
  {
    form: new RegExp(
      `\\b(?:change|update|correct)\\s{1,3}(?:the\\s{1,3}|my\\s{1,3})?(${PART})${TAIL}\\s{1,3}(?:from\\s{1,3})([\\p{L}\\p{N}/-]+)\\s{1,3}to\\s{1,3}([\\p{L}\\p{N}/-]+)`,
      'iu',
    ),
    part: 1,
    right: 3,
    wrong: 2,
  },
];

const LABEL = '(?:flat|house|plot|door|room|makan|floor|tower|wing|block|gali|sector)';
/** "wing B flat 1203": several parts and nothing else are kept together as written. */
const SEVERAL = new RegExp(
  `^(?:it is |its |my address is |mera |address )?((?:${LABEL}${TAIL}\\s{1,3}[\\p{L}\\p{N}/-]+[,\\s]*){2,4})(?:please|pls|hai|है)?$`,
  'iu',
);

const SINGLE: RegExp[] = [
  new RegExp(
    `\\b(${PART})${TAIL}\\s{1,3}(?:galat|wrong|गलत)\\s{1,3}(?:hai|h|likha hai|is|है)[,\\s]+(?:sahi\\s{1,3})?${VALUE}\\s{1,3}(?:hona chahiye|hai|karo|kar do|kardo|kar dijiye|होना चाहिए|है|करो)`,
    'iu',
  ),
  new RegExp(
    `\\b(city|state|street|society|building|area|locality|sector|floor|tower|wing)${TAIL}\\s{0,3}(?:is|:|=)\\s{1,3}${VALUE}\\s{0,3}(?:please|pls)?[.!]?$`,
    'iu',
  ),
  new RegExp(
    `\\b(?:change|update|correct|make|set|modify)\\s{1,3}(?:the\\s{1,3}|my\\s{1,3})?(${PART})${TAIL}\\s{1,3}(?:to|as|into|=)\\s{1,3}${VALUE}(?=$|[.,;!?]|\\s(?:please|pls|for|in|on))`,
    'iu',
  ),
  new RegExp(
    `\\b(?:correct|right|new|sahi|naya|nayi|सही|नया)\\s{1,3}(${PART})${TAIL}\\s{0,3}${IS}?\\s{0,3}${VALUE}(?=$|[.,;!?]|\\s(?:please|pls|hai|है))`,
    'iu',
  ),
  new RegExp(
    `(${PART})${TAIL}\\s{0,3}([\\p{N}][\\p{L}\\p{M}\\p{N}/-]*)\\s{0,3}(?:hon[aie] chahiye|hon[aie] chahie|kar ?do|kar ?dein|kar ?dijiye|karo|होन[ाी] चाहिए|कर दो|कर दें|कर दीजिए|करो)`,
    'iu',
  ),
  new RegExp(
    `\\b(${PART})${TAIL}\\s{1,3}(?:should be|must be)\\s{1,3}${VALUE}(?=$|[.,;!?]|\\s(?:please|pls))`,
    'iu',
  ),
  new RegExp(
    `\\b(flat|house|plot|door|room|makan|floor|tower|wing|block|gali|sector)${TAIL}\\s{1,3}(?:is\\s{1,3})?((?=[\\p{L}/-]*\\p{N})[\\p{L}\\p{N}/-]+|[A-Za-z])\\s{0,3}(?:hai|है|please|pls)?\\s{0,3}(?=$|[,;.!?]|(?:and|aur|और|&)\\s)`,
    'iu',
  ),
];

/** A correction of one part of an address, if the line holds one. */
export function findCorrection(line: string): Correction | undefined {
  const several = SEVERAL.exec(line.trim());
  if (several?.[1]) {
    const start = line.indexOf(several[1]);
    const line1 = several[1].trim().replace(/,$/, '');
    return { part: { line1 }, start, end: start + line1.length };
  }
  for (const { form, part, right, wrong } of FORMS) {
    const match = form.exec(line);
    const value = match?.[right];
    if (match && value && !EMPTY.test(value))
      return correction(match, match[part] ?? '', value, match[wrong]);
  }
  for (const form of SINGLE) {
    const match = form.exec(line);
    if (match?.[2] && !EMPTY.test(match[2])) return correction(match, match[1] ?? '', match[2], undefined);
  }
  return undefined;
}

const EMPTY =
  /^(?:wrong|galat|incorrect|not|nahi|missing|is|hai|the|a|change|badal|गलत|है|नहीं|correct|sahi|likha|likh|spelled|spelt|in|on|of|my|add|karna|dalna)(?:\s|$)/iu;

function correction(
  match: RegExpExecArray,
  name: string,
  right: string,
  wrong: string | undefined,
): Correction {
  const value = right.trim();
  const key = name.toLowerCase();
  const part: AddressReading = {};
  if (/pin|zip|पिन/.test(key)) {
    if (/^[1-9]\d{5}$/.test(value.replace(/\s/g, ''))) part.postalCode = value.replace(/\s/g, '');
  } else if (/^(?:city|शहर)$/.test(key)) part.city = value;
  else if (key === 'state') part.state = value;
  else if (key === 'landmark') part.landmark = value;
  else if (
    /street|road|area|locality|society|sector|phase|cross|main|gali|lane|सड़क|गली|सेक्टर|सोसाइटी/.test(key)
  )
    part.line2 = labelled(key, value);
  else part.line1 = labelled(key, value);
  if (wrong && !EMPTY.test(wrong)) part.was = wrong.trim();
  return { part, start: match.index, end: match.index + match[0].length };
}

/** "flat" and "402" → "Flat 402": the words a label would carry. */
function labelled(key: string, value: string): string {
  if (/[\p{Script=Devanagari}]/u.test(key)) return `${key} ${value}`;
  if (/^(?:h\.?\s?no|house|home|makan|makaan|ghar)$/.test(key)) return `House ${value}`;
  if (/street|area|locality|building|society/.test(key) && !/^\d/.test(value)) return value;
  return `${key.charAt(0).toUpperCase()}${key.slice(1)} ${value}`;
}
