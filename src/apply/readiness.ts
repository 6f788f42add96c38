import type { PlannedCall } from '../plan/call.ts';
import type { Comparer } from '../policy/index.ts';
import { isOfTarget, sameEntity } from '../state/entity.ts';
import { type IamProperty, isSameValue, type PropertyChange, type PropertyValue, readProperty, writeProperty } from '../state/property.ts';
import type { PropertyReading, Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import type { Clock } from '../time/clock.ts';
import { type Cancellation, pauseAfter } from './cancellation.ts';
import { sameContent } from './same-content.ts';
import { isOfScope } from './scope.ts';

/** Whether a call may be made now. `reason` is for people. */
export type Readiness =
  /** `change` starts from what was just read. */
  | { readonly kind: 'ready'; readonly change: PropertyChange }
  /** Somebody else wrote `found` since the plan was made. */
  | { readonly kind: 'changed'; readonly reason: string; readonly found: PropertyValue }
  | { readonly kind: 'unread'; readonly reason: string }
  /** It would cut targets off. */
  | { readonly kind: 'needed'; readonly reason: string };

export interface ReadinessOptions {
  /** From which the calls were planned. */
  readonly planned: State;
  readonly reread: { hub(): Promise<Reading>; property(property: IamProperty): Promise<PropertyReading> };
  /** Labels of the targets that the hub user could not get into any more if the call were made in this state. */
  readonly cutOff: (call: PlannedCall, state: State) => readonly string[];
  /** Milliseconds to wait for AWS to show another way into each target that a call takes one from. */
  readonly verifyTimeout: number;
  readonly comparer: Comparer;
  readonly cancellation: Cancellation;
  readonly clock: Clock;
}

/** @param made the calls of this run that took effect, in their order */
export type CheckReadiness = (call: PlannedCall, made: readonly PlannedCall[]) => Promise<Readiness>;

/**
 * A call that replaces or deletes something may be made if that very thing, read again, is what the plan was made from or what this run wrote. A call that
 * takes a way into a target may be made once AWS shows another. IAM has no conditional write, so what others write within the round trip is not seen.
 */
export function readinessCheck(options: ReadinessOptions): CheckReadiness {
  const deadlineFor = createDeadlines(options);
  return async (call, made) => {
    const needed = call.keeps.length === 0 ? undefined : await whyNeeded(call, made, deadlineFor(made), options);
    if (needed !== undefined) return { kind: 'needed', reason: needed };
    return isAddition(call) ? { kind: 'ready', change: call.change } : compared(call, made, options);
  };
}

/** Until when AWS is to show what was written in the hub: one time for all calls that follow the same writes, and none to wait where nothing was written. */
function createDeadlines({ verifyTimeout, clock }: ReadinessOptions): (made: readonly PlannedCall[]) => number {
  const deadlines = new Map<number, number>();
  return (made) => {
    const written = made.filter(({ change }) => !isOfTarget(change.property.of)).length;
    if (written === 0) return clock.now();
    const deadline = deadlines.get(written) ?? clock.now() + verifyTimeout;
    deadlines.set(written, deadline);
    return deadline;
  };
}

/** It neither replaces nor deletes anything. */
function isAddition({ action }: PlannedCall): boolean {
  return /^iam:(Create(?!PolicyVersion)|Attach|AddUserToGroup$)/.test(action);
}

async function compared(call: PlannedCall, made: readonly PlannedCall[], options: ReadinessOptions): Promise<Readiness> {
  const { property } = call.change;
  const reading = await options.reread.property(property);
  if ('error' in reading) {
    const { code, call: failed, message, advice } = reading.error;
    return {
      kind: 'unread',
      reason: `Not attempted: what ${call.action} would replace could not be read again. ${code} at ${failed}: ${message} ${advice}`,
    };
  }
  const { value: found } = reading;
  if (isKnown(property, found, made, options)) return { kind: 'ready', change: { ...call.change, before: found } };
  const reason = `Not attempted: what ${call.action} would replace changed since it was read, and was left unchanged. Run again to make a new plan.`;
  return { kind: 'changed', reason, found };
}

/**
 * What the plan was made from counts by its content: a new Sid is somebody's work as well. What this run wrote counts by its meaning, as AWS may show it in
 * another form. After a write IAM may still show the value before it, which was known then.
 */
function isKnown(
  property: IamProperty,
  found: PropertyValue,
  made: readonly PlannedCall[],
  { planned, comparer }: ReadinessOptions,
): boolean {
  let value = readProperty(property, planned);
  if (sameContent(value, found)) return true;
  let state = planned;
  for (const { change } of made.filter((other) => sameEntity(other.change.property.of, property.of))) {
    state = writeProperty(change.property, state, change.after);
    const written = readProperty(property, state);
    if (!sameContent(value, written) && isSameValue(property, written, found, comparer)) return true;
    value = written;
  }
  return false;
}

/** Why a call that takes a way into targets can't be made, once there is no time left to wait; `undefined`: each of them has another way. */
async function whyNeeded(
  call: PlannedCall,
  made: readonly PlannedCall[],
  deadline: number,
  options: ReadinessOptions,
): Promise<string | undefined> {
  const { reread, cutOff, cancellation, clock } = options;
  for (let n = 0; ; n += 1) {
    const { state, errors } = await reread.hub();
    const error = errors.find((other) => isOfScope({ kind: 'hub' }, other));
    const labels = cutOff(call, withRoles(state, made));
    if (error === undefined && labels.length === 0) return undefined;
    const left = deadline - clock.now();
    if (left > 0 && (await cancellation.pause(Math.min(left, pauseAfter(n, clock)), clock))) continue;
    if (error !== undefined)
      return `Not attempted: the hub could not be read again. ${error.code} at ${error.call}: ${error.message} ${error.advice}`;
    return `Not attempted: ${call.action} would cut the hub user off from ${labels.join(', ')}, because AWS does not show the replacement yet. Run again later.`;
  }
}

/** The targets' roles as the run left them. */
function withRoles(state: State, made: readonly PlannedCall[]): State {
  const ofRoles = made.filter(({ change }) => isOfTarget(change.property.of));
  return ofRoles.reduce((all, { change }) => writeProperty(change.property, all, change.after), state);
}
