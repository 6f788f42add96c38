import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '../drift/finding.ts';
import type { State } from '../state/state.ts';
import type { Phase } from './call.ts';
import { type Part, partKey } from './part.ts';
import { quotaProblem } from './room.ts';
import { valueIn } from './value-in.ts';
import { withValue } from './with-value.ts';

/** A finding can't be repaired by the plan; the message says why, and what would help. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** A part that is to be set in a phase, for one or more findings. */
export interface Step {
  readonly phase: Phase;
  readonly part: Part;
  readonly before: unknown;
  readonly after: unknown;
  readonly findings: readonly Finding[];
  readonly purposes: readonly string[];
  /** Targets whose role a grant in it lets the user into. */
  readonly opens: readonly string[];
}

/** A repair under way: what is set is seen by what follows, and counts only if all of the repair can be done. */
export interface Attempt {
  /** As it is when all that is planned so far has been done. */
  readonly state: State;
  /** @throws {Refused} where a quota of AWS does not let it */
  set(phase: Phase, part: Part, after: unknown, purpose: string, opens?: string): void;
}

/** Collects steps over the state that they lead to. Steps about the same part in the same phase become one. */
export class Draft {
  #state: State;
  #steps: Step[] = [];

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
   * @throws {Refused}
   */
  attempt(finding: Finding, repair: (attempt: Attempt) => string): string {
    let state = this.#state;
    let steps = this.#steps;
    const left = repair({
      get state() {
        return state;
      },
      set: (phase, part, after, purpose, opens) => {
        const before = valueIn(part, state);
        if (before === undefined) throw new Refused('What is there now was not seen.');
        const problem = quotaProblem(part, state, after);
        if (problem !== undefined) throw new Refused(problem);
        state = withValue(part, state, after);
        const step = { phase, part, before, after, findings: [finding], purposes: [purpose], opens: opens === undefined ? [] : [opens] };
        steps = withStep(steps, step);
      },
    });
    this.#state = state;
    this.#steps = steps;
    return left;
  }
}

/** The later finding may need what was planned in between, so the common step takes the later place. */
function withStep(steps: readonly Step[], step: Step): Step[] {
  const key = stepKey(step);
  const earlier = steps.find((other) => other.phase === step.phase && stepKey(other) === key);
  if (earlier !== undefined) return [...steps.filter((other) => other !== earlier), merged(earlier, step)];
  if (!isDeepStrictEqual(step.before, step.after)) return [...steps, step];
  // An earlier phase has done it already.
  const done = steps.find((other) => stepKey(other) === key);
  return done === undefined
    ? [...steps]
    : steps.map((other) => (other === done ? { ...done, findings: union(done.findings, step.findings) } : other));
}

/** Tags that are new and tags that get another value are undone by different calls; either kind of a role is set by one. */
function stepKey({ part, before }: Step): string {
  if (part.kind !== 'tags') return partKey(part);
  return `${partKey({ ...part, keys: [] })} ${Array.isArray(before) && before.length > 0}`;
}

function merged(earlier: Step, step: Step): Step {
  const both = {
    ...earlier,
    after: step.after,
    findings: union(earlier.findings, step.findings),
    purposes: union(earlier.purposes, step.purposes),
    opens: union(earlier.opens, step.opens),
  };
  if (earlier.part.kind !== 'tags' || step.part.kind !== 'tags') return both;
  const joined = (a: unknown, b: unknown) => [a, b].flat();
  const part = { ...earlier.part, keys: [...earlier.part.keys, ...step.part.keys] };
  return { ...both, part, before: joined(earlier.before, step.before), after: joined(earlier.after, step.after) };
}

function union<T>(some: readonly T[], more: readonly T[]): readonly T[] {
  return [...new Set([...some, ...more])];
}
