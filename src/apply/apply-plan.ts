import { type AwsAccess, HubAccessError } from '../aws/access.ts';
import { defaultRetryLimits } from '../aws/retry.ts';
import type { Session } from '../aws/session.ts';
import { entityArn } from '../iam/arn.ts';
import type { PlannedCall } from '../plan/call.ts';
import type { Comparer } from '../policy/index.ts';
import type { AssumableRole } from '../state/desired.ts';
import { isSameValue } from '../state/property.ts';
import type { Reading } from '../state/reading.ts';
import { accountPart, withAccount } from '../state/targets.ts';
import type { AlarmClock } from '../time/clock.ts';
import { Cancellation } from './cancellation.ts';
import { describeFailure } from './failure.ts';
import type { Journal } from './journal.ts';
import { type ApplyOutcomes, applyPhases, CANCELLED, type CallOutcome, type PhasesRequest } from './phases.ts';
import { type ReadinessOptions, readinessCheck } from './readiness.ts';
import { type ApplyScope, isOfScope } from './scope.ts';
import { whyStale } from './stale-check.ts';
import { type ScopeReading, verify } from './verify.ts';

export interface ApplyOptions {
  /** In the order in which they are made. */
  readonly calls: readonly PlannedCall[];
  /** From which they were planned. */
  readonly reading: Reading;
  /** Reads the hub, one account of targets or one property once more with the auditor's access. The rest of a reading is that from which the calls were planned. */
  readonly reread: ReadinessOptions['reread'] & { account(account: string): Promise<Reading> };
  readonly cutOff: ReadinessOptions['cutOff'];
  /** Targets in flight. */
  readonly concurrency: number;
  /** Opened only if there is something to write. @throws {HubAccessError} */
  readonly openFixer: () => Promise<AwsAccess>;
  /** Assumed in targets. */
  readonly fixerRole: AssumableRole;
  readonly journal: Journal;
  /** See `PhasesRequest`. */
  readonly goesOn: boolean;
  /** Milliseconds to wait for AWS to show what was written. */
  readonly verifyTimeout: number;
  readonly signal: AbortSignal;
  readonly clock: AlarmClock;
  readonly comparer: Comparer;
}

export interface ApplyResult {
  readonly outcomes: ApplyOutcomes;
  /** Calls whose effect was read back. */
  readonly seen: ReadonlySet<PlannedCall>;
  /** All that is known at the end: the scopes that were written to as they were read last. */
  readonly reading: Reading;
}

/** Makes the calls of a plan, and reads back what they did. A run that is cancelled reads nothing back: there is no time for it. */
export async function applyPlan(options: ApplyOptions): Promise<ApplyResult> {
  const { calls, reading, concurrency, journal, clock, comparer, openFixer } = options;
  const cancellation = new Cancellation(options.signal);
  let fixer: AwsAccess | undefined;
  try {
    await journal.save();
    fixer = calls.length === 0 || cancellation.isRequested ? undefined : await cancellation.race(openFixer());
  } catch (error) {
    return { outcomes: noneMade(calls, reasonOf(error)), seen: new Set(), reading };
  }
  if (fixer === undefined) return { outcomes: noneMade(calls, CANCELLED), seen: new Set(), reading };
  try {
    const limits = defaultRetryLimits;
    const check = readinessCheck({ ...options, planned: reading.state, cancellation });
    const outcomes = await applyPhases({
      calls,
      journal,
      clock,
      cancellation,
      concurrency,
      limits,
      check,
      goesOn: options.goesOn,
      ...surroundings(options, fixer),
    });
    const sent = calls.filter((call) => ['made', 'uncertain'].includes(outcomes.get(call)?.kind ?? ''));
    const read = (scope: ApplyScope) => readAgain(options, scope);
    const verified = await verify({ calls: sent, read, timeout: options.verifyTimeout, concurrency, cancellation, clock, comparer });
    for (const call of verified.seen) journal.note(call, { outcome: 'verified', reason: '' });
    return { outcomes, seen: verified.seen, reading: verified.readings.reduce(merged, reading) };
  } finally {
    fixer.close();
  }
}

function noneMade(calls: readonly PlannedCall[], reason: string): ApplyOutcomes {
  return new Map(calls.map((call): [PlannedCall, CallOutcome] => [call, { kind: 'not-made', reason }]));
}

function reasonOf(error: unknown): string {
  if (error instanceof HubAccessError) {
    return `Not attempted: the fixer role has no access to the hub account. ${error.code} at ${error.call}: ${error.message} ${error.advice}`;
  }
  return `Not attempted: the report could not be written. ${error instanceof Error ? error.message : String(error)}`;
}

function surroundings(options: ApplyOptions, fixer: AwsAccess): Pick<PhasesRequest, 'sessionOf' | 'whyStale' | 'isInEffect' | 'describe'> {
  const { reading, reread, fixerRole, comparer } = options;
  return {
    sessionOf: (scope): Session =>
      scope.kind === 'hub'
        ? fixer.hub
        : fixer.assume(entityArn(fixer.partition, scope.account, 'role', fixerRole.roleName, fixerRole.path), fixerRole.externalId),
    whyStale: async (scope) => whyStale(scope, reading, await readAgain(options, scope)),
    isInEffect: async ({ change: { property, after } }) => {
      const now = await reread.property(property);
      return 'value' in now && isSameValue(property, after, now.value, comparer);
    },
    describe: (error, call, session) => describeFailure(error, { call, session, fixer, externalId: fixerRole.externalId }),
  };
}

function readAgain({ reread }: ApplyOptions, scope: ApplyScope): Promise<Reading> {
  return scope.kind === 'hub' ? reread.hub() : reread.account(scope.account);
}

/** One scope's newer reading in an older one of everything. */
function merged(all: Reading, { scope, reading }: ScopeReading): Reading {
  const state =
    scope.kind === 'hub' ? { ...all.state, hub: reading.state.hub } : withAccount(all.state, accountPart(reading.state, scope.account));
  const errors = [...all.errors.filter((error) => !isOfScope(scope, error)), ...reading.errors.filter((error) => isOfScope(scope, error))];
  return { ...all, state, errors };
}
