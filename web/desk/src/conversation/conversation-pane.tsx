import { useRef, useState } from 'react';
import type { OpenConversation } from '../lib/open-state';
import { useDesk } from '../lib/desk';
import { isWriting, useShortcuts } from '../shortcuts';
import { Icon } from '../ui/icons';
import { Composer, type ComposerHandle } from './composer';
import { ConversationHeader } from './conversation-header';
import { Transcript } from './transcript';
import { TransferDialog } from './transfer-dialog';

/** Puts the keyboard back on the list after the work on a conversation is done, unless its owner already writes elsewhere. */
function focusQueue(): void {
  if (isWriting(document.activeElement)) return;
  const row = document.querySelector<HTMLElement>(
    '.queue-list [role=option][tabindex="0"], .queue-list [role=option]',
  );
  (row ?? document.querySelector<HTMLElement>('.search-input'))?.focus();
}

/** The middle column: who has it, what was said, what to say. */
export function ConversationPane({ open, onDetails }: { open: OpenConversation; onDetails: () => void }) {
  const desk = useDesk();
  const { item } = open.detail;
  const composer = useRef<ComposerHandle>(null);
  const [transferring, setTransferring] = useState(false);
  const mine = item.owner === 'agent' && item.assignee === desk.me;
  const other = item.owner === 'agent' && !mine;
  const maySeize = desk.session.agent.role !== 'agent';

  const actions = {
    takeOver: () => void desk.setOwner(item.key, 'agent', other ? { force: true } : {}),
    toBot: () => void desk.setOwner(item.key, 'bot'),
    resolve: (survey: boolean) =>
      void desk
        .setOwner(item.key, 'closed', survey ? {} : { survey: false })
        .then((done) => done && focusQueue()),
    transfer: () => setTransferring(true),
  };
  const may = {
    takeOver: !item.erased && !mine && (!other || maySeize),
    toBot: item.owner !== 'bot' && item.owner !== 'closed' && (!other || maySeize),
    resolve: item.owner !== 'closed' && (!other || maySeize),
    transfer: item.owner !== 'closed' && (!other || maySeize),
  };
  useShortcuts({
    r: () => composer.current?.focus('reply'),
    n: () => composer.current?.focus('note'),
    t: () => may.takeOver && actions.takeOver(),
    b: () => may.toBot && actions.toBot(),
    e: () => may.resolve && actions.resolve(true),
    x: () => may.transfer && actions.transfer(),
    Escape: () => focusQueue(),
  });

  return (
    <>
      <ConversationHeader open={open} may={may} actions={actions} onDetails={onDetails} />
      <Viewers open={open} />
      <Transcript open={open} />
      <Composer ref={composer} open={open} />
      <TransferDialog item={item} isOpen={transferring} onClose={() => setTransferring(false)} />
    </>
  );
}

/** Who else looks, and who is writing at this moment. */
function Viewers({ open }: { open: OpenConversation }) {
  const { viewers } = open;
  if (viewers.length === 0) return null;
  const typing = viewers.filter((viewer) => viewer.typing).map(({ name }) => name);
  const looking = viewers.map(({ name }) => name).join(', ');
  return (
    <div className={`viewers ${typing.length > 0 ? 'is-typing' : ''}`} role="status">
      <Icon name={typing.length > 0 ? 'warning' : 'person'} />
      {typing.length > 0
        ? `${typing.join(', ')} ${typing.length === 1 ? 'is' : 'are'} writing in this conversation`
        : `${looking} ${viewers.length === 1 ? 'is' : 'are'} looking at this too`}
    </div>
  );
}
