import { useEffect, useState } from 'react';
import {
  Button,
  Dialog,
  Heading,
  Label,
  Modal,
  ModalOverlay,
  Radio,
  RadioGroup,
  TextArea,
  TextField,
} from 'react-aria-components';
import type { QueueItemWire } from '../../../../src/desk/wire';
import { call, conversationPath } from '../lib/api';
import { useDesk, type Colleague } from '../lib/desk';

/** Hands a conversation to a colleague or back to the team, with a note they will see. */
export function TransferDialog({
  item,
  isOpen,
  onClose,
}: {
  item: QueueItemWire;
  isOpen: boolean;
  onClose: () => void;
}) {
  const desk = useDesk();
  const [people, setPeople] = useState<Colleague[]>([]);
  const [to, setTo] = useState('team');
  const [note, setNote] = useState('');
  useEffect(() => {
    if (!isOpen) return;
    setTo('team');
    setNote('');
    void desk.attempt(async () => setPeople((await call<{ items: Colleague[] }>('GET', '/people')).items));
  }, [isOpen, desk]);

  const others = people.filter(({ id }) => id !== item.assignee);
  const send = () =>
    void desk
      .attempt(async () => {
        const path = `${conversationPath(item.key)}/transfer`;
        const answer = await call<{ item: QueueItemWire }>('POST', path, { to, note });
        desk.queue.put([answer.item], false);
        void desk.open.refresh();
      })
      .then((done) => done && onClose());

  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">Transfer</Heading>
          <RadioGroup value={to} onChange={setTo} className="radios">
            <Label>To</Label>
            <Radio value="team" className="radio">
              <span className="radio-dot" aria-hidden /> The team, back to the queue
            </Radio>
            {others.map(({ id, name, online }) => (
              <Radio key={id} value={id} className="radio" isDisabled={!online}>
                <span className="radio-dot" aria-hidden />
                {name}
                {id === desk.me ? ' (you)' : ''}
                <span className={`presence ${online ? 'is-online' : ''}`}>
                  {online ? 'at the desk' : 'away'}
                </span>
              </Radio>
            ))}
          </RadioGroup>
          <TextField isRequired value={note} onChange={setNote}>
            <Label>Note for them</Label>
            <TextArea className="input" rows={3} placeholder="What is this about, and what is left to do?" />
          </TextField>
          <div className="dialog-foot">
            <Button className="button" onPress={onClose}>
              Cancel
            </Button>
            <Button className="button primary" isDisabled={note.trim() === ''} onPress={send}>
              Transfer
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
