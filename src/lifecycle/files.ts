import type { InboundActivity } from '../core/activity';
import type { ChannelAdapter } from '../core/channel';
import type { Clock } from '../core/clock';
import { conversationKey } from '../core/conversation';
import { ChannelError } from '../core/errors';
import {
  FILE_BYTES,
  mimeOf,
  type FileName,
  type FileStore,
  type KeptFile,
  type WantedFile,
} from '../core/files';
import type { Log } from '../core/log';
import type { Inbox } from '../core/stream';
import { createLoop, type Loop } from './loop';

/** How often the store is asked for files that this process did not hear of, milliseconds. */
const POLL_MS = 30_000;
/** An attempt that has not ended by then is somebody else's again, milliseconds. */
const ATTEMPT_MS = 60_000;
/** Pauses between attempts, milliseconds; WhatsApp keeps a file for days, Instagram's addresses end sooner. After the last it is given up. */
const PAUSES_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000];

/** What the worker needs. */
export interface FileWorkerOptions {
  files: FileStore;
  channels: ChannelAdapter[];
  clock: Clock;
  log: Log;
}

/** Brings customers' photos and voice notes from the providers into the store, before their addresses end. */
export interface FileWorker extends Loop {
  /** The same inbox, noting durably which files its messages speak of before they are accepted. */
  noting(inbox: Inbox): Inbox;
  /** A file for an agent; one that is still at its provider is fetched now. */
  open(file: FileName): Promise<KeptFile | undefined>;
}

/** Makes the worker; `start` it once channels may be called. */
export function createFileWorker(options: FileWorkerOptions): FileWorker {
  const { files, clock, log } = options;
  const sources = new Map(options.channels.map((channel) => [channel.id, channel]));

  async function attempt(file: KeptFile): Promise<void> {
    const { channel, attempts } = file;
    try {
      const bytes = await sources.get(channel)?.fetchFile?.(file.ref, FILE_BYTES);
      const mime = bytes && mimeOf(bytes);
      if (bytes && mime) await files.stored(file, mime, bytes);
      else await files.missed(file, bytes ? 'file_kind' : 'file_gone', undefined);
    } catch (error) {
      const reason = error instanceof ChannelError ? error.reason : 'provider_down';
      const pause = PAUSES_MS[attempts - 1];
      const isOver = (error instanceof ChannelError && error.retry.kind === 'never') || pause === undefined;
      log.warn({ channel, reason, attempt: attempts }, 'a file of a customer could not be fetched');
      await files.missed(file, reason, isOver ? undefined : new Date(clock.now().getTime() + pause));
    }
  }

  const loop = createLoop(async () => {
    try {
      for (;;) {
        const now = clock.now();
        const next = await files.claim(now, new Date(now.getTime() + ATTEMPT_MS));
        if (!next) return POLL_MS;
        await attempt(next);
      }
    } catch (error) {
      log.error({ err: error }, 'files of customers could not be looked for');
      return POLL_MS;
    }
  });

  const filesOf = (activity: InboundActivity): WantedFile[] => {
    if (activity.type !== 'message' || activity.body.kind !== 'media') return [];
    const { channel, account } = activity.reference;
    if (!sources.get(channel)?.fetchFile) return [];
    const conversation = conversationKey(activity.reference);
    return activity.body.attachments.map(({ kind, ref }) => ({ channel, account, ref, kind, conversation }));
  };

  return {
    ...loop,
    noting: (inbox) => ({
      async accept(activities) {
        const wanted = activities.flatMap(filesOf);
        await files.want(wanted, clock.now());
        await inbox.accept(activities);
        if (wanted.length > 0) loop.kick();
      },
    }),
    async open(file) {
      const known = await files.get(file);
      if (known?.state !== 'wanted') return known;
      await attempt({ ...known, attempts: known.attempts + 1 });
      return files.get(file);
    },
  };
}
