import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Content } from './nodes.ts';

/** A table of the report. The first cell of each row names what the row is about. */
export interface Table {
  /** For those who hear the page; others have the heading above it. */
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Class that sets the widths of its columns. */
  readonly className: string;
}

export interface TableRow {
  readonly cells: readonly Content[];
  /** A further line under the cells, over all columns. */
  readonly below?: Element | undefined;
}

/** The table in a frame of its own, which scrolls where the page is too narrow for it. */
export function table({ caption, columns, rows, className }: Table): Element {
  const head = h('thead', h('tr', ...columns.map((title) => h('th', { scope: 'col' }, title))));
  const bodies = rows.some(({ below }) => below !== undefined)
    ? rows.map((row) => h('tbody', ...lines(row, columns.length)))
    : [h('tbody', ...rows.flatMap((row) => lines(row, columns.length)))];
  return h(
    'div',
    { className: ['scroll'], role: 'region', ariaLabel: caption, tabIndex: 0 },
    h('table', { className: [className] }, h('caption', caption), head, ...bodies),
  );
}

function lines({ cells, below }: TableRow, columns: number): Element[] {
  const row = h('tr', ...cells.map((cell, index) => (index === 0 ? h('th', { scope: 'row' }, ...cell) : h('td', ...cell))));
  return below === undefined ? [row] : [row, h('tr', { className: ['below'] }, h('td', { colSpan: columns }, below))];
}
