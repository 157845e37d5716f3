import type { Figures } from '../../../../src/core/summary';
import { deliveries, requests, returnItems, returnReasons } from './order-plots';
import { everyDay, type Column, type Plot } from './plot';
import { conversations, reasons, satisfaction, topics, waiting } from './talk-plots';

interface Span {
  figures: Figures;
  from: string;
  to: string;
}

/** All plots of a span, in the order of the page. */
export function plotsOf(span: Span): Plot[] {
  const { figures } = span;
  const known = new Map(figures.days.map((day) => [day.day, day]));
  const days = everyDay(span.from, span.to);
  const column: Column = (read, otherwise) =>
    days.map((day) => {
      const there = known.get(day);
      return there ? read(there) : otherwise;
    });
  return [
    conversations(figures, days, column),
    topics(figures),
    reasons(figures),
    waiting(figures, days, column, 'firstResponse'),
    waiting(figures, days, column, 'resolution'),
    satisfaction(figures),
    requests(figures),
    deliveries(figures, days, column),
    returnReasons(figures),
    returnItems(figures),
  ];
}
