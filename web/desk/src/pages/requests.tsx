import { useCallback, useEffect, useState } from 'react';
import {
  Button,
  Dialog,
  Heading,
  Input,
  Label,
  Modal,
  ModalOverlay,
  TextArea,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import type { RequestState } from '../../../../src/core/order';
import type { RequestLineWire } from '../../../../src/desk/wire';
import { call } from '../lib/api';
import { useDesk } from '../lib/desk';
import { fullTime, span, useNow } from '../lib/time';
import { plain, REQUEST_STATES, requestWords } from '../lib/words';
import { Icon } from '../ui/icons';
import { Empty, Fault } from '../ui/parts';

type Settled = 'sent' | 'accepted' | 'rejected';
const TABS: RequestState[] = ['requested', 'sent', 'accepted', 'rejected', 'cancelled'];
const REFRESH_MS = 15_000;

const EMPTY: Record<RequestState, string> = {
  requested: 'Requests that the carrier or the shop has not been told of yet are listed here.',
  sent: 'Requests the carrier has and has not decided on are listed here.',
  accepted: 'Requests the carrier has agreed to are listed here.',
  rejected:
    'Requests the carrier has refused are listed here; each also brings a person into its conversation.',
  cancelled: 'Requests that were taken back are listed here.',
};

/** New dates, corrected addresses, returns and cancellations on their way to the carrier; people settle them here. */
export function Requests() {
  const desk = useDesk();
  const [state, setState] = useState<RequestState>('requested');
  const [lines, setLines] = useState<RequestLineWire[]>();
  const [cursor, setCursor] = useState<string | null>(null);
  const [fault, setFault] = useState<string>();
  const [asking, setAsking] = useState<{ line: RequestLineWire; status: Settled }>();

  const load = useCallback(
    async (after?: string) => {
      try {
        const page = await call<{ items: RequestLineWire[]; nextCursor: string | null }>(
          'GET',
          `/requests?state=${state}${after ? `&cursor=${encodeURIComponent(after)}` : ''}`,
        );
        setLines((before) => (after ? [...(before ?? []), ...page.items] : page.items));
        setCursor(page.nextCursor);
        setFault(undefined);
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
      }
    },
    [state],
  );
  useEffect(() => {
    setLines(undefined);
    void load();
    const timer = window.setInterval(() => void load(), REFRESH_MS);
    return () => window.clearInterval(timer);
  }, [load]);

  const settle = (
    line: RequestLineWire,
    status: Settled,
    words: { reference?: string; reason?: string } = {},
  ) =>
    desk.attempt(async () => {
      await call('POST', `/requests/${encodeURIComponent(line.request.id)}/settle`, { status, ...words });
      desk.say(`${line.orderNumber}: marked ${status}${status === 'sent' ? '' : '; the customer is told'}.`);
      await load();
    });

  return (
    <main className="page" aria-label="Requests">
      <div className="page-head">
        <h1>Requests</h1>
        <p className="quiet">
          What customers asked for and the carrier must answer. Settle here what is not settled by itself.
        </p>
      </div>
      <ToggleButtonGroup
        className="tabs"
        aria-label="State"
        disallowEmptySelection
        selectedKeys={[state]}
        onSelectionChange={(keys) => setState([...keys][0] as RequestState)}
      >
        {TABS.map((tab) => (
          <ToggleButton key={tab} id={tab} className="tab">
            {REQUEST_STATES[tab]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {fault ? <Fault onRetry={() => void load()}>{fault}</Fault> : null}
      {lines?.length === 0 ? (
        <Empty icon="requests" title={`Nothing ${REQUEST_STATES[state].toLowerCase()}`}>
          {EMPTY[state]}
        </Empty>
      ) : null}
      {lines && lines.length > 0 ? (
        <ul className="request-list">
          {lines.map((line) => (
            <RequestRow
              key={line.request.id}
              line={line}
              onSettle={settle}
              onAsk={(status) => setAsking({ line, status })}
            />
          ))}
        </ul>
      ) : null}
      {cursor ? (
        <Button className="button" onPress={() => void load(cursor)}>
          Load more
        </Button>
      ) : null}
      {asking ? <SettleDialog {...asking} onSettle={settle} onClose={() => setAsking(undefined)} /> : null}
    </main>
  );
}

interface RowProps {
  line: RequestLineWire;
  onSettle(line: RequestLineWire, status: Settled): Promise<boolean>;
  onAsk(status: Settled): void;
}

function RequestRow({ line, onSettle, onAsk }: RowProps) {
  const desk = useDesk();
  const now = useNow();
  const { request } = line;
  const open = request.state === 'requested' || request.state === 'sent';
  const back = request.return;
  return (
    <li className="request-row" data-request={request.id}>
      <div className="request-what">
        <p>
          <strong>{line.orderNumber}</strong> {requestWords(request)}
        </p>
        <p className="quiet">
          {line.customer}
          {line.carrier ? ` · ${plain(line.carrier)} ${line.trackingNumber ?? ''}` : ' · before dispatch'}
          {request.phone ? ` · phone ${request.phone}` : ''}
          {request.address
            ? ` · ${[request.address.line1, request.address.line2, request.address.landmark, request.address.city, request.address.postalCode].filter(Boolean).join(', ')}`
            : ''}
          {back
            ? ` · ${back.rma}: ${back.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}`
            : ''}
          {request.comments ? ` · “${request.comments}”` : ''}
          {request.reason ? ` · ${request.reason}` : ''}
          {request.reference ? ` · ref ${request.reference}` : ''}
        </p>
      </div>
      <div className="request-when">
        <span className={`chip request-${request.state}`}>{REQUEST_STATES[request.state]}</span>
        <time title={fullTime(request.at)}>{span(now - Date.parse(request.at))}</time>
      </div>
      <div className="request-acts">
        {request.conversation ? (
          <Button
            className="button small"
            onPress={() => desk.openConversation(request.conversation)}
            aria-label={`Open the conversation about ${line.orderNumber}`}
          >
            <Icon name="inbox" /> Open
          </Button>
        ) : null}
        {request.state === 'requested' ? (
          <Button className="button small" onPress={() => void onSettle(line, 'sent')}>
            Mark sent
          </Button>
        ) : null}
        {open ? (
          <>
            <Button className="button small good" onPress={() => onAsk('accepted')}>
              Accepted…
            </Button>
            <Button className="button small bad" onPress={() => onAsk('rejected')}>
              Rejected…
            </Button>
          </>
        ) : null}
      </div>
    </li>
  );
}

function SettleDialog({
  line,
  status,
  onSettle,
  onClose,
}: {
  line: RequestLineWire;
  status: Settled;
  onSettle(
    line: RequestLineWire,
    status: Settled,
    words: { reference?: string; reason?: string },
  ): Promise<boolean>;
  onClose(): void;
}) {
  const [reference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const no = status === 'rejected';
  const complete = !no || reason.trim().length >= 3;
  const confirm = () => {
    const words = {
      ...(reference.trim() ? { reference: reference.trim() } : {}),
      ...(no ? { reason: reason.trim() } : {}),
    };
    void onSettle(line, status, words).then((done) => done && onClose());
  };
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">{no ? 'The carrier said no' : 'The carrier said yes'}</Heading>
          <p>
            <strong>{line.orderNumber}</strong>: {requestWords(line.request)}
          </p>
          {no ? (
            <TextField isRequired value={reason} onChange={setReason} autoFocus>
              <Label>Why, in words for the customer</Label>
              <TextArea className="input" rows={2} placeholder="The depot does not deliver on that day" />
            </TextField>
          ) : null}
          <TextField value={reference} onChange={setReference}>
            <Label>Carrier’s reference (optional)</Label>
            <Input className="input" />
          </TextField>
          <p className="quiet">
            The customer is told at once{no ? ', and the conversation comes to a person.' : '.'}
          </p>
          <div className="dialog-foot">
            <Button className="button" onPress={onClose}>
              Cancel
            </Button>
            <Button
              className={`button ${no ? 'danger' : 'primary'}`}
              isDisabled={!complete}
              onPress={confirm}
            >
              {no ? 'Mark rejected' : 'Mark accepted'}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
