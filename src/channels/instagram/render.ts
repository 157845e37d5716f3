import type { Content } from '../../core/content';
import { splitText, uniqueLabels, withNumbers } from '../meta/split-text';
import * as limit from './limits';

/** One send: the `message` object of the Graph API. */
export interface InstagramPayload {
  text: string;
  quick_replies?: { content_type: 'text'; title: string; payload: string }[];
}

/** Renders a content as texts of at most 1000 bytes; options become quick replies under the last one, or numbers in the text. */
export function render(content: Content): InstagramPayload[] {
  const options = content.options ?? [];
  const titles = options.map((option) => option.title);
  const fits =
    options.length <= limit.QUICK_REPLIES &&
    options.every((o) => o.title.trim() !== '' && o.id.length <= limit.QUICK_REPLY_PAYLOAD_CHARACTERS) &&
    content.text.trim() !== '';
  if (options.length === 0 || !fits) return texts(withNumbers(content.text, titles));
  const labels = uniqueLabels(titles, limit.QUICK_REPLY_TITLE_CHARACTERS);
  const quickReplies = options.map((option, n) => ({
    content_type: 'text' as const,
    title: labels[n] ?? option.title,
    payload: option.id,
  }));
  const pieces = texts(content.text);
  return pieces.map((piece, n) =>
    n === pieces.length - 1 ? { ...piece, quick_replies: quickReplies } : piece,
  );
}

function texts(value: string): InstagramPayload[] {
  return splitText(value, limit.TEXT_BYTES, 'bytes').map((text) => ({ text }));
}
