import { randomBytes } from 'node:crypto';
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
