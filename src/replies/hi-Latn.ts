import type { Replies } from './en';
import { address } from './hi-Latn/address';
import { cases } from './hi-Latn/cases';
import { failed } from './hi-Latn/failed';
import { person } from './hi-Latn/person';
import { reschedule } from './hi-Latn/reschedule';
import { returns } from './hi-Latn/returns';
import { shop } from './hi-Latn/shop';
import { status } from './hi-Latn/status';
import { survey } from './hi-Latn/survey';
import { talk } from './hi-Latn/talk';
import { verify } from './hi-Latn/verify';
import { words } from './hi-Latn/words';

/** Hinglish sentences: Hindi in Latin letters with the English words people use. */
export const sentences: Replies = {
  address,
  cases,
  failed,
  person,
  reschedule,
  returns,
  shop,
  status,
  survey,
  talk,
  verify,
  words,
};
