import { csv, type Cell } from './csv';

/** Hands a table to the browser as a file. */
export function download(name: string, lines: Cell[][]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv(lines)], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
