import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Locale } from '../../core/locale';
import type { Voice } from '../classify';
import type { Acceptance } from '../model/acceptance';
import { DEFAULT_MODEL } from './files';
import type { Head } from './head';
import { embeddingVoice } from './voice';
import type { WorkerSetting, WorkerWord } from './worker';

/** A second opinion by sentence embeddings, once it is ready. */
export interface Embeddings {
  /** The voice for a line; none while the model is not ready, when it is too slow, or when it failed. Never throws. */
  voice(text: string, locale: Locale): Promise<{ voice: Voice; acceptance: Acceptance } | undefined>;
  /** Settles when the model can be used (true) or never will be (false). */
  ready: Promise<boolean>;
  close(): Promise<void>;
}

/** How the embeddings are set up. */
export interface EmbeddingOptions {
  mode: 'auto' | 'on' | 'off';
  model?: string;
  modelDir?: string;
  keepDir: string;
  log?: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** Longest wait of a reply for the embeddings, in milliseconds (60). An evaluation waits longer than a customer should. */
  patience?: number;
  /** The compiled worker; beside this file after a build. */
  workerFile?: string;
  /** Where models are fetched from, when not from their usual place. */
  modelSource?: string;
}

/** A reply never waits longer for embeddings than this, in milliseconds, unless told otherwise. */
const PATIENCE = 60;
/** After so many late answers in a row the embeddings rest for a while, so that replies do not each wait in vain. */
const LATE_IN_A_ROW = 5;
const REST_LINES = 200;

const SILENT: Embeddings = {
  voice: () => Promise.resolve(undefined),
  ready: Promise.resolve(false),
  close: () => Promise.resolve(),
};

/** Starts the worker that embeds off the event loop. Never throws and never delays the start; says in the log what it came to. */
export function startEmbeddings(options: EmbeddingOptions): Embeddings {
  if (options.mode === 'off') return SILENT;
  const file = options.workerFile ?? join(__dirname, 'worker.js');
  if (!existsSync(file)) {
    options.log?.info({}, 'Sentence embeddings are off: they run from the build only');
    return SILENT;
  }
  const setting: WorkerSetting = {
    model: options.model ?? DEFAULT_MODEL,
    modelDir: options.modelDir,
    keepDir: options.keepDir,
    mayFetch: true,
    modelSource: options.modelSource,
  };
  return new EmbeddingWorker(new Worker(file, { workerData: setting, name: 'nlu-embeddings' }), options);
}

class EmbeddingWorker implements Embeddings {
  readonly ready: Promise<boolean>;
  private head: Head | undefined;
  private acceptance: Acceptance | undefined;
  private dead = false;
  private next = 1;
  private late = 0;
  private rest = 0;
  private readonly waiting = new Map<number, (vector: Float32Array | undefined) => void>();
  private settle: (ready: boolean) => void = () => undefined;

  constructor(
    private readonly worker: Worker,
    private readonly options: EmbeddingOptions,
  ) {
    this.ready = new Promise((resolve) => (this.settle = resolve));
    worker.unref();
    worker.on('message', (word: WorkerWord) => {
      this.hear(word);
    });
    worker.on('error', (error) => {
      this.giveUp(error.message);
    });
    worker.on('exit', () => {
      this.giveUp('its thread ended');
    });
  }

  private hear(word: WorkerWord): void {
    if (word.kind === 'log') this.options.log?.info(word.fields, word.message);
    else if (word.kind === 'vector') this.answer(word.id, word.vector);
    else if (word.kind === 'ready') {
      this.head = word.head;
      this.acceptance = word.acceptance;
      this.options.log?.info({ model: this.options.model ?? DEFAULT_MODEL }, 'Sentence embeddings are ready');
      this.settle(true);
    } else if (word.id !== undefined) this.answer(word.id, undefined);
    else {
      this.giveUp(word.message);
      void this.worker.terminate();
    }
  }

  private answer(id: number, vector: Float32Array | undefined): void {
    const take = this.waiting.get(id);
    this.waiting.delete(id);
    take?.(vector);
  }

  private giveUp(why: string): void {
    if (this.dead) return;
    this.dead = true;
    this.head = undefined;
    for (const take of this.waiting.values()) take(undefined);
    this.waiting.clear();
    const message = `Understanding works without sentence embeddings: ${why}`;
    if (this.options.mode === 'on') this.options.log?.warn({}, message);
    else this.options.log?.info({}, message);
    this.settle(false);
  }

  async voice(text: string, locale: Locale): Promise<{ voice: Voice; acceptance: Acceptance } | undefined> {
    const { head, acceptance } = this;
    if (!head || !acceptance || this.dead || text.trim() === '') return undefined;
    if (this.rest > 0) {
      this.rest--;
      return undefined;
    }
    const vector = await this.embed(text);
    if (vector?.length !== head.size) return undefined;
    return { voice: embeddingVoice(head, vector, locale), acceptance };
  }

  private embed(text: string): Promise<Float32Array | undefined> {
    const id = this.next++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        if (++this.late >= LATE_IN_A_ROW) [this.late, this.rest] = [0, REST_LINES];
        resolve(undefined);
      }, this.options.patience ?? PATIENCE);
      this.waiting.set(id, (vector) => {
        clearTimeout(timer);
        this.late = 0;
        resolve(vector);
      });
      this.worker.postMessage({ id, text: text.slice(0, 1200) });
    });
  }

  async close(): Promise<void> {
    this.dead = true;
    this.settle(false);
    for (const take of this.waiting.values()) take(undefined);
    this.waiting.clear();
    await this.worker.terminate();
  }
}
