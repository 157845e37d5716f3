import type { Content } from '../../core/content';
import { splitText, withNumbers } from '../meta/split-text';
import { TEXT_CHARACTERS } from './limits';

/** One send: a text, and which piece of a longer one it is. */
export interface WebPayload {
  text: string;
  part: number;
}

/** Renders a content as texts; options become numbers, since this client shows no buttons that work. */
export function render(content: Content): WebPayload[] {
  const titles = (content.options ?? []).map((option) => option.title);
  return splitText(withNumbers(content.text, titles), TEXT_CHARACTERS, 'characters').map((text, part) => ({
    text,
    part,
  }));
}
