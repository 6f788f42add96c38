import type { PolicyKind, PolicySource, Verdict } from '../../src/policy/index.ts';

/** Stands once: whoever tries it also tries the live document as the desired one, of which the verdict is the mirrored one. */
export interface Case {
  readonly name: string;
  readonly verdict: Verdict;
  /** The reason for the verdict. */
  readonly why: string;
  readonly desired: PolicySource;
  readonly live: PolicySource;
  /** Where the example was published. */
  readonly link?: string;
}

export type CaseTable = Readonly<Partial<Record<PolicyKind, readonly Case[]>>>;

/** A list stands for the statements of a document of the newer version. */
type Written = PolicySource | readonly unknown[];

/** The desired and the live document. */
type Pair = readonly [desired: Written, live: Written];

export const same = writer('same');
export const widened = writer('widened');
export const narrowed = writer('narrowed');
/** Neither includes the other, or it can't be decided. */
export const changed = writer('changed');
/** One of the two is not a policy. */
export const invalid = writer('invalid');

export function reported(link: string, cases: readonly Case[]): readonly Case[] {
  return cases.map((one) => ({ ...one, link }));
}

function writer(verdict: Verdict) {
  return (name: string, why: string, [desired, live]: Pair): Case => ({
    name,
    verdict,
    why,
    desired: sourceOf(desired),
    live: sourceOf(live),
  });
}

function sourceOf(written: Written): PolicySource {
  return isList(written) ? { Version: '2012-10-17', Statement: written } : written;
}

function isList(written: Written): written is readonly unknown[] {
  return Array.isArray(written);
}

/** The verdict where the documents change places. */
export const MIRRORED: Readonly<Record<Verdict, Verdict>> = {
  same: 'same',
  widened: 'narrowed',
  narrowed: 'widened',
  changed: 'changed',
  invalid: 'invalid',
};
