/** @jsxImportSource preact */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { filesIn } from '../photo';
import type { Strings } from '../strings';
import { Icon } from './icons';

/** The server's limit for one message. */
const MAX_CHARACTERS = 4096;
const TALLEST_PX = 120;

/** Where the customer writes: Enter sends, Shift+Enter breaks the line. Photos are chosen, or pasted into the text. */
export function Composer(props: {
  t: Strings;
  input: RefObject<HTMLTextAreaElement | null>;
  send(text: string): void;
  sendPhotos(files: File[]): void;
}) {
  const { t, input, send, sendPhotos } = props;
  const picker = useRef<HTMLInputElement>(null);
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
  const paste = (event: ClipboardEvent) => {
    const files = filesIn(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    sendPhotos(files);
  };
  return (
    <form class="composer" onSubmit={submit}>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        multiple
        hidden
        tabIndex={-1}
        onChange={(event) => {
          sendPhotos([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <button type="button" class="plain" aria-label={t.photo} onClick={() => picker.current?.click()}>
        <Icon name="photo" />
      </button>
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
        onPaste={paste}
      />
      <button type="submit" class="send" aria-label={t.send} disabled={!text.trim()}>
        <Icon name="send" />
      </button>
    </form>
  );
}
