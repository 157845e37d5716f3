import {
  raw,
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { z } from 'zod';
import type { Clock } from '../core/clock';
import { conversationKey } from '../core/conversation';
import { AppError } from '../core/errors';
import { mimeOf, type FileStore } from '../core/files';
import type { Inbox } from '../core/stream';
import { identitiesOf, referenceOf, sessionOf } from './webchat-session';

/** Largest photo taken, bytes; WhatsApp's own limit. The widget makes photos smaller than this before it sends them. */
export const PHOTO_BYTES = 5 * 1024 * 1024;

const KINDS = new Set(['image/jpeg', 'image/png', 'image/webp']);

const query = z.object({ id: z.uuid() });

/** The bytes of a photo, whatever they are said to be. */
export const photoBody: (RequestHandler | ErrorRequestHandler)[] = [
  raw({ type: () => true, limit: PHOTO_BYTES, inflate: false }),
  (error: unknown, _req: Request, _res: Response, next: NextFunction) => {
    const isLarge = (error as { type?: unknown }).type === 'entity.too.large';
    next(isLarge ? new AppError('too_large', 'a photo may have at most 5 MB') : error);
  },
];

/** Takes one photo as a message: kept first, so that a message never speaks of what is not there. The same `id` again changes nothing. */
export function takePhoto(options: {
  inbox: Inbox;
  files: Pick<FileStore, 'keep'>;
  clock: Clock;
}): RequestHandler {
  const { inbox, files, clock } = options;
  return async (req, res) => {
    const asked = query.safeParse(req.query);
    if (!asked.success) {
      const fields = [{ field: 'id', message: 'must be a UUID' }];
      throw new AppError('invalid_input', 'a value of the request is not acceptable', { fields });
    }
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const mime = mimeOf(bytes);
    if (!mime || !KINDS.has(mime)) {
      throw new AppError('unsupported_media', 'send a photo as JPEG, PNG or WebP');
    }
    const session = sessionOf(res);
    const reference = referenceOf(session);
    const { channel, account, user } = reference;
    const id = `${user}:${asked.data.id.toLowerCase()}`;
    const ref = `photo:${id}`;
    const at = clock.now();
    try {
      const conversation = conversationKey(reference);
      await files.keep({ channel, account, ref, conversation, kind: 'image' }, mime, bytes, at);
      const body = { kind: 'media' as const, attachments: [{ kind: 'image' as const, ref, mime }] };
      await inbox.accept([{ type: 'message', id, reference, identities: identitiesOf(session), at, body }]);
    } catch (cause) {
      throw new AppError('store_unavailable', 'the photo could not be stored, send it again', { cause });
    }
    res.status(202).json({ id: asked.data.id });
  };
}
