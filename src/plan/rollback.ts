import type { Desired } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import type { Effect, IamCall, Limits, Phase, Plan, PlannedCall } from './call.ts';
import { callFor } from './call-for.ts';
import { commands } from './command.ts';
import { accessOf, effectOf } from './effect.ts';
import { refusalOf } from './gates.ts';
import { ownPathBack } from './own-path.ts';
import { type Entity, type Part, partKey, partOf } from './part.ts';
import { find, isAsWritten, valueIn } from './value-in.ts';
import { withValue } from './with-value.ts';

/** What an earlier run wrote, as its report has it. */
export interface Written extends IamCall {
  readonly before: unknown;
  readonly after: unknown;
  readonly findings: readonly string[];
  readonly at: string;
}

export interface Rollback extends Plan {
  /** What of the earlier run is not undone, and why. */
  readonly left: readonly { readonly call: IamCall; readonly reason: string; readonly kind: 'refused' | 'people' | 'nothing' }[];
}

export interface RollbackRequest {
  readonly desired: Desired;
  /** In the order in which it was written. */
  readonly changes: readonly Written[];
  readonly reading: Reading;
  readonly limits: Limits;
  /** ARNs of whom the run works as. */
  readonly own: readonly string[];
}

/** One step back, or why it is not taken. */
type Step = { readonly call: PlannedCall; readonly part: Part } | Rollback['left'][number];

/**
 * The plan that takes back what a run wrote: the last change first, each part from `after` to `before`. What is in neither of the two any more was changed by
 * somebody since, and then nothing of its user, group or role is touched. What is as it was before needs nothing. Pure.
 */
export function planRollback({ changes, desired, reading, limits, own }: RollbackRequest): Rollback {
  const refused = new Map<string, string>();
  const cutsOwnPath = ownPathBack(desired, reading.state, own);
  let taken = stepsBack(changes, reading, cutsOwnPath, refused);
  // A reason against one part holds for its whole entity, for what was found before it as well: until no more are found.
  for (let known = -1; known < refused.size; ) {
    known = refused.size;
    taken = stepsBack(changes, reading, cutsOwnPath, refused);
  }
  const calls = taken.flatMap((step) => ('part' in step ? [step.call] : []));
  const counting = (...effects: Effect[]) => calls.filter(({ effect }) => effects.includes(effect)).length;
  const [grants, revocations] = [counting('grant', 'both'), counting('revoke', 'both')];
  return {
    calls: inPhases(calls),
    grants,
    revocations,
    limits,
    refusal: refusalOf(reading, limits, grants, revocations),
    repairOf: () => ({ status: 'none', reason: 'A rollback repairs nothing.', calls: [] }),
    left: taken.flatMap((step) => ('part' in step ? [] : [step])),
  };
}

type OwnPathBack = ReturnType<typeof ownPathBack>;

function stepsBack(changes: readonly Written[], reading: Reading, cutsOwnPath: OwnPathBack, refused: Map<string, string>): Step[] {
  let { state } = reading;
  return changes.toReversed().map((change, back): Step => {
    const part = partOf(change);
    if (part === undefined) return { call: change, kind: 'refused', reason: `${change.action} is no call of a repair run.` };
    const earlier = changes.slice(0, changes.length - 1 - back);
    const against = refused.get(keyOf(part.of)) ?? reasonAgainst(part, reading);
    const step = against === undefined ? stepBack(change, part, earlier, state, cutsOwnPath) : refusedStep(change, against);
    if ('part' in step) state = withValue(part, state, change.before);
    else if (step.kind === 'refused' && !refused.has(keyOf(part.of))) refused.set(keyOf(part.of), step.reason);
    return step;
  });
}

function refusedStep(call: Written, reason: string): Rollback['left'][number] {
  return { call, kind: 'refused', reason };
}

/** @param state as it is once all that came after the change is taken back */
function stepBack(change: Written, part: Part, earlier: readonly Written[], state: State, cutsOwnPath: OwnPathBack): Step {
  const left = (kind: Rollback['left'][number]['kind'], reason: string): Step => ({ call: change, kind, reason });
  const now = valueIn(part, state);
  if (!isAsWritten(part, change.after, now)) {
    // One part may have been written twice, and be as it was before either.
    const before = [change, ...earlier.filter((other) => isOf(part, other))].some((other) => isAsWritten(part, other.before, now));
    if (before) return left('nothing', 'It is as it was before already.');
    return left('refused', now === undefined ? UNREAD : CHANGED_SINCE);
  }
  if (part.kind === 'entity' && change.before === null) {
    if (part.of.kind === 'User')
      return left('people', `User ${part.of.name} stays: no user is ever deleted. Delete it by hand if nobody uses it.`);
    if (!isBare(part.of, state)) return left('refused', NOT_BARE);
  }
  // Judged by what it does, and not by what the report says that it did.
  const effect = effectOf([{ access: accessOf(part, now, change.before, state.partition) }]);
  const cut = cutsOwnPath(part, effect !== 'grant', now);
  if (cut !== undefined) return left('refused', cut);
  const call = callFor(part, change.after, change.before);
  return call === undefined ? left('refused', 'No call of IAM takes this back.') : { part, call: planned(change, call, effect) };
}

function isOf(part: Part, change: Written): boolean {
  const other = partOf(change);
  return other !== undefined && partKey(other) === partKey(part);
}

const UNREAD = 'What is there now could not be read.';
const CHANGED_SINCE = 'It is not as the run left it: somebody changed it since. Nothing of it is taken back.';
const NOT_BARE = 'It has more by now than the run gave it, so it is not deleted, and nothing of it is taken back.';

function keyOf({ kind, account, name }: Entity): string {
  return JSON.stringify([kind, account, name.toLowerCase()]);
}

function reasonAgainst({ of }: Part, { state, errors }: Reading): string | undefined {
  const scope = of.kind === 'Role' ? 'target' : 'hub';
  if (errors.some((error) => error.scope === scope && error.account === of.account)) return UNREAD;
  if (of.kind === 'Role' ? isNamed(of, state) : of.account === state.hub.account) return undefined;
  return 'The desired-state file does not name it (any more), so it is not looked at.';
}

function isNamed({ account, name }: Entity, { targets }: State): boolean {
  return targets.some((target) => target.account === account && target.roleName.toLowerCase() === name.toLowerCase());
}

/** Nothing is left of it but what it was created with. */
function isBare(of: Entity, state: State): boolean {
  const found = find(of, state);
  if (found?.managedPolicies?.required.length !== 0 || found.inlinePolicies?.length !== 0) return false;
  return !('members' in found) || found.members?.length === 0;
}

function planned({ action, at, findings, before, after }: Written, call: IamCall, effect: Effect): PlannedCall {
  return {
    ...call,
    findings,
    purpose: `take back ${action} of ${at}`,
    effect,
    before: after,
    after: before,
    command: commands([call]),
    phase: 'targets',
    needs: [],
  };
}

/** Backwards, what came last in the hub goes first, then the targets, then the rest of the hub. */
function inPhases(calls: readonly PlannedCall[]): PlannedCall[] {
  const isOfTarget = ({ input }: IamCall) => 'RoleName' in input;
  const first = calls.findIndex(isOfTarget);
  const phaseOf = (call: IamCall, index: number): Phase => {
    if (isOfTarget(call)) return 'targets';
    return first < 0 || index < first ? 'hub-first' : 'hub-last';
  };
  const phased = calls.map((call, index) => ({ ...call, phase: phaseOf(call, index) }));
  return (['hub-first', 'targets', 'hub-last'] as const).flatMap((phase) => phased.filter((call) => call.phase === phase));
}
