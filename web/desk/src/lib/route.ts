import { Signal } from './signal';

const PAGES = ['inbox', 'requests', 'failed', 'figures', 'team', 'settings'] as const;
export type Page = (typeof PAGES)[number];

/** Where the page is: which page, and which conversation is open on the inbox. */
export interface Route {
  page: Page;
  conversation?: string;
}

function read(): Route {
  const path = window.location.pathname.replace(/^\/desk\/?/, '');
  const [first, second] = path.split('/');
  if (first === 'c' && second) {
    try {
      return { page: 'inbox', conversation: decodeURIComponent(second) };
    } catch {
      return { page: 'inbox' };
    }
  }
  return { page: PAGES.find((page) => page === first) ?? 'inbox' };
}

/** Address of a route; `/desk/c/<conversation>` opens one directly. */
export function addressOf({ page, conversation }: Route): string {
  if (page !== 'inbox') return `/desk/${page}`;
  return conversation ? `/desk/c/${encodeURIComponent(conversation)}` : '/desk/';
}

export const route = new Signal<Route>(read());

window.addEventListener('popstate', () => route.set(read()));

/** Goes somewhere within the desk. */
export function go(to: Route): void {
  if (addressOf(to) === addressOf(route.get())) return;
  window.history.pushState(null, '', addressOf(to));
  route.set(to);
}
