import type { Access } from '../drift/access.ts';
import type { Difference } from '../drift/difference.ts';
import { type DriftOptions, differences } from '../drift/drift.ts';
import { type Finding, toFinding } from '../drift/finding.ts';
import { type AssumeStatement, takeApart } from '../drift/group-policies.ts';
import { inlinePolicyDrift } from '../drift/owned.ts';
import { nameOfPolicy } from '../iam/managed-policy.ts';
import { sameName } from '../iam/names.ts';
import type { Desired } from '../state/desired.ts';
import { entityLabel } from '../state/entity.ts';
import type { Group, InlinePolicy, Lookup, ManagedPolicy, Role, State, Target } from '../state/state.ts';
import { findAccount, findTarget } from '../state/targets.ts';
import { findPolicy } from '../state/used-policies.ts';
import { ownerText, policyName, policyParts, statementLines } from './policy-words.ts';
import type { RequestedAccount, RequestKind } from './request.ts';
import { callersOf } from './requested-by-targets.ts';

/**
 * What stays and asks for other access: policies with documents, trusts, boundaries, memberships. The same comparison that finds drift, with the base's file as
 * the desired state and the head's as the live one.
 */
export function requestedByContent(base: Desired, head: Desired, given: DriftOptions): RequestedAccount[] {
  const options = { ...given, comparer: given.comparer.inWords('change') };
  const sides = { desired: comparable(base.state), live: asLive(base.state, head.state), locate: head.locate, ...options };
  return [...differences(sides), ...ofGroupPolicies(base, head, options)].flatMap((finding) => {
    const { difference, account, location, explanation } = finding;
    const what = textOf(difference, base.state, head.state);
    if (what === undefined) return [];
    const isInline = difference.kind === 'inline' || difference.kind === 'revoked-sessions';
    const isNew = isInline && difference.desired === null && difference.live !== null;
    const isOfTarget = 'of' in difference && (difference.of.kind === 'Role' || isOfTargetPolicy(difference, head.state));
    const ofRole = 'of' in difference && difference.of.kind === 'Role' ? { roleName: difference.of.name } : {};
    const about = isOfTarget
      ? { account, where: 'targets' as const, ...ofRole }
      : { account: head.state.hub.account, where: 'hub' as const };
    return [{ ...about, kind: kindOf(finding), what, explanation: isNew ? statementLines(difference.live) : explanation, location }];
  });
}

function isOfTargetPolicy(difference: Difference, { hub }: State): boolean {
  return difference.kind === 'policy-content' && difference.of.account !== hub.account;
}

/**
 * What managed policies say, and only one of the files states. What is stated no longer changes nobody's access, but is compared no more. A document that is stated
 * from now on is what a repair would make of the policy, whatever it says so far; a reviewed version of AWS's is only compared.
 */
export function requestedByContents(base: Desired, head: Desired): RequestedAccount[] {
  const isStaying = (account: string) => findAccount(base.state, account) !== undefined && findAccount(head.state, account) !== undefined;
  return [
    ...onlyIn(base.state, head.state, isStaying).map(
      ({ policy, ...about }): RequestedAccount => ({
        ...about,
        kind: 'describes',
        what: `${contentOf(policy)}, no longer stated`,
        location: null,
      }),
    ),
    ...onlyIn(head.state, base.state, isStaying).map(({ policy, ...about }): RequestedAccount => {
      const document = policy.content?.document;
      const what = `${contentOf(policy)}, not stated before`;
      const location = head.locate.policy(policy.arn);
      if (document === undefined) return { ...about, kind: 'describes', what, location };
      return { ...about, kind: 'changes', what, explanation: statementLines(document), location };
    }),
  ];
}

function contentOf({ arn }: ManagedPolicy): string {
  return `content of the managed policy ${nameOfPolicy(arn)}`;
}

/** The contents that one state says something of and the other does not, in the hub and in the accounts that are in both. */
function onlyIn({ hub, accounts }: State, other: State, isStaying: (account: string) => boolean) {
  const one = (account: string, where: 'hub' | 'targets') => (policy: ManagedPolicy) =>
    findPolicy(other, policy.arn) === undefined ? [{ account, where, policy }] : [];
  return [
    ...(hub.policies ?? []).flatMap(one(hub.account, 'hub')),
    ...accounts.flatMap(({ account, policies = [] }) => (isStaying(account) ? policies.flatMap(one(account, 'targets')) : [])),
  ];
}

/**
 * The inline policies that the files state of a hub group beside its grants, which follow from the targets and are reported with them. In a live group, what
 * else allows assuming something is taken out of the policy that it stands in; in a file it is a part of what is stated.
 */
function ofGroupPolicies(base: Desired, head: Desired, { comparer }: DriftOptions): Finding[] {
  const arns = roleArns(base, head);
  const { account } = head.state.hub;
  return head.state.hub.groups.flatMap(({ name, value: group }) => {
    const before = base.state.hub.groups.find((other) => sameName(other.name, name))?.value;
    if (!before || !group) return [];
    const of = { kind: 'Group', account, name, arn: group.arn } as const;
    const locate = (key: string) => head.locate.group(name, key);
    return inlinePolicyDrift(comparer, of, locate, statedPolicies(name, before, arns), statedPolicies(name, group, arns)).map((input) =>
      toFinding(input),
    );
  });
}

function roleArns(base: Desired | undefined, head: Desired): ReadonlySet<string> {
  return new Set([...(base?.state.targets ?? []), ...head.state.targets].map(({ roleArn }) => roleArn));
}

function statedPolicies(name: string, { inlinePolicies = [] }: Group, arns: ReadonlySet<string>): readonly InlinePolicy[] {
  const isGrant = ({ pattern, statement }: AssumeStatement) => statement.effect === 'Allow' && arns.has(pattern);
  return takeApart(name, inlinePolicies, (part) => (isGrant(part) ? 'grants' : 'others')).others;
}

/** The state without what is compared elsewhere, because desired states can allow a choice where a live one has a value: optional names, and bounds. */
function comparable(state: State): State {
  const { user, groups, otherGroups = [] } = state.hub;
  const credentials = { accessKeys: undefined, otherCredentials: undefined, consoleLogin: undefined };
  const withoutNames = { managedPolicies: undefined, groups: undefined, ...credentials };
  return {
    ...state,
    hub: {
      ...state.hub,
      user: withValue(user, (found) => ({ ...found, ...withoutNames })),
      groups: groups.map((group) => withValue(group, (found) => ({ ...found, managedPolicies: undefined, inlinePolicies: undefined }))),
      otherGroups: otherGroups.map((group) => withValue(group, (found) => ({ ...found, managedPolicies: undefined }))),
    },
    targets: state.targets.map((target) => ({ ...target, role: withValue(target.role, withoutDescription) })),
  };
}

function withoutDescription(role: Role): Role {
  return { ...role, managedPolicies: undefined, description: undefined, maxSessionDuration: undefined, tags: undefined };
}

function withValue<T>({ name, value }: Lookup<T>, edit: (value: T) => T): Lookup<T> {
  return { name, value: value && edit(value) };
}

/** The head's state in the place of a live one, with only the roles that the base has as well. */
function asLive(base: State, head: State): State {
  const arns = new Set(base.targets.map(({ roleArn }) => roleArn));
  const { targets, ...rest } = comparable(head);
  return { ...rest, targets: targets.filter(({ roleArn }) => arns.has(roleArn)) };
}

const CHANGED: Readonly<Record<Access, RequestKind>> = { widened: 'widens', narrowed: 'narrows', changed: 'changes', none: 'describes' };

/** A whole policy or membership is granted or revoked; a boundary only widens or narrows. */
function kindOf({ difference, access }: Finding): RequestKind {
  if (difference.kind !== 'boundary') {
    const [isNew, isGone] = [!difference.desired, !difference.live];
    if (access === 'widened' && isNew) return 'grants';
    if (access === 'narrowed' && isGone) return 'revokes';
  }
  return CHANGED[access];
}

/** `undefined` for what can't come of two desired states, or is reported elsewhere. */
function textOf(difference: Difference, base: State, head: State): string | undefined {
  switch (difference.kind) {
    case 'inline':
    case 'revoked-sessions':
      return `inline policy ${difference.name} of ${ownerText(difference.of)}`;
    case 'boundary':
      return `permissions boundary of ${ownerText(difference.of)}: ${boundaryText(difference.desired)} → ${boundaryText(difference.live)}`;
    case 'policy-content':
      return `content of the managed policy ${difference.of.name}`;
    case 'aws-policy-content':
      return `reviewed version of the AWS managed policy ${difference.of.name}, from ${difference.reviewed} to ${difference.version ?? 'none'}`;
    case 'member':
      return `membership of user ${difference.user.name} in ${entityLabel(difference.of)}`;
    case 'trust':
    case 'orphans': {
      const target = findTarget(head.targets, { account: difference.of.account, roleName: difference.of.name });
      return trustText(target, base, head);
    }
    default:
      return undefined;
  }
}

function boundaryText(arn: string | null): string {
  return arn === null ? 'none' : policyName(arn);
}

function trustText(target: Target | undefined, base: State, head: State): string {
  const callersIn = (state: State) => {
    const trust = state.targets.find(({ roleArn }) => roleArn === target?.roleArn)?.role.value?.trust;
    return trust && callersOf(trust, state);
  };
  const [from, to] = [callersIn(base), callersIn(head)];
  const words = from === undefined || to === undefined || from === to ? '' : `, from ${from} to ${to}`;
  return `trust of role ${target?.roleName ?? ''}${words}`;
}

/** Hub groups that only one of the files has. */
export function requestedByGroups(base: Desired | undefined, head: Desired): RequestedAccount[] {
  const [before, after] = [base?.state.hub.groups ?? [], head.state.hub.groups];
  const arns = roleArns(base, head);
  const onlyIn = (some: readonly Lookup<Group>[], others: readonly Lookup<Group>[]) =>
    some.filter(({ name }) => !others.some((other) => sameName(other.name, name)));
  const one = (kind: RequestKind, { name, value }: Lookup<Group>, location: RequestedAccount['location']): RequestedAccount => {
    const members = value?.members?.map((member) => member.name) ?? [];
    const who = members.length === 0 ? 'without members' : `with ${members.join(', ')} as members`;
    const stated = value ? statedPolicies(name, value, arns) : [];
    const what = [`hub group ${name} ${who}`, ...policyParts({ ...value, inlinePolicies: stated })].join(', ');
    return { account: head.state.hub.account, where: 'hub', kind, what, location };
  };
  return [
    ...onlyIn(after, before).map((group) => one('grants', group, head.locate.group(group.name))),
    ...onlyIn(before, after).map((group) => one('revokes', group, null)),
  ];
}
