import { monotonicMs } from './clock';

/**
 * Steps of the way of a message whose time is measured: `accept` (until stored), `wait` (from then until its turn begins), `turn` (what the bot
 * does), `commit` (the one write), `send` (until the provider answered).
 */
export type Step = 'accept' | 'wait' | 'turn' | 'commit' | 'send';

/** What became of a turn. `silent`: a recorded reason to say nothing, or a person has the conversation. */
export type TurnOutcome = 'answered' | 'handed_over' | 'silent' | 'failed';

/** What became of one call to a provider, or of a message given up before one. */
export type SendOutcome = 'sent' | 'retry' | 'failed';

/** Where the stream reports what it does, for metrics. No value ever names a person; reasons are words of ours. */
export interface Meter {
  step(step: Step, ms: number): void;
  turn(outcome: TurnOutcome): void;
  handover(reason: string): void;
  send(channel: string, outcome: SendOutcome, reason: string): void;
  /** A customer wrote on this channel. */
  heard(channel: string, at: Date): void;
  /** Whether the provider takes our token and account. */
  channelUp(channel: string, up: boolean): void;
}

/** Measures nothing. */
export const noMeter: Meter = {
  step: () => undefined,
  turn: () => undefined,
  handover: () => undefined,
  send: () => undefined,
  heard: () => undefined,
  channelUp: () => undefined,
};

/** Does some work and reports how long it took, also when it fails. */
export async function timed<T>(meter: Meter, step: Step, work: () => Promise<T>): Promise<T> {
  const started = monotonicMs();
  try {
    return await work();
  } finally {
    meter.step(step, monotonicMs() - started);
  }
}
