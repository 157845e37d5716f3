import { useState, type FormEvent } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { call } from '../lib/api';
import { useDesk } from '../lib/desk';

/** Changes one's own password; other browsers are signed out. */
export function OwnPassword() {
  const desk = useDesk();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    void desk
      .attempt(() => call('PUT', '/session/password', { current, password }))
      .then((done) => {
        if (!done) return;
        setCurrent('');
        setPassword('');
        desk.say('Your password is changed; other browsers are signed out.');
      });
  };
  return (
    <section className="card" aria-label="Your password">
      <h2>Your password</h2>
      <form className="stack" onSubmit={save}>
        <div className="two-columns">
          <TextField
            isRequired
            type="password"
            value={current}
            onChange={setCurrent}
            autoComplete="current-password"
          >
            <Label>Current</Label>
            <Input className="input" />
          </TextField>
          <TextField
            isRequired
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
          >
            <Label>New, 10 characters or more</Label>
            <Input className="input" />
          </TextField>
        </div>
        <div>
          <Button type="submit" className="button">
            Change
          </Button>
        </div>
      </form>
    </section>
  );
}
