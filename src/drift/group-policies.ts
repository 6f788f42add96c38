import { sameName } from '../iam/names.ts';
import { type Policy, policyOf, type Statement } from '../policy/index.ts';
import { mayCarryGrant } from '../state/entity.ts';
import type { Group, InlinePolicy, State } from '../state/state.ts';
import { grouped } from '../text/grouped.ts';
import { forPatterns, isAssume, patternsOf } from './assume-statement.ts';

/**
 * A group's inline policies hold grants and, rarely, other things; people rename, merge, split and pack them. So they are taken apart statement by
 * statement and resource by resource, and a grant is recognised by its content: it can match `sts:AssumeRole`.
 */
export interface GroupParts {
  /** What names the role of a target that this group may carry. */
  readonly grants: readonly AssumeStatement[];
  /** What allows or denies assuming anything else. */
  readonly extras: readonly AssumeStatement[];
  /** What is left of each policy when these are taken out; policies of which nothing is left do not show. */
  readonly others: readonly InlinePolicy[];
}

/** A statement that can match `sts:AssumeRole`, cut down to one of the resources it names. */
export interface AssumeStatement {
  readonly group: string;
  readonly policy: string;
  /** As the Resource element has it; `*` for a statement with NotResource. */
  readonly pattern: string;
  readonly statement: Statement;
}

/** One hub group on both sides. */
export interface GroupPair {
  readonly name: string;
  readonly desired: Group;
  readonly live: Group | null | undefined;
  readonly desiredParts: GroupParts;
  /** `undefined` when the live group's inline policies are not known. */
  readonly liveParts: GroupParts | undefined;
  /** The live grants by the pattern that they name. Estates have a thousand, and each target looks for its own. */
  readonly liveGrants: ReadonlyMap<string, readonly AssumeStatement[]>;
}

/** The hub groups that the file names, taken apart. */
export function groupPairs(desired: State, live: State): readonly GroupPair[] {
  return desired.hub.groups.flatMap(({ name, value: group }) => {
    if (!group) return [];
    const other = live.hub.groups.find((one) => sameName(one.name, name))?.value;
    const grants = grantedRoles(desired, name);
    const desiredParts = takeApart(name, group.inlinePolicies ?? [], ({ pattern }) => (grants.has(pattern) ? 'grants' : 'others'));
    const liveParts = other?.inlinePolicies && takeApart(name, other.inlinePolicies, livePlaces(group, grants));
    const liveGrants = grouped(liveParts?.grants ?? [], ({ pattern }) => pattern);
    return [{ name, desired: group, live: other, desiredParts, liveParts, liveGrants }];
  });
}

/** What is left of a document of a hub group's policy without what it allows or denies to assume; `null`: nothing. */
export function withoutGrants(desired: State, group: string, policy: InlinePolicy): Policy | null {
  const stated = desired.hub.groups.find(({ name }) => sameName(name, group))?.value;
  if (!stated) return policy.document;
  const [left] = takeApart(group, [policy], livePlaces(stated, grantedRoles(desired, group))).others;
  return left?.document ?? null;
}

function grantedRoles(desired: State, group: string): ReadonlySet<string> {
  return new Set(desired.targets.filter((target) => mayCarryGrant(target, group)).map(({ roleArn }) => roleArn));
}

function livePlaces(group: Group, grants: ReadonlySet<string>): (statement: AssumeStatement) => keyof GroupParts {
  const stated = new Set(group.inlinePolicies?.flatMap((policy) => statedPatterns(policy, grants)));
  return ({ pattern, policy }) => {
    if (grants.has(pattern)) return 'grants';
    return stated.has(JSON.stringify([policy, pattern])) ? 'others' : 'extras';
  };
}

/** Policies that the file states may themselves let the group assume something that is no target; these belong to the policy of that name. */
function statedPatterns({ name, document }: InlinePolicy, grants: ReadonlySet<string>): string[] {
  const patterns = (document.statements ?? []).filter(isAssume).flatMap(patternsOf);
  return patterns.filter((pattern) => !grants.has(pattern)).map((pattern) => JSON.stringify([name, pattern]));
}

/** The policies of one group, each part of them at the place that `place` says. */
export function takeApart(
  group: string,
  policies: readonly InlinePolicy[],
  place: (statement: AssumeStatement) => keyof GroupParts,
): GroupParts {
  const parts = { grants: [] as AssumeStatement[], extras: [] as AssumeStatement[], others: [] as InlinePolicy[] };
  for (const policy of policies) {
    const { statements } = policy.document;
    if (statements === null) {
      parts.others.push(policy);
      continue;
    }
    const left = statements.filter((statement) => !isAssume(statement));
    for (const part of statements.filter(isAssume).flatMap((statement) => cut(group, policy.name, statement))) {
      const where = place(part);
      if (where === 'others') left.push(part.statement);
      else parts[where].push(part);
    }
    if (left.length > 0) parts.others.push({ name: policy.name, document: policyOf(left, 'identity') });
  }
  return parts;
}

function cut(group: string, policy: string, statement: Statement): AssumeStatement[] {
  return patternsOf(statement).flatMap((pattern) => {
    const part = forPatterns(statement, (other) => other === pattern);
    return part === undefined ? [] : [{ group, policy, pattern, statement: part }];
  });
}
