import { useState } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { Icon } from '../ui/icons';
import { Empty } from '../ui/parts';
import { BarPlot } from './bar-plot';
import type { Cell } from './csv';
import { DayPlot } from './day-plot';
import { download } from './download';
import { Legend } from './fills';
import { percent, type Plot } from './plot';

/** A plot with its words, its table one click away, and the table as a file. */
export function PlotCard({ plot, file, isWaiting }: { plot: Plot; file: string; isWaiting: boolean }) {
  const [asTable, setAsTable] = useState(false);
  const { id, title, note, words, data, table, empty } = plot;
  const shown = !isWaiting && empty === undefined;
  return (
    <section className="card plot-card" aria-labelledby={`${id}-title`} data-plot={id}>
      <div className="plot-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <div className="plot-acts">
          <ToggleButton
            className="button small"
            isSelected={asTable}
            isDisabled={!shown}
            onChange={setAsTable}
            aria-label={`${title} as a table`}
          >
            <Icon name="table" /> Table
          </ToggleButton>
          <Button
            className="button small"
            isDisabled={!shown}
            onPress={() => download(`${id}-${file}.csv`, [table.head, ...table.rows])}
            aria-label={`${title} as CSV`}
          >
            <Icon name="download" /> CSV
          </Button>
        </div>
      </div>
      <p id={`${id}-words`} className="plot-words">
        {shown ? words : ''}
      </p>
      <div className="plot-place">
        {isWaiting ? (
          <div className="loading" role="img" aria-label="Counting" />
        ) : empty !== undefined ? (
          <Empty icon="figures" title="Nothing in these days">
            {empty}
          </Empty>
        ) : asTable ? (
          <Table title={title} table={table} />
        ) : (
          <>
            <Legend id={id} series={data.series} />
            {data.kind === 'days' ? <DayPlot plot={plot} data={data} /> : <BarPlot plot={plot} data={data} />}
          </>
        )}
      </div>
      <p className="plot-note quiet">{note}</p>
    </section>
  );
}

function Table({ title, table: { head, rows } }: { title: string; table: Plot['table'] }) {
  return (
    <div className="plot-table" role="region" aria-label={`Table: ${title}`} tabIndex={0}>
      <table className="audit">
        <thead>
          <tr>
            {head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) =>
                column === 0 ? (
                  <th key={column} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={column}>{shownCell(head[column] ?? '', cell)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function shownCell(head: string, cell: Cell): string {
  if (cell === null) return '–';
  if (head === 'Rate' && typeof cell === 'number') return percent(cell);
  return typeof cell === 'number' ? Math.round(cell).toLocaleString('en-IN') : cell;
}
