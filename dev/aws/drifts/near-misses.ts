import { accountIn, roleIn } from '../estate.ts';
import { allow, type DriftScene, grantIndex, type NearMiss, REVOKE_OLDER_SESSIONS, replace, without } from './drift.ts';

const least = { stated: 'least' } as const;
const everything = { stated: 'everything' } as const;

const root = ({ draft, guide }: DriftScene) => `arn:${draft.partition}:iam::${guide.hub}:root`;

/** Differences that are not drift: other spellings of the same, and what the desired state leaves open. */
export const NEAR_MISSES: readonly NearMiss[] = [
  {
    ...least,
    name: 'a trust that names the account by its id, one statement instead of a list, a list of one action',
    near: 'trust-changed',
    edit: ({ role, guide }) =>
      Object.assign(role, {
        trust: {
          Statement: { Action: ['sts:assumerole'], Principal: { AWS: guide.hub }, Effect: 'Allow', Sid: 'Hub' },
          Version: '2012-10-17',
        },
      }),
  },
  {
    ...least,
    name: 'a trust of the older version with the hub named twice',
    near: 'trust-changed',
    edit: (scene) =>
      Object.assign(scene.role, {
        trust: {
          Version: '2008-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: [root(scene), root(scene)] }, Action: 'sts:AssumeRole' }],
        },
      }),
  },
  {
    ...least,
    name: 'a grant of another name',
    near: 'grant-missing',
    edit: (scene) => {
      scene.group.inlinePolicies[grantIndex(scene)] = { name: 'zzz', document: allow('sts:AssumeRole', scene.roleArn) };
    },
  },
  {
    ...least,
    name: 'a grant that is written with white space, a Sid and lists',
    near: 'grant-changed',
    edit: (scene) => {
      const document = JSON.stringify(allow(['STS:AssumeRole'], [scene.roleArn], { Sid: 'Production' }), null, 4);
      scene.group.inlinePolicies[grantIndex(scene)] = { name: 'assume-spaced', document };
    },
  },
  {
    ...least,
    name: 'a grant that is there twice',
    near: 'grant-extra',
    edit: ({ group, roleArn }) => group.inlinePolicies.push({ name: 'again', document: allow('sts:AssumeRole', roleArn) }),
  },
  {
    ...least,
    name: 'all grants packed into one policy',
    near: 'grant-missing',
    edit: ({ group, guide, draft }) => {
      const arns = guide.targets.map((account) => `arn:${draft.partition}:iam::${account}:role/${guide.roleName}`);
      group.inlinePolicies = [{ name: 'packed', document: allow('sts:AssumeRole', arns) }];
    },
  },
  {
    ...least,
    name: 'the optional policy is attached to the role',
    near: 'role-policy-extra',
    edit: ({ role, awsPolicy }) => role.managedPolicies.push(awsPolicy('IAMReadOnlyAccess')),
  },
  {
    ...least,
    name: "the role's policies are attached in another order",
    near: 'role-policy-missing',
    edit: ({ role }) => role.managedPolicies.reverse(),
  },
  {
    ...least,
    name: 'tags, a description and a session duration that nobody stated',
    near: 'role-tag-changed',
    edit: ({ role }) => Object.assign(role, { tags: [{ key: 'cost', value: '1' }], description: 'anything', maxSessionDuration: 43_200 }),
  },
  {
    ...everything,
    name: 'a tag that nobody stated beside those that are',
    near: 'role-tag-missing',
    edit: ({ role }) => role.tags?.push({ key: 'cost', value: '1' }),
  },
  { ...least, name: 'a second active key', near: 'hub-user-key-extra', edit: ({ user }) => user.accessKeys.push('Active') },
  {
    ...everything,
    name: 'a second key that is not active',
    near: 'hub-user-key-extra',
    edit: ({ user }) => user.accessKeys.push('Inactive'),
  },
  {
    ...least,
    name: 'an SSH public key and a signing certificate that are not active',
    near: 'hub-user-credential-extra',
    edit: ({ user }) =>
      Object.assign(user, {
        credentials: [
          { kind: 'ssh-public-key', status: 'Inactive' },
          { kind: 'signing-certificate', status: 'Inactive' },
        ],
      }),
  },
  {
    ...least,
    name: 'another user of the hub in quarantine',
    near: 'hub-user-key-compromised',
    edit: ({ draft, guide, awsPolicy }) =>
      accountIn(draft, guide.hub).users.push({
        name: 'somebody',
        managedPolicies: [awsPolicy('AWSCompromisedKeyQuarantineV3')],
        inlinePolicies: [],
        accessKeys: ['Active'],
      }),
  },
  {
    ...least,
    name: 'revoked sessions of another role of the target account',
    near: 'role-sessions-revoked',
    edit: ({ draft, target, role }) =>
      accountIn(draft, target).roles.push({
        ...role,
        name: 'another',
        inlinePolicies: [{ name: 'AWSRevokeOlderSessions', document: REVOKE_OLDER_SESSIONS }],
      }),
  },
  {
    ...everything,
    name: 'a role of the hub that the file does not list may assume other roles, and is denied the rest',
    near: 'hub-caller-extra',
    edit: (scene) =>
      accountIn(scene.draft, scene.guide.hub).roles.push({
        name: 'Deploy',
        trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: root(scene) }, Action: 'sts:AssumeRole' }] },
        managedPolicies: [scene.awsPolicy('AdministratorAccess')],
        inlinePolicies: [
          {
            name: 'own',
            document: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: scene.roleArn.replace('role/', 'role/other/') },
                { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: `arn:*:iam::*:role/${scene.guide.roleName}` },
              ],
            },
          },
        ],
      }),
  },
  {
    ...least,
    name: 'a role of the hub may assume the roles, and the file says nothing of other callers',
    near: 'hub-caller-extra',
    edit: (scene) =>
      accountIn(scene.draft, scene.guide.hub).roles.push({
        name: 'Admin',
        trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: root(scene) }, Action: 'sts:AssumeRole' }] },
        managedPolicies: [scene.awsPolicy('AdministratorAccess')],
        inlinePolicies: [],
      }),
  },
  {
    ...everything,
    name: "a trust of the auditor's role in other words",
    near: 'tool-role-trust-changed',
    edit: ({ draft, guide, target }) =>
      Object.assign(roleIn(draft, target, 'AssumeRoleAuditor'), {
        trust: {
          Version: '2008-10-17',
          Statement: { Sid: 'Hub', Effect: 'Allow', Principal: { AWS: [guide.auditorRole] }, Action: ['STS:AssumeRole'] },
        },
      }),
  },
  {
    ...least,
    name: 'a foreign account in the trust of a role of the action, of which the file does not say who may assume it',
    near: 'tool-role-trust-changed',
    edit: ({ draft, guide, target }) => {
      const Principal = { AWS: [guide.auditorRole, `arn:${draft.partition}:iam::999999999999:root`] };
      Object.assign(roleIn(draft, target, 'AssumeRoleAuditor'), {
        trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
      });
    },
  },
  {
    ...everything,
    name: 'an inline policy with its statement split in two',
    near: 'role-inline-policy-changed',
    edit: ({ role }) => {
      const statement = { Effect: 'Allow', Action: 'ec2:CreateTags', Resource: '*' };
      replace(role.inlinePolicies, 'tag-networks', {
        Version: '2012-10-17',
        Statement: [statement, { ...statement, Resource: 'arn:aws:ec2:*:*:vpc/*' }],
      });
    },
  },
  {
    ...least,
    name: 'a group of other people, with a grant of their own',
    near: 'grant-extra',
    edit: ({ draft, guide }) => {
      const hub = draft.accounts.find(({ id }) => id === guide.hub);
      hub?.groups.push({
        name: 'others',
        members: [],
        managedPolicies: [],
        inlinePolicies: [{ name: 'x', document: allow('sts:AssumeRole', '*') }],
      });
    },
  },
  {
    ...everything,
    name: "the user's inline policies in another order",
    near: 'hub-user-inline-policy-changed',
    edit: ({ user }) => {
      const [first] = user.inlinePolicies;
      without(user.inlinePolicies, 0);
      if (first !== undefined) user.inlinePolicies.push(first);
    },
  },
  {
    ...everything,
    name: 'a managed policy of the account that is written in another way',
    near: 'policy-changed',
    edit: ({ draft, target }) => {
      const Statement = { Sid: 'Zones', Action: ['route53:LISTHOSTEDZONES'], Resource: ['*'], Effect: 'Allow' };
      for (const policy of accountIn(draft, target).policies) policy.document = { Version: '2012-10-17', Statement };
    },
  },
];
