import type { Entity, Group, Identity, ManagedPolicy, Role, User } from '../accounts/entities.ts';
import { validationError } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { attachedXml } from './attachments.ts';
import { boundaryXml } from './boundaries.ts';
import type { Actions, Call } from './call.ts';
import { page } from './page.ts';
import { policyXml, versionXml } from './policies.ts';
import { lastUsedXml, trustXml } from './roles.ts';
import { tagsXml } from './tags.ts';

export const authorizationDetailActions: Actions = {
  GetAccountAuthorizationDetails: { resource: () => '*', run: getAccountAuthorizationDetails },
};

const LISTS = { User: 'UserDetailList', Group: 'GroupDetailList', Role: 'RoleDetailList', Policy: 'Policies' } as const;
const FILTERS: ReadonlySet<string> = new Set(['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy']);

interface Detail {
  readonly list: keyof typeof LISTS;
  readonly xml: string;
}

/**
 * Users, groups, roles and policies on one chain of pages; of AWS's own policies those in use
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html).
 */
function getAccountAuthorizationDetails(call: Call): string {
  const filter = call.params.list('Filter');
  const unknown = filter.find((type) => !FILTERS.has(type));
  if (unknown !== undefined) {
    throw validationError(
      `1 validation error detected: Value '[${unknown}]' at 'filter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${[...FILTERS].join(', ')}]]`,
    );
  }
  const { items, xml } = page(
    call,
    details(call, (type) => filter.length === 0 || filter.includes(type)),
  );
  const lists = Object.entries(LISTS).map(([kind, list]) => {
    const members = items.filter((item) => item.list === kind).map((item) => `<member>${item.xml}</member>`);
    return `<${list}>${members.join('')}</${list}>`;
  });
  return lists.join('') + xml;
}

function details(call: Call, wanted: (type: string) => boolean): Detail[] {
  const { tables, policies } = call.account;
  const { readAt, cloud } = call;
  const users = wanted('User') ? tables.User.all(readAt) : [];
  const groups = wanted('Group') ? tables.Group.all(readAt) : [];
  const roles = wanted('Role') ? tables.Role.all(readAt) : [];
  const own = wanted('LocalManagedPolicy') ? policies.all(readAt) : [];
  const ofAws = wanted('AWSManagedPolicy') ? usedArns(call).flatMap((arn) => cloud.managed.get(arn) ?? []) : [];
  return [
    ...users.map((user) => ({ list: 'User', xml: userXml(call, user) }) as const),
    ...groups.map((group) => ({ list: 'Group', xml: groupXml(group) }) as const),
    ...roles.map((role) => ({ list: 'Role', xml: roleXml(call, role) }) as const),
    ...[...own, ...ofAws].map((policy) => ({ list: 'Policy', xml: managedXml(call, policy) }) as const),
  ];
}

/** Of the policies that something in the account has attached or as its boundary. */
function usedArns({ account, readAt }: Call): string[] {
  const { User: users, Group: groups, Role: roles } = account.tables;
  const bounded = [...users.all(readAt), ...roles.all(readAt)];
  const attached = [...bounded, ...groups.all(readAt)].flatMap((identity) => identity.attached);
  return [...new Set([...attached, ...bounded.flatMap(({ boundary }) => boundary ?? [])])];
}

function entityXml(kind: 'User' | 'Group' | 'Role', { path, name, id, arn, createdAt }: Entity): string {
  return (
    element('Path', path) + element(`${kind}Name`, name) + element(`${kind}Id`, id) + element('Arn', arn) + element('CreateDate', createdAt)
  );
}

function policiesXml(kind: 'User' | 'Group' | 'Role', { inline, attached }: Identity): string {
  const documents = [...inline].map(
    ([name, document]) => `<member>${element('PolicyName', name)}${element('PolicyDocument', document.encoded)}</member>`,
  );
  return `<${kind}PolicyList>${documents.join('')}</${kind}PolicyList><AttachedManagedPolicies>${attached.map(attachedXml).join('')}</AttachedManagedPolicies>`;
}

function userXml(call: Call, user: User): string {
  const groups = call.account.tables.Group.all(call.readAt).filter(({ members }) => members.includes(user.name));
  const names = groups.map(({ name }) => element('member', name)).join('');
  return `${entityXml('User', user)}${policiesXml('User', user)}<GroupList>${names}</GroupList>${boundaryXml(user.boundary)}${tagsXml(user.tags)}`;
}

function groupXml(group: Group): string {
  return entityXml('Group', group) + policiesXml('Group', group);
}

function roleXml(call: Call, role: Role): string {
  return `${entityXml('Role', role)}${trustXml(call, role)}<InstanceProfileList/>${policiesXml('Role', role)}${boundaryXml(role.boundary)}${tagsXml(role.tags)}${lastUsedXml(call, role)}`;
}

function managedXml(call: Call, policy: ManagedPolicy): string {
  const versions = policy.versions.toReversed().map((version) => `<member>${versionXml(policy, version, true)}</member>`);
  return `${policyXml(call, policy)}<PolicyVersionList>${versions.join('')}</PolicyVersionList>`;
}
