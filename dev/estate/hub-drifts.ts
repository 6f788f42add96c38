import { accountIn, type Estate, groupIn, userIn } from '../aws/estate.ts';
import { awsPolicy, trustAccount } from '../aws/guide.ts';
import { type Drifts, pick } from './drifts.ts';
import { allow, READERS } from './large-estate.ts';

/** Of the hub user and of the groups, but for the grants in them. */
export const hubDrifts: Drifts = ({ hub, user: userName, groups }) => {
  const user = (draft: Estate) => userIn(draft, hub, userName);
  const group = (draft: Estate, index: number) => groupIn(draft, hub, pick(groups, index));
  const aws = (name: string) => awsPolicy('aws', name);
  return [
    {
      name: 'the policy of the user is detached, another is attached',
      finds: [`hub-user-policy-missing narrowed ${hub}`, `hub-user-policy-extra widened ${hub}`],
      edit: (draft) => {
        user(draft).managedPolicies = [aws('AmazonS3FullAccess')];
      },
    },
    {
      name: 'an inline policy of the user is deleted, one says more, and one is new',
      finds: [
        `hub-user-inline-policy-missing narrowed ${hub}`,
        `hub-user-inline-policy-changed widened ${hub}`,
        `hub-user-inline-policy-extra widened ${hub}`,
      ],
      edit: (draft) => {
        const [, , assumeSandboxes] = user(draft).inlinePolicies;
        user(draft).inlinePolicies = [
          { name: 'read-zones', document: allow('route53:*') },
          ...(assumeSandboxes === undefined ? [] : [assumeSandboxes]),
          { name: 'own', document: allow('s3:GetObject') },
        ];
      },
    },
    {
      name: 'the boundary of the user is another',
      finds: [`hub-user-boundary-changed changed ${hub}`],
      onMoto: false,
      edit: (draft) => {
        user(draft).boundary = aws('ReadOnlyAccess');
      },
    },
    {
      name: 'the user is in a group of people',
      finds: [`hub-user-group-extra widened ${hub}`],
      edit: (draft) => {
        const inlinePolicies = [{ name: 'zones', document: allow('route53:*') }];
        accountIn(draft, hub).groups.push({ name: 'dns-admins', members: [userName], managedPolicies: [], inlinePolicies });
      },
    },
    {
      name: 'the user has a console password, a second key and an SSH public key',
      finds: [`hub-user-login-extra widened ${hub}`, `hub-user-key-extra widened ${hub}`, `hub-user-credential-extra widened ${hub}`],
      fixedBy: 'people',
      edit: (draft) => {
        user(draft).login = true;
        user(draft).accessKeys.push('Active');
        user(draft).credentials = [{ kind: 'ssh-public-key', status: 'Active' }];
      },
    },
    {
      name: 'the user is taken out of a group, and somebody else is put into another',
      finds: [`hub-group-member-missing narrowed ${hub}`, `hub-group-member-extra widened ${hub}`],
      edit: (draft) => {
        group(draft, 1).members = [];
        accountIn(draft, hub).users.push({ name: 'mallory', managedPolicies: [], inlinePolicies: [], accessKeys: [] });
        group(draft, 2).members.push('mallory');
      },
    },
    {
      name: 'the policy of a group is detached, another group gets one',
      finds: [`hub-group-policy-missing narrowed ${hub}`, `hub-group-policy-extra widened ${hub}`],
      edit: (draft) => {
        groupIn(draft, hub, READERS).managedPolicies = [];
        group(draft, 3).managedPolicies.push(aws('AmazonS3FullAccess'));
      },
    },
    {
      name: 'an inline policy of a group is deleted, one says less, and another group gets one',
      finds: [
        `hub-group-inline-policy-missing narrowed ${hub}`,
        `hub-group-inline-policy-changed narrowed ${hub}`,
        `hub-group-inline-policy-extra widened ${hub}`,
      ],
      edit: (draft) => {
        const document = allow('s3:ListBucket', 'arn:aws:s3:::zones-*');
        groupIn(draft, hub, READERS).inlinePolicies = [{ name: 'read-buckets', document }];
        group(draft, 4).inlinePolicies.push({ name: 'objects', document: allow('s3:*') });
      },
    },
    {
      name: 'a role of the hub that nobody listed may assume roles',
      finds: [`hub-caller-extra widened ${hub}`],
      fixedBy: 'people',
      edit: (draft) => {
        const inlinePolicies = [{ name: 'jump', document: allow('sts:AssumeRole', 'arn:aws:iam::*:role/Micetro') }];
        accountIn(draft, hub).roles.push({ name: 'Deploy', trust: trustAccount('aws', hub), managedPolicies: [], inlinePolicies });
      },
    },
    {
      name: 'the key of the user is a year old',
      finds: [`hub-user-key-old none ${hub}`],
      fixedBy: 'people',
      onMoto: false,
    },
  ];
};
