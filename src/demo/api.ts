import express, { Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../core/clock';
import { conversationKey } from '../core/conversation';
import { AppError } from '../core/errors';
import type { Mail } from '../core/mail';
import type { Order } from '../core/order';
import type { OrderStore } from '../core/order-store';
import { CARRIER_MOVES, carrierEvent } from './carrier-events';
import { demoIdentity } from './identity';
import { DEMO_AGENTS, DEMO_CUSTOMERS, DEMO_SHOP_NAME, type DemoCustomer } from './people';
import type { SimulatedProvider, World } from './provider';
import { samplePhoto } from './sample-files';
import type { Wire } from './wire';

/** A mail the demo kept instead of sending. */
export type DemoMail = Pick<Mail, 'to' | 'subject' | 'text'> & { at: Date };

/** What the simulator's pages are served from. */
export interface SimulatorDeps {
  orders: OrderStore;
  clock: Clock;
  provider: SimulatedProvider;
  wire: Wire;
  /** Our accounts on the two channels, to name conversations. */
  accounts: Record<DemoCustomer['channel'], string>;
  /** Token of the carrier's door. */
  carrierToken: string;
  /** Bearer token of the door for the carrier's answers to instructions. */
  instructionToken: string;
  identitySecret: string;
  /** Address of the product itself, without a slash at the end; asked for at each use, the port may be known late. */
  productUrl(): string;
  /** Newest first. */
  mails(): Promise<DemoMail[]>;
}

const customerId = z.enum(DEMO_CUSTOMERS.map((customer) => customer.id));
const ACT = z.object({
  customer: customerId,
  act: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string().trim().min(1).max(4096) }),
    z.object({
      kind: z.literal('tap'),
      id: z.string().min(1).max(1000),
      title: z.string().max(200),
      description: z.string().max(200).optional(),
      control: z.enum(['button', 'list', 'quick-reply', 'postback', 'template']),
      of: z.string().max(300).optional(),
    }),
    z.object({ kind: z.literal('photo') }),
    z.object({ kind: z.literal('voice') }),
  ]),
});
const WORLD = z.object({
  slow: z.boolean(),
  duplicate: z.boolean(),
  down: z.boolean(),
  windowClosed: z.boolean(),
});
const ANSWER = z.object({
  orderNumber: z.string(),
  requestId: z.string(),
  status: z.enum(['accepted', 'rejected']),
});
const CARRIER = z.object({ orderNumber: z.string(), shipmentId: z.string(), move: z.enum(CARRIER_MOVES) });

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  throw new AppError('invalid_input', 'the request has values that cannot be used', { fields });
}

function customerOf(id: unknown): DemoCustomer {
  const found = DEMO_CUSTOMERS.find((customer) => customer.id === id);
  if (!found) throw new AppError('not_found', 'there is no such demo customer');
  return found;
}

/** Orders as the page shows them, oldest number first. */
async function ordersOf(orders: OrderStore, customer: DemoCustomer): Promise<Order[]> {
  const found = await orders.findByPhone(customer.phone, 20);
  return found.sort((a, b) => a.orderNumber.localeCompare(b.orderNumber));
}

function customerView(customer: DemoCustomer, deps: SimulatorDeps, orders: Order[]) {
  const { id, name, channel, handle, phone, email, about, locale, user, address } = customer;
  const conversation = conversationKey({ channel, account: deps.accounts[channel], user });
  const postalCode = address.postalCode;
  return { id, name, channel, handle, phone, email, about, locale, user, postalCode, conversation, orders };
}

/** Sends the carrier's event through the product's own carrier door and keeps it on the wire. */
async function moveParcel(deps: SimulatorDeps, input: z.infer<typeof CARRIER>): Promise<number> {
  const order = await deps.orders.findByNumber(input.orderNumber);
  const shipment = order?.shipments.find((one) => one.id === input.shipmentId);
  if (!order || !shipment) throw new AppError('not_found', 'there is no such parcel');
  const body = carrierEvent(order, shipment, input.move, deps.clock.now());
  return postAsCarrier(deps, '/webhooks/carrier/a', { 'x-api-key': deps.carrierToken }, body);
}

/** The carrier's later answer to an instruction, through the door for such answers. */
async function answerInstruction(deps: SimulatorDeps, input: z.infer<typeof ANSWER>): Promise<number> {
  const order = await deps.orders.findByNumber(input.orderNumber);
  const request = order?.requests.find((one) => one.id === input.requestId);
  if (!request) throw new AppError('not_found', 'there is no such request');
  const { status } = input;
  const said =
    status === 'accepted'
      ? { reference: `TL-${request.id.slice(-6)}` }
      : { reason: 'No courier on that route that day' };
  const headers = { authorization: `Bearer ${deps.instructionToken}` };
  return postAsCarrier(deps, '/webhooks/carrier/instructions', headers, { id: request.id, status, ...said });
}

/** Posts to the product as the carrier and keeps it on the wire; answers the product's HTTP status. */
async function postAsCarrier(
  deps: SimulatorDeps,
  path: string,
  headers: Record<string, string>,
  body: Record<string, unknown>,
): Promise<number> {
  const answer = await fetch(deps.productUrl() + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  await answer.arrayBuffer();
  const at = deps.clock.now().toISOString();
  deps.wire.add({ at, channel: 'carrier', kind: 'carrier', answered: answer.status, body });
  return answer.status;
}

/** `/simulator/api`: what the simulator's pages and the demo shop call. Everything in it is made up; mount it in demo mode only. */
export function simulatorApi(deps: SimulatorDeps): Router {
  const api = Router();
  let world: World = { slow: false, duplicate: false, down: false, windowClosed: false };
  api.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  // JSON alone is read, so that pages of other sites cannot post here without asking first.
  api.use(express.json({ limit: '64kb' }));
  api.get('/shop', async (_req, res) => {
    const customers = await Promise.all(
      DEMO_CUSTOMERS.map(async (one) => customerView(one, deps, await ordersOf(deps.orders, one))),
    );
    res.json({ name: DEMO_SHOP_NAME, customers, agents: DEMO_AGENTS, world });
  });
  api.get('/orders', async (req, res) => {
    res.json({ orders: await ordersOf(deps.orders, customerOf(req.query['customer'])) });
  });
  api.get('/identity', (req, res) => {
    const customer = customerOf(req.query['customer']);
    res.json({ token: demoIdentity(customer, deps.identitySecret, deps.clock.now()) });
  });
  api.get('/mail', async (_req, res) => {
    res.json({ mails: await deps.mails() });
  });
  api.get('/sample-photo', (_req, res) => {
    res.type('image/png').send(samplePhoto());
  });
  api.get('/wire', (req, res) => deps.wire.stream(req, res));
  api.post('/messages', async (req, res) => {
    const { customer, act } = read(ACT, req.body);
    await deps.provider.act(customerOf(customer), act);
    res.status(202).json({});
  });
  api.post('/carrier', async (req, res) => {
    res.json({ answered: await moveParcel(deps, read(CARRIER, req.body)) });
  });
  api.post('/carrier/answer', async (req, res) => {
    res.json({ answered: await answerInstruction(deps, read(ANSWER, req.body)) });
  });
  api.put('/world', (req, res) => {
    world = read(WORLD, req.body);
    deps.provider.setWorld(world);
    res.json(world);
  });
  return api;
}
