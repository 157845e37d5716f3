import { docFrom } from '../bson/encode';
import type { Plain } from '../bson/encode';
import { Doc, Double } from '../bson/values';
import type { MongoFault } from '../errors';

/** A good answer. */
export function ok(fields: Record<string, Plain> = {}): Doc {
  return docFrom(fields).add('ok', new Double(1));
}

/** The answer to a command that failed. */
export function answerFault(e: MongoFault): Doc {
  return docFrom({
    ok: new Double(0),
    errmsg: e.message,
    code: e.code,
    codeName: e.codeName,
    ...(e.extra as Record<string, Plain>),
  });
}

/** One entry of `writeErrors`. */
export function writeError(index: number, e: MongoFault): Doc {
  return docFrom({ index, code: e.code, ...(e.extra as Record<string, Plain>), errmsg: e.message });
}
