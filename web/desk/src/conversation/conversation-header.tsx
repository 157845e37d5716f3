import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { OpenConversation } from '../lib/open-state';
import { useDesk } from '../lib/desk';
import { channelName } from '../lib/words';
import { displayName } from '../queue/queue-row';
import { Icon } from '../ui/icons';
import { Avatar, DueChip, IconButton, OwnerBadge, SurveyChip } from '../ui/parts';

interface HeaderProps {
  open: OpenConversation;
  may: Record<'takeOver' | 'toBot' | 'resolve' | 'transfer', boolean>;
  actions: { takeOver(): void; toBot(): void; resolve(survey: boolean): void; transfer(): void };
  onDetails(): void;
}

/** Who the customer is, who has the conversation, and the single buttons that move it. */
export function ConversationHeader({ open, may, actions, onDetails }: HeaderProps) {
  const desk = useDesk();
  const { item, stopped } = open.detail;
  const name = displayName(item);
  const held = item.owner === 'agent' && item.assignee !== desk.me;
  return (
    <div className="conversation-head">
      <IconButton
        className="narrow-only"
        icon="back"
        label="Back to the queue"
        onPress={() => desk.openConversation(undefined)}
      />
      <Avatar name={name} channel={item.channel} />
      <div className="head-who">
        <h2>{name}</h2>
        <p>
          <span className="head-channel">{channelName(item.channel)}</span>
          <OwnerBadge item={item} me={desk.me} />
          <DueChip dueAt={item.dueAt} />
          <SurveyChip survey={item.survey} />
          {stopped ? <span className="chip due-over">STOP: no messages we start</span> : null}
        </p>
      </div>
      <div className="head-actions">
        {may.takeOver ? (
          <Button className={`button ${held ? '' : 'primary'}`} onPress={actions.takeOver}>
            <Icon name="person" /> {held ? `Take over from ${item.assigneeName ?? 'agent'}` : 'Take over'}
          </Button>
        ) : null}
        {may.toBot ? (
          <Button className="button" onPress={actions.toBot}>
            <Icon name="bot" /> Return to bot
          </Button>
        ) : null}
        {may.resolve ? (
          <div className="split">
            <Button className="button" onPress={() => actions.resolve(true)}>
              <Icon name="resolve" /> Resolve
            </Button>
            <MenuTrigger>
              <Button className="button split-more" aria-label="More ways to end or move it">
                <Icon name="chevron" />
              </Button>
              <Popover className="popover" placement="bottom end">
                <Menu className="menu" aria-label="More ways to end or move it">
                  <MenuItem className="menu-item" onAction={() => actions.resolve(false)}>
                    <Icon name="resolve" /> Resolve without survey
                  </MenuItem>
                  {may.transfer ? (
                    <MenuItem className="menu-item" onAction={actions.transfer}>
                      <Icon name="transfer" /> Transfer…
                    </MenuItem>
                  ) : null}
                </Menu>
              </Popover>
            </MenuTrigger>
          </div>
        ) : null}
        <IconButton className="details-toggle" icon="info" label="Order and customer" onPress={onDetails} />
      </div>
    </div>
  );
}
