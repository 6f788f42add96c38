import { canonical } from '../../policy/index.ts';
import type { PolicyKind } from '../../policy/types.ts';
import type { ReportFinding } from './schema.ts';

type Compared = Pick<ReportFinding, 'rule' | 'desired' | 'live'>;

interface Sides {
  readonly desired: unknown;
  readonly live: unknown;
}

/** Several renderers ask for the same finding, and reading a long document takes a millisecond. */
const known = new WeakMap<Compared, Sides>();

/** The desired and live values of a finding with each policy document in them in canonical form, so that order and spelling don't show. */
export function canonicalSides(finding: Compared): Sides {
  const kind: PolicyKind = finding.rule.startsWith('trust-') ? 'trust' : 'identity';
  const sides = known.get(finding) ?? { desired: canonicalWithin(finding.desired, kind), live: canonicalWithin(finding.live, kind) };
  known.set(finding, sides);
  return sides;
}

function canonicalWithin(value: unknown, kind: PolicyKind): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => canonicalWithin(item, kind));
  if (isDocument(value)) return canonical(value, kind);
  return Object.fromEntries(Object.entries(value).map(([key, item]: [string, unknown]) => [key, canonicalWithin(item, kind)]));
}

function isDocument(value: object): value is Readonly<Record<string, unknown>> {
  return Object.hasOwn(value, 'Statement');
}
