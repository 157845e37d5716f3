import type {} from '../widget/main';

/** A customer of the demo, as the page needs them. */
export interface Person {
  id: string;
  name: string;
  orders: ShopOrder[];
}

export interface ShopOrder {
  orderNumber: string;
  placedAt: string;
  payment: { method: 'prepaid' | 'cod'; status: string; total: string };
  items: { sku: string; name: string; quantity: number; unitPrice: string }[];
  shipments: {
    id: string;
    carrier: string;
    status: string;
    promisedBy?: string;
    estimatedDelivery?: string;
    trackingUrl?: string;
    statusAt?: string;
  }[];
}

const KEY = 'tulsi-lane-customer';

/** Everybody who can sign in, with their orders. */
export async function people(): Promise<Person[]> {
  const answer = await fetch('/simulator/api/shop');
  if (!answer.ok) throw new Error('the shop does not answer');
  return ((await answer.json()) as { customers: Person[] }).customers;
}

/** Key of the customer signed in on this browser. */
export function signedIn(): string | undefined {
  return localStorage.getItem(KEY) ?? undefined;
}

async function identify(id: string): Promise<void> {
  const answer = await fetch(`/simulator/api/identity?customer=${encodeURIComponent(id)}`);
  if (!answer.ok) return;
  const { token } = (await answer.json()) as { token: string };
  if (signedIn() === id) window.Doorstep?.identify(token);
}

/** Signs a customer in, and tells the widget who it is. */
export function signIn(id: string): void {
  localStorage.setItem(KEY, id);
  void identify(id);
}

/** Signs out; the chat leaves this browser with the customer. */
export function signOut(): void {
  localStorage.removeItem(KEY);
  window.Doorstep?.signOut();
}

/** Puts the chat on the page and keeps it told who is signed in; an identity that ran out is renewed. */
export function loadWidget(): void {
  const tell = () => {
    const id = signedIn();
    if (id) void identify(id);
  };
  addEventListener('doorstep:ready', tell);
  addEventListener('doorstep:signed-out', tell);
  const script = document.createElement('script');
  script.src = '/widget.js';
  script.dataset['title'] = 'Tulsi Lane';
  script.dataset['accent'] = '#7a2e3a';
  document.body.append(script);
}
