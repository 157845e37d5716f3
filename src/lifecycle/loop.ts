/** Work that is looked for again and again, one look at a time. */
export interface Loop {
  start(): void;
  /** Lets a running look end. */
  stop(): Promise<void>;
  /** Looks at once, or right after the look that is running. */
  kick(): void;
}

/** Makes a loop. `look` answers how long to wait before the next one, milliseconds, and must not throw. */
export function createLoop(look: () => Promise<number>): Loop {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = true;
  let again = false;

  const schedule = (delayMs: number) => {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(run, delayMs);
    timer.unref();
  };
  const run = () => {
    running = look().then((waitMs) => {
      running = undefined;
      schedule(again ? 0 : waitMs);
      again = false;
    });
  };
  return {
    start() {
      stopped = false;
      schedule(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
    kick() {
      if (running) again = true;
      else schedule(0);
    },
  };
}
