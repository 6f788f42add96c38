import { differences } from '../drift/drift.ts';
import type { Access, Finding } from '../drift/finding.ts';
import { nameOf, shortName } from '../state/arn.ts';
import type { Desired } from '../state/desired.ts';
import { sameName } from '../state/names.ts';
import type { Named, Role, State, Target } from '../state/state.ts';
import type { AskedKind, AskedOne } from './asked.ts';
import { callersOf } from './asked-of-roles.ts';

/**
 * What stays and asks for other access: policies with documents, trusts, boundaries, memberships. The same comparison that finds drift, with the base's file as
 * what is wanted and the head's as what is there.
 */
export function askedByDocuments(base: Desired, head: Desired, at: Date): AskedOne[] {
  const arns = new Set([...base.state.targets, ...head.state.targets].map(({ roleArn }) => roleArn));
  return differences(comparable(base.state), asLive(base.state, head.state), head.locate, at).flatMap((finding) => {
    // Where a grant stands follows from the targets, which are told by themselves.
    if (finding.rule.startsWith('grant-') && arns.has(finding.resource)) return [];
    const what = textOf(finding, base.state, head.state);
    if (what === undefined) return [];
    const { account, explanation, location } = finding;
    const where = account === head.state.hub.account && !isOfTarget(finding) ? ('hub' as const) : ('targets' as const);
    return [{ account, where, kind: kindOf(finding), what, explanation, location }];
  });
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
      groups: groups.map((group) => withFound(group, (found) => ({ ...found, managedPolicies: undefined }))),
    },
    targets: state.targets.map((target) => ({ ...target, role: withFound(target.role, withoutDescription) })),
  };
}

function withoutDescription(role: Role): Role {
  return { ...role, managedPolicies: undefined, description: undefined, maxSessionDuration: undefined, tags: undefined };
}

function withFound<T>(named: Named<T>, edit: (found: T) => T): Named<T> {
  return { name: named.name, found: named.found && edit(named.found) };
}

/** The head's state in the place of a live one: of roles, those that the base has as well. */
function asLive(base: State, head: State): State {
  const arns = new Set(base.targets.map(({ roleArn }) => roleArn));
  const { targets, ...rest } = comparable(head);
  return { ...rest, targets: targets.filter(({ roleArn }) => arns.has(roleArn)) };
}

function isOfTarget({ rule }: Finding): boolean {
  return rule.startsWith('role-') || rule.startsWith('trust-');
}

const CHANGED: Readonly<Record<Access, AskedKind>> = { widened: 'widens', narrowed: 'narrows', changed: 'changes', none: 'describes' };

function kindOf({ rule, access }: Finding): AskedKind {
  if (access === 'widened' && (rule.endsWith('-extra') || rule === 'grant-changed') && !rule.includes('boundary')) return 'grants';
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
  if (rule === 'grant-extra') return `assuming ${resource}, by an inline policy of a hub group`;
  return undefined;
}

function ownerText({ rule, entity }: Finding, target: Target | undefined, head: State): string {
  if (rule.startsWith('hub-user-')) return `hub user ${head.hub.user.name}`;
  return rule.startsWith('hub-group-') ? `hub group ${nameOf(entity)}` : `role ${target?.roleName ?? nameOf(entity)}`;
}

function boundaryText(boundary: unknown): string {
  return typeof boundary === 'string' ? shortName(boundary) : 'none';
}

function trustText(target: Target | undefined, base: State, head: State): string {
  const trustOf = ({ targets }: State) => targets.find(({ roleArn }) => roleArn === target?.roleArn)?.role.found?.trust;
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
  const onlyIn = (some: State['hub']['groups'], others: State['hub']['groups']) =>
    some.filter(({ name }) => !others.some((other) => sameName(other.name, name)));
  const tell = (kind: AskedKind, group: State['hub']['groups'][number], location: AskedOne['location']): AskedOne => {
    const members = group.found?.members?.map(({ name }) => name) ?? [];
    const policies = group.found?.managedPolicies?.required.map(shortName) ?? [];
    const parts = [
      `hub group ${group.name}`,
      members.length === 0 ? 'without members' : `with ${members.join(', ')} as members`,
      policies.length === 0 ? '' : `and the managed policies ${policies.join(', ')}`,
    ];
    const what = parts.filter((part) => part !== '').join(' ');
    return { account: head.state.hub.account, where: 'hub', kind, what, explanation: [], location };
  };
  return [
    ...onlyIn(after, before).map((group) => tell('grants', group, head.locate.group(group.name))),
    ...onlyIn(before, after).map((group) => tell('revokes', group, null)),
  ];
}
