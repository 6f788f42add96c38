import type { Pattern } from '../pattern.ts';
import type { Entry } from './text-question.ts';

/** What people expect in these segments of an ARN (partition, region, account). */
const SEGMENTS: Readonly<Record<number, string>> = { 1: 'aws', 3: 'us-east-1', 4: '999999999999' };

/** Nobody reads longer ones. */
const LONGEST = 500;

/** Samples for people, one for each pattern that has one. */
export function examplesOf(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(({ pattern }) => exampleText(pattern) ?? []);
}

/**
 * A text of the pattern that a reader recognizes, unlike its shortest one (`arn:aws:iam:::role/`); `null` for a single text, and for wildcards alone.
 * The text may turn out not to belong to the pattern: the caller checks that.
 */
function exampleText({ text }: Pattern): string | null {
  if (text.length > LONGEST) return null;
  const wild = text.replace(/\$\{[^}]*\}/g, '*');
  if (!/[*?]/.test(wild) || /^[*?]+$/.test(wild)) return null;
  const segments = wild.split(':');
  return segments
    .map((segment, at) => (segments[0] === 'arn' && segment === '*' && SEGMENTS[at]) || segment.replace(/[*?]/g, 'x'))
    .join(':');
}
