import type { Replies } from './en';
import { address } from './hi/address';
import { cases } from './hi/cases';
import { failed } from './hi/failed';
import { person } from './hi/person';
import { reschedule } from './hi/reschedule';
import { returns } from './hi/returns';
import { shop } from './hi/shop';
import { status } from './hi/status';
import { survey } from './hi/survey';
import { talk } from './hi/talk';
import { verify } from './hi/verify';
import { words } from './hi/words';

/** Hindi sentences, in Devanagari. */
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
