import { grantPolicy } from '../iam/grant-document.ts';
import { type Decision, decide, policyOf } from '../policy/index.ts';
import { mayCarryGrant } from '../state/entity.ts';
import type { State, Target } from '../state/state.ts';
import type { FindingInput } from './finding.ts';
import type { AssumeStatement, GroupPair } from './group-policies.ts';
import { accessOfExtra, comparedPolicies, doubtsOf } from './policies.ts';
import type { Sides } from './sides.ts';

/**
 * What is known of a target's grant. `named`: an inline policy of a hub group names the role, whatever else it says of it. `missing`: everything was read,
 * and none does. `unseen`: not everything was read.
 */
export type GrantStatus = 'named' | 'missing' | 'unseen';

/** The groups that may carry a target's grant. */
export function groupsFor(target: Target, pairs: readonly GroupPair[]): readonly GroupPair[] {
  return pairs.filter(({ name }) => mayCarryGrant(target, name));
}

/** The live statements that name a target's role, in any group that may. */
export function grantsOf(target: Target, pairs: readonly GroupPair[]): readonly AssumeStatement[] {
  return groupsFor(target, pairs).flatMap(({ liveGrants }) => liveGrants.get(target.roleArn) ?? []);
}

/** Rules `grant-missing`, `grant-indirect`, `grant-changed` of one target. */
export function grantDrift(sides: Sides, pairs: readonly GroupPair[], target: Target): FindingInput[] {
  const named = grantsOf(target, pairs);
  const groups = groupsFor(target, pairs);
  const location = sides.locate.target(target);
  if (named.length > 0) return changedGrant(sides, target, named);
  // A group that could not be read may hold the grant. If a group is missing, so is its grant, and the finding is the group's.
  if (groups.some(({ liveParts, live }) => liveParts === undefined || live === null)) return [];
  // Whether something else lets the user in could not be read.
  if (sides.live.hub.managedDocuments === undefined) return [];
  const by = indirectAccess(sides, pairs, target) === 'allow' ? 'other-policy' : 'nothing';
  const names = groups.map(({ name }) => name);
  const difference = { kind: 'grant', target, groups: names, desired: grantPolicy(target.roleArn), live: null, by } as const;
  return [{ difference, access: by === 'nothing' ? 'narrowed' : 'none', location }];
}

function changedGrant({ comparer, locate }: Sides, target: Target, named: readonly AssumeStatement[]): FindingInput[] {
  const [desired, live] = [grantPolicy(target.roleArn), policyOf(statementsOf(named), 'identity')];
  const compared = comparedPolicies(comparer, desired, live);
  if (compared === null) return [];
  const difference = { kind: 'grant-content', target, places: placesOf(named), desired, live } as const;
  return [{ difference, ...compared, location: locate.target(target) }];
}

function statementsOf(parts: readonly AssumeStatement[]) {
  return parts.map(({ statement }) => statement);
}

function placesOf(parts: readonly AssumeStatement[]) {
  return parts.map(({ group, policy }) => ({ group, policy }));
}

/**
 * Whether the user gets in by what the file requires or allows: managed policies, and inline policies that it states. What is itself reported as extra is
 * about to go and does not count.
 */
function indirectAccess({ desired, live }: Sides, pairs: readonly GroupPair[], target: Target): Decision {
  const user = live.hub.user.value;
  if (!user) return 'none';
  const statedOfUser = new Set(desired.hub.user.value?.inlinePolicies?.map(({ name }) => name));
  const ofGroups = pairs.flatMap(({ desiredParts, liveParts }) => {
    const stated = new Set(desiredParts.others.map(({ name }) => name));
    return (liveParts?.others ?? []).filter(({ name }) => stated.has(name));
  });
  const policies = [
    ...(live.hub.managedDocuments ?? []),
    ...(user.inlinePolicies ?? []).filter(({ name }) => statedOfUser.has(name)),
    ...ofGroups,
  ];
  const decisions = policies.map(({ document }) => decide(document, { action: 'sts:AssumeRole', resource: target.roleArn }));
  if (decisions.includes('deny')) return 'deny';
  return decisions.includes('allow') ? 'allow' : 'none';
}

/** Rule `grant-extra`: one finding for each pattern that no target wants, wherever it stands. */
export function extraGrants(sides: Sides, pairs: readonly GroupPair[]): FindingInput[] {
  const all = pairs.flatMap(({ liveParts }) => liveParts?.extras ?? []);
  const patterns = [...new Set(all.map(({ pattern }) => pattern))];
  return patterns.map((pattern) => {
    const parts = all.filter((part) => part.pattern === pattern);
    return extraGrant(sides, pattern, parts);
  });
}

function extraGrant({ desired, locate }: Sides, pattern: string, parts: readonly AssumeStatement[]): FindingInput {
  const live = policyOf(statementsOf(parts), 'identity');
  const isMixed = new Set(parts.map(({ statement }) => statement.effect)).size > 1;
  return {
    difference: {
      kind: 'extra-grant',
      hubAccount: desired.hub.account,
      pattern,
      places: placesOf(parts),
      wantedIn: desired.targets.find(({ roleArn }) => roleArn === pattern)?.grantGroup,
      desired: null,
      live,
    },
    access: isMixed ? 'changed' : accessOfExtra(live),
    explanation: doubtsOf(live),
    location: locate.group(parts[0]?.group ?? ''),
  };
}

export function grantStatus(pairs: readonly GroupPair[], live: State, target: Target): GrantStatus {
  if (grantsOf(target, pairs).length > 0) return 'named';
  const groups = groupsFor(target, pairs);
  if (groups.every((group) => group.live === null)) return 'missing';
  if (groups.some((group) => group.live !== null && group.liveParts === undefined)) return 'unseen';
  return live.hub.managedDocuments === undefined ? 'unseen' : 'missing';
}
