import type { Replies } from './en';
import { person } from './hi/person';
import { status } from './hi/status';
import { talk } from './hi/talk';
import { verify } from './hi/verify';
import { words } from './hi/words';

/** Hindi sentences, in Devanagari. */
export const sentences: Replies = { person, status, talk, verify, words };
