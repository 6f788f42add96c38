import { partitionNamedIn, type Reading, readDocument } from '../document.ts';
import type { Statement } from '../statement.ts';
import type { Comparison, PolicyKind, PolicySource } from '../types.ts';
import { Budget, TooLarge } from './budget.ts';
import { explain, witnessOf } from './explain.ts';
import { type Difference, Explorer } from './explore.ts';
import { prepare } from './prepared.ts';
import { verdictOf } from './verdict.ts';

/** About half a second. */
const MOST_STEPS = 5_000_000;

/**
 * What the live document grants, seen from the desired one. Exact over all requests and contexts where both are free: `same` means that no
 * request is answered differently, `widened` and `narrowed` come with a witness, and whatever can't be proven is `changed`.
 *
 * @param shared bounds several comparisons together; what comes after it is spent is `changed`
 */
export function comparePolicies(
  desired: PolicySource,
  live: PolicySource,
  kind: PolicyKind,
  reading: Reading = {},
  shared?: Budget,
): Comparison {
  const partition = reading.partition ?? partitionNamedIn([desired, live]) ?? 'aws';
  const wanted = readDocument(desired, kind, { partition });
  if (wanted.problem) return invalid('desired', wanted.problem);
  const found = readDocument(live, kind, { partition });
  if (found.problem) return invalid('live', found.problem);
  try {
    return compareStatements(wanted.statements, found.statements, kind, new Budget(MOST_STEPS, shared));
  } catch (error) {
    if (error instanceof TooLarge)
      return { verdict: 'changed', explanation: ['the documents differ in writing, and are too large to decide'] };
    throw error;
  }
}

function compareStatements(desired: readonly Statement[], live: readonly Statement[], kind: PolicyKind, budget: Budget): Comparison {
  const pair = prepare(desired, live);
  const differences = new Explorer(pair, kind, budget).differences();
  const verdict = verdictOf(differences);
  if (verdict === 'same') return { verdict, explanation: [] };
  const gained = best(differences, 'gained');
  const lost = best(differences, 'lost');
  return {
    verdict,
    explanation: explain(differences, pair, kind),
    ...(gained ? { gained: witnessOf(gained, kind) } : {}),
    ...(lost ? { lost: witnessOf(lost, kind) } : {}),
  };
}

/** A sure difference of known callers: the one with the simplest context. */
function best(differences: readonly Difference[], direction: Difference['direction']): Difference | undefined {
  return differences
    .filter((difference) => difference.direction === direction && difference.certain && !difference.world)
    .sort((a, b) => a.context.length - b.context.length)[0];
}

function invalid(side: 'desired' | 'live', problem: { readonly place: string; readonly reason: string }): Comparison {
  return {
    verdict: 'invalid',
    explanation: [`the ${side} document is no valid policy: ${problem.place}: ${problem.reason}`],
    problem: { side, ...problem },
  };
}
