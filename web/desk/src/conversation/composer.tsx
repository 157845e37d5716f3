import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { Button, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { flushSync } from 'react-dom';
import { useDesk } from '../lib/desk';
import type { OpenConversation } from '../lib/open-state';
import { drafts } from '../lib/saved';
import { useSignal } from '../lib/signal';
import { useNow } from '../lib/time';
import { displayName } from '../queue/queue-row';
import { Icon } from '../ui/icons';
import { CannedMenu, filled, matching } from './canned-menu';
import { TemplatePicker } from './template-picker';
import { WindowNote, windowNow } from './window-note';

type Mode = 'reply' | 'note';
const TYPING_EVERY_MS = 3000;
const MAX_CHARACTERS = 4096;

export interface ComposerHandle {
  focus(mode: Mode): void;
}

/** The reply box. Enter sends, Shift+Enter breaks the line, `/` opens prepared replies; what is not sent is kept. */
export function Composer({ open, ref }: { open: OpenConversation; ref: Ref<ComposerHandle> }) {
  const desk = useDesk();
  const now = useNow();
  const { item, window: replyWindow, templates } = open.detail;
  const canned = useSignal(desk.canned);
  const [mode, setMode] = useState<Mode>('reply');
  const [texts, setTexts] = useState({
    reply: drafts.get(item.key, 'reply'),
    note: drafts.get(item.key, 'note'),
  });
  const [picked, setPicked] = useState(0);
  const [menuClosed, setMenuClosed] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLElement>(null);
  const writing = useRef(false);
  const [cutOff, setCutOff] = useState(false);
  const typedAt = useRef(0);
  const text = texts[mode];

  const held = item.owner === 'agent' && item.assignee !== desk.me;
  const state = windowNow(replyWindow, now);
  const shut = held || item.erased === true;
  const closed = mode === 'reply' && state === 'closed';
  const choices = mode === 'reply' && !menuClosed ? matching(canned, text) : undefined;

  const write = (value: string) => {
    setTexts((before) => ({ ...before, [mode]: value }));
    drafts.set(item.key, mode, value);
    setPicked(0);
    setMenuClosed(false);
    if (Date.now() - typedAt.current > TYPING_EVERY_MS && value !== '') {
      typedAt.current = Date.now();
      desk.typing(item.key, true, mode);
    }
  };
  const stopTyping = () => {
    if (typedAt.current === 0) return;
    typedAt.current = 0;
    desk.typing(item.key, false, mode);
  };
  const pick = (index: number) => {
    const reply = choices?.[index];
    if (!reply) return;
    const order = item.orderNumber ?? open.detail.orders[0]?.orderNumber ?? '';
    write(
      filled(reply.text, {
        name: displayName(item).split(' ')[0] ?? '',
        order,
        agent: desk.session.agent.name,
      }),
    );
    area.current?.focus();
  };
  const send = () => {
    const said = text.trim();
    if (said === '' || (mode === 'reply' && (shut || closed))) return;
    write('');
    stopTyping();
    void desk.open.send({ text: said, visibility: mode === 'note' ? 'note' : 'public' });
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (choices?.length && ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(event.key)) {
      event.preventDefault();
      if (event.key === 'Escape') setMenuClosed(true);
      else if (event.key === 'Enter' || event.key === 'Tab') pick(picked);
      else setPicked((picked + (event.key === 'ArrowDown' ? 1 : choices.length - 1)) % choices.length);
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') area.current?.blur();
  };

  useImperativeHandle(ref, () => ({
    focus: (to: Mode) => {
      // At once: the next letter already belongs to the text, and would be a shortcut anywhere else.
      flushSync(() => setMode(to));
      area.current?.focus();
    },
  }));
  useLayoutEffect(() => {
    // Grows with its text; a size set by script is allowed where inline styles are not.
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight + 2, 180)}px`;
  }, [text, mode, closed, shut]);
  useLayoutEffect(() => {
    // Somebody took the conversation, or the window closed, in the middle of a word: the rest of it must not act as shortcuts.
    if (!writing.current || area.current) return;
    writing.current = false;
    setCutOff(true);
    box.current?.focus();
  }, [closed, shut, mode]);
  useEffect(() => () => stopTyping(), []);

  return (
    <section
      ref={box}
      className={`composer mode-${mode}`}
      aria-label={mode === 'note' ? 'Private note' : 'Reply'}
      tabIndex={-1}
      data-was-writing={cutOff || undefined}
      onBlur={() => setCutOff(false)}
      onKeyDown={(event) => {
        if (cutOff && event.key === 'Escape') box.current?.blur();
      }}
    >
      <div className="composer-head">
        <ToggleButtonGroup
          className="modes"
          aria-label="What to write"
          disallowEmptySelection
          selectedKeys={[mode]}
          onSelectionChange={(keys) => setMode([...keys][0] as Mode)}
        >
          <ToggleButton id="reply" className="mode">
            Reply
          </ToggleButton>
          <ToggleButton id="note" className="mode">
            <Icon name="note" /> Private note
          </ToggleButton>
        </ToggleButtonGroup>
        {mode === 'reply' ? (
          <WindowNote window={replyWindow} channel={item.channel} />
        ) : (
          <span className="quiet">Only your team sees this</span>
        )}
      </div>
      {mode === 'reply' && shut ? (
        <p className="composer-shut">
          <Icon name="person" />
          {held
            ? `${item.assigneeName ?? 'Another agent'} has this conversation. You can leave a private note.`
            : 'The customer deleted this chat, so there is nobody to write to. You can leave a private note.'}
        </p>
      ) : closed ? (
        <TemplatePicker templates={replyWindow.templates ? templates : []} window={replyWindow} />
      ) : (
        <div className="composer-box">
          {choices ? (
            <CannedMenu choices={choices} picked={picked} onPick={pick} hasAny={canned.length > 0} />
          ) : null}
          <textarea
            ref={area}
            className="composer-text"
            rows={2}
            dir="auto"
            maxLength={MAX_CHARACTERS}
            value={text}
            aria-label={mode === 'note' ? 'Private note' : `Reply to ${displayName(item)}`}
            aria-controls={choices?.length ? 'canned' : undefined}
            aria-activedescendant={choices?.length ? `canned-${picked}` : undefined}
            placeholder={
              mode === 'note'
                ? 'A note for your team…'
                : item.owner === 'agent'
                  ? 'Write a reply…  / for prepared replies'
                  : 'Write a reply; sending takes the conversation over…'
            }
            onChange={(event) => write(event.target.value)}
            onKeyDown={press}
            onFocus={() => {
              writing.current = true;
            }}
            onBlur={() => {
              writing.current = false;
              stopTyping();
            }}
          />
          <Button
            className={`button send ${mode === 'note' ? 'note-send' : 'primary'}`}
            aria-label={mode === 'note' ? 'Save the note' : 'Send'}
            isDisabled={text.trim() === ''}
            onPress={send}
          >
            <Icon name={mode === 'note' ? 'note' : 'send'} />
          </Button>
        </div>
      )}
    </section>
  );
}
