import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { awsPolicy } from '../../dev/aws/guide.ts';
import { readLiveProperty } from '../../src/live/read-property.ts';
import type { IamProperty } from '../../src/state/property.ts';
import { valueToJson } from '../../src/state/property.ts';
import { type Live, startLive } from './hub.ts';

/** Each property is read by the one call that shows it. */

const HUB = '111111111111';
const TARGET = '200000000001';
const user = { kind: 'User', account: HUB, name: 'micetro' } as const;
const group = { kind: 'Group', account: HUB, name: 'micetro-targets' } as const;
const role = { kind: 'Role', account: TARGET, name: 'Micetro' } as const;
const BOUNDARY = awsPolicy('aws', 'PowerUserAccess');
const EC2 = awsPolicy('aws', 'AmazonEC2FullAccess');

let live: Live;
beforeAll(async () => {
  live = await startLive({ guide: { stated: 'everything' } });
  live.aws.account(HUB).call('CreateGroup', { GroupName: 'people' });
  live.aws.account(HUB).call('AddUserToGroup', { GroupName: 'people', UserName: 'micetro' });
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
});

async function read(property: IamProperty) {
  const access = await live.open();
  try {
    await access.hub.open();
    live.asked();
    const auditor = { roleName: 'AssumeRoleAuditor', externalId: undefined };
    const reading = await readLiveProperty({ desired: live.desired, auditor, access, concurrency: 1 }, property);
    return { reading, asked: live.asked().filter((action) => action !== 'AssumeRole') };
  } finally {
    access.close();
  }
}

const document = (action: string, resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});
const settings = { description: 'DNS and networks for Micetro', maxSessionDuration: 7_200 };
const tags = [
  { key: 'team', value: 'ddi' },
  { key: 'tier', value: 'prod' },
];

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:root` }, Action: 'sts:AssumeRole' }],
};

test.each<readonly [string, IamProperty, string, unknown]>([
  ['the user', { kind: 'entity', of: user }, 'GetUser', { path: '/', boundary: BOUNDARY }],
  ['the user’s boundary', { kind: 'boundary', of: user }, 'GetUser', BOUNDARY],
  ['an inline policy of the user', { kind: 'inline', of: user, name: 'read-zones' }, 'GetUserPolicy', document('route53:ListHostedZones')],
  ['one that the user has not', { kind: 'inline', of: user, name: 'none' }, 'GetUserPolicy', null],
  [
    'a policy attached to the user',
    { kind: 'attached', of: user, arn: awsPolicy('aws', 'IAMReadOnlyAccess') },
    'ListAttachedUserPolicies',
    awsPolicy('aws', 'IAMReadOnlyAccess'),
  ],
  ['one that is not', { kind: 'attached', of: user, arn: EC2 }, 'ListAttachedUserPolicies', null],
  ['the group', { kind: 'entity', of: group }, 'GetGroup', { path: '/' }],
  ['an inline policy of the group', { kind: 'inline', of: group, name: 'read-networks' }, 'GetGroupPolicy', document('ec2:DescribeVpcs')],
  ['a policy attached to the group', { kind: 'attached', of: group, arn: EC2 }, 'ListAttachedGroupPolicies', null],
  ['a member', { kind: 'member', of: group, user: 'Micetro' }, 'GetGroup', true],
  ['somebody who is no member', { kind: 'member', of: group, user: 'mallory' }, 'GetGroup', null],
  [
    'the user in a group that the file does not have',
    { kind: 'member', of: { ...group, name: 'People' }, user: 'micetro' },
    'ListGroupsForUser',
    true,
  ],
  ['a group that is not there', { kind: 'member', of: { ...group, name: 'none' }, user: 'micetro' }, 'ListGroupsForUser', null],
  ['the role', { kind: 'entity', of: role }, 'GetRole', { path: '/', trust, ...settings, boundary: BOUNDARY, tags }],
  ['the role’s trust', { kind: 'trust', of: role }, 'GetRole', trust],
  ['the role’s boundary', { kind: 'boundary', of: role }, 'GetRole', BOUNDARY],
  ['the role’s settings', { kind: 'settings', of: role }, 'GetRole', settings],
  ['some of the role’s tags', { kind: 'tags', of: role, keys: ['Team', 'none'] }, 'GetRole', tags.slice(0, 1)],
  ['an inline policy of the role', { kind: 'inline', of: role, name: 'tag-networks' }, 'GetRolePolicy', document('ec2:CreateTags')],
  ['a policy attached to the role', { kind: 'attached', of: role, arn: EC2 }, 'ListAttachedRolePolicies', EC2],
])('%s', async (_name, property, call, value) => {
  const { reading, asked } = await read(property);
  expect('value' in reading && valueToJson(property, reading.value)).toEqual(value);
  expect(asked).toEqual([call]);
});

test('what can’t be read is no absence: the error says what to do', async () => {
  live.aws.faults.set([{ action: 'GetRolePolicy', effect: 'access-denied' }]);
  const { reading } = await read({ kind: 'inline', of: role, name: 'tag-networks' });
  live.aws.faults.clear();
  expect(reading).toEqual({
    error: expect.objectContaining({
      scope: 'target',
      account: TARGET,
      code: 'AccessDenied',
      call: 'iam:GetRolePolicy',
      advice: expect.stringMatching(/iam:GetRolePolicy on arn:aws:iam::200000000001:role\/Micetro/),
    }),
  });
});
