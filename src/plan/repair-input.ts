import type { Difference } from '../drift/difference.ts';
import type { Finding } from '../drift/finding.ts';
import type { Desired } from '../state/desired.ts';
import type { State, Target } from '../state/state.ts';
import type { TargetAddress } from '../state/targets.ts';
import type { Phase } from './call.ts';

/** What the repair of one finding is planned from. */
export interface RepairContext {
  readonly finding: Finding;
  readonly desired: Desired;
  /** As it was read; a transaction's state is as it will be by then. */
  readonly live: State;
  /** Of the finding, by what it does to access; a repair may need other phases beside. */
  readonly phase: Phase;
  /** Whether the target's role was read whole. */
  readonly isSeen: (target: TargetAddress) => boolean;
  /** @throws {Refused} where the target's role may do more than the file says by then: nobody is let into it */
  readonly checkOpen: (target: Target) => void;
}

/** With the finding's difference, of a kind. */
export interface RepairInput<K extends Difference['kind'] = Difference['kind']> extends RepairContext {
  readonly difference: Difference<K>;
}
