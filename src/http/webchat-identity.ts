import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../core/errors';
import type { ShopIdentity } from '../core/proof';

const HEADER = z.object({ alg: z.literal('HS256'), typ: z.string().optional() });

const phone = z
  .string()
  .transform((value) => value.replace(/[\s().-]/g, ''))
  .refine((value) => /^\+[1-9]\d{6,14}$/.test(value), 'must be E.164, for example +919811100001');

const CLAIMS = z.object({
  sub: z.union([z.string().trim().min(1).max(200), z.number().int().transform(String)]),
  exp: z.number(),
  nbf: z.number().optional(),
  phone: phone.nullish(),
  email: z.string().trim().toLowerCase().pipe(z.email()).nullish(),
  name: z.string().trim().max(200).nullish(),
});

function refused(cause?: unknown): AppError {
  return new AppError('unauthorized', 'the identity is not valid or has expired', { cause });
}

function decode(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch (cause) {
    throw refused(cause);
  }
}

/**
 * Reads the identity a shop's page signed for its customer: a JWT with HS256 (no other algorithm), `sub`, `exp`, and `phone`, `email`, `name` where
 * the shop has verified them. Throws `unauthorized` for a wrong signature, form or time, `invalid_input` with the claim's name for a
 * value that cannot be used.
 */
export function readIdentityToken(token: string, secret: string, now: Date): ShopIdentity {
  const parts = token.split('.');
  const [header, claims, signature] = parts;
  if (parts.length !== 3 || !signature || !/^[\w-]+$/.test(signature)) throw refused();
  if (!HEADER.safeParse(decode(header)).success) throw refused();
  const expected = createHmac('sha256', secret).update(`${header}.${claims}`).digest();
  const claimed = Buffer.from(signature, 'base64url');
  if (claimed.length !== expected.length || !timingSafeEqual(claimed, expected)) throw refused();
  const read = CLAIMS.safeParse(decode(claims));
  if (!read.success) throw badClaims(read.error);
  const { sub, exp, nbf, phone: e164, email, name } = read.data;
  const seconds = now.getTime() / 1000;
  if (exp <= seconds || (nbf !== undefined && nbf > seconds)) throw refused();
  return {
    sub,
    ...(e164 ? { phone: e164 } : {}),
    ...(email ? { email } : {}),
    ...(name ? { name } : {}),
    until: new Date(Math.min(exp * 1000, FARTHEST_MS)),
  };
}

/** Year 9999; a Date past its own range would be invalid and never compare as over. */
const FARTHEST_MS = 253_402_300_799_000;

function badClaims(error: z.ZodError): AppError {
  const fields = error.issues.map((issue) => ({
    field: `identity.${issue.path.join('.')}`,
    message: issue.message,
  }));
  return new AppError('invalid_input', 'a claim of the identity cannot be used', { fields });
}
