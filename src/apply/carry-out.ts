import { type AwsAccess, HubAccessError } from '../aws/access.ts';
import { defaultRetryLimits } from '../aws/retry.ts';
import type { Session } from '../aws/session.ts';
import type { PlannedCall } from '../plan/call.ts';
import { partOf } from '../plan/part.ts';
import { isAsWritten, valueIn } from '../plan/value-in.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { Clock } from '../time/clock.ts';
import { applyCalls, CANCELLED, type CallOutcome, type Outcomes } from './apply.ts';
import { Cancellation } from './cancellation.ts';
import { describeFailure } from './failure.ts';
import type { Journal } from './journal.ts';
import { type Place, placeOf } from './place.ts';
import { createGate } from './unchanged.ts';
import { verify } from './verify.ts';

export interface Undertaking {
  /** In the order in which they are made. */
  readonly calls: readonly PlannedCall[];
  /** From which they were planned. */
  readonly reading: Reading;
  /** Reads the hub, or one target, once more with the auditor's access. The rest of the answer is the reading from which the calls were planned. */
  readonly reread: { hub(): Promise<Reading>; target(account: string): Promise<Reading> };
  /** Targets in flight. */
  readonly concurrency: number;
  /** Opened only if there is something to write. @throws {HubAccessError} */
  readonly openFixer: () => Promise<AwsAccess>;
  /** Assumed in targets. */
  readonly fixerRole: AssumableRole;
  readonly journal: Journal;
  /** Milliseconds to wait for AWS to show what was written. */
  readonly verifyTimeout: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

export interface CarriedOut {
  readonly outcomes: Outcomes;
  /** Calls whose effect was read back. */
  readonly seen: ReadonlySet<PlannedCall>;
  /** All that is known at the end: the places that were written to as they were read last. */
  readonly reading: Reading;
}

/** Writes what a plan says, and reads it back. A run that is cancelled reads nothing back: there is no time for it. */
export async function carryOut(undertaking: Undertaking): Promise<CarriedOut> {
  const { calls, reading, concurrency, journal, clock, openFixer } = undertaking;
  const cancellation = new Cancellation(undertaking.signal);
  let fixer: AwsAccess | undefined;
  try {
    await journal.save();
    fixer = calls.length === 0 ? undefined : await cancellation.race(openFixer());
  } catch (error) {
    return { outcomes: noneMade(calls, reasonOf(error)), seen: new Set(), reading };
  }
  if (fixer === undefined) return { outcomes: noneMade(calls, CANCELLED), seen: new Set(), reading };
  try {
    const limits = defaultRetryLimits;
    const outcomes = await applyCalls({ calls, journal, clock, cancellation, concurrency, limits, ...surroundings(undertaking, fixer) });
    const sent = calls.filter((call) => ['made', 'uncertain'].includes(outcomes.get(call)?.kind ?? ''));
    const read = (place: Place) => readAgain(undertaking, place);
    const verified = await verify({ calls: sent, read, timeout: undertaking.verifyTimeout, concurrency, cancellation, clock });
    for (const call of verified.seen) journal.note(call, { outcome: 'verified', reason: '' });
    return { outcomes, seen: verified.seen, reading: verified.readings.reduce(merged, reading) };
  } finally {
    fixer.close();
  }
}

function noneMade(calls: readonly PlannedCall[], reason: string): Outcomes {
  return new Map(calls.map((call): [PlannedCall, CallOutcome] => [call, { kind: 'not-made', reason }]));
}

function reasonOf(error: unknown): string {
  if (error instanceof HubAccessError) {
    return `Not made: the fixer has no access to the hub. ${error.code} at ${error.call}: ${error.message} ${error.advice}`;
  }
  return `Not made: the report could not be written. ${error instanceof Error ? error.message : String(error)}`;
}

function surroundings(undertaking: Undertaking, fixer: AwsAccess) {
  const { reading, fixerRole } = undertaking;
  const gate = createGate(reading.state);
  const sessionOf = (place: Place): Session =>
    place.kind === 'hub'
      ? fixer.hub
      : fixer.assume(`arn:${fixer.partition}:iam::${place.account}:role/${fixerRole.roleName}`, fixerRole.externalId);
  return {
    sessionOf,
    refuse: async (place: Place, calls: readonly PlannedCall[], made: readonly PlannedCall[]) =>
      gate(place, await readAgain(undertaking, place), calls, made),
    isInEffect: async (call: PlannedCall) => {
      const part = partOf(call);
      const { state } = await readAgain(undertaking, placeOf(call));
      return part !== undefined && isAsWritten(part, call.after, valueIn(part, state));
    },
    describe: (error: unknown, call: PlannedCall, session: Session) =>
      describeFailure(error, { call, session, fixer, externalId: fixerRole.externalId }),
  };
}

function readAgain({ reread }: Undertaking, place: Place): Promise<Reading> {
  return place.kind === 'hub' ? reread.hub() : reread.target(place.account);
}

/** One place's newer reading in an older one of all. */
function merged(all: Reading, { place, reading }: { readonly place: Place; readonly reading: Reading }): Reading {
  const isIts = (one: { readonly scope: string; readonly account: string }) =>
    place.kind === 'hub' ? one.scope === 'hub' : one.scope === 'target' && one.account === place.account;
  const { hub, targets } = reading.state;
  const state =
    place.kind === 'hub'
      ? { ...all.state, hub }
      : {
          ...all.state,
          targets: all.state.targets.map(
            (target) => targets.find(({ account }) => account === place.account && account === target.account) ?? target,
          ),
        };
  return { ...all, state, errors: [...all.errors.filter((error) => !isIts(error)), ...reading.errors.filter(isIts)] };
}
