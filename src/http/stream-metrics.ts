import { Counter, Gauge, type Registry } from 'prom-client';
import type { Meter } from '../core/meter';
import { Histogram } from './histogram';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The way of a message as counters for Prometheus. `channels`: those that are configured, which are up until a provider says otherwise. */
export function streamMeter(registry: Registry, channels: string[]): Meter {
  const registers = [registry];
  const steps = new Histogram(
    {
      name: 'doorstep_step_seconds',
      help: 'Time of one step of the way of a message, in seconds',
      labelNames: ['step'],
      buckets: SECONDS,
    },
    registry,
  );
  const turns = new Counter({
    name: 'doorstep_turns_total',
    help: 'Turns by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const handovers = new Counter({
    name: 'doorstep_handovers_total',
    help: 'Conversations given to a person, by reason',
    labelNames: ['reason'],
    registers,
  });
  const sends = new Counter({
    name: 'doorstep_sends_total',
    help: 'Calls to a provider and messages given up before one, by outcome and reason',
    labelNames: ['channel', 'outcome', 'reason'],
    registers,
  });
  const up = new Gauge({
    name: 'doorstep_channel_up',
    help: '1, or 0 while the provider refuses our token or account',
    labelNames: ['channel'],
    registers,
  });
  const heard = new Gauge({
    name: 'doorstep_channel_last_message_seconds',
    help: 'When a customer last wrote on this channel, seconds since 1970; 0: not since the start',
    labelNames: ['channel'],
    registers,
  });
  for (const outcome of ['answered', 'handed_over', 'silent', 'failed']) turns.inc({ outcome }, 0);
  for (const channel of channels) {
    up.set({ channel }, 1);
    heard.set({ channel }, 0);
    sends.inc({ channel, outcome: 'sent', reason: '' }, 0);
  }
  return {
    step: (step, ms) => steps.observe(ms / 1000, step),
    turn: (outcome) => turns.inc({ outcome }),
    handover: (reason) => handovers.inc({ reason }),
    send: (channel, outcome, reason) => sends.inc({ channel, outcome, reason }),
    heard: (channel, at) => heard.set({ channel }, at.getTime() / 1000),
    channelUp: (channel, isUp) => up.set({ channel }, isUp ? 1 : 0),
  };
}

/** Operations of the store: which, outcome and seconds. */
export function storeMeter(registry: Registry): (operation: string, ok: boolean, ms: number) => void {
  const operations = new Histogram(
    {
      name: 'doorstep_store_operation_seconds',
      help: 'Time of one operation of the store, in seconds',
      labelNames: ['operation', 'outcome'],
      buckets: SECONDS,
    },
    registry,
  );
  return (operation, ok, ms) => operations.observe(ms / 1000, operation, ok ? 'ok' : 'failed');
}
