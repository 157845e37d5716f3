import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../core/errors';
import { BANK_ACCOUNT, IFSC, maskedDigits, maskedUpi, UPI } from '../core/masking';
import type { RefundAccount } from '../core/order';

const VERSION = 'v1';
const IV_BYTES = 12;

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'doorstep sealed values', 32));
}

/** Makes the function that encrypts a short text with the shop's secret (AES-256-GCM). Equal texts seal differently every time. */
export function createSeal(secret: string): (plain: string) => string {
  const key = keyOf(secret);
  return (plain) => {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return [VERSION, ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
  };
}

/** Makes the function that reads a sealed text again. It refuses (`internal`) what was changed, or sealed with another secret. */
export function createUnseal(secret: string): (sealed: string) => string {
  const key = keyOf(secret);
  return (sealed) => {
    const [version, iv = '', tag = '', data = ''] = sealed.split('.');
    try {
      if (version !== VERSION) throw new Error('unknown form');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), {
        authTagLength: 16,
      });
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString(
        'utf8',
      );
    } catch (cause) {
      throw new AppError('internal', 'a sealed value cannot be read with this secret', { cause });
    }
  };
}

/**
 * Reads a UPI id, or a bank account number with its IFSC, out of a text: masked for showing, sealed for keeping. Undefined when there is
 * neither; half a bank account is none. An e-mail address (with a dot after the @) is no UPI id.
 */
export function readRefundAccount(text: string, seal: (plain: string) => string): RefundAccount | undefined {
  const upi = UPI.exec(text);
  if (upi) {
    const [, name = '', handle = ''] = upi;
    return { kind: 'upi', masked: maskedUpi(name, handle), sealed: seal(`${name}@${handle}`) };
  }
  const ifsc = IFSC.exec(text)?.[1]?.toUpperCase();
  const account = ifsc && BANK_ACCOUNT.exec(text.replace(IFSC, ' '))?.[0].replace(/\D/g, '');
  if (!ifsc || !account) return undefined;
  return {
    kind: 'bank',
    masked: `${maskedDigits(account)} (${ifsc.slice(0, 4)})`,
    sealed: seal(`${account} ${ifsc}`),
  };
}
