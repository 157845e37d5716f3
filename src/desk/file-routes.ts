import type { Router } from 'express';
import { AppError } from '../core/errors';
import type { KeptFile } from '../core/files';
import { param } from './access';
import type { DeskDeps } from './deps';

/** What a browser may show by itself; anything else is saved. */
const SHOWN = /^(image|audio|video)\//;

/** Why a file is not there, for the agent. */
const WHY: Record<string, string> = {
  file_gone: 'the provider no longer has this file',
  file_too_large: 'this file is larger than 10 MB and was not kept; ask for a smaller one',
  file_kind: 'this kind of file is not kept; ask for a photo or a PDF',
  file_elsewhere: 'this file lies where nobody can be trusted and was not fetched',
};

/**
 * `GET /conversations/:key/files/:seq/:n`: the n-th file of a line, for agents alone. Its type is read from its bytes, and nothing in it may
 * run or load anything.
 */
export function fileRoutes(router: Router, { conversations, files }: DeskDeps): void {
  router.get('/conversations/:key/files/:seq/:n', async (req, res) => {
    const conversation = await conversations.get(param(req, 'key'));
    const [seq, n] = [Number(param(req, 'seq')), Number(param(req, 'n'))];
    if (!conversation || !Number.isSafeInteger(seq) || seq < 1) throw missing();
    const [line] = await conversations.messages(conversation.key, { after: seq - 1, limit: 1 });
    const attachment = line?.seq === seq ? line.attachments?.[n] : undefined;
    if (!attachment || !files) throw missing();
    const { channel, account } = conversation.reference;
    const file = await files.open({ channel, account, ref: attachment.ref });
    const { mime, bytes } = present(file);
    res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    res.setHeader(
      'Content-Disposition',
      SHOWN.test(mime) ? 'inline' : 'attachment; filename="customer-file"',
    );
    res.setHeader('Cache-Control', 'private, max-age=3600');
    res.type(mime).send(bytes);
  });
}

function missing(): AppError {
  return new AppError('not_found', 'there is no such file');
}

function present(file: KeptFile | undefined): { mime: string; bytes: Buffer } {
  if (file?.mime && file.bytes) return { mime: file.mime, bytes: file.bytes };
  if (file?.state === 'wanted')
    throw new AppError('not_found', 'the provider did not hand it over yet; try again in a moment');
  throw new AppError('not_found', WHY[file?.error ?? ''] ?? 'this file was not kept');
}
