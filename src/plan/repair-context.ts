import type { Finding } from '../drift/finding.ts';
import type { Desired } from '../state/desired.ts';
import type { State } from '../state/state.ts';
import type { Phase } from './call.ts';
import type { Attempt } from './draft.ts';

/** What the repair of one finding is made from. */
export interface Broken {
  readonly finding: Finding;
  readonly desired: Desired;
  /** As it was read; `attempt.state` is as it will be by then. */
  readonly live: State;
  /** Of the finding, by what it does to access; a repair may need other phases beside. */
  readonly phase: Phase;
  /** Targets that were read whole. */
  readonly isSeen: (account: string) => boolean;
}

/**
 * Plans the repair of a finding.
 *
 * @returns what is left to do by hand, mostly nothing; `undefined`: not a finding of this kind
 * @throws {Refused}
 */
export type RepairRule = (broken: Broken, attempt: Attempt) => string | undefined;
