/** @jsxImportSource preact */
import { render } from 'preact';
import { Chat } from './chat';
import { textOn } from './contrast';
import { readSettings, type Settings } from './settings';
import { Widget } from './view/widget';
import css from './widget.css?inline';

/** What the page may call. */
export interface DoorstepApi {
  open(): void;
  close(): void;
  /** Signs a customer of the shop in, with a JWT signed by the shop. */
  identify(jwt: string): void;
  /** Takes the conversation out of this browser. */
  signOut(): void;
}

declare global {
  interface Window {
    Doorstep?: DoorstepApi;
  }
}

function sheets(settings: Settings): CSSStyleSheet[] {
  const base = new CSSStyleSheet();
  base.replaceSync(css);
  if (!settings.accent) return [base];
  const accent = new CSSStyleSheet();
  accent.replaceSync(`.widget { --accent: ${settings.accent}; --on-accent: ${textOn(settings.accent)}; }`);
  return [base, accent];
}

function mount(script: HTMLScriptElement): void {
  const settings = readSettings(script, document);
  const host = document.createElement('doorstep-chat');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = sheets(settings);
  const chat = new Chat(settings);
  window.Doorstep = {
    open: () => chat.open(),
    close: () => chat.close(),
    identify: (jwt) => void chat.identify(jwt),
    signOut: () => chat.signOut(),
  };
  document.body.append(host);
  render(<Widget chat={chat} settings={settings} />, root);
  chat.start();
  window.dispatchEvent(new Event('doorstep:ready'));
}

const script =
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');

// A page that loads the script twice still gets one widget.
if (script && !window.Doorstep) {
  if (document.body) mount(script);
  else addEventListener('DOMContentLoaded', () => mount(script));
}
