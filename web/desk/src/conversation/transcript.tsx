import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { OpenConversation } from '../lib/open-state';
import { useDesk } from '../lib/desk';
import { dayHeading, sameDay, useNow } from '../lib/time';
import { Empty } from '../ui/parts';
import { Icon } from '../ui/icons';
import { MessageLine, PendingLine } from './message-line';

const NEAR_END_PX = 120;

/** What was said, oldest first; stays at the end while the reader is there. */
export function Transcript({ open }: { open: OpenConversation }) {
  const desk = useDesk();
  const now = useNow();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const heightBefore = useRef<number | undefined>(undefined);
  const [unseen, setUnseen] = useState(false);
  const { messages, pending, botTyping, hasOlder } = open;
  const last = messages.at(-1)?.seq;

  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    setUnseen(false);
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (heightBefore.current !== undefined) {
      // Earlier messages came in above: keep what is being read in its place.
      element.scrollTop += element.scrollHeight - heightBefore.current;
      heightBefore.current = undefined;
    } else if (atEnd.current) toEnd();
    else setUnseen(true);
  }, [last, messages.length, pending.length, botTyping]);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const follow = new ResizeObserver(() => atEnd.current && toEnd());
    follow.observe(element);
    return () => follow.disconnect();
  }, []);

  const older = () => {
    heightBefore.current = box.current?.scrollHeight;
    void desk.attempt(() => desk.open.loadOlder());
  };
  return (
    <div className="transcript-frame">
      <div
        ref={box}
        className="transcript"
        role="log"
        aria-label="Messages"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
          if (atEnd.current) setUnseen(false);
        }}
      >
        {hasOlder ? (
          <Button className="button small older" onPress={older}>
            Show earlier messages
          </Button>
        ) : null}
        {messages.length === 0 && pending.length === 0 ? (
          <Empty icon="inbox" title="Nothing was said yet">
            The visitor has opened the chat. What they write appears here.
          </Empty>
        ) : null}
        {messages.map((message, i) => {
          const before = messages[i - 1];
          const newDay = !before || !sameDay(before.at, message.at);
          const grouped =
            !newDay &&
            before.from === message.from &&
            before.agent === message.agent &&
            before.visibility === message.visibility &&
            Date.parse(message.at) - Date.parse(before.at) < 5 * 60_000;
          return (
            <Fragment key={message.id}>
              {newDay ? <div className="day">{dayHeading(message.at, now)}</div> : null}
              <MessageLine message={message} grouped={grouped} item={open.detail.item} />
            </Fragment>
          );
        })}
        {pending.map((message) => (
          <PendingLine key={message.id} message={message} />
        ))}
        {botTyping ? (
          <div className="line from-bot" aria-label="The bot is writing">
            <div className="bubble dots" aria-hidden>
              <i />
              <i />
              <i />
            </div>
          </div>
        ) : null}
      </div>
      {unseen ? (
        <Button className="button small new-below" onPress={toEnd}>
          <Icon name="down" /> New messages
        </Button>
      ) : null}
    </div>
  );
}
