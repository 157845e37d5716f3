import { useEffect, useMemo, useRef, useState } from 'react';
import {
  Button,
  Input,
  ListBox,
  ListBoxItem,
  ListLayout,
  SearchField,
  ToggleButton,
  ToggleButtonGroup,
  Virtualizer,
} from 'react-aria-components';
import type { QueueItemWire, QueueWire } from '../../../../src/desk/wire';
import { call } from '../lib/api';
import { useDesk } from '../lib/desk';
import { linesOf, type QueueTab } from '../lib/queue-state';
import { useSignal } from '../lib/signal';
import { useShortcuts } from '../shortcuts';
import { Icon } from '../ui/icons';
import { Empty, Fault } from '../ui/parts';
import { QueueRow } from './queue-row';

export const ROW_HEIGHT = 80;
const SEARCH_PAUSE_MS = 250;

const EMPTY: Record<QueueTab, [string, string]> = {
  waiting: [
    'Nobody is waiting',
    'Conversations come here when a customer asks for a person or the bot cannot go on.',
  ],
  mine: ['You hold no conversation', 'Take over one that waits, or be handed one by a colleague.'],
  team: ['No colleague holds a conversation', 'What other agents have taken over is shown here.'],
  bot: [
    'The bot holds no conversation',
    'Customers the bot is answering are shown here; you can take over at any moment.',
  ],
  closed: ['Nothing is closed yet', 'Resolved conversations are kept here.'],
};

/** What matches a search, or undefined while there is none. */
function useSearch(search: string): { items?: QueueItemWire[]; fault?: string } {
  const [found, setFound] = useState<{ items?: QueueItemWire[]; fault?: string }>({});
  useEffect(() => {
    setFound({});
    if (search.trim() === '') return undefined;
    let wanted = true;
    const timer = window.setTimeout(() => {
      call<QueueWire>('GET', `/queue?limit=100&search=${encodeURIComponent(search.trim())}`).then(
        ({ items }) => wanted && setFound({ items }),
        (error: unknown) =>
          wanted && setFound({ fault: error instanceof Error ? error.message : String(error) }),
      );
    }, SEARCH_PAUSE_MS);
    return () => {
      wanted = false;
      window.clearTimeout(timer);
    };
  }, [search]);
  return found;
}

/** The left column: search, whose conversations, and the list. */
export function QueuePane() {
  const desk = useDesk();
  const items = useSignal(desk.queue.items);
  const counts = useSignal(desk.queue.counts);
  const ready = useSignal(desk.queue.ready);
  const fault = useSignal(desk.queue.fault);
  const more = useSignal(desk.queue.more);
  const openKey = useSignal(desk.open.key);
  const [tab, setTab] = useState<QueueTab>('waiting');
  const [search, setSearch] = useState('');
  const found = useSearch(search);
  const searchBox = useRef<HTMLInputElement>(null);
  const searching = search.trim() !== '';

  const lines = useMemo(() => linesOf(items, tab, desk.me), [items, tab, desk.me]);
  const mine = useMemo(() => linesOf(items, 'mine', desk.me).length, [items, desk.me]);
  const shown = searching ? (found.items ?? []).map((line) => items.get(line.key) ?? line) : lines;
  const loadable = tab === 'bot' || tab === 'closed' ? tab : undefined;
  const loaded = loadable ? more[loadable] !== undefined : ready;

  useEffect(() => {
    if (loadable && more[loadable] === undefined) void desk.attempt(() => desk.queue.loadMore(loadable));
    // Only when the tab is entered.
  }, [loadable]);

  const step = (by: number) => {
    const at = shown.findIndex(({ key }) => key === openKey);
    const next = shown[at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (next) desk.openConversation(next.key);
  };
  useShortcuts({ j: () => step(1), k: () => step(-1), s: () => searchBox.current?.focus() });

  const [title, words] = EMPTY[tab];
  return (
    <section className="queue" aria-label="Queue">
      <div className="queue-head">
        <SearchField aria-label="Search conversations" className="search" value={search} onChange={setSearch}>
          <Icon name="search" />
          <Input ref={searchBox} className="search-input" placeholder="Order, phone, name or text" />
          {search ? (
            <Button className="icon-button small" aria-label="Clear the search">
              <Icon name="close" />
            </Button>
          ) : null}
        </SearchField>
        <ToggleButtonGroup
          className="tabs"
          aria-label="Whose conversations"
          disallowEmptySelection
          selectedKeys={[tab]}
          onSelectionChange={(keys) => setTab([...keys][0] as QueueTab)}
        >
          <QueueTabButton id="waiting" word="Waiting" count={counts.waiting} urgent />
          <QueueTabButton id="mine" word="Mine" count={mine} />
          <QueueTabButton id="team" word="Team" count={Math.max(0, counts.agent - mine)} />
          <QueueTabButton id="bot" word="Bot" count={counts.bot} />
          <QueueTabButton id="closed" word="Closed" />
        </ToggleButtonGroup>
      </div>
      {fault ? <Fault onRetry={() => void desk.queue.load()}>{fault}</Fault> : null}
      {found.fault ? <Fault>{found.fault}</Fault> : null}
      <QueueList
        lines={shown}
        openKey={openKey}
        label={searching ? 'Found conversations' : `${title ? tab : ''} conversations`}
      />
      {shown.length === 0 && searching && found.items ? (
        <Empty icon="search" title="Nothing found">
          Try an order number, the beginning of a phone or a name, or words from the conversation. Words are
          looked for in the newest 5,000 messages.
        </Empty>
      ) : null}
      {shown.length === 0 && !searching && loaded && !fault ? (
        <Empty icon={tab === 'bot' ? 'bot' : 'inbox'} title={title}>
          {words}
        </Empty>
      ) : null}
      {!searching && loadable && typeof more[loadable] === 'string' ? (
        <Button
          className="button small queue-more"
          onPress={() => void desk.attempt(() => desk.queue.loadMore(loadable))}
        >
          Load more
        </Button>
      ) : null}
    </section>
  );
}

function QueueTabButton({
  id,
  word,
  count,
  urgent,
}: {
  id: QueueTab;
  word: string;
  count?: number;
  urgent?: boolean;
}) {
  return (
    <ToggleButton id={id} className="tab">
      {word}
      {count ? (
        <span className={`tab-count ${urgent ? 'urgent' : ''}`}>{count > 999 ? '999+' : count}</span>
      ) : null}
    </ToggleButton>
  );
}

/** The list draws only the rows on screen, so a thousand conversations cost what a dozen do. */
function QueueList({
  lines,
  openKey,
  label,
}: {
  lines: QueueItemWire[];
  openKey: string | undefined;
  label: string;
}) {
  const desk = useDesk();
  if (lines.length === 0) return null;
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: ROW_HEIGHT }}>
      <ListBox
        className="queue-list"
        aria-label={label}
        items={lines.map((line) => ({ ...line, id: line.key }))}
        selectionMode="single"
        selectedKeys={openKey === undefined ? [] : [openKey]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys];
          if (key !== undefined) desk.openConversation(String(key));
        }}
        dependencies={[openKey]}
      >
        {(line) => (
          <ListBoxItem id={line.key} className="queue-row" textValue={line.name ?? line.user}>
            <QueueRow item={line} me={desk.me} />
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  );
}
