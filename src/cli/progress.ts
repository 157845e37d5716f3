import type { WriteStream } from 'node:tty';
import { monotonicMs } from '../core/clock';

/** Between two lines where nothing can be shown in place, milliseconds. */
const LINE_MS = 5_000;

/** Progress on a stream: one line that is written over on a terminal, a line every five seconds elsewhere. */
export function progressOn(stream: Pick<WriteStream, 'isTTY' | 'write'>) {
  let shown = false;
  let last = -LINE_MS;
  const clear = () => {
    if (shown) stream.write('\r\u001b[K');
    shown = false;
  };
  return {
    /** Takes the line away, before something else is written. */
    clear,
    say: (text: string): void => {
      if (stream.isTTY) {
        clear();
        stream.write(text);
        shown = text !== '';
      } else if (text !== '' && monotonicMs() - last >= LINE_MS) {
        last = monotonicMs();
        stream.write(`${text}\n`);
      }
    },
  };
}

/** `[#####-----]  48 %`. */
export function bar(share: number, width = 24): string {
  const part = Math.min(1, Math.max(0, share));
  const full = Math.round(part * width);
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${String(Math.floor(part * 100)).padStart(3)} %`;
}

/** "about 2 min left", from the share done and the milliseconds it took. */
export function left(share: number, elapsedMs: number): string {
  if (share <= 0.01 || share >= 1) return '';
  const seconds = Math.ceil((elapsedMs / share - elapsedMs) / 1000);
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
}
