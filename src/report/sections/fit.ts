import { bytes } from '../../text/visible.ts';

/** A part of a page: rows between an opening and a closing, each row whole or not there at all. */
export interface Section {
  readonly open: string;
  readonly rows: readonly Row[];
  readonly close: string;
  /** Says, as Markdown that ends with a line break, that `count` were left out. */
  readonly leftOut: (count: number) => string;
}

export interface Row {
  /** Asked for once, and only while there is room: comparing documents takes time. */
  readonly text: () => string;
  /** The lower, the more severe. */
  readonly rank: number;
  /** How many the row stands for. */
  readonly weight: number;
}

/**
 * The page, at most `limit` bytes of UTF-8: the head always, then rows from the most severe rank down until one no longer fits;
 * from there on nothing less severe is taken either, and each section says how many it lacks. Sections and rows keep their order.
 *
 * @param head gets the number of what was left out over all sections
 */
export function fitPage(head: (leftOut: number) => string, sections: readonly Section[], limit: number): string {
  const filled = sections.filter((section) => section.rows.length > 0);
  const total = filled.reduce((sum, section) => sum + weight(section.rows), 0);
  // Room for every sentence about what is missing is set aside first: a section may end up with nothing but that.
  const reserved = Math.max(bytes(head(0)), bytes(head(total))) + filled.reduce((sum, section) => sum + leftOutCost(section), 0);
  const kept = take(filled, limit - reserved);
  const missing = filled.reduce((sum, section) => sum + weight(section.rows.filter((row) => !kept.has(row))), 0);
  return head(missing) + filled.map((section) => write(section, kept)).join('');
}

/** What fits, written out. */
function take(sections: readonly Section[], room: number): ReadonlyMap<Row, string> {
  const queue = sections.flatMap((section) => section.rows.map((row) => ({ row, section }))).sort((a, b) => a.row.rank - b.row.rank);
  const kept = new Map<Row, string>();
  const opened = new Set<Section>();
  let left = room;
  for (const { row, section } of queue) {
    const frame = opened.has(section) ? 0 : bytes(section.open) + bytes(section.close);
    const text = row.text();
    const cost = bytes(text) + frame;
    if (cost > left) break;
    left -= cost;
    kept.set(row, text);
    opened.add(section);
  }
  return kept;
}

function write(section: Section, kept: ReadonlyMap<Row, string>): string {
  const shown = section.rows.filter((row) => kept.has(row));
  const missing = weight(section.rows) - weight(shown);
  const body = shown.length === 0 ? '' : section.open + shown.map((row) => kept.get(row)).join('') + section.close;
  return missing === 0 ? body : `${body}\n${section.leftOut(missing)}\n`;
}

function leftOutCost(section: Section): number {
  return bytes(section.leftOut(weight(section.rows))) + 2;
}

function weight(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.weight, 0);
}
