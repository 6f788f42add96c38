import type { Target } from '../state/state.ts';
import { byTarget, type TargetAddress } from '../state/targets.ts';
import { alike, disjoint } from '../text/alike.ts';
import { withoutName } from '../text/names.ts';
import { REQUEST_KINDS, type RequestedAccess, type RequestedAccount } from './request.ts';

type Texts = Pick<RequestedAccess, 'what' | 'explanation'>;
type Requests = readonly [RequestedAccount, ...RequestedAccount[]];

/**
 * Puts together what is the same but for the account, and then, where there is much of it, but for the names of roles and targets; in order of the kinds.
 * Nothing is lost: with its own id and names in the place of the placeholders, each account's request is what it was.
 *
 * @param targets of both files, for their names
 */
export function foldRequests(all: readonly RequestedAccount[], targets: readonly Target[]): readonly RequestedAccess[] {
  const neutral = nameless(targets);
  const entries = alike(
    all,
    (one) => keyOf(one, withoutAccount(one)),
    (one) => keyOf(one, withoutNames(one, neutral)),
  );
  const rank = ({ kind }: Pick<RequestedAccess, 'kind'>) => REQUEST_KINDS.indexOf(kind);
  return entries
    .flatMap(([group, ...more]) => {
      if (more.length === 0) return [accessOf(withoutAccount(group[0]), group)];
      return disjoint([group, ...more], ({ account }) => account).map((requests) => accessOf(sharedTexts(requests, neutral), requests));
    })
    .toSorted((a, b) => rank(a) - rank(b));
}

function accessOf(texts: Texts, requests: Requests): RequestedAccess {
  const [{ kind, where, location }] = requests;
  return { kind, where, location, ...texts, accounts: [...new Set(requests.map(({ account }) => account))] };
}

function keyOf({ kind, where }: RequestedAccount, { what, explanation }: Texts): string {
  return JSON.stringify([kind, where, what, explanation]);
}

function withoutAccount({ account, where, what, explanation = [] }: RequestedAccount): Texts {
  const neutral = (text: string) => (where === 'hub' ? text : text.replaceAll(account, '{account}'));
  return { what: neutral(what), explanation: explanation.map(neutral) };
}

function withoutNames(one: RequestedAccount, neutral: Neutral): Texts {
  const { what, explanation } = withoutAccount(one);
  const without = neutral({ account: one.account, roleName: one.roleName ?? '' });
  return { what: without(what), explanation: explanation.map(without) };
}

/** The texts without names; that of the role stays where all have the same. */
function sharedTexts(requests: Requests, neutral: Neutral): Texts {
  const { what, explanation } = withoutNames(requests[0], neutral);
  const [name = '', ...others] = new Set(requests.map(({ roleName }) => roleName ?? ''));
  const named = (text: string) => (others.length === 0 ? text.replaceAll('{roleName}', () => name) : text);
  return { what: named(what), explanation: explanation.map(named) };
}

type Neutral = (target: TargetAddress) => (text: string) => string;

/** Replaces the names of a target and of its role as whole words. */
function nameless(targets: readonly Target[]): Neutral {
  const known = byTarget(targets);
  return (address) => {
    const target = known.get(address);
    if (target === undefined) return (text) => text;
    const { roleName, name = '' } = target;
    return (text) => withoutName(withoutName(text, roleName, '{roleName}'), name, '{targetName}');
  };
}
