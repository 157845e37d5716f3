import { useState, type FormEvent } from 'react';
import { Button, Input, Label, TextArea, TextField } from 'react-aria-components';
import { call } from '../lib/api';
import { useDesk } from '../lib/desk';
import { useSignal } from '../lib/signal';
import { Empty, IconButton } from '../ui/parts';

/** Prepared replies: everybody reads them, supervisors write them. */
export function CannedReplies({ mayEdit }: { mayEdit: boolean }) {
  const desk = useDesk();
  const replies = useSignal(desk.canned);
  const [shortcut, setShortcut] = useState('');
  const [text, setText] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    void desk
      .attempt(() => call('PUT', '/canned-replies', { shortcut, text }))
      .then((done) => {
        if (!done) return;
        setShortcut('');
        setText('');
        void desk.loadCanned();
      });
  };
  const remove = (id: string) =>
    void desk
      .attempt(() => call('DELETE', `/canned-replies/${encodeURIComponent(id)}`))
      .then(() => desk.loadCanned());
  return (
    <section className="card" aria-label="Prepared replies">
      <h2>Prepared replies</h2>
      <p className="quiet">
        Typed as <kbd>/</kbd> and the shortcut in a reply. {'{name}'}, {'{order}'} and {'{agent}'} are filled
        in.
      </p>
      {replies.length === 0 ? <Empty icon="note" title="None yet" /> : null}
      <ul className="plain-list">
        {replies.map((reply) => (
          <li key={reply.id}>
            <kbd>/{reply.shortcut}</kbd>
            <span className="grow">{reply.text}</span>
            {mayEdit ? (
              <>
                <Button
                  className="button small"
                  aria-label={`Edit ${reply.shortcut}`}
                  onPress={() => {
                    setShortcut(reply.shortcut);
                    setText(reply.text);
                  }}
                >
                  Edit
                </Button>
                <IconButton
                  icon="close"
                  label={`Remove ${reply.shortcut}`}
                  onPress={() => remove(reply.id)}
                />
              </>
            ) : null}
          </li>
        ))}
      </ul>
      {mayEdit ? (
        <form className="stack" onSubmit={save}>
          <TextField isRequired value={shortcut} onChange={setShortcut} className="narrow-field">
            <Label>Shortcut</Label>
            <Input className="input" placeholder="late" />
          </TextField>
          <TextField isRequired value={text} onChange={setText}>
            <Label>Text</Label>
            <TextArea className="input" rows={2} placeholder="I am sorry that {order} is late, {name}." />
          </TextField>
          <div>
            <Button type="submit" className="button primary">
              Save
            </Button>
          </div>
        </form>
      ) : null}
    </section>
  );
}
