import { patternsOf } from '../drift/assume-statement.ts';
import type { Finding } from '../drift/finding.ts';
import { nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import { patternsOverlap, statementsOf } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import { RULES } from '../state/rules.ts';
import type { State } from '../state/state.ts';
import { fields } from './call-for.ts';
import { isPlainGrant } from './group-policy.ts';
import type { Entity, Part } from './part.ts';

/** Why repairing a finding would cut the path by which the run itself works, or take the user out of its hub; `undefined`: it would not. */
export type OwnPath = (finding: Finding) => string | undefined;

/**
 * What a repair must leave alone for the next run to work.
 *
 * @param own ARNs in the hub: the roles that the run assumes there, and whoever it works as
 */
export function ownPath(desired: Desired, live: State, own: readonly string[]): OwnPath {
  const principals = own.flatMap(principalOf);
  const users = principals.filter(({ kind }) => kind === 'user');
  const cutsPath = pathPatterns(desired);
  return (finding) => {
    if (RULES[finding.rule].of === 'target' && !finding.rule.startsWith('grant-')) return ownRole(desired, principals, finding);
    if (finding.rule === 'hub-group-member-extra') return ownMembership(desired, users, finding);
    const takes = finding.access === 'widened' || finding.access === 'changed';
    if (!takes || users.length === 0) return undefined;
    if (finding.rule.startsWith('grant-') && !cutsPath(finding.resource)) return undefined;
    const user = users.find(({ name }) => hangsOn(name, finding, live));
    return user === undefined
      ? undefined
      : `The run works as the user ${user.name}, whose access this takes a part of. Let it work as another: ${ADVICE}.`;
  };
}

const ADVICE = 'by a role of its own, named in the inputs auditor-role and fixer-role';

/** Auditor, fixer and whoever else the run is must not be the role that it writes to. */
function ownRole(
  { auditor, fixer, state }: Desired,
  principals: readonly Principal[],
  { account }: Pick<Finding, 'account'>,
): string | undefined {
  const name = state.targets.find((target) => target.account === account)?.roleName ?? '';
  const others = principals.filter((principal) => principal.kind === 'role' && principal.account === account);
  const isOwn = [auditor.roleName, fixer.roleName, ...others.map((other) => other.name)].some((other) => sameName(other, name));
  return isOwn ? `The run itself works by the role ${name} in ${account}, so it does not write to it. Change it by hand.` : undefined;
}

function ownMembership({ state }: Desired, users: readonly Principal[], { resource, entity }: Finding): string | undefined {
  const name = nameOf(resource);
  if (sameName(name, state.hub.user.name)) {
    return `This would take the hub's own user ${name} out of the group ${nameOf(entity)}, and with it out of its targets. Name it among the group's members in the file.`;
  }
  const isOwn = users.some((user) => sameName(user.name, name));
  return isOwn
    ? `The run works as the user ${name}, and would take itself out of the group. Let it work as another: ${ADVICE}.`
    : undefined;
}

/**
 * The same for a change that is taken back: why it is left as it is. What a repair gave to the hub user may be taken from it again, as that was asked for.
 *
 * @param now what the change set, as it is there
 */
export function ownPathBack(
  desired: Desired,
  live: State,
  own: readonly string[],
): (part: Part, takes: boolean, now: unknown) => string | undefined {
  const principals = own.flatMap(principalOf);
  const users = principals.filter(({ kind }) => kind === 'user');
  const cutsPath = pathPatterns(desired);
  return (part, takes, now) => {
    const { of } = part;
    if (of.kind === 'Role') return ownRole(desired, principals, of);
    const isMember = (name: string) => sharesGroup(name, of, live) && !(part.kind === 'inline' && isGrantElsewhere(now, cutsPath));
    const user = users.find(({ name }) => {
      if (of.kind === 'User') return sameName(name, of.name);
      return takes && (part.kind === 'member' ? sameName(name, part.user) : isMember(name));
    });
    return user === undefined
      ? undefined
      : `The run works as the user ${user.name}, whose access this takes a part of. Let it work as another: ${ADVICE}.`;
  };
}

function sharesGroup(name: string, { name: group }: Entity, { hub }: State): boolean {
  return hub.groups.some((other) => sameName(other.name, group) && other.value?.members?.some((member) => sameName(member.name, name)));
}

/** A policy that does nothing but let its group assume roles by which the run does not work. */
function isGrantElsewhere(document: unknown, cutsPath: (pattern: string) => boolean): boolean {
  const statements = typeof document === 'string' ? null : statementsOf(fields(document), 'identity');
  return statements?.every((statement) => isPlainGrant(statement) && !patternsOf(statement).some(cutsPath)) ?? false;
}

/** Whether a user has what the finding takes: as the hub user, or as a member of the group. */
function hangsOn(name: string, { rule, entity }: Finding, { hub }: State): boolean {
  if (rule.startsWith('hub-user-')) return sameName(name, hub.user.name);
  const groups = rule.startsWith('grant-') ? hub.groups : hub.groups.filter((group) => sameName(group.name, nameOf(entity)));
  return groups.some(({ value: found }) => found?.members?.some((member) => sameName(member.name, name)));
}

/** Grants that the run may need: to IAM in the hub, and to its roles in the targets. */
function pathPatterns({ state, auditor, fixer }: Desired): (pattern: string) => boolean {
  const arn = (account: string, rest: string) => `arn:${state.partition}:iam::${account}:${rest}`;
  const needed = [
    arn(state.hub.account, '*'),
    ...state.targets.flatMap(({ account }) => [auditor, fixer].map(({ roleName }) => arn(account, `role/${roleName}`))),
  ];
  return (pattern) => needed.some((other) => patternsOverlap(pattern, other));
}

interface Principal {
  readonly kind: 'user' | 'role';
  readonly account: string;
  readonly name: string;
}

/** Whom an ARN stands for; a session stands for its role. */
function principalOf(arn: string): Principal[] {
  const [, account = '', user, role, session] =
    /^arn:[^:]+:(?:iam|sts)::(\d{12}):(?:user\/(?:.*\/)?([^/]+)|role\/(?:.*\/)?([^/]+)|assumed-role\/([^/]+)\/.*)$/.exec(arn) ?? [];
  const name = user ?? role ?? session;
  return name === undefined ? [] : [{ kind: user === undefined ? 'role' : 'user', account, name }];
}
