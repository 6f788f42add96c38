import type { Policy, Statement } from '../../policy/index.ts';
import type { Group, Hub, InlinePolicy, NameSet, Role, User } from '../../state/state.ts';
import type { Report, ReportTarget } from './schema.ts';

type LiveRole = NonNullable<ReportTarget['live']>;
type LiveHub = NonNullable<Report['hub']['live']>;

/** What the report says of a role that was read. `null`: it does not exist; `undefined`: it was not read. */
export function liveRole(role: Role | null | undefined): LiveRole | null | undefined {
  return role && { trust: trustOf(role.trust), ...policiesOf(role), boundary: role.boundary };
}

/** The same of the hub's user and groups. `undefined`: nothing of them was read. */
export function liveHub({ user: { value: user }, groups }: Hub): LiveHub | undefined {
  const found = groups.flatMap(({ value }) => (value ? [liveGroup(value)] : []));
  return user === undefined && found.length === 0 ? undefined : { user: user && liveUser(user), groups: found };
}

function liveUser(user: User): NonNullable<LiveHub['user']> {
  return {
    arn: user.arn,
    ...policiesOf(user),
    boundary: user.boundary,
    groups: namesOf(user.groups),
    activeKeys: user.accessKeys?.listed.filter(({ active }) => active).length,
    consoleLogin: user.consoleLogin,
  };
}

function liveGroup(group: Group): LiveHub['groups'][number] {
  return { arn: group.arn, members: group.members?.map(({ name }) => name), ...policiesOf(group) };
}

interface WithPolicies {
  readonly managedPolicies: NameSet | undefined;
  readonly inlinePolicies: readonly InlinePolicy[] | undefined;
}

function policiesOf({ managedPolicies, inlinePolicies }: WithPolicies): Pick<LiveRole, 'managedPolicies' | 'inlinePolicies'> {
  return { managedPolicies: namesOf(managedPolicies), inlinePolicies: inlinePolicies?.map(({ name }) => name) };
}

/** `undefined` also where the document does not show whom it names. */
function trustOf(trust: Policy | undefined): LiveRole['trust'] {
  const statements = trust?.statements;
  if (!statements || statements.some(({ doubt }) => doubt?.unread.has('principals'))) return undefined;
  const named = (effect: Statement['effect']) =>
    distinct(statements.filter((one) => one.effect === effect).flatMap(({ principals }) => (principals ?? []).map(({ id }) => id)));
  const conditions = distinct(statements.flatMap((statement) => statement.conditions.map(({ key }) => key)));
  return { allows: named('Allow'), denies: named('Deny'), conditions };
}

function namesOf(set: NameSet | undefined): string[] | undefined {
  return set && [...set.required];
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
