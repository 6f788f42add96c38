import type { Target } from '../state/state.ts';
import { byTarget, type TargetAddress } from '../state/targets.ts';
import { grouped } from '../text/grouped.ts';
import { REQUEST_KINDS, type RequestedAccess, type RequestedAccount } from './request.ts';

/** Requests that differ only by names are one from this number on: fewer are read faster as they are. */
const MANY = 4;

/** What is the same in one account or more. */
interface Alike {
  readonly texts: Texts;
  readonly requests: readonly [RequestedAccount, ...RequestedAccount[]];
}

type Texts = Pick<RequestedAccess, 'what' | 'explanation'>;

/**
 * Puts together what is the same but for the account, and then, where there is much of it, but for the names of roles and targets; in order of the kinds.
 * Nothing is lost: with its own id and names in the place of the placeholders, each account's request is what it was.
 *
 * @param targets of both files, for their names
 */
export function foldRequests(all: readonly RequestedAccount[], targets: readonly Target[]): readonly RequestedAccess[] {
  const alike = [...grouped(all, (one) => keyOf(one, withoutAccount(one))).values()].map(
    (requests): Alike => ({ requests, texts: withoutAccount(requests[0]) }),
  );
  const rank = ({ kind }: Pick<RequestedAccess, 'kind'>) => REQUEST_KINDS.indexOf(kind);
  return withoutNames(alike, targets)
    .map(({ texts, requests }) => accessOf(texts, requests))
    .toSorted((a, b) => rank(a) - rank(b));
}

function accessOf(texts: Texts, requests: Alike['requests']): RequestedAccess {
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

/** Puts together what differs only by the names of roles and targets. What of one account has the same template stays apart. */
function withoutNames(alike: readonly Alike[], targets: readonly Target[]): readonly Alike[] {
  const neutral = nameless(targets);
  const templates = new Map(alike.map((one) => [one, templateOf(one, neutral)]));
  const byTemplate = grouped(alike, (one) => {
    const template = templates.get(one);
    return keyOf(one.requests[0], template ?? one.texts);
  });
  return [...byTemplate.values()].flatMap((group) => {
    const template = templates.get(group[0]);
    if (template === undefined || group.length < MANY) return group;
    return disjoint(group).map((requests) => ({ texts: withSharedRole(template, requests), requests }));
  });
}

/** The texts without names, if they are the same for all requests and have a name in them. */
function templateOf({ texts, requests }: Alike, neutral: Neutral): Texts | undefined {
  const [first, ...others] = requests.map(({ account, roleName }) => {
    const without = neutral({ account, roleName: roleName ?? '' });
    return { what: without(texts.what), explanation: texts.explanation.map(without) };
  });
  if (first === undefined || requests[0].where === 'hub') return undefined;
  const key = keyOf(requests[0], first);
  if (key === keyOf(requests[0], texts)) return undefined;
  return others.every((other) => keyOf(requests[0], other) === key) ? first : undefined;
}

/** The name of the role stays where all have the same. */
function withSharedRole({ what, explanation }: Texts, requests: Alike['requests']): Texts {
  const [name = '', ...others] = new Set(requests.map(({ roleName }) => roleName ?? ''));
  const named = (text: string) => (others.length === 0 ? text.replaceAll('{roleName}', () => name) : text);
  return { what: named(what), explanation: explanation.map(named) };
}

type Neutral = (target: TargetAddress) => (text: string) => string;

/** Replaces the names of a target and of its role as whole words. */
function nameless(targets: readonly Target[]): Neutral {
  const known = byTarget(targets);
  const whole = (name: string) => new RegExp(`(?<![\\p{L}\\p{N}_])${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'gu');
  return (address) => {
    const target = known.get(address);
    if (target === undefined) return (text) => text;
    const role = whole(target.roleName);
    const name = target.name === undefined ? undefined : whole(target.name);
    return (text) => {
      const roleless = text.replace(role, '{roleName}');
      return name === undefined ? roleless : roleless.replace(name, '{targetName}');
    };
  };
}

/** As few groups as can be in which no account is there twice. */
function disjoint(group: readonly Alike[]): Alike['requests'][] {
  const parts: { readonly accounts: Set<string>; readonly requests: [RequestedAccount, ...RequestedAccount[]] }[] = [];
  for (const { requests } of group) {
    const part = parts.find(({ accounts }) => requests.every(({ account }) => !accounts.has(account)));
    if (part === undefined) parts.push({ accounts: new Set(requests.map(({ account }) => account)), requests: [...requests] });
    else {
      part.requests.push(...requests);
      for (const { account } of requests) part.accounts.add(account);
    }
  }
  return parts.map(({ requests }) => requests);
}
