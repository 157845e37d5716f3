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
