/** A cell of a table: text, a number, or nothing where it cannot be known. */
export type Cell = string | number | null;

/** Spreadsheets take a table for UTF-8 only when it begins with this. */
const MARK = '\uFEFF';

function written(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  // A sheet would take such a text for a formula.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as RFC 4180 has it. */
export function csv(lines: Cell[][]): string {
  return MARK + lines.map((cells) => `${cells.map(written).join(',')}\r\n`).join('');
}

/** Hands a table to the browser as a file. */
export function download(name: string, lines: Cell[][]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv(lines)], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
