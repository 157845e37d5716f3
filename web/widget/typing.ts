/** Dots that nobody takes back go by themselves. */
const LIMIT_MS = 20_000;
/** An answer that takes longer than this is announced by dots; how long it may be waited for. */
const LATE_MS = 600;
const EXPECTED_MS = 8_000;

type Writer = 'bot' | 'agent' | undefined;

/** Typing dots: shown when somebody writes, or when the assistant's answer is late, and always taken back. */
export class Typing {
  private timer?: ReturnType<typeof setTimeout>;
  private expecting = false;

  constructor(private readonly draw: (from: Writer) => void) {}

  show(from: Writer, limit = LIMIT_MS): void {
    clearTimeout(this.timer);
    this.expecting = false;
    if (from) this.timer = setTimeout(() => this.show(undefined), limit);
    this.draw(from);
  }

  /** The server has a message; the assistant's answer comes with the message's own line. */
  expect(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.show('bot', EXPECTED_MS);
      this.expecting = true;
    }, LATE_MS);
  }

  /** A line has come. */
  heard(isCustomer: boolean): void {
    if (!isCustomer || this.expecting) this.show(undefined);
  }
}
