/**
 * How much a customer has proved: 0 nothing, 1 matched to an order, 2 proved, 3 signed in by the shop.
 * The source of the table is the product's rules on proof before data.
 */
export type ProofLevel = 0 | 1 | 2 | 3;

/** One proof held by a conversation, bound to the identity that gave it and to its time. */
export interface ProofGrant {
  level: 1 | 2;
  /** Order it holds for; `*` for all orders of a proved phone or e-mail. */
  orderNumber: string;
  how: 'pin' | 'details' | 'code_whatsapp' | 'code_email';
  /** Identity key that proved it; the grant falls when this identity leaves the conversation. */
  identity: string;
  until: Date;
}

/** What the shop itself says of a signed-in widget customer. */
export interface ShopIdentity {
  sub: string;
  /** E.164, verified by the shop. */
  phone?: string;
  email?: string;
  name?: string;
  until: Date;
}
