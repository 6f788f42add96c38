import type { Finding } from '../drift/finding.ts';
import type { Desired } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { Effect, Limits, Plan, PlannedCall, Repair } from './call.ts';
import { callFor } from './call-for.ts';
import { commands } from './command.ts';
import { Draft, Refused, type Step } from './draft.ts';
import { effectOf } from './effect.ts';
import { leftAlone, refusalOf, seenIn } from './gates.ts';
import { grantRepair } from './grant.ts';
import { hubGroupRepair } from './hub-group.ts';
import { hubUserRepair } from './hub-user.ts';
import { inOrder, planningOrder } from './order.ts';
import { type OwnPath, ownPath } from './own-path.ts';
import type { Broken } from './repair-context.ts';
import { roleRepair } from './role.ts';

/** What a plan is made from. */
export interface Planning {
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
export function planRepairs({ findings, desired, reading, limits, own }: Planning): Plan {
  const draft = new Draft(reading.state);
  const isSeen = seenIn(reading);
  const cutsOwnPath = ownPath(desired, reading.state, own);
  const repairs = new Map<string, Pick<Repair, 'status' | 'reason'>>();
  for (const { finding, phase } of planningOrder(findings, desired.state, reading.state)) {
    const broken: Broken = { finding, desired, live: reading.state, phase, isSeen };
    repairs.set(finding.id, leftAlone(finding, limits, isSeen) ?? planned(broken, draft, cutsOwnPath));
  }
  const calls = inOrder(draft.steps, desired.state).map((step) => plannedCall(step, draft.steps));
  const counting = (...effects: Effect[]) => calls.filter(({ effect }) => effects.includes(effect)).length;
  const grants = counting('grant', 'both');
  const revocations = counting('revoke', 'both');
  return {
    calls,
    grants,
    revocations,
    refusal: refusalOf(reading, limits, grants, revocations),
    limits,
    repairOf: ({ id }) => {
      const { status, reason } = repairs.get(id) ?? NO_CALL;
      return { status, reason, calls: calls.filter((call) => call.findings.includes(id)) };
    },
  };
}

const NO_CALL = { status: 'none', reason: 'No call of IAM repairs this.' } as const;

function planned(broken: Broken, draft: Draft, cutsOwnPath: OwnPath): Pick<Repair, 'status' | 'reason'> {
  try {
    const cut = cutsOwnPath(broken.finding);
    if (cut !== undefined) throw new Refused(cut);
    const left = draft.attempt(broken.finding, (attempt) => {
      for (const repair of [grantRepair, hubUserRepair, hubGroupRepair, roleRepair]) {
        const reason = repair(broken, attempt);
        if (reason !== undefined) return reason;
      }
      throw new Refused(NO_CALL.reason);
    });
    return { status: 'planned', reason: left };
  } catch (error) {
    if (error instanceof Refused) return { status: 'refused', reason: error.message };
    throw error;
  }
}

function plannedCall(step: Step, all: readonly Step[]): PlannedCall {
  const call = callFor(step.part, step.before, step.after);
  if (call === undefined) throw new Error(`No call of IAM sets ${step.part.kind} of ${step.part.of.name}.`);
  const { findings, purposes, before, after, phase } = step;
  return {
    ...call,
    findings: findings.map(({ id }) => id),
    purpose: purposeOf(purposes),
    effect: effectOf(findings),
    before,
    after,
    command: commands([call]),
    phase,
    needs: step.opens.filter((account) => all.some(({ part }) => part.of.kind === 'Role' && part.of.account === account)),
  };
}

const MOST_PURPOSES = 3;

function purposeOf(purposes: readonly string[]): string {
  const more = purposes.length - MOST_PURPOSES;
  return [...purposes.slice(0, MOST_PURPOSES), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
