import type { Finding } from '../drift/finding.ts';
import type { Desired } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { Effect, Limits, Plan, PlannedCall, Repair } from './call.ts';
import { callFor } from './call-for.ts';
import { commands } from './command.ts';
import { effectOf } from './effect.ts';
import { refusalOf, seenIn, skipReason } from './gates.ts';
import { inOrder, planningOrder } from './order.ts';
import { PlanBuilder, Refused, type Step } from './plan-builder.ts';
import { NO_CALL, planRepair } from './repair.ts';
import type { RepairContext } from './repair-input.ts';
import { type SelfLockoutGuard, selfLockoutGuard } from './self-lockout.ts';

/** What a plan is made from. */
export interface PlanRequest {
  readonly findings: readonly Finding[];
  readonly desired: Desired;
  readonly reading: Reading;
  readonly limits: Limits;
  /** ARNs in the hub of what the run itself depends on: the roles that it assumes there, and whoever it works as. */
  readonly own: readonly string[];
}

/**
 * What a repair run would do about the findings: each call with what it is for, and for each finding its calls or why there are none. Pure, and the
 * same for the same state.
 */
export function planRepairs({ findings, desired, reading, limits, own }: PlanRequest): Plan {
  const builder = new PlanBuilder(reading.state);
  const isSeen = seenIn(reading);
  const guard = selfLockoutGuard(desired, reading.state, own);
  const repairs = new Map<string, Pick<Repair, 'status' | 'reason'>>();
  for (const { finding, phase } of planningOrder(findings, desired.state, reading.state)) {
    const context = { finding, desired, live: reading.state, phase, isSeen };
    repairs.set(finding.id, skipReason(finding, limits, isSeen) ?? planned(context, builder, guard));
  }
  const calls = inOrder(builder.steps, desired.state).map((step) => plannedCall(step, builder.steps));
  const [grants, revocations] = [countEffects(calls, 'grant'), countEffects(calls, 'revoke')];
  return {
    calls,
    grants,
    revocations,
    refusal: refusalOf(reading, limits, grants, revocations),
    limits,
    repairOf: ({ id }) => {
      const { status, reason } = repairs.get(id) ?? { status: 'none', reason: NO_CALL };
      return { status, reason, calls: calls.filter((call) => call.findings.includes(id)) };
    },
  };
}

/** How many calls count against a limit: those of the effect, and those that may have either. */
export function countEffects(calls: readonly PlannedCall[], of: Effect): number {
  return calls.filter(({ effect }) => effect === of || effect === 'both').length;
}

function planned(context: RepairContext, builder: PlanBuilder, guard: SelfLockoutGuard): Pick<Repair, 'status' | 'reason'> {
  const { finding } = context;
  try {
    const lockout = guard(finding);
    if (lockout !== undefined) throw new Refused(lockout);
    const { difference } = finding;
    return { status: 'planned', reason: builder.attempt(finding, (transaction) => planRepair({ ...context, difference }, transaction)) };
  } catch (error) {
    if (error instanceof Refused) return { status: 'refused', reason: error.message };
    throw error;
  }
}

function plannedCall({ change, findings, purposes, phase, opens }: Step, all: readonly Step[]): PlannedCall {
  const call = callFor(change);
  const { of, kind } = change.property;
  if (call === undefined) throw new Error(`No call of IAM sets ${kind} of ${of.name}.`);
  const isWritten = (account: string) =>
    all.some((step) => step.change.property.of.kind === 'Role' && step.change.property.of.account === account);
  return {
    ...call,
    change,
    findings: findings.map(({ id }) => id),
    purpose: purposeOf(purposes),
    effect: effectOf(findings),
    command: commands([call]),
    phase,
    needs: opens.filter(isWritten),
    keeps: [],
  };
}

const MOST_PURPOSES = 3;

function purposeOf(purposes: readonly string[]): string {
  const more = purposes.length - MOST_PURPOSES;
  return [...purposes.slice(0, MOST_PURPOSES), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
