import type { ChoiceOption, Content, TemplateContent } from '../../core/content';
import { cutLabel, splitBeforeControls, splitText, uniqueLabels, withNumbers } from '../meta/split-text';
import * as limit from './limits';

/** The part of a send that Meta calls the message: `type` and the object of that name. */
export type WhatsAppMessage =
  | { type: 'text'; text: { body: string; preview_url: boolean } }
  | { type: 'interactive'; interactive: Record<string, unknown> }
  | { type: 'template'; template: Record<string, unknown> };

/** One send. `part` tells the sends of one content apart. */
export interface WhatsAppPayload {
  part: number;
  message: WhatsAppMessage;
}

/** What opens a list when the content does not say. A sign and not a word: this file knows no language. */
const LIST_SIGN = '☰';

/** Renders a content as one send where Meta's limits allow, otherwise as text before the part that carries the options. */
export function render(content: Content): WhatsAppPayload[] {
  return messages(content).map((message, part) => ({ part, message }));
}

function messages(content: Content): WhatsAppMessage[] {
  if (content.template) return [templateMessage(content.template)];
  const options = content.options ?? [];
  if (options.length === 0) return texts(content.text);
  const titles = options.map((option) => option.title);
  if (!content.text.trim() || !options.every(fitsControls) || options.length > limit.LIST_ROWS) {
    return texts(withNumbers(content.text, titles));
  }
  const pieces = splitBeforeControls(
    content.text,
    limit.TEXT_CHARACTERS,
    limit.INTERACTIVE_BODY_CHARACTERS,
    'characters',
  );
  const body = pieces.pop() ?? '';
  const interactive =
    options.length <= limit.BUTTONS ? buttons(options) : rows(options, content.optionsLabel);
  return [
    ...pieces.map(textMessage),
    { type: 'interactive', interactive: { ...interactive, body: { text: body } } },
  ];
}

function fitsControls(option: ChoiceOption): boolean {
  return option.title.trim() !== '' && Buffer.byteLength(option.id) <= limit.OPTION_ID_BYTES;
}

function texts(text: string): WhatsAppMessage[] {
  return splitText(text, limit.TEXT_CHARACTERS, 'characters').map(textMessage);
}

function textMessage(body: string): WhatsAppMessage {
  return { type: 'text', text: { body, preview_url: false } };
}

function buttons(options: ChoiceOption[]): Record<string, unknown> {
  const titles = uniqueLabels(
    options.map((option) => option.title),
    limit.BUTTON_TITLE_CHARACTERS,
  );
  return {
    type: 'button',
    action: {
      buttons: options.map((option, n) => ({ type: 'reply', reply: { id: option.id, title: titles[n] } })),
    },
  };
}

function rows(options: ChoiceOption[], label: string | undefined): Record<string, unknown> {
  const titles = uniqueLabels(
    options.map((option) => option.title),
    limit.ROW_TITLE_CHARACTERS,
  );
  return {
    type: 'list',
    action: {
      button: cutLabel(label?.trim() || LIST_SIGN, limit.LIST_BUTTON_CHARACTERS),
      sections: [
        {
          rows: options.map((option, n) => ({
            id: option.id,
            title: titles[n],
            ...(option.description?.trim()
              ? { description: cutLabel(option.description, limit.ROW_DESCRIPTION_CHARACTERS) }
              : {}),
          })),
        },
      ],
    },
  };
}

/** Template parameters may not hold line breaks, tabs or more than four blanks in a row. */
function parameter(value: string) {
  return { type: 'text', text: value.replace(/\s+/g, ' ').trim() };
}

function templateMessage(template: TemplateContent): WhatsAppMessage {
  const values = template.values.map(parameter);
  const body = values.length > 0 ? [{ type: 'body', parameters: values }] : [];
  const code = template.codeButton
    ? [{ type: 'button', sub_type: 'url', index: '0', parameters: values.slice(0, 1) }]
    : [];
  return {
    type: 'template',
    template: {
      name: template.name,
      language: { code: template.language },
      ...(values.length > 0 ? { components: [...body, ...code] } : {}),
    },
  };
}
