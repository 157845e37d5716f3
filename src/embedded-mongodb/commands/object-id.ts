import { randomBytes, randomUUID } from 'node:crypto';
import { Raw, T } from '../bson/values';

const own = randomBytes(5);
let counter = randomBytes(3).readUIntBE(0, 3);

/** A new ObjectId. */
export function newObjectId(): Raw {
  const b = Buffer.alloc(12);
  b.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  own.copy(b, 4);
  counter = (counter + 1) & 0xffffff;
  b.writeUIntBE(counter, 9, 3);
  return new Raw(T.objectId, b);
}

/** A new number of a session: a UUID. */
export function newSessionId(): Raw {
  const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
  return new Raw(T.binary, Buffer.concat([Buffer.from([16, 0, 0, 0, 4]), id]));
}
