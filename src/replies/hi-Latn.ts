import type { Replies } from './en';
import { person } from './hi-Latn/person';
import { status } from './hi-Latn/status';
import { talk } from './hi-Latn/talk';
import { verify } from './hi-Latn/verify';
import { words } from './hi-Latn/words';

/** Hinglish sentences: Hindi in Latin letters with the English words people use. */
export const sentences: Replies = { person, status, talk, verify, words };
