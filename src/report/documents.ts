import { canonical } from '../policy/index.ts';
import type { PolicyKind } from '../policy/types.ts';
import type { ReportFinding } from './schema.ts';

/** The desired and live values of a finding with each policy document in them in canonical form, so that order and spelling don't show. */
export function canonicalSides({ rule, desired, live }: Pick<ReportFinding, 'rule' | 'desired' | 'live'>): {
  desired: unknown;
  live: unknown;
} {
  const kind: PolicyKind = rule.startsWith('trust-') ? 'trust' : 'identity';
  return { desired: canonicalWithin(desired, kind), live: canonicalWithin(live, kind) };
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
