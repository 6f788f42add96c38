import { structuredPatch } from 'diff';
import { truncate } from '../../text/visible.ts';
import type { ReportFinding } from '../model/schema.ts';

/** How much of a difference is shown. */
export interface DiffBounds {
  readonly lines: number;
  readonly lineLength: number;
}

/** UTF-16 units. AWS accepts policies of up to 10,240 characters, so a longer text is not a policy, and it would take long to compare. */
const MAX_SOURCE = 60_000;
/** Far more than is shown. With more edits, the two texts are shown one after the other. */
const MAX_EDITS = 400;
const CONTEXT = 4;

/**
 * What was expected (`-`) and what was found (`+`), line by line. Policy documents are in canonical form, so that order and spelling make no
 * difference. Not escaped; empty if the two are equal.
 */
export function difference(
  { canonical, desired, live }: Pick<ReportFinding, 'canonical' | 'desired' | 'live'>,
  bounds: DiffBounds,
): string {
  const shown = compared(pretty(canonical.desired), pretty(canonical.live), bounds);
  // The canonical form may leave out what differs, for example in an invalid document.
  return (shown.length > 0 ? shown : compared(pretty(desired), pretty(live), bounds)).join('\n');
}

function compared(before: string, after: string, bounds: DiffBounds): string[] {
  if (before === after) return [];
  if (before === '') return bounded(prefixed('+', after), bounds);
  if (after === '') return bounded(prefixed('-', before), bounds);
  const patch = before.length + after.length > MAX_SOURCE ? undefined : lineDiff(before, after);
  if (patch !== undefined) return bounded(patch, bounds);
  const half = { ...bounds, lines: Math.floor(bounds.lines / 2) };
  return [...bounded(prefixed('-', before), half), ...bounded(prefixed('+', after), half)];
}

/** `undefined` if the two texts have too little in common to be compared quickly. */
function lineDiff(before: string, after: string): string[] | undefined {
  const patch = structuredPatch('', '', `${before}\n`, `${after}\n`, '', '', { context: CONTEXT, maxEditLength: MAX_EDITS });
  return patch?.hunks.flatMap((hunk, index) => (index === 0 ? hunk.lines : [' …', ...hunk.lines]));
}

function prefixed(sign: string, text: string): string[] {
  return text.split('\n').map((line) => sign + line);
}

function bounded(all: readonly string[], { lines: max, lineLength }: DiffBounds): string[] {
  const kept = (all.length > max ? all.slice(0, max - 1) : all).map((line) =>
    line.length > lineLength ? `${truncate(line, lineLength)}… (${line.length} characters)` : line,
  );
  return all.length > max ? [...kept, `… ${all.length - kept.length} more lines`] : kept;
}

/** Text as it is, `null` as empty text, anything else as JSON on several lines. */
function pretty(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
