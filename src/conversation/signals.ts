import { EventEmitter } from 'node:events';
import type { MessageState } from '../core/conversation';

/** Hints inside one process that shorten the wait of those who follow the store. Losing one costs at most half a second. */
interface SignalMap {
  /** A conversation's document or transcript moved. */
  changed: [key: string];
  /** Somebody is writing. */
  typing: [key: string, from: 'bot' | 'agent', on: boolean];
  /** A message's delivery state moved. */
  state: [key: string, id: string, seq: number, state: MessageState, error: string | undefined];
}

/** The hints of one running product. */
export class Signals extends EventEmitter<SignalMap> {
  constructor() {
    super();
    this.setMaxListeners(0);
  }
}
