import { isMapping } from '../state/json.ts';
import type { State, Target } from '../state/state.ts';
import { escapeInvisible } from '../text/quoted.ts';
import type { DesiredDocument } from './desired-document.ts';
import type { CaptureRequest } from './request.ts';

/** Why a granted role is not captured. */
export interface LeftOut {
  readonly target: Target;
  /** `dangling`: the grant names a role that does not exist. `unread`: it could not be read whole. `unwritable`: the file has no words for it. */
  readonly kind: 'dangling' | 'unread' | 'unwritable';
  /** One line for a person. */
  readonly reason: string;
  /** The account is a target in the file already, and stays as it is stated there. */
  readonly isKept: boolean;
}

const TARGETS = ['targets'] as const;

/**
 * Edits the list of targets to name the accounts that the grants name. Targets without a grant are removed. New ones are put at their place if the list is
 * sorted by account, else at its end. The others stay where they are.
 *
 * @param granted all accounts that stay or come; those that are left out and not kept stand above the list, as comments
 */
export function editTargets(
  document: DesiredDocument,
  { existing, live }: CaptureRequest,
  granted: readonly Target[],
  left: readonly LeftOut[],
): void {
  document.ensureList(TARGETS);
  const accounts = (existing?.desired.state.targets ?? []).map(({ account }) => account);
  for (let index = accounts.length - 1; index >= 0; index--) {
    const stays = granted.some(({ account }) => account === accounts[index]);
    if (stays) continue;
    document.remove(TARGETS, index);
    accounts.splice(index, 1);
  }
  const isSorted = accounts.every((account, index) => index === 0 || (accounts[index - 1] ?? '') < account);
  for (const { account } of granted) {
    if (accounts.includes(account)) continue;
    const next = isSorted ? accounts.findIndex((other) => other > account) : -1;
    const index = next < 0 ? accounts.length : next;
    document.insert(TARGETS, index, account);
    accounts.splice(index, 0, account);
  }
  const known = new Map(existing?.desired.state.targets.map((target) => [target.account, target.grantGroup]));
  moveToGroups(document, live, accounts, (account) => known.get(account));
  const comments = document.commentsAbove(TARGETS).filter((line) => !isOwnComment(line));
  document.setCommentsAbove(TARGETS, [...leftOutLines(left.filter(({ isKept }) => !isKept)), ...comments]);
}

/** A target that states its group has to state the one that carries the grant. */
function moveToGroups(
  document: DesiredDocument,
  live: State,
  accounts: readonly string[],
  desired: (account: string) => string | undefined,
): void {
  for (const [index, account] of accounts.entries()) {
    const stated = document.value([...TARGETS, index]);
    const target = live.targets.find((other) => other.account === account);
    if (!isMapping(stated) || stated.group === undefined || target === undefined || target.grantGroup === desired(account)) continue;
    if (target.grantGroup === undefined) document.delete([...TARGETS, index, 'group']);
    else document.set([...TARGETS, index, 'group'], target.grantGroup);
  }
}

const NOT_CAPTURED = ' not captured';

function isOwnComment(line: string): boolean {
  return line.startsWith(NOT_CAPTURED) || /^ - .* # not captured: /.test(line);
}

/** A line for each, on which nothing that came from AWS can end the comment. The reasons are the same each night, so that the file is. */
function leftOutLines(left: readonly LeftOut[]): string[] {
  if (left.length === 0) return [];
  return [
    `${NOT_CAPTURED}: until these are targets or their grants are gone, an audit calls the grants extra, and a repair would take them away`,
    ...left.map(
      ({ target, reason }) => ` - ${JSON.stringify(target.account)} # not captured: ${escapeInvisible(`${target.roleName}: ${reason}`)}`,
    ),
  ];
}
