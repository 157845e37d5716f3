import { monotonicMs } from '../../core/clock';
import { list, object, text, type Json } from './json';
import type { SendRecord, StandInChannel } from './wire';

/** Controls a customer would see under a message. */
function optionsOf(body: Json): { id: string; title: string }[] {
  const action = object(object(body.interactive).action);
  const buttons = list(action.buttons).map((button) => object(object(button).reply));
  const rows = list(action.sections)
    .flatMap((section) => list(object(section).rows))
    .map(object);
  const quick = list(object(body.message).quick_replies).map((reply) => {
    const { payload, title } = object(reply);
    return { id: payload, title };
  });
  return [...buttons, ...rows, ...quick].map(({ id, title }) => ({ id: text(id), title: text(title) }));
}

function textOf(body: Json): string {
  const template = object(body.template);
  if (body.type === 'template') {
    const parameters = list(template.components)
      .map(object)
      .filter((component) => component.type === 'body')
      .flatMap((component) => list(component.parameters));
    return [`[${text(template.name)}]`, ...parameters.map((one) => text(object(one).text))].join(' ');
  }
  const spoken = [
    object(body.text).body,
    object(object(body.interactive).body).text,
    object(body.message).text,
  ];
  return spoken.map(text).find((one) => one !== '') ?? '';
}

/** Reads a message call into a ledger record. */
export function readSend(channel: StandInChannel, body: Json, at: Date): SendRecord {
  const to = text(body.to).replace(/^\+/, '') || text(body.recipient) || text(object(body.recipient).id);
  const callbackId = text(body.biz_opaque_callback_data);
  return {
    channel,
    to,
    body,
    text: textOf(body),
    options: optionsOf(body),
    ...(callbackId ? { callbackId } : {}),
    at,
    receivedAt: monotonicMs(),
  };
}

/** True for calls that show "typing" or mark as read: they are no messages. */
export function isSign(body: Json): boolean {
  return body.sender_action !== undefined || (body.status === 'read' && body.type === undefined);
}
