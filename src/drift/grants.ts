import { sameName } from '../iam/names.ts';
import { canonical, decide, type Statement, toDocument } from '../policy/index.ts';
import type { Decision } from '../policy/types.ts';
import type { State, Target } from '../state/state.ts';
import { accessOfExtra, documentDrift } from './documents.ts';
import type { Draft, Sides } from './draft.ts';
import type { AssumeStatement, GroupPair } from './group-policies.ts';
import { VERB } from './inline.ts';

/**
 * What is known of a target's grant. `shut`: named, but denied as well. `undecided`: conditions decide, or a denial may be where nothing could be read.
 * `missing`: everything was read, and no inline policy of a hub group names the role. `unseen`: not everything was read.
 */
export type GrantStatus = 'named' | 'shut' | 'undecided' | 'missing' | 'unseen';

/** The groups that may carry a target's grant. */
export function groupsFor(target: Target, pairs: readonly GroupPair[]): readonly GroupPair[] {
  const { grantGroup } = target;
  return grantGroup === undefined ? pairs : pairs.filter(({ name }) => sameName(name, grantGroup));
}

/** The statements that name a target's role, in any group that may. */
export function grantsOf(target: Target, pairs: readonly GroupPair[]): readonly AssumeStatement[] {
  return groupsFor(target, pairs).flatMap(({ there }) => there?.grants.filter(({ pattern }) => pattern === target.roleArn) ?? []);
}

/** Rules `grant-missing`, `grant-indirect`, `grant-changed` of one target. */
export function grantDrift(sides: Sides, pairs: readonly GroupPair[], target: Target): Draft[] {
  const named = grantsOf(target, pairs);
  const groups = groupsFor(target, pairs);
  const about = { account: target.account, resource: target.roleArn, location: sides.locate.target(target.account) };
  if (named.length > 0) return changedGrant(about, target, named);
  // A group that could not be read may hold the grant; one that is missing took it along, and that is the group's finding.
  if (groups.some(({ there, live }) => there === undefined || live === null)) return [];
  // Whether something else lets the user in could not be read.
  if (sides.live.hub.managedDocuments === undefined) return [];
  const role = `role ${target.roleName} in ${target.account}`;
  if (wayIn(sides, pairs, target) === 'allow') {
    const message = `The hub user reaches the ${role} only by a managed policy or a wildcard, so a product that discovers its targets in inline policies won't find it.`;
    return [{ ...about, rule: 'grant-indirect', access: 'none', message, desired: grantDocument(target) }];
  }
  const message = `No inline policy of ${groupNames(groups)} lets the hub user assume the ${role}.`;
  return [{ ...about, rule: 'grant-missing', access: 'narrowed', message, desired: grantDocument(target) }];
}

function changedGrant(about: Pick<Draft, 'account' | 'resource' | 'location'>, target: Target, named: readonly AssumeStatement[]): Draft[] {
  const compared = documentDrift(grantDocument(target), toDocument(named.map(({ statement }) => statement)), 'identity');
  if (compared === null) return [];
  const policies = [...new Set(named.map(({ group, policy }) => `${policy} of group ${group}`))].join(', ');
  const message = `The grant for role ${target.roleName} in ${target.account} (inline policy ${policies}) ${VERB[compared.access]}.`;
  return [{ ...about, ...compared, rule: 'grant-changed', message }];
}

/** The grant that a target wants, as a document of its own. */
export function grantDocument(target: Pick<Target, 'roleArn'>): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: [{ Sid: '', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: target.roleArn }] };
}

function groupNames(groups: readonly GroupPair[]): string {
  const names = groups.map(({ name }) => name);
  return names.length === 1 ? `the hub group ${names[0]}` : `the hub groups ${names.join(', ')}`;
}

/**
 * Whether the user gets in by what is there rightly: managed policies that the file requires or allows, inline policies that it states.
 * What is reported as extra is about to go and does not count.
 */
function wayIn({ desired, live }: Sides, pairs: readonly GroupPair[], target: Target): Decision {
  const user = live.hub.user.value;
  if (!user) return 'none';
  const statedOfUser = desired.hub.user.value?.inlinePolicies ?? [];
  const documents = [
    ...(live.hub.managedDocuments ?? []).map(({ document }) => document),
    ...(user.inlinePolicies ?? [])
      .filter(({ name }) => statedOfUser.some((policy) => policy.name === name))
      .map(({ document }) => document),
    ...pairs.flatMap(({ wanted, there }) =>
      (there?.others ?? []).filter(({ name }) => wanted.others.some((policy) => policy.name === name)).map(({ document }) => document),
    ),
  ];
  const decisions = documents.map((document) => decide(document, 'identity', { action: 'sts:AssumeRole', resource: target.roleArn }));
  if (decisions.includes('deny')) return 'deny';
  return decisions.includes('allow') ? 'allow' : 'none';
}

/** Rule `grant-extra`: one finding for each pattern that no target wants, wherever it stands. */
export function extraGrants(sides: Sides, pairs: readonly GroupPair[]): Draft[] {
  const all = pairs.flatMap(({ there }) => there?.extras ?? []);
  const patterns = [...new Set(all.map(({ pattern }) => pattern))];
  return patterns.map((pattern) =>
    extraGrant(
      sides,
      pattern,
      all.filter((part) => part.pattern === pattern),
    ),
  );
}

function extraGrant({ desired, locate }: Sides, pattern: string, parts: readonly AssumeStatement[]): Draft {
  const document = toDocument(parts.map(({ statement }) => statement));
  const places = [...new Set(parts.map(({ group, policy }) => `${policy} of group ${group}`))];
  const elsewhere = desired.targets.find(({ roleArn }) => roleArn === pattern)?.grantGroup;
  const unwanted =
    elsewhere === undefined ? 'no target in the file wants' : `the file wants in group ${elsewhere}: add it there before it goes here`;
  return {
    rule: 'grant-extra',
    account: desired.hub.account,
    resource: pattern,
    access: accessOfStatements(parts.map(({ statement }) => statement)),
    message: `The inline policy ${places.join(', ')} ${effects(parts)} assuming ${pattern}, which ${unwanted}.`,
    location: locate.group(parts[0]?.group ?? ''),
    live: { policies: parts.map(({ group, policy }) => ({ group, policy })), document },
    identity: canonical(document, 'identity'),
  };
}

function effects(parts: readonly AssumeStatement[]): string {
  const all = new Set(parts.map(({ statement }) => (statement.effect === 'Allow' ? 'allows' : 'denies')));
  return [...all].join(' and ');
}

function accessOfStatements(statements: readonly Statement[]): Draft['access'] {
  const mixed = new Set(statements.map(({ effect }) => effect)).size > 1;
  return mixed ? 'changed' : accessOfExtra(toDocument(statements));
}

/** Whether live lets the user assume the target's role in the way the contract of the set-up asks for: named in a hub group's inline policy. */
export function grantStatus(pairs: readonly GroupPair[], live: State, target: Target): GrantStatus {
  const named = grantsOf(target, pairs).map(({ statement }) => statement);
  if (named.length === 0) return unnamedStatus(groupsFor(target, pairs), live);
  const denials = pairs.flatMap(({ there }) => there?.extras ?? []).map(({ statement }) => statement);
  const ofUser = live.hub.user.value?.inlinePolicies;
  const request = { action: 'sts:AssumeRole', resource: target.roleArn };
  const grant = decide(toDocument([...named, ...denials.filter(({ effect }) => effect === 'Deny')]), 'identity', request);
  if (grant === 'deny' || ofUser?.some(({ document }) => decide(document, 'identity', request) === 'deny')) return 'shut';
  if (grant === 'none') return 'shut';
  return grant === 'unknown' || (live.hub.user.value && ofUser === undefined) ? 'undecided' : 'named';
}

function unnamedStatus(groups: readonly GroupPair[], live: State): GrantStatus {
  if (groups.every((group) => group.live === null)) return 'missing';
  if (groups.some((group) => group.live !== null && group.there === undefined)) return 'unseen';
  return live.hub.managedDocuments === undefined ? 'unseen' : 'missing';
}
