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
  /** What of whom, as the object of the kind's verb; an account's own id in it is `{account}`. Unescaped. */
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
  /** Only where documents were compared. */
  readonly explanation?: readonly string[];
}

/** Puts together what is alike but for the account, in order of the kinds. */
export function foldRequests(all: readonly RequestedAccount[]): readonly RequestedAccess[] {
  const folds = new Map<string, Omit<RequestedAccess, 'accounts'> & { accounts: Set<string> }>();
  for (const { account, explanation: lines = [], ...one } of all) {
    const neutral = (text: string) => (one.where === 'hub' ? text : text.replaceAll(account, '{account}'));
    const [what, explanation] = [neutral(one.what), lines.map(neutral)];
    const key = JSON.stringify([one.kind, one.where, what, explanation]);
    const known = folds.get(key);
    if (known === undefined) folds.set(key, { ...one, what, explanation, accounts: new Set([account]) });
    else known.accounts.add(account);
  }
  const rank = ({ kind }: Pick<RequestedAccess, 'kind'>) => REQUEST_KINDS.indexOf(kind);
  return [...folds.values()].map((fold) => ({ ...fold, accounts: [...fold.accounts] })).toSorted((a, b) => rank(a) - rank(b));
}
