import { type Comparer, type Comparison, doubtLine, type Policy, type Statement, type Witness } from '../policy/index.ts';
import { capital } from '../text/visible.ts';
import type { Access } from './access.ts';
import type { FindingInput } from './finding.ts';

/** How two policies differ, for a finding; `null` if every request has the same answer from both. */
export function comparedPolicies(
  comparer: Comparer,
  desired: Policy,
  live: Policy,
): Pick<FindingInput, 'access' | 'explanation' | 'witness'> | null {
  const comparison = comparer.compare(desired, live);
  if (comparison.verdict === 'same') return null;
  return { access: accessOf(comparison), explanation: comparison.explanation.map(capital), witness: witnessText(comparison) };
}

/** An invalid document may do anything: `changed`. */
function accessOf({ verdict }: Comparison): Access {
  return verdict === 'invalid' || verdict === 'same' ? 'changed' : verdict;
}

function witnessText({ gained, lost }: Comparison): string | null {
  if (gained !== undefined) return `${gained.denied ? 'denied only in the file' : 'allowed only in AWS'}: ${requestText(gained)}`;
  if (lost !== undefined) return `${lost.denied ? 'denied only in AWS' : 'allowed only in the file'}: ${requestText(lost)}`;
  return null;
}

function requestText({ action, resource, principal, context }: Witness): string {
  const who = principal === undefined ? '' : ` by ${principal}`;
  const what = resource === undefined ? '' : ` on ${resource}`;
  return `${action}${what}${who}${context === undefined ? '' : ` (${context})`}`;
}

/**
 * What an extra policy does to access: one that can allow something widens it, one that only denies narrows it, and one that can't be understood can't be
 * judged, unless the rest of it says what all of it says. A missing policy does the reverse.
 */
export function accessOfExtra({ statements }: Policy): Access {
  if (statements === null) return 'changed';
  const effects = (some: readonly Statement[]) => new Set(some.map(({ effect }) => effect));
  const understood = statements.filter(({ doubt }) => doubt === null);
  if (understood.length < statements.length && (effects(statements).size > 1 || understood.length === 0)) return 'changed';
  return effects(statements).has('Allow') ? 'widened' : 'narrowed';
}

/** A line for each statement of an extra policy that can't be understood. */
export function doubtsOf({ statements }: Policy): readonly string[] {
  return (statements ?? []).flatMap(({ doubt }) => (doubt === null ? [] : [capital(doubtLine(doubt))]));
}

export function accessOfMissing(policy: Policy): Access {
  const reverse = { widened: 'narrowed', narrowed: 'widened', changed: 'changed', none: 'none' } as const;
  return reverse[accessOfExtra(policy)];
}
