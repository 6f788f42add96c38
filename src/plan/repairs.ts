import { isExcepted } from '../drift/exceptions.ts';
import type { Finding } from '../drift/finding.ts';
import type { Desired } from '../state/desired.ts';
import { isOfTarget, targetLabel } from '../state/entity.ts';
import { writeProperty } from '../state/property.ts';
import type { Reading } from '../state/reading.ts';
import type { State, Target } from '../state/state.ts';
import { sameTarget, type TargetAddress, targetKey } from '../state/targets.ts';
import type { Limits, Plan, PlannedCall, Repair } from './call.ts';
import { callFor } from './call-for.ts';
import { commands } from './command.ts';
import { countedRoles } from './counted-roles.ts';
import { cutOffReason } from './cut-off-reason.ts';
import { effectOf } from './effect.ts';
import { isKeyLeaked, KEY_LEAKED, refusalOf, seenIn, skipReason, whyNotNow } from './gates.ts';
import { isOfRole, tooWide, whyTooWide } from './openings.ts';
import { inOrder, PHASES, planningOrder, type Turn } from './order.ts';
import { PlanBuilder, Refused, type StateChange, type Step } from './plan-builder.ts';
import { NO_CALL, planRepair } from './repair.ts';
import { type SelfLockoutGuard, selfLockoutGuard } from './self-lockout.ts';
import { namesOf, Ways } from './ways.ts';

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
export function planRepairs(request: PlanRequest): Plan {
  const { reading, limits } = request;
  // What cuts off a target in the order in which the calls are made comes later, or else not at all; the rest is planned anew, as it may depend on it.
  const late = new Set<string>();
  const refused = new Map<string, string>();
  for (;;) {
    const planning = new Planning(request, { late, refused });
    const { calls, cuts } = planning.calls();
    if (cuts.size === 0) {
      return {
        calls,
        ...countCalls(calls),
        refusal: refusalOf(reading, limits, calls),
        limits,
        repairOf: ({ id }) => ({ ...planning.outcomeOf(id), calls: calls.filter((call) => call.findings.includes(id)) }),
      };
    }
    for (const [finding, targets] of cuts) {
      if (late.has(finding.id) || isOfTargetRole(finding))
        refused.set(finding.id, cutOffReason(targets, finding, { state: request.reading.state, limits: request.limits }));
      else late.add(finding.id);
    }
  }
}

/** How often the calls count against the limits. */
export function countCalls(calls: readonly PlannedCall[]): Pick<Plan, 'grants' | 'revocations'> {
  const sum = (of: (call: PlannedCall) => readonly string[]) => calls.reduce((total, call) => total + of(call).length, 0);
  return { grants: sum(({ gives }) => gives), revocations: sum(({ takes }) => takes) };
}

type Outcome = Pick<Repair, 'status' | 'reason'>;

/** A repair has to come later than its turn, or not at all. */
class Postponed extends Refused {}

/** When a step is made, for comparison. */
type Moment = readonly [phase: number, round: number];

/** What earlier attempts at the plan have shown, by id of a finding. */
interface Known {
  /** It comes after the first round of the last phase. */
  readonly late: ReadonlySet<string>;
  /** Why it must not be repaired. */
  readonly refused: ReadonlyMap<string, string>;
}

class Planning {
  readonly #request: PlanRequest;
  readonly #known: Known;
  readonly #builder: PlanBuilder;
  readonly #ways: Ways;
  readonly #guard: SelfLockoutGuard;
  readonly #isSeen: (target: TargetAddress) => boolean;
  readonly #outcomes = new Map<string, Outcome>();
  readonly #plannedAt = new Map<string, Moment>();

  constructor(request: PlanRequest, known: Known) {
    const { desired, reading, limits, findings, own } = request;
    this.#request = request;
    this.#known = known;
    this.#builder = new PlanBuilder(reading.state);
    this.#ways = new Ways(desired.state, excusedTargets(findings));
    this.#guard = selfLockoutGuard(desired, reading.state, own);
    this.#isSeen = seenIn(reading);
    const open: Turn[] = [];
    for (const turn of planningOrder(findings, desired.state, reading.state)) {
      const skipped = skipReason(turn.finding, limits, this.#isSeen);
      if (skipped === undefined) open.push(turn);
      else this.#outcomes.set(turn.finding.id, skipped);
    }
    this.#plan(open);
  }

  outcomeOf(id: string): Outcome {
    return this.#outcomes.get(id) ?? { status: 'none', reason: NO_CALL };
  }

  /** Those in the hub that have to wait come last, round after round, until what they wait for is there or never will be. */
  #plan(turns: readonly Turn[]): void {
    let waiting = turns;
    for (let round = 0; waiting.length > 0; round += 1) {
      const left: Turn[] = [];
      const reasons = new Map<string, string>();
      for (const turn of waiting) {
        const reason = this.#attempt(turn, round);
        if (reason === undefined) continue;
        left.push({ ...turn, phase: 'hub-last' });
        reasons.set(turn.finding.id, reason);
      }
      if (round > 0 && left.length === waiting.length) {
        for (const [id, reason] of reasons) this.#outcomes.set(id, { status: 'refused', reason });
        return;
      }
      waiting = left;
    }
  }

  /** @returns why it has to wait, if it may come later */
  #attempt(turn: Turn, round: number): string | undefined {
    const { finding, phase } = turn;
    if (round === 0 && this.#known.late.has(finding.id)) return LATER;
    const { desired, reading } = this.#request;
    const moment: Moment = [PHASES.indexOf(phase), round];
    const wider = () => this.#stillWider(finding, moment);
    const checkOpen = (target: Target): void => {
      const found = wider().find((other) => isOfRole(other, target));
      if (found !== undefined) throw new Postponed(tooWide(`the ${targetLabel(target)}`, found));
    };
    const context = { finding, desired, live: reading.state, phase, isSeen: this.#isSeen, checkOpen };
    try {
      const why = this.#known.refused.get(finding.id) ?? this.#guard(finding) ?? whyNotNow(finding, this.#request);
      if (why !== undefined) throw new Refused(why);
      const { difference } = finding;
      const reason = this.#builder.attempt(
        { finding, round },
        (transaction) => planRepair({ ...context, difference }, transaction),
        (changes) => this.#judge(changes, finding, wider),
      );
      this.#outcomes.set(finding.id, { status: 'planned', reason });
      this.#plannedAt.set(finding.id, moment);
      return undefined;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error instanceof Postponed && phase !== 'targets') return error.message;
      this.#outcomes.set(finding.id, { status: 'refused', reason: error.message });
      return undefined;
    }
  }

  /** @throws {Postponed} where the changes would cut off a target, or open what is wider than the file says */
  #judge(changes: readonly StateChange[], finding: Finding, wider: () => readonly Finding[]): void {
    const [first, last] = [changes[0], changes.at(-1)];
    if (first === undefined || last === undefined) return;
    const {
      reading: { state },
      limits,
    } = this.#request;
    if (isKeyLeaked(state) && changes.some(({ change, before, after }) => this.#ways.opened(change, before, after).length > 0)) {
      throw new Refused(KEY_LEAKED);
    }
    const targets = this.#ways.cutOff(first.before, last.after);
    if (targets.length > 0) throw new Postponed(cutOffReason(targets, finding, { state, limits }));
    if (finding.difference.kind === 'trust' && finding.access === 'widened') return;
    const why = whyTooWide(changes, wider, this.#ways);
    if (why !== undefined) throw new Postponed(why);
  }

  /** What is wider than the file and its exceptions say, and is not narrowed before a moment. What is narrowed in a role comes before its trust. */
  #stillWider(but: Finding, [phase, round]: Moment): readonly Finding[] {
    const targets = PHASES.indexOf('targets');
    const isNarrowed = ({ id }: Finding) => {
      const [at, then] = this.#plannedAt.get(id) ?? [Number.POSITIVE_INFINITY, 0];
      return at < phase || (at === phase && (then < round || phase === targets));
    };
    return this.#request.findings.filter(
      (finding) => finding !== but && ['widened', 'changed'].includes(finding.access) && !isExcepted(finding) && !isNarrowed(finding),
    );
  }

  /** The calls in their order, and by finding the targets that it would cut off: the calls that do are left out. */
  calls(): { readonly calls: readonly PlannedCall[]; readonly cuts: ReadonlyMap<Finding, readonly Target[]> } {
    const { desired, reading } = this.#request;
    const cuts = new Map<Finding, readonly Target[]>();
    const calls: PlannedCall[] = [];
    const { steps } = this.#builder;
    let { state } = reading;
    for (const step of inOrder(steps, desired.state)) {
      const after = writeProperty(step.change.property, state, step.change.after);
      const targets = this.#ways.cutOff(state, after);
      if (targets.length > 0) for (const finding of step.findings) cuts.set(finding, targets);
      else {
        calls.push(this.#plannedCall(step, state, after));
        state = after;
      }
    }
    return { calls, cuts };
  }

  #plannedCall({ change, findings, purposes, phase }: Step, before: State, after: State): PlannedCall {
    const call = callFor(change);
    const { of, kind } = change.property;
    if (call === undefined) throw new Error(`No IAM call sets the ${kind} of ${of.name}.`);
    const effect = effectOf(findings);
    const ways = this.#ways;
    const thinned = ways.thinned(before, after);
    return {
      ...call,
      change,
      findings: findings.map(({ id }) => id),
      purpose: purposeOf(purposes),
      effect,
      ...countedRoles(change, effect, before, after, ways),
      command: commands([call]),
      phase,
      needs: isOfTarget(of)
        ? []
        : ways
            .opened(change, before, after)
            .filter((target) => this.#isWritten(target))
            .map(({ account, roleName }) => ({ account, roleName })),
      keeps: thinned.map(({ roleArn }) => roleArn),
      condition: thinned.length === 0 ? '' : `Sent only after AWS shows that the hub user has other access to the ${namesOf(thinned)}.`,
    };
  }

  /** Whether the plan writes to the target's role, or to a managed policy of its account. */
  #isWritten(target: TargetAddress): boolean {
    return this.#builder.steps.some(({ change: { property } }) => {
      const { kind, account, name } = property.of;
      return kind === 'Role' ? sameTarget(target, { account, roleName: name }) : isOfTarget(property.of) && account === target.account;
    });
  }
}

const LATER = 'It depends on other calls of the plan.';

function isOfTargetRole({ difference }: Finding): boolean {
  return 'of' in difference && isOfTarget(difference.of);
}

/** Keys of targets to which an exception accepts that there is no grant, or another. */
function excusedTargets(findings: readonly Finding[]): ReadonlySet<string> {
  const isOfGrant = ({ difference: { kind } }: Finding) => kind === 'grant' || kind === 'grant-content';
  return new Set(findings.filter((finding) => isOfGrant(finding) && isExcepted(finding)).flatMap(({ targets }) => targets.map(targetKey)));
}

const MOST_PURPOSES = 3;

function purposeOf(purposes: readonly string[]): string {
  const more = purposes.length - MOST_PURPOSES;
  return [...purposes.slice(0, MOST_PURPOSES), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
