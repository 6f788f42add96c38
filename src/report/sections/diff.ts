import { structuredPatch } from 'diff';
import { head } from '../../text/visible.ts';
import { canonicalSides } from '../model/documents.ts';
import type { ReportFinding } from '../model/schema.ts';

/** How much of a difference is shown. */
export interface DiffBounds {
  readonly lines: number;
  readonly lineLength: number;
}

/** Longer texts are no policies any more (AWS takes 10,240 characters), and comparing them line by line would take long. */
const MAX_SOURCE = 60_000;
/** Far more than is shown; beyond that the two are shown one after the other. */
const MAX_EDITS = 400;
const CONTEXT = 4;

/**
 * What was expected (`-`) and what is there (`+`), line by line, policy documents in their canonical form so that order and spelling don't show.
 * Unescaped; empty when there is nothing to tell apart.
 */
export function difference(finding: Pick<ReportFinding, 'rule' | 'desired' | 'live'>, bounds: DiffBounds): string {
  const sides = canonicalSides(finding);
  const shown = compared(pretty(sides.desired), pretty(sides.live), bounds);
  // The canonical form may leave out the very thing that differs, for instance in a document that is not valid.
  return (shown.length > 0 ? shown : compared(pretty(finding.desired), pretty(finding.live), bounds)).join('\n');
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

/** `undefined` when the two have too little in common to be compared in a short time. */
function lineDiff(before: string, after: string): string[] | undefined {
  const patch = structuredPatch('', '', `${before}\n`, `${after}\n`, '', '', { context: CONTEXT, maxEditLength: MAX_EDITS });
  return patch?.hunks.flatMap((hunk, index) => (index === 0 ? hunk.lines : [' …', ...hunk.lines]));
}

function prefixed(sign: string, text: string): string[] {
  return text.split('\n').map((line) => sign + line);
}

function bounded(all: readonly string[], { lines: max, lineLength }: DiffBounds): string[] {
  const kept = (all.length > max ? all.slice(0, max - 1) : all).map((line) =>
    line.length > lineLength ? `${head(line, lineLength)}… (${line.length} characters)` : line,
  );
  return all.length > max ? [...kept, `… ${all.length - kept.length} more lines`] : kept;
}

/** Text as it is, nothing as nothing, anything else as JSON over several lines. */
function pretty(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
