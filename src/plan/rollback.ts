import { isDeepStrictEqual } from 'node:util';
import { differences } from '../drift/drift.ts';
import type { Comparer } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import { findEntity } from '../state/edit.ts';
import { type Entity, entityKey, type IamResource, isOfTarget } from '../state/entity.ts';
import {
  type IamProperty,
  isSameValue,
  type PropertyChange,
  type PropertyValue,
  propertyKey,
  readProperty,
  valueToJson,
  writeProperty,
} from '../state/property.ts';
import { isErrorOf, type ReadError, type Reading } from '../state/reading.ts';
import type { State, Target } from '../state/state.ts';
import { targetOfRole } from '../state/targets.ts';
import { findPolicy } from '../state/used-policies.ts';
import type { Effect, IamCall, Limits, Phase, Plan, PlannedCall } from './call.ts';
import { callFor } from './call-for.ts';
import { commands } from './command.ts';
import { countedRoles } from './counted-roles.ts';
import { accessBefore, effectOf } from './effect.ts';
import { isKeyLeaked, KEY_LEAKED, refusalOf } from './gates.ts';
import { isOfRole } from './openings.ts';
import { type RecordedCall, recordedChange, recordedProperty } from './recorded-change.ts';
import { countCalls } from './repairs.ts';
import { selfLockoutGuardBack } from './self-lockout.ts';
import { namesOf, Ways } from './ways.ts';

export interface Rollback extends Plan {
  /** What of the earlier run is not undone, and why. */
  readonly left: readonly LeftChange[];
  /** Promises of a repair that it breaks by bringing back what was there: a sentence each. */
  readonly breaks: readonly string[];
}

interface LeftChange {
  readonly call: IamCall;
  readonly reason: string;
  /** `nothing`: it is as it was before already. */
  readonly kind: 'refused' | 'people' | 'nothing';
}

export interface RollbackRequest {
  readonly desired: Desired;
  /** In the order in which the calls were made. */
  readonly changes: readonly RecordedCall[];
  readonly reading: Reading;
  readonly limits: Limits;
  /** ARNs of whom the run works as. */
  readonly own: readonly string[];
  readonly comparer: Comparer;
  /** The time at which drift is judged. */
  readonly at: Date;
}

/** One step back, or why it is not taken. */
type Step = { readonly call: PlannedCall } | { readonly left: LeftChange };

/** What an earlier run changed; `change` is `undefined` for a call, or a value, that no run makes. */
interface Recorded {
  readonly call: RecordedCall;
  readonly property: IamProperty | undefined;
  readonly change: PropertyChange | undefined;
}

/**
 * The plan that takes back what a run wrote: the last change first, each property from `after` to `before`. What has neither of the two values any more was
 * changed by somebody since, and then nothing of its user, group or role is touched. What is as it was before needs nothing. Pure.
 */
export function planRollback(request: RollbackRequest): Rollback {
  const { changes, reading, limits } = request;
  const recorded = changes.flatMap((call): Recorded[] => {
    const property = recordedProperty(call, reading.state);
    const change = recordedChange(call, reading.state);
    return [...versionCreatedBy(call, change), { call, property, change }];
  });
  const work = new StepsBack(request, recorded);
  const taken = work.untilSettled();
  const { calls, breaks } = counted(inPhases(taken.flatMap((step) => ('call' in step ? [step.call] : []))), request);
  return {
    calls,
    ...countCalls(calls),
    limits,
    refusal: refusalOf(reading, limits, calls),
    breaks,
    repairOf: () => ({ status: 'none', reason: 'A rollback does not repair findings.', calls: [] }),
    left: taken.flatMap((step) => ('left' in step ? [step.left] : [])),
  };
}

/** A new version of a policy is there before it is the default one, and goes after it was. Whose number was not seen stays. */
function versionCreatedBy(call: RecordedCall, change: PropertyChange | undefined): Recorded[] {
  if (call.action !== 'iam:CreatePolicyVersion' || change?.property.kind !== 'content') return [];
  const { after, property } = change;
  if (typeof after !== 'object' || after === null || !('id' in after) || !('document' in after) || after.id === undefined) return [];
  const version: IamProperty<'version'> = { kind: 'version', of: property.of, id: after.id };
  return [{ call, property: version, change: { property: version, before: null, after: after.document } }];
}

/** The calls with the roles that they count for, and what they break that a repair promises. */
function counted(calls: readonly PlannedCall[], { desired, reading, comparer, at }: RollbackRequest): Pick<Rollback, 'calls' | 'breaks'> {
  const ways = new Ways(desired.state, new Set());
  const lost = new Set<Target>();
  const opened = new Set<Target>();
  let { state } = reading;
  const roles = calls.map((call) => {
    const { change, effect } = call;
    const before = state;
    state = writeProperty(change.property, before, change.after);
    for (const target of ways.cutOff(before, state)) lost.add(target);
    if (effect !== 'revoke') for (const target of ways.opened(change, before, state)) opened.add(target);
    return { ...call, ...countedRoles(change, effect, before, state, ways) };
  });
  const findings = differences({ desired: desired.state, live: state, locate: desired.locate, comparer, at });
  const wider = findings.filter(({ access }) => access === 'widened' || access === 'changed');
  const tooWide = [...opened].filter((target) => wider.some((finding) => isOfRole(finding, target)));
  return {
    calls: roles,
    breaks: [
      ...(lost.size === 0 ? [] : [`It removes the last proven access of the hub user to the ${namesOf([...lost])}.`]),
      ...(tooWide.length === 0 ? [] : [`It gives somebody access to the ${namesOf(tooWide)}, which then allows more than the file.`]),
    ],
  };
}

const UNREAD = 'The live state could not be read.';
const CHANGED_SINCE = 'It changed after the repair run, so it is not rolled back.';
const NOT_BARE = 'It contains more than the repair run created, so it is not deleted and not rolled back.';
const UNNAMED = 'The desired-state file does not name it, so it is not rolled back.';

class StepsBack {
  readonly #request: RollbackRequest;
  readonly #recorded: readonly Recorded[];
  readonly #guard: ReturnType<typeof selfLockoutGuardBack>;
  /** By entity: why nothing of it is taken back. */
  readonly #refused = new Map<string, string>();

  constructor(request: RollbackRequest, recorded: readonly Recorded[]) {
    this.#request = request;
    this.#recorded = recorded;
    this.#guard = selfLockoutGuardBack(request.desired, request.reading.state, request.own);
  }

  /** A reason against one property holds for its whole entity, for the steps that were found before it as well: until no more are found. */
  untilSettled(): readonly Step[] {
    for (;;) {
      const known = this.#refused.size;
      const steps = this.#once();
      if (this.#refused.size === known) return steps;
    }
  }

  #once(): readonly Step[] {
    let { state } = this.#request.reading;
    return this.#recorded.toReversed().map(({ call, property, change }, back): Step => {
      if (property === undefined) return refused(call, `A repair run does not make the call ${call.action}.`);
      const key = entityKey(property.of);
      const against = this.#refused.get(key) ?? reasonAgainst(property.of, this.#request.reading);
      const earlier = this.#recorded.slice(0, this.#recorded.length - 1 - back);
      const isTried = against === undefined && change !== undefined;
      const step = isTried ? this.#stepBack(call, change, earlier, state) : refused(call, against ?? CHANGED_SINCE);
      if ('call' in step) state = writeProperty(property, state, step.call.change.after);
      else if (step.left.kind === 'refused' && !this.#refused.has(key)) this.#refused.set(key, step.left.reason);
      return step;
    });
  }

  /** @param state as it is once all that came after the change is taken back */
  #stepBack(call: RecordedCall, change: PropertyChange, earlier: readonly Recorded[], state: State): Step {
    const { comparer } = this.#request;
    const { property, before, after } = change;
    const now = readProperty(property, state);
    // One property may have been written twice, and be as it was before either.
    const key = propertyKey(property);
    const same = [change, ...earlier.flatMap((other) => other.change ?? [])].filter((other) => propertyKey(other.property) === key);
    const wasBefore = (isIt: (value: PropertyValue) => boolean) => same.some((other) => isIt(other.before));
    // Two documents may mean the same: what is there to the letter goes before what it means.
    if (now !== undefined && wasBefore((value) => isExactly(property, value, now)) && !isExactly(property, after, now))
      return asBefore(call);
    if (now === undefined || !isSameValue(property, after, now, comparer)) {
      if (wasBefore((value) => isSameValue(property, value, now, comparer))) return asBefore(call);
      return refused(call, now === undefined ? UNREAD : CHANGED_SINCE);
    }
    if (property.kind === 'entity' && before === null) {
      const { kind, name } = property.of;
      const reason = `A rollback never deletes a user. If nobody uses ${name}, delete it by hand.`;
      if (kind === 'User') return { left: { call, kind: 'people', reason } };
      if (!isBare(property.of, state)) return refused(call, NOT_BARE);
    }
    // Judged by what it does, and not by what the report says that it did.
    const effect = effectOf([{ access: accessBefore({ property, before: now, after: before }, comparer) }]);
    const lockout = this.#guard(property, effect !== 'grant', now);
    if (lockout !== undefined) return refused(call, lockout);
    if (isKeyLeaked(state) && effect !== 'revoke' && effect !== 'neither') return refused(call, KEY_LEAKED);
    const reversed = { property, before: after, after: before };
    const back = callFor(reversed);
    return back === undefined ? refused(call, 'No IAM call can roll this back.') : { call: plannedBack(call, back, reversed, effect) };
  }
}

function isExactly(property: IamProperty, one: PropertyValue, other: PropertyValue): boolean {
  return isDeepStrictEqual(valueToJson(property, one), valueToJson(property, other));
}

function asBefore(call: IamCall): Step {
  return { left: { call, kind: 'nothing', reason: 'It is already in the earlier state.' } };
}

function refused(call: IamCall, reason: string): Step {
  return { left: { call, kind: 'refused', reason } };
}

function reasonAgainst(of: IamResource, { state, errors }: Reading): string | undefined {
  const isAbout = (error: ReadError) => (isOfTarget(of) ? isAboutTarget(error, of) : error.scope === 'hub');
  if (errors.some(isAbout)) return UNREAD;
  return isNamed(of, state) ? undefined : UNNAMED;
}

function isNamed(of: IamResource, state: State): boolean {
  if (of.kind === 'Policy') return findPolicy(state, of.arn) !== undefined;
  return of.kind === 'Role' ? targetOfRole(state, of) !== undefined : of.account === state.hub.account;
}

/** A managed policy may be any role's. */
function isAboutTarget(error: ReadError, { kind, account, name }: IamResource): boolean {
  return kind === 'Role' ? isErrorOf(error, { account, roleName: name }) : error.scope === 'target' && error.account === account;
}

/** Nothing is left of it but what it was created with. */
function isBare(of: Entity, state: State): boolean {
  const found = findEntity(of, state);
  if (found?.managedPolicies?.required.length !== 0 || found.inlinePolicies?.length !== 0) return false;
  return !('members' in found) || found.members?.length === 0;
}

function plannedBack({ action, at, findings }: RecordedCall, back: IamCall, change: PropertyChange, effect: Effect): PlannedCall {
  const purpose = `undo ${action} of ${at}`;
  return {
    ...back,
    change,
    findings,
    purpose,
    effect,
    command: commands([back]),
    phase: 'targets',
    needs: [],
    keeps: [],
    gives: [],
    takes: [],
    condition: '',
  };
}

/** Backwards, what came last in the hub goes first, then the targets, then the rest of the hub. */
function inPhases(calls: readonly PlannedCall[]): PlannedCall[] {
  const isInTarget = ({ change }: PlannedCall) => isOfTarget(change.property.of);
  const first = calls.findIndex(isInTarget);
  const phaseOf = (call: PlannedCall, index: number): Phase => {
    if (isInTarget(call)) return 'targets';
    return first < 0 || index < first ? 'hub-first' : 'hub-last';
  };
  const phased = calls.map((call, index) => ({ ...call, phase: phaseOf(call, index) }));
  return (['hub-first', 'targets', 'hub-last'] as const).flatMap((phase) => phased.filter((call) => call.phase === phase));
}
