import { accountIn, roleIn } from '../estate.ts';
import { allow, type Drift, type DriftScene, grantIndex, REVOKE_OLDER_SESSIONS, replace, without } from './drift.ts';

const least = { stated: 'least', onMoto: true } as const;
const everything = { stated: 'everything', onMoto: true } as const;

const root = ({ draft, guide }: DriftScene) => `arn:${draft.partition}:iam::${guide.hub}:root`;
const trust = (principal: unknown, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }],
});

function say({ draft, target }: DriftScene, document: Record<string, unknown>): void {
  for (const policy of accountIn(draft, target).policies) policy.document = document;
}

/** Drift of one target: its grant in the hub and its role. */
export const TARGET_DRIFTS: readonly Drift[] = [
  {
    ...least,
    name: 'the grant is gone',
    rule: 'grant-missing',
    access: 'narrowed',
    edit: (scene) => without(scene.group.inlinePolicies, grantIndex(scene)),
  },
  {
    ...everything,
    name: 'the grant is gone, but a wildcard lets the user in',
    rule: 'grant-indirect',
    access: 'none',
    edit: (scene) => without(scene.group.inlinePolicies, grantIndex(scene)),
  },
  {
    ...least,
    name: 'the grant has a condition',
    rule: 'grant-changed',
    access: 'narrowed',
    edit: (scene) => {
      const document = allow('sts:AssumeRole', scene.roleArn, { Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } } });
      scene.group.inlinePolicies[grantIndex(scene)] = { name: 'assume-if', document };
    },
  },
  {
    ...least,
    name: 'the role is gone',
    rule: 'role-missing',
    access: 'narrowed',
    edit: ({ draft, target, role }) => {
      const account = accountIn(draft, target);
      account.roles = account.roles.filter(({ name }) => name !== role.name);
    },
  },
  {
    ...least,
    name: 'everybody is trusted',
    rule: 'trust-changed',
    access: 'widened',
    edit: ({ role }) => Object.assign(role, { trust: trust({ AWS: '*' }) }),
  },
  {
    ...least,
    name: 'another account is trusted, too',
    rule: 'trust-changed',
    access: 'widened',
    edit: (scene) =>
      Object.assign(scene.role, { trust: trust({ AWS: [root(scene), `arn:${scene.draft.partition}:iam::999999999999:root`] }) }),
  },
  {
    ...least,
    name: 'the trust asks for an external id',
    rule: 'trust-changed',
    access: 'narrowed',
    edit: (scene) =>
      Object.assign(scene.role, { trust: trust({ AWS: root(scene) }, { Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } } }) }),
  },
  {
    ...least,
    onMoto: false,
    name: 'the trust names a user that was deleted',
    rule: 'trust-orphaned',
    access: 'changed',
    edit: (scene) => {
      accountIn(scene.draft, scene.guide.hub).formerUsers = ['micetro-old'];
      const former = `arn:${scene.draft.partition}:iam::${scene.guide.hub}:user/micetro-old`;
      Object.assign(scene.role, { trust: trust({ AWS: [root(scene), former] }) });
    },
  },
  {
    ...least,
    name: 'the role is at another path',
    rule: 'role-path-changed',
    access: 'narrowed',
    edit: ({ role }) => Object.assign(role, { path: '/ddi/' }),
  },
  {
    ...least,
    name: 'a policy is detached',
    rule: 'role-policy-missing',
    access: 'narrowed',
    edit: ({ role }) => role.managedPolicies.shift(),
  },
  {
    ...least,
    name: 'the role is an administrator',
    rule: 'role-policy-extra',
    access: 'widened',
    edit: ({ role, awsPolicy }) => role.managedPolicies.push(awsPolicy('AdministratorAccess')),
  },
  {
    ...everything,
    name: "the role's inline policy is gone",
    rule: 'role-inline-policy-missing',
    access: 'narrowed',
    edit: ({ role }) => role.inlinePolicies.pop(),
  },
  {
    ...least,
    name: 'the role has an inline policy',
    rule: 'role-inline-policy-extra',
    access: 'widened',
    edit: ({ role }) => role.inlinePolicies.push({ name: '__proto__', document: allow('s3:*') }),
  },
  {
    ...everything,
    name: "the role's inline policy is another",
    rule: 'role-inline-policy-changed',
    access: 'changed',
    edit: ({ role }) => replace(role.inlinePolicies, 'tag-networks', allow('ec2:DeleteTags')),
  },
  {
    ...least,
    name: "the role's sessions were revoked",
    rule: 'role-sessions-revoked',
    access: 'narrowed',
    edit: ({ role }) => role.inlinePolicies.push({ name: 'AWSRevokeOlderSessions', document: REVOKE_OLDER_SESSIONS }),
  },
  {
    ...everything,
    name: "the role's boundary is gone",
    rule: 'role-boundary-missing',
    access: 'widened',
    edit: ({ role }) => Reflect.deleteProperty(role, 'boundary'),
  },
  {
    ...least,
    name: 'the role is bounded',
    rule: 'role-boundary-extra',
    access: 'narrowed',
    edit: ({ role, awsPolicy }) => Object.assign(role, { boundary: awsPolicy('ReadOnlyAccess') }),
  },
  {
    ...everything,
    name: "the role's boundary is another",
    rule: 'role-boundary-changed',
    access: 'changed',
    edit: ({ role, awsPolicy }) => Object.assign(role, { boundary: awsPolicy('ReadOnlyAccess') }),
  },
  {
    ...everything,
    name: 'sessions last an hour',
    rule: 'role-session-duration-changed',
    access: 'none',
    edit: ({ role }) => Object.assign(role, { maxSessionDuration: 3_600 }),
  },
  {
    ...everything,
    name: 'the description is another',
    rule: 'role-description-changed',
    access: 'none',
    edit: ({ role }) => Object.assign(role, { description: 'temporary' }),
  },
  {
    ...everything,
    name: "a foreign account may assume the auditor's role",
    rule: 'tool-role-trust-changed',
    access: 'widened',
    edit: ({ draft, guide, target }) => {
      const principals = [guide.auditorRole, `arn:${draft.partition}:iam::999999999999:root`];
      Object.assign(roleIn(draft, target, 'AssumeRoleAuditor'), { trust: trust({ AWS: principals }) });
    },
  },
  { ...everything, name: 'a tag is gone', rule: 'role-tag-missing', access: 'none', edit: ({ role }) => role.tags?.shift() },
  {
    ...everything,
    name: 'a tag has a different value',
    rule: 'role-tag-changed',
    access: 'none',
    edit: ({ role }) => role.tags?.splice(0, 1, { key: 'team', value: 'web' }),
  },
  {
    ...everything,
    name: 'a managed policy of the account allows more',
    rule: 'policy-changed',
    access: 'widened',
    edit: (scene) => say(scene, allow('route53:*')),
  },
  {
    ...everything,
    name: 'a managed policy of the account allows something else',
    rule: 'policy-changed',
    access: 'changed',
    edit: (scene) => say(scene, allow('ec2:DescribeVpcs')),
  },
];
