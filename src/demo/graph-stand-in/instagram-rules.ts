import { list, object, text, type Json } from './json';
import type { GraphError } from './wire';

function wrong(details: string): GraphError {
  return { code: 100, details };
}

/** What Instagram would refuse in a message; undefined when it would take it. */
export function checkInstagram(body: Json): GraphError | undefined {
  const recipient = text(object(body.recipient).id);
  if (!/^\d{1,40}$/.test(recipient))
    return { code: 100, subcode: 2018001, details: 'No matching user found.' };
  if (body.messaging_type === 'MESSAGE_TAG' && body.tag !== 'HUMAN_AGENT') return wrong('Unknown tag.');
  const message = object(body.message);
  if (message.attachment !== undefined) return undefined;
  const said = text(message.text);
  if (said === '') return wrong('message needs a text or an attachment.');
  if (Buffer.byteLength(said) > 1000) return wrong('Length of message text is over 1000 bytes.');
  return message.quick_replies === undefined
    ? undefined
    : checkQuickReplies(list(message.quick_replies).map(object));
}

function checkQuickReplies(replies: Json[]): GraphError | undefined {
  if (replies.length < 1 || replies.length > 13) return wrong('Between 1 and 13 quick replies are allowed.');
  const fits = replies.every(
    ({ content_type: type, title, payload }) =>
      type === 'text' &&
      text(title) !== '' &&
      text(title).length <= 20 &&
      text(payload) !== '' &&
      text(payload).length <= 1000,
  );
  return fits ? undefined : wrong('A quick reply has no title, no payload, or one that is too long.');
}
