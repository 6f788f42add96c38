import type { Captured, NotTakenIn, Remark } from '../../capture/index.ts';
import { findDrift, type TargetDrift } from '../../drift/drift.ts';
import { planRepairs } from '../../plan/repairs.ts';
import type { Comparer } from '../../policy/index.ts';
import type { Reading } from '../../state/reading.ts';
import type { Target } from '../../state/state.ts';
import { buildReport, type RunFacts } from './build.ts';
import type { Report } from './schema.ts';

/** What the report says of a capture beside what was captured. */
export interface CaptureFacts {
  readonly written: boolean;
  readonly reason: string;
  readonly removed: readonly Target[];
  /** Of the organization: roles that became targets and that nothing grants yet, and accounts in which none is a target. */
  readonly taken: readonly Target[];
  readonly notTakenIn: readonly NotTakenIn[];
  readonly review: readonly Remark[];
  readonly at: Date;
  readonly comparer: Comparer;
}

const UNLIMITED = { scope: 'all', maxGrants: Number.POSITIVE_INFINITY, maxRevocations: Number.POSITIVE_INFINITY } as const;

/**
 * The report of a capture: the file's audit as it would be now, and beside its targets the accounts that are not in it because they could not be
 * captured. Pure.
 */
export function buildCaptureReport(run: RunFacts, captured: Captured, reading: Reading, facts: CaptureFacts): Report {
  const { desired, leftOut } = captured;
  const drift = findDrift(desired, reading, facts);
  const absent = leftOut.filter(({ isKept }) => !isKept);
  const checks = { dangling: 'drifted', unread: 'unknown', unwritable: 'drifted' } as const;
  const further = absent.map(({ target, kind }): TargetDrift => {
    const check = checks[kind];
    const connection = kind === 'dangling' ? 'broken' : 'unknown';
    const { account, roleName } = target;
    return { account, roleName, connection, ofActiveKey: connection, checks: { grant: check, trust: check, permissions: check } };
  });
  const everyone = { ...desired, state: { ...desired.state, targets: [...desired.state.targets, ...absent.map(({ target }) => target)] } };
  const report = buildReport(
    run,
    everyone,
    reading,
    { ...drift, targets: [...drift.targets, ...further] },
    planRepairs({ findings: drift.findings, desired, reading, limits: UNLIMITED, own: [] }),
  );
  return {
    ...report,
    // A capture agrees to what is there: there is nothing to repair.
    plan: null,
    capture: {
      written: facts.written,
      reason: facts.reason,
      targets: captured.captured.map(addressOf),
      removed: facts.removed.map(addressOf),
      taken: facts.taken.filter((target) => !leftOut.some((left) => left.target === target)).map(addressOf),
      notTakenIn: facts.notTakenIn.map(({ account, reason }) => ({ account, reason })),
      leftOut: leftOut.map(({ target, kind, reason, isKept }) => ({
        account: target.account,
        roleArn: target.roleArn,
        kind,
        reason,
        kept: isKept,
      })),
      review: facts.review.map(({ text, accounts }) => ({ text, accounts: [...accounts] })),
    },
  };
}

function addressOf({ account, roleArn }: Target): { account: string; roleArn: string } {
  return { account, roleArn };
}
