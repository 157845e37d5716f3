/** @jsxImportSource preact */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Strings } from '../strings';
import { Icon } from './icons';

/** The server's limit for one message. */
const MAX_CHARACTERS = 4096;
const TALLEST_PX = 120;

/** Where the customer writes: Enter sends, Shift+Enter breaks the line. */
export function Composer(props: {
  t: Strings;
  input: RefObject<HTMLTextAreaElement | null>;
  send(text: string): void;
}) {
  const { t, input, send } = props;
  const [text, setText] = useState('');
  useLayoutEffect(() => {
    const el = input.current;
    if (!el) return;
    el.style.height = 'auto';
    el.style.height = `${Math.min(el.scrollHeight, TALLEST_PX)}px`;
  }, [text]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!text.trim()) return;
    send(text);
    setText('');
    input.current?.focus();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  };
  return (
    <form class="composer" onSubmit={submit}>
      <textarea
        ref={input}
        rows={1}
        maxLength={MAX_CHARACTERS}
        aria-label={t.input}
        placeholder={t.placeholder}
        value={text}
        enterkeyhint="send"
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={key}
      />
      <button type="submit" class="send" aria-label={t.send} disabled={!text.trim()}>
        <Icon name="send" />
      </button>
    </form>
  );
}
