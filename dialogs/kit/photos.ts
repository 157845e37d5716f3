import type { Call } from './call';

/** Pictures of this turn, by the provider's reference. */
export function photosOf(call: Call): string[] {
  return call.heard.attachments.filter((a) => a.kind === 'image' || a.kind === 'video').map((a) => a.ref);
}

/** Reads the answer to "please send a photo". */
export function photoAnswer(call: Call): { set: { photos?: string[]; noPhoto?: boolean } } | undefined {
  const photos = photosOf(call);
  if (photos.length > 0) return { set: { photos } };
  const cannot = /\b(no|can'?t|cannot|don'?t have|nahi|nhi|without)\b|नहीं/i.test(call.heard.text);
  return call.answer === 'no-photo' || cannot ? { set: { noPhoto: true } } : undefined;
}
