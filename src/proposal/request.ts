import type { Location } from '../state/desired.ts';

/**
 * What a change of the file asks for, seen from what the file says now:
 * - `grants`, `revokes`: somebody gets, or loses, something whole: a role, a policy, a membership;
 * - `widens`, `narrows`, `changes`: something that stays allows more, less, or something else;
 * - `accepts`: drift that is to be told as accepted from now on;
 * - `describes`: nobody's access differs.
 */
export const REQUEST_KINDS = ['grants', 'widens', 'changes', 'accepts', 'narrows', 'revokes', 'describes'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** One thing that is asked for, alike in one account or more. */
export interface RequestedAccess {
  readonly kind: RequestKind;
  /** In the hub, in targets that stay, or in targets that are new to the file or gone from it. */
  readonly where: 'hub' | 'targets' | 'added' | 'removed';
  /**
   * What of whom, as the object of the kind's verb. An account's own id in it is `{account}`; where much differs by nothing else, a role's own name is
   * `{roleName}` and a target's `{targetName}`. Unescaped.
   */
  readonly what: string;
  /** In the order of the file. */
  readonly accounts: readonly string[];
  /** From the comparison of documents, one line each. */
  readonly explanation: readonly string[];
  /** Of the first account, in the head's file; `null` for what is gone from it. */
  readonly location: Location | null;
}

/** One thing of one account. */
export interface RequestedAccount extends Omit<RequestedAccess, 'accounts' | 'explanation'> {
  readonly account: string;
  /** Of the target that it is about; left out where it is not about one role. */
  readonly roleName?: string;
  /** Only where documents were compared. */
  readonly explanation?: readonly string[];
}
