import { z } from 'zod';
import * as forms from './schemas';
import { summaryCut, summaryForm, SUMMARY_TABLE } from './summary-forms';

type Json = Record<string, unknown>;

/** Named schemas of the description; the same objects that validate. */
const NAMED: Record<string, z.ZodType> = {
  ShopOrder: forms.shopOrderForm,
  Order: forms.orderForm,
  Request: forms.requestForm,
  ImportReport: forms.importReport,
  Return: forms.returnForm,
  Conversation: forms.conversationForm,
  Message: forms.messageForm,
  NewMessage: forms.newMessage,
  OwnerChange: forms.ownerChange,
  Summary: summaryForm,
  Problem: forms.problemForm,
};

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): Json {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  delete made.$schema;
  return made;
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const listOf = (name: string): Json => ({
  type: 'object',
  required: ['items', 'nextCursor'],
  properties: {
    items: { type: 'array', items: ref(name) },
    nextCursor: { type: ['string', 'null'], description: 'null on the last page' },
  },
});

const body = (schema: Json, type = 'application/json'): Json => ({ content: { [type]: { schema } } });
const answer = (description: string, schema: Json): Json => ({ description, ...body(schema) });
const problem = (description: string): Json => ({
  description,
  ...body(ref('Problem'), 'application/problem+json'),
});

const inPath = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** Query parameters of a schema. */
function inQuery(schema: z.ZodObject): Json[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: 'query',
    required: false,
    schema: schemaOf(field as z.ZodType, 'input'),
  }));
}

const CURSOR = { name: 'cursor', in: 'query', required: false, schema: { type: 'string' } };
const MOMENT = { type: 'string', description: "a day, or an ISO time; without a zone in the shop's" };

function operation(summary: string, rest: Json, refusals: Json = {}): Json {
  const { responses, ...others } = rest;
  return {
    summary,
    ...others,
    responses: { ...(responses as Json), '401': problem('No valid key'), ...refusals },
  };
}

const MISSING = { '404': problem('There is no such thing') };
const REFUSED = { '422': problem('Every bad field is named') };

function orderPaths(): Json {
  const read = { '200': answer('The order', ref('Order')) };
  return {
    '/orders/{orderNumber}': {
      parameters: [inPath('orderNumber')],
      get: operation('Read an order', { responses: read }, MISSING),
      put: operation(
        "Create or replace the shop's part of an order",
        {
          requestBody: { required: true, ...body(ref('ShopOrder')) },
          responses: { ...read, '201': answer('The order was new', ref('Order')) },
        },
        REFUSED,
      ),
    },
    '/orders/import': {
      post: operation('Import many orders; good ones are kept', {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { type: 'array', items: ref('ShopOrder') } },
            'application/x-ndjson': { schema: { type: 'string', description: 'one order a line' } },
          },
        },
        responses: { '200': answer('What became of each', ref('ImportReport')) },
      }),
    },
  };
}

function returnPaths(): Json {
  return {
    '/returns': {
      get: operation(
        'List returns',
        { parameters: inQuery(forms.returnsQuery), responses: { '200': answer('A page', listOf('Return')) } },
        REFUSED,
      ),
    },
    '/returns/{rma}': {
      parameters: [inPath('rma')],
      get: operation('Read a return', { responses: { '200': answer('The return', ref('Return')) } }, MISSING),
    },
  };
}

function conversationPaths(): Json {
  const one = { '200': answer('The conversation', ref('Conversation')) };
  const clash = { '409': problem('Somebody else holds it, or the channel no longer allows this message') };
  return {
    '/conversations': {
      get: operation(
        'List conversations, newest first',
        {
          parameters: inQuery(forms.conversationsQuery),
          responses: { '200': answer('A page', listOf('Conversation')) },
        },
        REFUSED,
      ),
    },
    '/conversations/{id}': {
      parameters: [inPath('id')],
      get: operation('Read a conversation', { responses: one }, MISSING),
    },
    '/conversations/{id}/messages': {
      parameters: [inPath('id')],
      get: operation(
        'Read the transcript, oldest first',
        {
          parameters: inQuery(forms.messagesQuery),
          responses: { '200': answer('A page', listOf('Message')) },
        },
        MISSING,
      ),
      post: operation(
        'Write to the customer as a person, or leave a private note',
        {
          parameters: [
            { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } },
          ],
          requestBody: { required: true, ...body(ref('NewMessage')) },
          responses: { '201': answer('The message', ref('Message')) },
        },
        { ...MISSING, ...REFUSED, ...clash },
      ),
    },
    '/conversations/{id}/owner': {
      parameters: [inPath('id')],
      post: operation(
        'Take over, hand back to the bot, or resolve',
        { requestBody: { required: true, ...body(ref('OwnerChange')) }, responses: one },
        { ...MISSING, ...REFUSED, ...clash },
      ),
    },
  };
}

function summaryPaths(): Json {
  const moments = ['from', 'to'].map((name) => ({ ...CURSOR, name, schema: MOMENT }));
  const figures = answer('The figures', ref('Summary'));
  const table = { schema: { type: 'string', description: SUMMARY_TABLE } };
  return {
    '/metrics/summary': {
      get: operation(
        'The figures of a span of time, as JSON or as a table',
        {
          parameters: [...moments, ...inQuery(z.object(summaryCut))],
          responses: {
            '200': { ...figures, content: { ...(figures.content as Json), 'text/csv': table } },
          },
        },
        { ...REFUSED, '406': problem('Neither application/json nor text/csv is accepted') },
      ),
    },
  };
}

/** OpenAPI 3.1 of the REST API, made from the schemas that validate its calls. */
export function describeApi(publicUrl: string): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Doorstep', version: '1', description: 'Orders, returns and conversations of one shop.' },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{ key: [] }],
    paths: {
      ...orderPaths(),
      ...returnPaths(),
      ...conversationPaths(),
      ...summaryPaths(),
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries(
        Object.entries(NAMED).map(([name, schema]) => [
          name,
          schemaOf(schema, name.startsWith('New') || name === 'OwnerChange' ? 'input' : 'output'),
        ]),
      ),
    },
  };
}
