import { isMapping } from '../state/json.ts';
import type { Target } from '../state/state.ts';
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

/** A target in the list of the file. Its place there is its place in the list of these. */
export interface Placed {
  readonly target: Target;
  /** What the file said of it before; `undefined`: it is new. */
  readonly known: Target | undefined;
  /** Whether the file is to state its live role. Else it stays as it is stated. */
  readonly isCaptured: boolean;
}

const TARGETS = ['targets'] as const;

/** Which roles are to be targets. */
export interface Granted {
  /** All that stay or come. */
  readonly granted: readonly Target[];
  /** What the file says of each before, where it says anything. */
  readonly known: ReadonlyMap<Target, Target>;
  /** Those that are not kept stand above the list, as comments. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Edits the list of targets to name the roles that the grants name. Targets without a grant are removed. New ones are put beside the other roles of their
 * account, else at their place if the list is sorted by account, else at its end. The others stay where they are. A new one states its name and path.
 */
export function editTargets(
  document: DesiredDocument,
  { existing }: CaptureRequest,
  { granted, known, leftOut }: Granted,
): readonly Placed[] {
  document.ensureList(TARGETS);
  const isCaptured = (target: Target) => leftOut.every((other) => other.target !== target);
  const entries = (existing?.desired.state.targets ?? []).map((before): Placed | undefined => {
    const target = granted.find((other) => known.get(other) === before);
    return target && { target, known: before, isCaptured: isCaptured(target) };
  });
  for (let index = entries.length - 1; index >= 0; index--) if (entries[index] === undefined) document.remove(TARGETS, index);
  const placed = entries.filter((entry) => entry !== undefined);
  for (const [index, entry] of placed.entries()) keepEntry(document, index, entry);
  const isSorted = placed.every(({ target }, index) => index === 0 || (placed[index - 1]?.target.account ?? '') <= target.account);
  for (const target of granted.filter((one) => !known.has(one))) {
    const index = placeOf(target, placed, isSorted);
    document.insert(TARGETS, index, { account: target.account, roleName: target.roleName, path: target.role.value?.path ?? '/' });
    placed.splice(index, 0, { target, known: undefined, isCaptured: true });
  }
  const comments = document.commentsAbove(TARGETS).filter((line) => !isOwnComment(line));
  document.setCommentsAbove(TARGETS, [...leftOutLines(leftOut.filter(({ isKept }) => !isKept)), ...comments]);
  return placed;
}

function placeOf({ account }: Target, placed: readonly Placed[], isSorted: boolean): number {
  const beside = placed.findLastIndex(({ target }) => target.account === account);
  if (beside >= 0) return beside + 1;
  const next = isSorted ? placed.findIndex(({ target }) => target.account > account) : -1;
  return next < 0 ? placed.length : next;
}

/** An entry states the role of another name that the account has now, and the group that carries the grant, if it states any. */
function keepEntry(document: DesiredDocument, index: number, { target, known, isCaptured }: Placed): void {
  const path = [...TARGETS, index];
  if (isCaptured && known?.roleName !== target.roleName) document.set([...path, 'roleName'], target.roleName, 'account');
  const stated = document.value(path);
  if (!isMapping(stated) || stated.group === undefined || target.grantGroup === known?.grantGroup) return;
  if (target.grantGroup === undefined) document.delete([...path, 'group']);
  else document.set([...path, 'group'], target.grantGroup);
}

const NOT_CAPTURED = ' not captured';

function isOwnComment(line: string): boolean {
  return line.startsWith(NOT_CAPTURED) || /^ - .* # not captured: /.test(line);
}

/** A line for each, on which nothing that came from AWS can end the comment. The reasons are the same each night, so that the file is. */
function leftOutLines(left: readonly LeftOut[]): string[] {
  if (left.length === 0) return [];
  return [
    `${NOT_CAPTURED}: until these are targets or their grants are removed, an audit reports the grants as extra, and a repair removes them`,
    ...left.map(
      ({ target, reason }) => ` - ${JSON.stringify(target.account)} # not captured: ${escapeInvisible(`${target.roleName}: ${reason}`)}`,
    ),
  ];
}
