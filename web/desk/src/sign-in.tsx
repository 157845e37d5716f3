import { useEffect, useState, type FormEvent } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import type { SessionWire } from '../../../src/desk/wire';
import { call, Refusal } from './lib/api';
import { Fault } from './ui/parts';

/** The sign-in page. */
export function SignIn({ note, onSignedIn }: { note?: string; onSignedIn: (session: SessionWire) => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = 'Sign in · Desk';
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(undefined);
    try {
      onSignedIn(await call<SessionWire>('POST', '/session', { email, password }));
    } catch (error) {
      const wrong = error instanceof Refusal && error.problem.status === 401;
      setFault(
        wrong
          ? 'This e-mail and password do not go together. Check both and try again.'
          : error instanceof Error
            ? error.message
            : String(error),
      );
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <section className="sign-in-card">
        <svg className="mark" viewBox="0 0 32 32" aria-hidden>
          <rect width="32" height="32" rx="8" />
          <path className="mark-door" d="M8 25V13l8-6 8 6v12h-5v-7h-6v7z" />
          <path className="mark-step" d="M6 25.200h20" />
        </svg>
        <h1>Sign in to the desk</h1>
        <p className="quiet">Conversations that need a person, with the order beside them.</p>
        {note && !fault ? <p className="notice">{note}</p> : null}
        <form onSubmit={(event) => void submit(event)}>
          <TextField
            isRequired
            value={email}
            onChange={setEmail}
            type="email"
            autoComplete="username"
            name="email"
            autoFocus
          >
            <Label>E-mail</Label>
            <Input className="input" />
          </TextField>
          <TextField
            isRequired
            value={password}
            onChange={setPassword}
            type="password"
            autoComplete="current-password"
            name="password"
          >
            <Label>Password</Label>
            <Input className="input" />
          </TextField>
          {fault ? <Fault>{fault}</Fault> : null}
          <Button type="submit" className="button primary wide" isDisabled={busy}>
            {busy ? 'Signing in…' : 'Sign in'}
          </Button>
        </form>
        <p className="quiet small-print">
          No account, or password forgotten? An admin of your shop can help.
        </p>
      </section>
    </main>
  );
}
