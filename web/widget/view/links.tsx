/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

const LINK = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** Punctuation that ends a sentence is not part of the address. */
const TRAILING = /[).,;:!?\]}।]+$/;

function isWeb(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** Text with its web addresses clickable. Everything is set as text; only http and https become links. */
export function Linked({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, '');
    if (!isWeb(address)) continue;
    parts.push(text.slice(from, match.index), <SafeLink href={address}>{address}</SafeLink>);
    from = match.index + address.length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}

/** A link out of the chat; without an http(s) address only its words are shown. */
export function SafeLink({ href, children }: { href: string; children: ComponentChildren }) {
  if (!isWeb(href)) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
