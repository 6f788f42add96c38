import { plural } from '../../text/plural.ts';
import { byteLength } from '../../text/visible.ts';

/** A part of a page: rows between an opening and a closing. A row is on the page whole or not at all. */
export interface Section {
  readonly open: string;
  readonly rows: readonly Row[];
  readonly close: string;
  /** Entries that are on no page of this kind, however much room there is. */
  readonly hidden?: number;
  /** A line of Markdown that says how many are left out. */
  readonly leftOut: (count: number) => string;
}

export interface Row {
  /** Called at most once, and only while there is room: comparing documents takes time. */
  readonly text: () => string;
  /** The lower, the more severe. */
  readonly rank: number;
  /** How many entries the row stands for. */
  readonly weight: number;
}

/** @param noun what is left out, in the singular: `more finding` */
export function listSection(open: string, rows: readonly Row[], noun: string, close = ''): Section {
  return { open, rows, close, leftOut: (number) => `_${plural(number, noun)} not shown here._` };
}

/** The section with at most `most` rows. It says how many entries it lacks, as if there had been no room for them. */
export function firstRows(section: Section, most: number): Section {
  return { ...section, rows: section.rows.slice(0, most), hidden: weight(section.rows.slice(most)) };
}

/**
 * The page, at most `limit` bytes of UTF-8: always the head, then rows from the most severe rank down until one does not fit. From there on it
 * leaves out every row, and each section says how many it lacks. Sections and rows keep their order.
 *
 * @param head gets the number of entries that are left out of all sections
 */
export function fitPage(head: (leftOut: number) => string, sections: readonly Section[], limit: number): string {
  const filled = sections.filter((section) => section.rows.length > 0);
  const total = filled.reduce((sum, section) => sum + weightOf(section), 0);
  // Reserves room for every line about missing rows: a section may end up with nothing else.
  const reserved = Math.max(byteLength(head(0)), byteLength(head(total))) + filled.reduce((sum, section) => sum + leftOutCost(section), 0);
  const kept = take(filled, limit - reserved);
  const missing = filled.reduce((sum, section) => sum + weightOf(section) - weight(section.rows.filter((row) => kept.has(row))), 0);
  return head(missing) + filled.map((section) => write(section, kept)).join('');
}

/** The rows that fit, with their texts. */
function take(sections: readonly Section[], room: number): ReadonlyMap<Row, string> {
  const queue = sections.flatMap((section) => section.rows.map((row) => ({ row, section }))).sort((a, b) => a.row.rank - b.row.rank);
  const kept = new Map<Row, string>();
  const opened = new Set<Section>();
  let left = room;
  for (const { row, section } of queue) {
    const frame = opened.has(section) ? 0 : byteLength(section.open) + byteLength(section.close);
    const text = row.text();
    const cost = byteLength(text) + frame;
    if (cost > left) break;
    left -= cost;
    kept.set(row, text);
    opened.add(section);
  }
  return kept;
}

function write(section: Section, kept: ReadonlyMap<Row, string>): string {
  const shown = section.rows.filter((row) => kept.has(row));
  const missing = weightOf(section) - weight(shown);
  const body = shown.length === 0 ? '' : section.open + shown.map((row) => kept.get(row)).join('') + section.close;
  return missing === 0 ? body : `${body}\n${section.leftOut(missing)}\n`;
}

function leftOutCost(section: Section): number {
  return byteLength(section.leftOut(weightOf(section))) + 2;
}

/** Of everything that belongs into the section. */
function weightOf({ rows, hidden = 0 }: Section): number {
  return weight(rows) + hidden;
}

function weight(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.weight, 0);
}
