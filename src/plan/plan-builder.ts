import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../drift/finding.ts';
import { tagList } from '../state/json.ts';
import {
  type IamProperty,
  type PropertyChange,
  type PropertyValue,
  propertyKey,
  readProperty,
  valueToJson,
  writeProperty,
} from '../state/property.ts';
import type { State } from '../state/state.ts';
import type { Tag } from '../state/tag.ts';
import type { Phase } from './call.ts';
import { quotaProblem } from './quota-check.ts';

/** A finding can't be repaired by the plan; the message says why, and what would help. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** A property that is to be set in a phase, for one or more findings. */
export interface Step {
  /** Of the property; steps of one phase have different keys. */
  readonly key: string;
  readonly phase: Phase;
  /** From 0: what waits in the last phase for something else to be there comes in a later round. */
  readonly round: number;
  readonly change: PropertyChange;
  readonly findings: readonly Finding[];
  readonly purposes: readonly string[];
}

/** A change with the states between which it lies. */
export interface StateChange {
  readonly change: PropertyChange;
  readonly before: State;
  readonly after: State;
}

/** The repair of one finding under way. What it sets, the rest of the repair sees; it counts only if the whole repair can be done. */
export interface PlanTransaction {
  /** As it is when all that is planned so far has been done. */
  readonly state: State;
  /** @throws {Refused} when the value that is there was not read, or a quota of AWS does not allow the new one */
  set<P extends IamProperty>(phase: Phase, property: P, after: PropertyValue<P['kind']>, purpose: string): void;
}

/** Collects steps over the state that they lead to. Steps about the same property in the same phase become one. */
export class PlanBuilder {
  #state: State;
  #steps: readonly Step[] = [];

  constructor(live: State) {
    this.#state = live;
  }

  get state(): State {
    return this.#state;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /**
   * Plans the repair of one finding: all of it, or nothing.
   *
   * @param repair returns what is left to do by hand
   * @param judge throws where what was set must not be
   * @throws {Refused}
   */
  attempt(
    { finding, round }: { readonly finding: Finding; readonly round: number },
    repair: (transaction: PlanTransaction) => string,
    judge: (changes: readonly StateChange[]) => void,
  ): string {
    let state = this.#state;
    let steps = this.#steps;
    const changes: StateChange[] = [];
    const left = repair({
      get state() {
        return state;
      },
      set(phase, property, after, purpose) {
        const before = readProperty(property, state);
        if (before === undefined) throw new Refused('The live state could not be read.');
        const problem = quotaProblem(property, state, after);
        if (problem !== undefined) throw new Refused(problem);
        const change = { property, before, after };
        const next = writeProperty(property, state, after);
        changes.push({ change, before: state, after: next });
        state = next;
        steps = withStep(steps, { key: stepKey(property, before), phase, round, change, findings: [finding], purposes: [purpose] });
      },
    });
    judge(changes);
    this.#state = state;
    this.#steps = steps;
    return left;
  }
}

/** The later finding may need what was planned in between, so the common step takes the later place. */
function withStep(steps: readonly Step[], step: Step): readonly Step[] {
  const earlier = steps.find((other) => other.phase === step.phase && other.round === step.round && other.key === step.key);
  if (earlier !== undefined) return [...steps.filter((other) => other !== earlier), merged(earlier, step)];
  const { property, before, after } = step.change;
  if (!isDeepStrictEqual(valueToJson(property, before), valueToJson(property, after))) return [...steps, step];
  // An earlier phase has done it already.
  const done = steps.find((other) => other.key === step.key);
  return steps.map((other) => (other === done ? { ...done, findings: union(done.findings, step.findings) } : other));
}

/** Tags that are new and tags that get another value are undone by different calls; either kind of a role is set by one. */
function stepKey(property: IamProperty, before: PropertyValue): string {
  if (property.kind !== 'tags') return propertyKey(property);
  return `${propertyKey({ ...property, keys: [] })} ${tagList(before).length > 0}`;
}

function merged(earlier: Step, step: Step): Step {
  return {
    ...earlier,
    change: mergedChange(earlier.change, step.change),
    findings: union(earlier.findings, step.findings),
    purposes: union(earlier.purposes, step.purposes),
  };
}

function mergedChange(earlier: PropertyChange, { property, before, after }: PropertyChange): PropertyChange {
  if (earlier.property.kind !== 'tags' || property.kind !== 'tags') return { ...earlier, after };
  const joined = (one: PropertyValue, other: PropertyValue): readonly Tag[] => tagList([one, other].flat());
  return {
    property: { ...property, keys: [...earlier.property.keys, ...property.keys] },
    before: joined(earlier.before, before),
    after: joined(earlier.after, after),
  };
}

function union<T>(some: readonly T[], more: readonly T[]): readonly T[] {
  return [...new Set([...some, ...more])];
}
