import type { Comparer } from '../policy/index.ts';
import type { Locator } from '../state/desired.ts';
import type { State } from '../state/state.ts';

/** What every rule looks at: two states, where the file speaks of what, the run's comparer of policies, and the time (for the age of keys). */
export interface Sides {
  readonly desired: State;
  readonly live: State;
  readonly locate: Locator;
  readonly comparer: Comparer;
  readonly at: Date;
  /** Names of the roles by which the run works in the targets: they are not suggested. */
  readonly toolRoles: readonly string[];
}
