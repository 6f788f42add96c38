import { accountIn } from '../estate.ts';
import { allow, type Drift, type DriftScene, grantIndex, replace, without } from './drift.ts';

const hub = ({ draft, guide }: DriftScene) => accountIn(draft, guide.hub);
const least = { stated: 'least', onMoto: true } as const;
const everything = { stated: 'everything', onMoto: true } as const;
/** moto does not have permissions boundaries of users. */
const boundary = { onMoto: false } as const;

/** Drift of the hub: its user, its group and the grants that no target wants. */
export const HUB_DRIFTS: readonly Drift[] = [
  {
    ...least,
    name: 'the hub user is gone',
    rule: 'hub-user-missing',
    access: 'narrowed',
    edit: (scene) => {
      hub(scene).users = hub(scene).users.filter(({ name }) => name !== scene.guide.user);
      for (const group of hub(scene).groups) group.members = group.members.filter((name) => name !== scene.guide.user);
    },
  },
  {
    ...least,
    name: 'the hub group is gone',
    rule: 'hub-group-missing',
    access: 'narrowed',
    edit: (scene) => {
      hub(scene).groups = hub(scene).groups.filter(({ name }) => name !== scene.group.name);
    },
  },
  {
    ...least,
    name: "the user's policy is detached",
    rule: 'hub-user-policy-missing',
    access: 'narrowed',
    edit: ({ user }) => user.managedPolicies.pop(),
  },
  {
    ...least,
    name: 'the user is an administrator',
    rule: 'hub-user-policy-extra',
    access: 'widened',
    edit: ({ user, awsPolicy }) => user.managedPolicies.push(awsPolicy('AdministratorAccess')),
  },
  {
    ...least,
    name: 'AWS has put the user into quarantine',
    rule: 'hub-user-key-compromised',
    access: 'narrowed',
    edit: ({ user, awsPolicy }) => user.managedPolicies.push(awsPolicy('AWSCompromisedKeyQuarantineV3')),
  },
  {
    ...everything,
    name: "the user's inline policy is gone",
    rule: 'hub-user-inline-policy-missing',
    access: 'narrowed',
    edit: ({ user }) => user.inlinePolicies.shift(),
  },
  {
    ...least,
    name: 'the user has an inline policy of its own',
    rule: 'hub-user-inline-policy-extra',
    access: 'widened',
    edit: ({ user }) => user.inlinePolicies.push({ name: 'own', document: allow('s3:GetObject') }),
  },
  {
    ...everything,
    name: "the user's inline policy allows more",
    rule: 'hub-user-inline-policy-changed',
    access: 'widened',
    edit: ({ user }) => replace(user.inlinePolicies, 'read-zones', allow('route53:*')),
  },
  {
    ...everything,
    ...boundary,
    name: "the user's boundary is gone",
    rule: 'hub-user-boundary-missing',
    access: 'widened',
    edit: ({ user }) => Reflect.deleteProperty(user, 'boundary'),
  },
  {
    ...least,
    ...boundary,
    name: 'the user is bounded',
    rule: 'hub-user-boundary-extra',
    access: 'narrowed',
    edit: ({ user, awsPolicy }) => Object.assign(user, { boundary: awsPolicy('ReadOnlyAccess') }),
  },
  {
    ...everything,
    ...boundary,
    name: "the user's boundary is another",
    rule: 'hub-user-boundary-changed',
    access: 'changed',
    edit: ({ user, awsPolicy }) => Object.assign(user, { boundary: awsPolicy('ReadOnlyAccess') }),
  },
  {
    ...least,
    name: 'the user is in a group of people',
    rule: 'hub-user-group-extra',
    access: 'widened',
    edit: (scene) =>
      hub(scene).groups.push({
        name: 'dns-admins',
        members: [scene.guide.user],
        managedPolicies: [],
        inlinePolicies: [{ name: 'zones', document: allow('route53:*') }],
      }),
  },
  {
    ...least,
    name: 'the user has a console password',
    rule: 'hub-user-login-extra',
    access: 'widened',
    edit: ({ user }) => Object.assign(user, { login: true }),
  },
  { ...least, name: 'the user has no key', rule: 'hub-user-key-missing', access: 'narrowed', edit: ({ user }) => user.accessKeys.pop() },
  {
    ...everything,
    name: 'a role of the hub that the file does not list may assume the roles',
    rule: 'hub-caller-extra',
    access: 'widened',
    edit: (scene) => {
      const Principal = { AWS: `arn:${scene.draft.partition}:iam::${scene.guide.hub}:root` };
      hub(scene).roles.push({
        name: 'Deploy',
        path: '/ci/',
        trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] },
        managedPolicies: [],
        inlinePolicies: [{ name: 'jump', document: allow('sts:AssumeRole', scene.roleArn) }],
      });
    },
  },
  {
    ...everything,
    name: 'the user has a second key',
    rule: 'hub-user-key-extra',
    access: 'widened',
    edit: ({ user }) => user.accessKeys.push('Active'),
  },
  {
    ...everything,
    onMoto: false,
    name: 'the key is older than the file allows',
    rule: 'hub-user-key-old',
    access: 'none',
    edit: () => undefined,
    afterSeeding: (aws, { hub: account, user }) => aws.account(account).dateAccessKeys(user, '2020-01-01T00:00:00Z'),
  },
  {
    ...least,
    name: 'the user has an SSH public key',
    rule: 'hub-user-credential-extra',
    access: 'widened',
    edit: ({ user }) => Object.assign(user, { credentials: [{ kind: 'ssh-public-key', status: 'Active' }] }),
  },
  {
    ...least,
    name: 'the user has a signing certificate',
    rule: 'hub-user-credential-extra',
    access: 'widened',
    edit: ({ user }) => Object.assign(user, { credentials: [{ kind: 'signing-certificate', status: 'Active' }] }),
  },
  {
    ...least,
    onMoto: false,
    name: 'the user has a credential for CodeCommit',
    rule: 'hub-user-credential-extra',
    access: 'widened',
    edit: ({ user }) => Object.assign(user, { credentials: [{ kind: 'service-specific', status: 'Active' }] }),
  },
  {
    ...least,
    name: 'the user is not in the group',
    rule: 'hub-group-member-missing',
    access: 'narrowed',
    edit: ({ group }) => group.members.pop(),
  },
  {
    ...least,
    name: 'somebody else is in the group',
    rule: 'hub-group-member-extra',
    access: 'widened',
    edit: (scene) => {
      hub(scene).users.push({ name: 'mallory', managedPolicies: [], inlinePolicies: [], accessKeys: [] });
      scene.group.members.push('mallory');
    },
  },
  {
    ...everything,
    name: "the group's policy is detached",
    rule: 'hub-group-policy-missing',
    access: 'narrowed',
    edit: ({ group }) => group.managedPolicies.pop(),
  },
  {
    ...least,
    name: 'the group has a managed policy',
    rule: 'hub-group-policy-extra',
    access: 'widened',
    edit: ({ group, awsPolicy }) => group.managedPolicies.push(awsPolicy('AmazonS3FullAccess')),
  },
  {
    ...everything,
    name: "the group's inline policy is gone",
    rule: 'hub-group-inline-policy-missing',
    access: 'narrowed',
    edit: ({ group }) =>
      without(
        group.inlinePolicies,
        group.inlinePolicies.findIndex(({ name }) => name === 'read-networks'),
      ),
  },
  {
    ...least,
    name: 'the group has an inline policy that is no grant',
    rule: 'hub-group-inline-policy-extra',
    access: 'widened',
    edit: ({ group }) => group.inlinePolicies.push({ name: 'objects', document: allow('s3:*') }),
  },
  {
    ...everything,
    name: "the group's inline policy allows less",
    rule: 'hub-group-inline-policy-changed',
    access: 'narrowed',
    edit: ({ group }) => replace(group.inlinePolicies, 'read-networks', allow('ec2:DescribeVpcs', 'arn:aws:ec2:eu-west-1:*:vpc/*')),
  },
  {
    ...least,
    name: 'the group may assume a role that no target wants',
    rule: 'grant-extra',
    access: 'widened',
    edit: ({ group, draft }) =>
      group.inlinePolicies.push({
        name: 'assume-other',
        document: allow('sts:AssumeRole', `arn:${draft.partition}:iam::999999999999:role/Admin`),
      }),
  },
  {
    ...least,
    name: 'the grant names a second role',
    rule: 'grant-extra',
    access: 'widened',
    edit: (scene) => {
      const index = grantIndex(scene);
      const foreign = `arn:${scene.draft.partition}:iam::${scene.target}:role/Admin`;
      scene.group.inlinePolicies[index] = { name: 'assume-two', document: allow('sts:AssumeRole', [scene.roleArn, foreign]) };
    },
  },
];
