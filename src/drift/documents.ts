import { Budget, canonical, comparePolicies, statementsOf } from '../policy/index.ts';
import type { Comparison, PolicyKind, PolicySource, Witness } from '../policy/types.ts';
import type { Draft } from './draft.ts';
import type { Access } from './finding.ts';

type Compared = Pick<Draft, 'access' | 'desired' | 'live' | 'explanation' | 'witness' | 'identity'>;

/**
 * What a finding says of two documents that differ; `null` when no request tells them apart.
 *
 * @param partition of bare account ids in trust policies
 */
export function documentDrift(desired: PolicySource, live: PolicySource, kind: PolicyKind, partition?: string): Compared | null {
  const comparison = compareOnce(desired, live, kind, partition);
  if (comparison.verdict === 'same') return null;
  return {
    access: accessOf(comparison),
    desired: shown(desired),
    live: shown(live),
    explanation: comparison.explanation.map(asSentence),
    witness: witnessText(comparison),
    identity: canonical(live, kind, { partition }),
  };
}

const MOST_REMEMBERED = 1_000;
const remembered = new Map<string, Comparison>();

/** About ten seconds for all comparisons of a run: a file of a pull request may hold many documents that each take half a second. */
const MOST_STEPS = 100_000_000;
const work = new Budget(MOST_STEPS);

/** `comparePolicies`, but the same documents are compared once: in an estate most roles have the same trust and the same policies. */
export function compareOnce(desired: PolicySource, live: PolicySource, kind: PolicyKind, partition: string | undefined): Comparison {
  const key = JSON.stringify([desired, live, kind, partition]);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const comparison = comparePolicies(desired, live, kind, { partition }, work);
  if (remembered.size < MOST_REMEMBERED) remembered.set(key, comparison);
  return comparison;
}

/** An invalid document may do anything: `changed`. */
function accessOf({ verdict }: Comparison): Access {
  return verdict === 'invalid' || verdict === 'same' ? 'changed' : verdict;
}

/** A comparison's lines begin small; readers get them beside other sentences. */
function asSentence(line: string): string {
  return line.charAt(0).toUpperCase() + line.slice(1);
}

function witnessText({ gained, lost }: Comparison): string | null {
  if (gained !== undefined) return `${gained.denied ? 'only the desired state denies' : 'only live allows'}: ${requestText(gained)}`;
  if (lost !== undefined) return `${lost.denied ? 'only live denies' : 'only the desired state allows'}: ${requestText(lost)}`;
  return null;
}

function requestText({ action, resource, principal, context }: Witness): string {
  const who = principal === undefined ? '' : ` by ${principal}`;
  const what = resource === undefined ? '' : ` on ${resource}`;
  return `${action}${what}${who}${context === undefined ? '' : ` (${context})`}`;
}

/** A document as the report shows it: an object, or the text where it does not parse. */
export function shown(document: PolicySource): unknown {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document);
  } catch {
    return document;
  }
}

/**
 * Whether live has more or less access by a whole document that is there beside the desired state.
 * What can allow widens; what only denies narrows; what is no policy can't be judged. An absent document is the reverse of an extra one.
 */
export function accessOfExtra(document: PolicySource): Access {
  const statements = statementsOf(document, 'identity');
  if (statements === null) return 'changed';
  return statements.some(({ effect }) => effect === 'Allow') ? 'widened' : 'narrowed';
}

export function accessOfMissing(document: PolicySource): Access {
  const reverse = { widened: 'narrowed', narrowed: 'widened', changed: 'changed', none: 'none' } as const;
  return reverse[accessOfExtra(document)];
}
