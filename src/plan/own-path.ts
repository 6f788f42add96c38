import type { Finding } from '../drift/finding.ts';
import type { Desired } from '../state/desired.ts';
import type { State } from '../state/state.ts';

/** Why repairing a finding would cut the path by which the run itself works; `undefined`: it would not. */
export type OwnPath = (finding: Finding) => string | undefined;

export function ownPath(_desired: Desired, _live: State, _own: readonly string[]): OwnPath {
  return () => undefined;
}
