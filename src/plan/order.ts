import type { Finding } from '../drift/finding.ts';
import { Policy } from '../policy/index.ts';
import { isOfTarget } from '../state/entity.ts';
import type { PropertyChange } from '../state/property.ts';
import { RULE_NAMES } from '../state/rules.ts';
import type { State } from '../state/state.ts';
import { findTarget } from '../state/targets.ts';
import type { Phase } from './call.ts';
import type { Step } from './plan-builder.ts';

/** A finding with the phase of its repair. */
export interface Turn {
  readonly finding: Finding;
  readonly phase: Phase;
}

export const PHASES: readonly Phase[] = ['hub-first', 'targets', 'hub-last'];

/**
 * In a role what is extra goes before what is missing comes, as AWS counts what is there; a boundary comes before either, and the trust last, as it must not
 * let anybody into what the role should not have. Everything else follows the order of the rules.
 */
function planningRank({ rule, difference }: Finding): readonly number[] {
  const index = RULE_NAMES.indexOf(rule);
  const { kind } = difference;
  if (kind === 'extra-grant') return [2, 0, index];
  if (kind === 'trust' || kind === 'orphans') return [3, 0, index];
  const isOfRole = 'of' in difference && isOfTarget(difference.of) && kind !== 'existence';
  // What is to be attached, or a boundary, is there before.
  if (kind === 'policy-content') return [difference.live === null ? -1 : 1, 0, index];
  if (!isOfRole) return [0, 0, index];
  if (difference.desired === null) return [1, 1, index];
  return [1, kind === 'boundary' ? 0 : 2, index];
}

/** The order in which findings are planned: phase by phase, so that each repair sees the state that the ones before lead to. */
export function planningOrder(findings: readonly Finding[], desired: State, live: State): readonly Turn[] {
  const accounts = accountOrder(desired);
  const turns = findings.map((finding) => ({ finding, phase: phaseOf(finding, live) }));
  const rank = ({ finding, phase }: Turn) => [
    PHASES.indexOf(phase),
    phase === 'targets' ? (accounts.get(finding.account) ?? -1) : 0,
    ...planningRank(finding),
  ];
  return sortedBy(turns, rank);
}

/** The roles of an account, and the policies that they share, are written as one, so that what goes in any of them goes first. */
function accountOrder({ accounts }: State): ReadonlyMap<string, number> {
  return new Map(accounts.map(({ account }, index) => [account, index]));
}

/** What only takes access away, or can't be told, goes first; what only gives comes last, when the roles are there. */
function phaseOf({ difference, access }: Finding, live: State): Phase {
  if ('of' in difference && isOfTarget(difference.of)) return 'targets';
  const hasNoRole =
    difference.kind === 'grant-content' && access === 'changed' && findTarget(live.targets, difference.target)?.role.value === null;
  if (hasNoRole) return 'hub-last';
  return access === 'widened' || access === 'changed' ? 'hub-first' : 'hub-last';
}

/** The steps as they are made. Those of one phase and place keep the order in which they were planned, as do those that had to wait. */
export function inOrder(steps: readonly Step[], desired: State): readonly Step[] {
  const accounts = accountOrder(desired);
  const rank = ({ phase, round, change, findings }: Step) => [
    PHASES.indexOf(phase),
    round,
    phase === 'targets' ? (accounts.get(change.property.of.account) ?? -1) : 0,
    round > 0 ? 0 : propertyRank(change, findings),
  ];
  return sortedBy(steps, rank);
}

const KIND_RANK = {
  entity: 0,
  trust: 1,
  boundary: 2,
  attached: 3,
  inline: 4,
  member: 5,
  settings: 6,
  tags: 7,
  content: 4,
  version: 8,
} as const;

/**
 * What exists, who may use it, what it may do. A user and its memberships come before what its groups may do; what goes makes room for what comes, but for a
 * grant's wrong statements, which go when the right one is there. In a role, what denies comes before what allows; a trust that only takes comes first, and
 * one that lets somebody in when the role has nothing any more that it should not have.
 */
function propertyRank({ property, before, after }: PropertyChange, findings: readonly Finding[]): number {
  const { kind, of } = property;
  if (kind === 'content' && before === null) return -1;
  const isGone = after === null && !findings.some(({ difference }) => difference.kind === 'grant-content');
  if (kind === 'entity') return of.kind === 'Group' ? 2 : 0;
  if (of.kind === 'User') return 1;
  if (kind === 'member') return 3;
  if (kind === 'trust') return findings.every(({ access }) => access === 'widened') ? 10 : 40;
  const rank = 10 + KIND_RANK[kind];
  if (kind === 'boundary') return isGone ? rank + 20 : rank;
  if (isGone) return rank;
  return of.kind === 'Role' && after instanceof Policy && denies(after) ? 20 : rank + 10;
}

function denies({ statements }: Policy): boolean {
  return statements?.some(({ effect }) => effect === 'Deny') ?? false;
}

/** Stable; by the first number that differs. */
function sortedBy<T>(list: readonly T[], rank: (item: T) => readonly number[]): readonly T[] {
  return list
    .map((item) => ({ item, rank: rank(item) }))
    .sort((a, b) => a.rank.map((value, index) => value - (b.rank[index] ?? 0)).find((difference) => difference !== 0) ?? 0)
    .map(({ item }) => item);
}
