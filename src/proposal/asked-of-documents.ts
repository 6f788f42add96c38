import { seal } from '../drift/draft.ts';
import { differences } from '../drift/drift.ts';
import type { Access, Finding } from '../drift/finding.ts';
import { type AssumeStatement, takeApart } from '../drift/group-policies.ts';
import { inlinePolicyDrift } from '../drift/inline.ts';
import { nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { Desired } from '../state/desired.ts';
import { RULES } from '../state/rules.ts';
import type { Group, InlinePolicy, Lookup, Role, State, Target } from '../state/state.ts';
import type { AskedKind, AskedOne } from './asked.ts';
import { callersOf } from './asked-of-roles.ts';
import { contentOf, policyName, policyParts } from './policy-words.ts';

/**
 * What stays and asks for other access: policies with documents, trusts, boundaries, memberships. The same comparison that finds drift, with the base's file as
 * what is wanted and the head's as what is there.
 */
export function askedByDocuments(base: Desired, head: Desired, at: Date): AskedOne[] {
  const ofAll = differences(comparable(base.state), asLive(base.state, head.state), head.locate, at);
  return [...ofAll, ...ofGroupPolicies(base, head)].flatMap((finding) => {
    const what = textOf(finding, base.state, head.state);
    if (what === undefined) return [];
    const { location } = finding;
    const explanation = finding.rule.endsWith('-inline-policy-extra') ? contentOf(finding.live) : finding.explanation;
    const ofTarget = RULES[finding.rule].of === 'target';
    const about = ofTarget
      ? { account: finding.account, where: 'targets' as const }
      : { account: head.state.hub.account, where: 'hub' as const };
    return [{ ...about, kind: kindOf(finding), what, explanation, location }];
  });
}

/**
 * The inline policies that the files state of a hub group beside its grants, which follow from the targets and are told with them. Live, what else lets assume is
 * told apart from the policy that it stands in; in a file it is a part of what is stated.
 */
function ofGroupPolicies(base: Desired, head: Desired): Finding[] {
  const arns = new Set([...base.state.targets, ...head.state.targets].map(({ roleArn }) => roleArn));
  const { account } = head.state.hub;
  return head.state.hub.groups.flatMap(({ name, value: found }) => {
    const before = base.state.hub.groups.find((group) => sameName(group.name, name))?.value;
    if (!before || !found) return [];
    const locate = (key: string) => head.locate.group(name, key);
    const owner = { rules: 'hub-group' as const, label: `hub group ${name}`, account, arn: found.arn, locate };
    return inlinePolicyDrift(owner, statedPolicies(name, before, arns), statedPolicies(name, found, arns)).map(seal);
  });
}

function statedPolicies(name: string, { inlinePolicies = [] }: Group, arns: ReadonlySet<string>): readonly InlinePolicy[] {
  const isGrant = ({ pattern, statement }: AssumeStatement) => statement.effect === 'Allow' && arns.has(pattern);
  return takeApart(name, inlinePolicies, (part) => (isGrant(part) ? 'grants' : 'others')).others;
}

/** Without what is compared elsewhere, because a desired state says it otherwise than a live one: what may be there, and bounds. */
function comparable(state: State): State {
  const { user, groups } = state.hub;
  return {
    ...state,
    hub: {
      ...state.hub,
      user: withFound(user, (found) => ({
        ...found,
        managedPolicies: undefined,
        groups: undefined,
        accessKeys: undefined,
        consoleLogin: undefined,
      })),
      groups: groups.map((group) => withFound(group, (found) => ({ ...found, managedPolicies: undefined, inlinePolicies: undefined }))),
    },
    targets: state.targets.map((target) => ({ ...target, role: withFound(target.role, withoutDescription) })),
  };
}

function withoutDescription(role: Role): Role {
  return { ...role, managedPolicies: undefined, description: undefined, maxSessionDuration: undefined, tags: undefined };
}

function withFound<T>(named: Lookup<T>, edit: (found: T) => T): Lookup<T> {
  return { name: named.name, value: named.value && edit(named.value) };
}

/** The head's state in the place of a live one: of roles, those that the base has as well. */
function asLive(base: State, head: State): State {
  const arns = new Set(base.targets.map(({ roleArn }) => roleArn));
  const { targets, ...rest } = comparable(head);
  return { ...rest, targets: targets.filter(({ roleArn }) => arns.has(roleArn)) };
}

const CHANGED: Readonly<Record<Access, AskedKind>> = { widened: 'widens', narrowed: 'narrows', changed: 'changes', none: 'describes' };

function kindOf({ rule, access }: Finding): AskedKind {
  if (access === 'widened' && rule.endsWith('-extra') && !rule.includes('boundary')) return 'grants';
  if (access === 'narrowed' && rule.endsWith('-missing') && !rule.includes('boundary')) return 'revokes';
  return CHANGED[access];
}

/** `undefined` for rules that can't come of two desired states, or are told elsewhere. */
function textOf(finding: Finding, base: State, head: State): string | undefined {
  const { rule, resource, entity } = finding;
  const target = head.targets.find(({ account }) => account === finding.account);
  const owner = ownerText(finding, target, head);
  if (rule.includes('-inline-policy-')) return `inline policy ${nameOf(resource)} of ${owner}`;
  if (rule.includes('-boundary-'))
    return `permissions boundary of ${owner}: ${boundaryText(finding.desired)} → ${boundaryText(finding.live)}`;
  if (rule.startsWith('hub-group-member-')) return `membership of user ${nameOf(resource)} in hub group ${nameOf(entity)}`;
  if (rule.startsWith('trust-')) return trustText(target, base, head);
  return undefined;
}

function ownerText({ rule, entity }: Finding, target: Target | undefined, head: State): string {
  if (rule.startsWith('hub-user-')) return `hub user ${head.hub.user.name}`;
  return rule.startsWith('hub-group-') ? `hub group ${nameOf(entity)}` : `role ${target?.roleName ?? nameOf(entity)}`;
}

function boundaryText(boundary: unknown): string {
  return typeof boundary === 'string' ? policyName(boundary) : 'none';
}

function trustText(target: Target | undefined, base: State, head: State): string {
  const trustOf = ({ targets }: State) => targets.find(({ roleArn }) => roleArn === target?.roleArn)?.role.value?.trust;
  const [before, after] = [trustOf(base), trustOf(head)];
  const from = before === undefined ? undefined : callersOf(before, base);
  const to = after === undefined ? undefined : callersOf(after, head);
  const words = from === undefined || to === undefined || from === to ? '' : `, from ${from} to ${to}`;
  return `trust of role ${target?.roleName ?? ''}${words}`;
}

/** Hub groups that only one of the files has. */
export function askedByGroups(base: Desired | undefined, head: Desired): AskedOne[] {
  const before = base?.state.hub.groups ?? [];
  const after = head.state.hub.groups;
  const arns = new Set([...(base?.state.targets ?? []), ...head.state.targets].map(({ roleArn }) => roleArn));
  const onlyIn = (some: State['hub']['groups'], others: State['hub']['groups']) =>
    some.filter(({ name }) => !others.some((other) => sameName(other.name, name)));
  const tell = (kind: AskedKind, group: State['hub']['groups'][number], location: AskedOne['location']): AskedOne => {
    const members = group.value?.members?.map(({ name }) => name) ?? [];
    const who = members.length === 0 ? 'without members' : `with ${members.join(', ')} as members`;
    const stated = group.value ? statedPolicies(group.name, group.value, arns) : [];
    const what = [`hub group ${group.name} ${who}`, ...policyParts({ ...group.value, inlinePolicies: stated })].join(', ');
    return { account: head.state.hub.account, where: 'hub', kind, what, explanation: [], location };
  };
  return [
    ...onlyIn(after, before).map((group) => tell('grants', group, head.locate.group(group.name))),
    ...onlyIn(before, after).map((group) => tell('revokes', group, null)),
  ];
}
