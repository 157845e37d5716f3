import type { Api } from './api';
import { subOf } from './identity';
import type { Keep } from './saved';
import type { WidgetLocale } from './strings';

/** A visitor's session is renewed at most this often, so that it does not run out while it is used. */
const RENEW_MS = 24 * 3_600_000;

/** Renews a visitor's session when it is time; a signed-in customer's ends with the identity. */
export async function renewSession(api: Api, keep: Keep, locale: WidgetLocale): Promise<void> {
  const { token, sub, renewed = 0 } = keep.read();
  if (!token || sub || Date.now() - renewed < RENEW_MS) return;
  const opened = await api.session({ locale }, token);
  if (opened.token && keep.read().token === token) keep.write({ token: opened.token, renewed: Date.now() });
}

/** Opens a session for whoever is there; undefined when there can be none now, or when somebody else is there by then. */
export async function openSession(
  api: Api,
  keep: Keep,
  locale: WidgetLocale,
  who: () => string | undefined,
): Promise<string | undefined> {
  const identity = who();
  const { introduction } = keep.read();
  const { token } = await api.session(identity ? { identity, locale } : { locale, introduction });
  if (!token || who() !== identity) return undefined;
  keep.write({ token, sub: identity && subOf(identity), renewed: Date.now() });
  return token;
}
