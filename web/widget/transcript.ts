import type { Strings } from './strings';
import type { Entry } from './timeline';

function said({ text, files }: Entry, t: Strings): string {
  return [...(files ?? []).map(() => `[${t.photoSent}]`), text].filter(Boolean).join(' ');
}

/** The conversation as a plain text file, made in the browser. */
export function download(entries: Entry[], t: Strings): void {
  const names = { customer: t.you, bot: t.assistant, system: t.assistant, agent: t.agent };
  const lines = entries.map(
    (entry) =>
      `[${new Date(entry.at).toLocaleString()}] ${entry.agent ?? names[entry.from]}: ${said(entry, t)}`,
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([lines.join('\n\n')], { type: 'text/plain' }));
  link.download = 'chat.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
