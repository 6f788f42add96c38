import type { Element } from 'hast';
import { h } from 'hastscript';
import { visibleBlock } from '../../../text/visible.ts';
import type { ReportFinding } from '../../model/schema.ts';
import { difference } from '../diff.ts';

/** More than a document that AWS stores has. */
const BOUNDS = { lines: 400, lineLength: 1_000 } as const;

/** Values longer than this are compared line by line. */
const MAX_SHORT = 200;

/** Whether a value is a document, or as long as one. */
export function isDocument(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return 'Statement' in value || 'document' in value;
  return typeof value === 'string' && (value.length > MAX_SHORT || value.includes('\n'));
}

/** Two values line by line, what is only in the first marked `-` and what is only in the second `+`; nothing where there is no difference to show. */
export function documentDiff(values: Pick<ReportFinding, 'canonical' | 'desired' | 'live'>, title: string): Element[] {
  const text = difference(values, BOUNDS);
  if (text === '') return [];
  const lines = visibleBlock(text)
    .split('\n')
    .map((line) => (line.startsWith('+') ? h('ins', `${line}\n`) : line.startsWith('-') ? h('del', `${line}\n`) : `${line}\n`));
  return [h('figure', h('figcaption', title), h('pre', h('code', ...lines)))];
}
