import { z } from 'zod';
import { HANDOFF_REASONS, OWNERS } from '../../core/conversation';
import { REQUEST_STATES, SHIPMENT_STATUSES } from '../../core/order';
import { RESOLUTIONS, RETURN_REASONS, SLOT_NAMES } from '../../core/understanding';

/** Longest text a person may send, characters (WhatsApp's limit, the tightest that all channels can split to). */
export const TEXT_LIMIT = 4096;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-11-24');
const instant = z.iso.datetime({ offset: true });

/** Page size and place of every list. */
export const paging = {
  limit: z.coerce.number().int('must be a whole number').min(1).max(200).optional(),
  cursor: z.string().max(1000).optional(),
};

export const addressForm = z.object({
  name: z.string(),
  phone: z.string().describe('E.164'),
  line1: z.string(),
  line2: z.string().optional(),
  landmark: z.string().optional(),
  city: z.string(),
  state: z.string(),
  postalCode: z.string(),
  country: z.string().describe('ISO 3166 alpha-2'),
});

const returnDetails = {
  items: z.array(z.object({ sku: z.string(), quantity: z.number().int() })),
  reason: z.enum(RETURN_REASONS),
  resolution: z.enum(RESOLUTIONS),
  exchangeFor: z.string().optional(),
  pickup: z
    .object({ date: day.optional(), slot: z.enum(SLOT_NAMES).optional(), address: addressForm.optional() })
    .optional(),
  refundTo: z.object({ kind: z.enum(['upi', 'bank']), masked: z.string() }).optional(),
};

export const returnForm = z.object({
  rma: z.string(),
  orderNumber: z.string(),
  state: z.enum(REQUEST_STATES),
  ...returnDetails,
  at: instant,
});

export const requestForm = z.object({
  id: z.string(),
  type: z.enum(['reschedule', 'address_change', 'return', 'cancel']),
  state: z.enum(REQUEST_STATES),
  date: day.optional().describe("in the shop's zone"),
  slot: z.enum(SLOT_NAMES).optional(),
  address: addressForm.optional(),
  rma: z.string().optional(),
  at: instant,
  by: z.enum(['customer', 'agent', 'api']),
  action: z.string().describe('what the carrier or shop is asked to do'),
  shipmentId: z.string().optional(),
  phone: z.string().optional(),
  comments: z.string().optional(),
  reference: z.string().optional().describe("the carrier's own name for it"),
  reason: z.string().optional().describe('why it was rejected'),
  settledAt: instant.optional(),
  return: z.object(returnDetails).optional(),
});

const shipment = {
  id: z.string(),
  carrier: z.string(),
  trackingNumber: z.string().optional(),
  trackingUrl: z.string().optional(),
  status: z.enum(SHIPMENT_STATUSES),
  skus: z.array(z.string()),
  promisedBy: day.optional(),
  estimatedDelivery: day.optional(),
  attempts: z.number().int().optional(),
};
const event = {
  status: z.enum(SHIPMENT_STATUSES),
  location: z.string().optional(),
  note: z.string().optional(),
  source: z.string().optional(),
};
const order = {
  orderNumber: z.string(),
  currency: z.string().describe('ISO 4217'),
  customer: z.object({
    name: z.string(),
    phone: z.string().describe('E.164'),
    email: z.string().optional(),
    locale: z.string().optional(),
  }),
  payment: z.object({
    method: z.enum(['prepaid', 'cod']),
    status: z.enum(['pending', 'paid', 'refunded', 'partially_refunded']),
    total: z.string().describe('decimal string'),
  }),
  items: z.array(
    z.object({
      sku: z.string(),
      name: z.string(),
      quantity: z.number().int(),
      unitPrice: z.string().describe('decimal string'),
      category: z.string().optional(),
      returnable: z.boolean().optional(),
    }),
  ),
};
const time = z.string().describe("ISO 8601; without a zone in the shop's");

/** The order document as shops send it; more fields are kept under `meta`. */
export const shopOrderForm = z.looseObject({
  ...order,
  placedAt: time,
  shippingAddress: addressForm.partial({ name: true, phone: true, country: true }),
  shipments: z
    .array(z.object({ ...shipment, events: z.array(z.object({ at: time, ...event })).optional() }))
    .optional(),
});

/** The order as it is read back: the shop's part, the effective address, what was asked for, and what happened. */
export const orderForm = z.object({
  ...order,
  placedAt: instant,
  state: z.enum(['processing', ...SHIPMENT_STATUSES]).describe('of the order as a whole'),
  shippingAddress: addressForm,
  shipments: z.array(
    z.object({
      ...shipment,
      statusAt: instant.optional(),
      events: z.array(z.object({ at: instant, ...event })),
    }),
  ),
  requests: z.array(requestForm),
  history: z.array(
    z.object({
      at: instant,
      what: z.string(),
      by: z.string(),
      detail: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  meta: z.record(z.string(), z.unknown()).optional(),
  version: z.number().int(),
  updatedAt: instant,
});

export const importReport = z.object({
  accepted: z.number().int(),
  rejected: z.number().int(),
  results: z.array(
    z.object({
      line: z.number().int().describe('1 is the first line, or the first item of the array'),
      orderNumber: z.string().optional(),
      ok: z.boolean(),
      errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    }),
  ),
});

export const returnsQuery = z.object({
  orderNumber: z.string().optional(),
  state: z.enum(REQUEST_STATES, `must be one of ${REQUEST_STATES.join(', ')}`).optional(),
  ...paging,
});

export const conversationForm = z.object({
  id: z.string(),
  channel: z.string(),
  user: z.string(),
  owner: z.enum(OWNERS),
  updatedAt: instant,
  reason: z.enum(HANDOFF_REASONS).optional().describe('why a person is needed, while one is'),
  leaving: z.boolean().optional().describe("take-over only: a bot's message was already on its way"),
});

export const conversationsQuery = z.object({
  channel: z.string().optional(),
  user: z.string().optional(),
  owner: z.enum(OWNERS, `must be one of ${OWNERS.join(', ')}`).optional(),
  ...paging,
});

export const messageForm = z.object({
  seq: z.number().int(),
  id: z.string(),
  from: z.enum(['customer', 'bot', 'agent', 'system']),
  agent: z.string().optional(),
  text: z.string(),
  visibility: z.enum(['public', 'note']),
  state: z.enum(['queued', 'sent', 'delivered', 'read', 'failed']).optional(),
  error: z.string().optional(),
  at: instant,
});

export const messagesQuery = z.object({ after: z.coerce.number().int().min(0).optional(), ...paging });

export const newMessage = z.object({
  text: z
    .string('must be a text')
    .refine((text) => text.trim().length > 0, 'must not be empty')
    .refine((text) => [...text].length <= TEXT_LIMIT, `must have at most ${TEXT_LIMIT} characters`),
  visibility: z.enum(['public', 'note'], 'must be public or note').default('public'),
});

export const ownerChange = z.object({
  owner: z.enum(['agent', 'bot', 'closed'], 'must be agent, bot or closed'),
  survey: z
    .boolean('must be true or false')
    .optional()
    .describe('false: the customer is not asked how the help was when this resolves it'),
});

export const problemForm = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string().describe('stable word for programs'),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
});
