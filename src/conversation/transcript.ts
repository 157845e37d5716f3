import type { MessageBody } from '../core/activity';
import { masked } from '../core/masking';
import type { Conversation, TranscriptEntry } from '../core/conversation';
import type { ConversationStore, MessageStore } from '../core/stream-store';

/** What a customer's message reads like in the transcript. Empty when there is nothing to read (a photo says so by its attachment). */
export function textOf(body: MessageBody, openChoices: Conversation['openChoices']): string {
  switch (body.kind) {
    case 'text':
      return body.text;
    case 'choice':
      return openChoices?.options.find((option) => option.id === body.choiceId)?.title ?? body.title ?? '';
    case 'media':
      return (
        body.text ??
        body.attachments
          .map((attachment) => attachment.caption ?? '')
          .join(' ')
          .trim()
      );
    case 'form':
      return Object.values(body.values).filter(Boolean).join(', ');
    case 'location':
      return [body.name, body.address, `${body.latitude}, ${body.longitude}`].filter(Boolean).join(', ');
    case 'contacts':
      return body.phones.join(', ');
    case 'unsupported':
      return '';
  }
}

/** A customer's message as a line of the transcript, without account numbers. `beside`: the other texts of the same turn. */
export function customerLine(
  conversation: Conversation,
  seq: number,
  id: string,
  at: Date,
  body: MessageBody,
  beside = '',
): TranscriptEntry {
  return {
    id,
    conversation: conversation.key,
    seq,
    from: 'customer',
    text: masked(textOf(body, conversation.openChoices), beside),
    ...(body.kind === 'choice' ? { choiceId: body.choiceId } : {}),
    ...(body.kind === 'media'
      ? {
          attachments: body.attachments.map(({ kind, ref, mime }) => ({
            kind,
            ref,
            ...(mime ? { mime } : {}),
          })),
        }
      : {}),
    visibility: 'public',
    at,
  };
}

/** Copies committed lines from a conversation's tail to the transcript; doing it twice changes nothing. */
export class Transcript {
  constructor(
    private readonly messages: MessageStore,
    private readonly conversations: ConversationStore,
  ) {}

  /** Copies the whole tail. `clear` also takes it off the conversation afterwards, not waited for. */
  async copy(conversation: Conversation, options: { clear: boolean }): Promise<void> {
    await this.messages.append(conversation.tail);
    const last = conversation.tail.at(-1);
    if (options.clear && last)
      void this.conversations.clearTail(conversation.key, last.seq).catch(() => undefined);
  }
}
