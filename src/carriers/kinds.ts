import { said } from './scan-fields';

/** A kind's name made of what an event calls itself: letters, digits and little else, at most 80 characters. */
export function kindName(...parts: unknown[]): string {
  const name = parts.flatMap((part) => said(part) ?? []).join('/');
  return (
    name
      .replace(/[^A-Za-z0-9_./ -]/g, '')
      .replace(/\d{7,}/g, '#')
      .slice(0, 80) || 'unnamed'
  );
}
