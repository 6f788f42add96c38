import { type AssumeIndex, type Assumes, mayMatch, strengthOf, together } from '../drift/assumes.ts';
import { documentOf, groupSources } from '../drift/sources.ts';
import { Policy, patternMatches } from '../policy/index.ts';
import { arnOfEntity, isOfTarget, type PolicyEntity } from '../state/entity.ts';
import type { IamProperty, PropertyChange, PropertyValue } from '../state/property.ts';
import type { State } from '../state/state.ts';
import { requiredPolicies, rolesOf } from '../state/used-policies.ts';
import type { Effect } from './call.ts';
import type { Ways } from './ways.ts';

/** Roles to which a call gives access and from which it takes it, each an ARN or a pattern: what counts against `max-grants` and `max-revocations`. */
export interface CountedRoles {
  readonly gives: readonly string[];
  readonly takes: readonly string[];
}

/**
 * A call counts once for every role whose access it changes, and at least once: a pattern for every target that it matches, a membership for every target that
 * the group grants, a policy that was not read for every target. One that changes nobody's access counts for none.
 */
export function countedRoles(change: PropertyChange, effect: Effect, before: State, after: State, ways: Ways): CountedRoles {
  if (effect === 'neither') return { gives: [], takes: [] };
  const { of } = change.property;
  const own = of.kind === 'Policy' ? rolesWith(of, before) : [arnOfEntity(before.partition, of)];
  const { up, down, other } = isOfTarget(of) ? { up: [], down: [], other: own } : changedRoles(change, before, after, ways);
  const gives = effect === 'revoke' ? up : [...up, ...other];
  const takes = effect === 'grant' ? down : [...down, ...other];
  return {
    gives: gives.length === 0 && effect !== 'revoke' ? own : gives,
    takes: takes.length === 0 && effect !== 'grant' ? own : takes,
  };
}

/** The roles that the policy concerns; where there is none, the policy itself stands for whoever has it. */
function rolesWith({ account, arn }: PolicyEntity, { targets }: State): readonly string[] {
  const roles = rolesOf(targets.filter((target) => target.account === account));
  const having = roles.filter((role) => requiredPolicies(role).includes(arn)).map((role) => role.arn);
  return having.length === 0 ? [arn] : having;
}

interface ChangedRoles {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Whose access changes in a way that can't be told. */
  readonly other: readonly string[];
}

type Indexes = readonly AssumeIndex[];

function changedRoles({ property, before: was, after: is }: PropertyChange, before: State, after: State, ways: Ways): ChangedRoles {
  const old = indexesOf(property, was, before, ways);
  const now = indexesOf(property, is, after, ways);
  const all = [...old, ...now];
  const targets = before.targets.flatMap(({ roleArn, role }) => [role.value?.arn ?? roleArn]);
  const known = [...new Set([...targets, ...all.flatMap(({ named }) => [...named])])];
  const patterns = changedPatterns(old, now);
  const found = { up: [] as string[], down: [] as string[], other: [] as string[] };
  for (const role of known) {
    const [one, two] = [together(old.map((index) => index.on(role))), together(now.map((index) => index.on(role)))];
    const by = strength(property, now, two) - strength(property, old, one);
    if (by !== 0) found[by > 0 ? 'up' : 'down'].push(role);
    else if (!sameForms(one, two) || patterns.some((pattern) => matches(pattern, role))) found.other.push(role);
  }
  const unmatched = patterns.filter((pattern) => !known.some((role) => matches(pattern, role)));
  return { ...found, other: [...found.other, ...unmatched] };
}

/** Where there is no boundary nothing is kept from the user; elsewhere, where there is no policy, nothing is given. */
function strength({ kind }: IamProperty, indexes: Indexes, assumes: Assumes): number {
  return kind === 'boundary' && indexes.length === 0 ? 2 : strengthOf(assumes);
}

function sameForms(one: Assumes, two: Assumes): boolean {
  return JSON.stringify([...new Set(one.forms)].toSorted()) === JSON.stringify([...new Set(two.forms)].toSorted());
}

function matches(pattern: string, role: string): boolean {
  return mayMatch(pattern, role) && patternMatches(pattern, role);
}

/** Patterns that only one side has. */
function changedPatterns(old: Indexes, now: Indexes): readonly string[] {
  const patternsOf = (indexes: Indexes) => new Set(indexes.flatMap(({ patterns }) => [...patterns]));
  const [some, others] = [patternsOf(old), patternsOf(now)];
  return [...[...some].filter((pattern) => !others.has(pattern)), ...[...others].filter((pattern) => !some.has(pattern))];
}

/** The documents that the value of a property stands for. */
function indexesOf(property: IamProperty, value: PropertyValue, state: State, ways: Ways): Indexes {
  if (value === null) return [];
  switch (property.kind) {
    case 'inline':
      return value instanceof Policy ? [ways.indexOf(value)] : [];
    case 'attached':
      return [ways.indexOf(documentOf(property.arn, state))];
    case 'boundary':
      return typeof value === 'string' ? [ways.indexOf(documentOf(value, state))] : [];
    case 'content':
      return typeof value === 'object' && 'document' in value && value.document !== undefined ? [ways.indexOf(value.document)] : [];
    case 'member':
      return [...groupSources(property.of.name, state).values()].map((policy) => ways.indexOf(policy));
    default:
      return [];
  }
}
