/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat';
import type { ChatState } from '../state';
import type { Strings } from '../strings';
import { openSurvey } from '../timeline';
import { download } from '../transcript';
import { Icon } from './icons';

type Page = 'all' | 'survey' | 'forget' | 'delete';

/** What one can do with the conversation besides writing. */
export function Menu(props: { chat: Chat; state: ChatState; t: Strings; closed(): void }) {
  const { chat, state, t, closed } = props;
  const [page, setPage] = useState<Page>('all');
  const { entries, pending, owner } = state;
  const survey = openSurvey(entries, pending);
  const then = (act: () => void) => () => {
    act();
    closed();
  };
  if (page === 'survey' && survey) {
    return (
      <Ask title={t.survey} heading>
        {survey.map((choice) => (
          <button key={choice.id} type="button" onClick={then(() => chat.say(choice.title, choice))}>
            {choice.title}
          </button>
        ))}
      </Ask>
    );
  }
  if (page === 'forget' || page === 'delete') {
    const erases = page === 'delete';
    const withPerson = owner === 'waiting' || owner === 'agent';
    return (
      <Ask title={erases ? t.deleteAsk : t.forget}>
        {erases && <p>{t.deleteGone}</p>}
        {erases && withPerson && <p class="warning">{t.deletePerson}</p>}
        <p>{erases ? t.deleteStays : t.forgetSure}</p>
        <div class="answers">
          <button type="button" onClick={closed}>
            {t.no}
          </button>
          <button
            type="button"
            class={erases ? 'danger' : undefined}
            onClick={then(() => (erases ? void chat.delete() : chat.signOut()))}
          >
            {erases ? t.deleteYes : t.yes}
          </button>
        </div>
      </Ask>
    );
  }
  const empty = entries.length === 0;
  return (
    <div class="menu" role="group" aria-label={t.menu}>
      <button type="button" disabled={empty} onClick={then(() => download(entries, t))}>
        {t.save}
      </button>
      {survey && (
        <button type="button" onClick={() => setPage('survey')}>
          {t.survey}
        </button>
      )}
      <button type="button" onClick={() => setPage('forget')}>
        {t.forget}
      </button>
      <button
        type="button"
        disabled={(empty && pending.length === 0) || state.deletion === 'running'}
        onClick={() => setPage('delete')}
      >
        {t.delete}
      </button>
    </div>
  );
}

/** A question in the menu's place. The focus goes to its first answer, or to its heading where every answer counts. */
function Ask(props: { title: string; heading?: boolean; children: ComponentChildren }) {
  const { title, heading, children } = props;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.querySelector<HTMLElement>(heading ? 'h3' : 'button')?.focus(), []);
  // The second half of a double click was meant for what stood here before.
  const single = (event: MouseEvent) => {
    if (event.detail > 1) event.stopPropagation();
  };
  return (
    <div class="menu ask" ref={box} role="group" aria-label={title} onClickCapture={single}>
      <h3 tabIndex={-1}>{title}</h3>
      {children}
    </div>
  );
}

/** Opens and closes the menu. */
export function MenuButton({ t, open, toggle }: { t: Strings; open: boolean; toggle(): void }) {
  return (
    <button type="button" class="plain" aria-label={t.menu} aria-expanded={open} onClick={toggle}>
      <Icon name="more" />
    </button>
  );
}
