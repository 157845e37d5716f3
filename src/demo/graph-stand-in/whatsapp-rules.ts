import { list, object, text, type Json } from './json';
import type { GraphError, StandInTemplate } from './wire';

function wrong(details: string): GraphError {
  return { code: 131009, details };
}

function missing(field: string): GraphError {
  return { code: 131008, details: `The parameter ${field} is required.` };
}

function within(value: string, max: number, field: string): GraphError | undefined {
  if (value === '') return missing(field);
  return value.length > max ? wrong(`Length of ${field} is over ${max} characters.`) : undefined;
}

function firstFault(faults: (GraphError | undefined)[]): GraphError | undefined {
  return faults.find((fault) => fault !== undefined);
}

function sameTitles(titles: string[]): GraphError | undefined {
  return new Set(titles).size < titles.length ? wrong('Button titles must be unique.') : undefined;
}

function checkButtons(action: Json): GraphError | undefined {
  const replies = list(action.buttons).map((button) => object(object(button).reply));
  if (replies.length < 1 || replies.length > 3) return wrong('Between 1 and 3 buttons are allowed.');
  return firstFault([
    ...replies.map((reply) => within(text(reply.title), 20, 'button title')),
    ...replies.map((reply) => within(text(reply.id), 256, 'button id')),
    sameTitles(replies.map((reply) => text(reply.title))),
    sameTitles(replies.map((reply) => text(reply.id))),
  ]);
}

function checkList(interactive: Json, action: Json): GraphError | undefined {
  const sections = list(action.sections).map(object);
  const rows = sections.flatMap((section) => list(section.rows)).map(object);
  if (rows.length < 1 || rows.length > 10) return wrong('Between 1 and 10 rows are allowed.');
  if (sections.length > 10) return wrong('At most 10 sections are allowed.');
  const header = object(interactive.header);
  if (interactive.header !== undefined && header.type !== 'text')
    return wrong('A list takes a text header only.');
  return firstFault([
    within(text(action.button), 20, 'list button'),
    ...(sections.length > 1
      ? sections.map((section) => within(text(section.title), 24, 'section title'))
      : []),
    ...rows.map((row) => within(text(row.title), 24, 'row title')),
    ...rows.map((row) => within(text(row.id), 200, 'row id')),
    ...rows.map((row) =>
      text(row.description).length > 72 ? wrong('Row description is over 72.') : undefined,
    ),
    sameTitles(rows.map((row) => text(row.id))),
  ]);
}

function checkInteractive(interactive: Json): GraphError | undefined {
  const body = text(object(interactive.body).text);
  const action = object(interactive.action);
  switch (interactive.type) {
    case 'button':
      return within(body, 1024, 'interactive body') ?? checkButtons(action);
    case 'list':
      return within(body, 4096, 'interactive body') ?? checkList(interactive, action);
    case 'cta_url':
    case 'location_request_message':
    case 'address_message':
      return within(body, 1024, 'interactive body');
    default:
      return wrong('Unknown interactive type.');
  }
}

function checkTemplate(template: Json, known: StandInTemplate[]): GraphError | undefined {
  const language = text(object(template.language).code);
  const definition = known.find((one) => one.name === template.name && one.language === language);
  if (!definition)
    return { code: 132001, status: 404, details: 'Template does not exist in the translation.' };
  const components = list(template.components).map(object);
  const parametersOf = (type: string) =>
    components
      .filter((component) => component.type === type)
      .flatMap((component) => list(component.parameters));
  const body = parametersOf('body').map((parameter) => text(object(parameter).text));
  const button = parametersOf('button');
  if (body.length !== definition.parameters || button.length !== (definition.codeButton ? 1 : 0)) {
    return { code: 132000, details: 'Number of parameters does not match the expected number of params.' };
  }
  if (body.some((value) => value === '' || /[\n\t]| {5}/.test(value))) {
    return { code: 132012, details: 'Parameter format does not match.' };
  }
  return undefined;
}

function checkAddress(body: Json): GraphError | undefined {
  const to = text(body.to);
  if (to === '' && text(body.recipient) === '') return missing('to');
  // Meta would send such a number to a stranger; the stand-in says so instead.
  if (to !== '' && !/^\+\d{7,15}$/.test(to)) return wrong('to must be E.164 with a plus.');
  if (to === '' && !/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(text(body.recipient))) {
    return { code: 131026, details: 'recipient is not a user id.' };
  }
  return undefined;
}

/** What Meta would refuse in a message of the Cloud API, by the codes it would name; undefined when it would take it. */
export function checkWhatsApp(body: Json, templates: StandInTemplate[]): GraphError | undefined {
  if (body.messaging_product !== 'whatsapp')
    return { code: 100, details: 'messaging_product must be whatsapp.' };
  const type = text(body.type);
  if (type === '') return missing('type');
  const address = checkAddress(body);
  if (address) return address;
  if (text(body.biz_opaque_callback_data).length > 512) return wrong('biz_opaque_callback_data is over 512.');
  if (typeof body[type] !== 'object') return missing(type);
  const content = object(body[type]);
  switch (type) {
    case 'text':
      return within(text(content.body), 4096, 'text body');
    case 'interactive':
      return checkInteractive(content);
    case 'template': {
      const isCode = templates.some((one) => one.name === content.name && one.codeButton);
      if (isCode && text(body.to) === '') return { code: 131062, details: 'Needs a phone number.' };
      return checkTemplate(content, templates);
    }
    default:
      return undefined;
  }
}
