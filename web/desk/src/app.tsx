import { useEffect, useState } from 'react';
import type { SessionWire } from '../../../src/desk/wire';
import { call, Refusal, whenSignedOut } from './lib/api';
import { Desk, DeskContext } from './lib/desk';
import { SignIn } from './sign-in';
import { Shell } from './shell';
import { Fault } from './ui/parts';

type State =
  | { kind: 'asking' }
  | { kind: 'out'; note?: string }
  | { kind: 'in'; desk: Desk }
  | { kind: 'fault'; words: string };

/** The desk: signed out, or signed in. */
export function App() {
  const [state, setState] = useState<State>({ kind: 'asking' });

  const ask = () => {
    setState({ kind: 'asking' });
    call<SessionWire>('GET', '/session').then(
      (session) => setState({ kind: 'in', desk: new Desk(session) }),
      (error: unknown) =>
        setState(
          error instanceof Refusal && error.problem.status === 401
            ? { kind: 'out' }
            : { kind: 'fault', words: error instanceof Error ? error.message : String(error) },
        ),
    );
  };
  useEffect(ask, []);
  useEffect(() => {
    whenSignedOut(() =>
      setState((now) =>
        now.kind === 'in' ? { kind: 'out', note: 'You were signed out. Please sign in again.' } : now,
      ),
    );
  }, []);

  if (state.kind === 'asking') return null;
  if (state.kind === 'fault') {
    return (
      <main className="center-page">
        <Fault onRetry={ask}>{state.words}</Fault>
      </main>
    );
  }
  if (state.kind === 'out') {
    return (
      <SignIn note={state.note} onSignedIn={(session) => setState({ kind: 'in', desk: new Desk(session) })} />
    );
  }
  return (
    <DeskContext.Provider value={state.desk}>
      <SignedIn desk={state.desk} onSignedOut={() => setState({ kind: 'out' })} />
    </DeskContext.Provider>
  );
}

function SignedIn({ desk, onSignedOut }: { desk: Desk; onSignedOut: () => void }) {
  useEffect(() => desk.start(), [desk]);
  return <Shell onSignedOut={onSignedOut} />;
}
