/** A thing that went over the wire (see `src/demo/wire.ts`). */
export interface WireEvent {
  seq: number;
  at: string;
  channel: 'whatsapp' | 'instagram' | 'carrier';
  kind: 'message' | 'status' | 'carrier' | 'send' | 'seen';
  user?: string;
  /** HTTP status of the answer; 0: none came. */
  answered: number;
  body: unknown;
  answer?: unknown;
}

export interface Address {
  name: string;
  phone: string;
  line1: string;
  line2?: string;
  landmark?: string;
  city: string;
  state: string;
  postalCode: string;
}

/** An order as the store has it; only what the page draws. */
export interface Order {
  orderNumber: string;
  placedAt: string;
  payment: { method: 'prepaid' | 'cod'; status: string; total: string };
  items: { sku: string; name: string; quantity: number }[];
  shippingAddress: Address;
  shipments: {
    id: string;
    carrier: string;
    trackingNumber?: string;
    status: string;
    promisedBy?: string;
    estimatedDelivery?: string;
    attempts: number;
    events: { at: string; status: string; location?: string; note?: string }[];
  }[];
  requests: {
    id: string;
    type: string;
    action: string;
    state: string;
    date?: string;
    slot?: string;
    changedFields?: string[];
    return?: { rma: string; resolution: string; items: { sku: string; quantity: number }[] };
  }[];
}

/** A person the visitor can be. */
export interface Customer {
  id: string;
  name: string;
  channel: 'whatsapp' | 'instagram';
  handle?: string;
  phone: string;
  email: string;
  about: string;
  locale: Language;
  user: string;
  postalCode: string;
  /** Key of the conversation on the desk. */
  conversation: string;
  orders: Order[];
}

export type Language = 'en' | 'hi-Latn' | 'hi';

export interface World {
  slow: boolean;
  duplicate: boolean;
  down: boolean;
  windowClosed: boolean;
}

export interface Shop {
  name: string;
  customers: Customer[];
  agents: { name: string; email: string; password: string; role: string }[];
  world: World;
}

/** What is sent when the visitor acts on the phone. */
export type Act =
  | { kind: 'text'; text: string }
  | { kind: 'tap'; id: string; title: string; description?: string; control: Control; of?: string }
  | { kind: 'photo' }
  | { kind: 'voice' };

export type Control = 'button' | 'list' | 'quick-reply' | 'postback' | 'template';
