import { address } from './en/address';
import { cases } from './en/cases';
import { failed } from './en/failed';
import { person } from './en/person';
import { reschedule } from './en/reschedule';
import { returns } from './en/returns';
import { shop } from './en/shop';
import { status } from './en/status';
import { survey } from './en/survey';
import { talk } from './en/talk';
import { verify } from './en/verify';
import { words } from './en/words';

/** English sentences; they name and type every other language's. */
export const sentences = {
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

/** Every sentence a language must have. */
export type Replies = typeof sentences;
