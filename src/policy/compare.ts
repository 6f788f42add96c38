import { canonical } from './canonical.ts';
import { partitionNamedIn, type Reading, readDocument } from './document.ts';
import type { Comparison, PolicyKind, PolicySource } from './types.ts';

export function comparePolicies(desired: PolicySource, live: PolicySource, kind: PolicyKind, reading: Reading = {}): Comparison {
  const partition = reading.partition ?? partitionNamedIn([desired, live]) ?? 'aws';
  const wanted = readDocument(desired, kind, { partition });
  if (wanted.problem) return invalid('desired', wanted.problem);
  const found = readDocument(live, kind, { partition });
  if (found.problem) return invalid('live', found.problem);
  const form = { partition, fold: true };
  const same = JSON.stringify(canonical(desired, kind, form)) === JSON.stringify(canonical(live, kind, form));
  return same ? { verdict: 'same', explanation: [] } : { verdict: 'changed', explanation: ['the documents differ'] };
}

function invalid(side: 'desired' | 'live', problem: { place: string; reason: string }): Comparison {
  return {
    verdict: 'invalid',
    explanation: [`the ${side} document is no valid policy: ${problem.place}: ${problem.reason}`],
    problem: { side, ...problem },
  };
}
