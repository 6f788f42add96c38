import { expect, test } from '@jest/globals';
import type { AccountAdmin } from '../../dev/aws/admin.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { assume, roleArn } from '../drift/estate.ts';
import { openInProcess } from './in-process.ts';
import { reportOf } from './repairing.ts';

/** What a night says of the hub user's way into each target, beside what AWS itself answers the user. */

const HUB = '111111111111';
const [ONE, TWO] = ['200000000001', '200000000002'];
const UserName = 'micetro';
const GroupName = 'micetro-targets';
const POLICY = `arn:aws:iam::${HUB}:policy/some`;
const WORKS = { [ONE]: 'works', [TWO]: 'works' };
const DENIED = assume('*', { Effect: 'Deny' });
const DENIED_ONE = assume(roleArn(ONE), { Effect: 'Deny' });
const WITHOUT_MFA = assume('*', { Effect: 'Deny', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } });
const S3 = assume('*', { Action: 's3:GetObject' });

type Edit = (hub: AccountAdmin) => void;

const setKey =
  (Status: 'Active' | 'Inactive'): Edit =>
  (hub) =>
    hub.call('UpdateAccessKey', { UserName, AccessKeyId: hub.user(UserName)?.keys[0]?.id ?? '', Status });
const withPolicy =
  (document: unknown, use: Edit): Edit =>
  (hub) => {
    hub.call('CreatePolicy', { PolicyName: 'some', PolicyDocument: JSON.stringify(document) });
    use(hub);
  };
const putInline =
  (document: unknown): Edit =>
  (hub) =>
    hub.call('PutUserPolicy', { UserName, PolicyName: 'no', PolicyDocument: JSON.stringify(document) });
const joinOthers: Edit = (hub) => {
  hub.call('CreateGroup', { GroupName: 'others' });
  hub.call('PutGroupPolicy', { GroupName: 'others', PolicyName: 'no', PolicyDocument: JSON.stringify(DENIED_ONE) });
  hub.call('AddUserToGroup', { GroupName: 'others', UserName });
};

async function night(scene: Scene) {
  await scene.run();
  const { summary, targets } = await reportOf(scene);
  return { connections: summary.connections, targets: Object.fromEntries(targets.map((one) => [one.account, one.connection])) };
}

test.each<readonly [string, Edit, Edit, Readonly<Record<string, string>>]>([
  ['no active access key', setKey('Inactive'), setKey('Active'), { [ONE]: 'broken', [TWO]: 'broken' }],
  [
    'no access key',
    (hub) => hub.call('DeleteAccessKey', { UserName, AccessKeyId: hub.user(UserName)?.keys[0]?.id ?? '' }),
    (hub) => hub.call('CreateAccessKey', { UserName }),
    { [ONE]: 'broken', [TWO]: 'broken' },
  ],
  [
    "a denial in the user's inline policy",
    putInline(DENIED_ONE),
    (hub) => hub.call('DeleteUserPolicy', { UserName, PolicyName: 'no' }),
    { [ONE]: 'broken', [TWO]: 'works' },
  ],
  [
    "a denial in the hub group's inline policy",
    (hub) => hub.call('PutGroupPolicy', { GroupName, PolicyName: 'no', PolicyDocument: JSON.stringify(DENIED) }),
    (hub) => hub.call('DeleteGroupPolicy', { GroupName, PolicyName: 'no' }),
    { [ONE]: 'broken', [TWO]: 'broken' },
  ],
  [
    'a denial in another group',
    joinOthers,
    (hub) => hub.call('RemoveUserFromGroup', { GroupName: 'others', UserName }),
    { [ONE]: 'broken', [TWO]: 'works' },
  ],
  [
    'a denial in a managed policy',
    withPolicy(DENIED_ONE, (hub) => hub.call('AttachGroupPolicy', { GroupName, PolicyArn: POLICY })),
    (hub) => hub.call('DetachGroupPolicy', { GroupName, PolicyArn: POLICY }),
    { [ONE]: 'broken', [TWO]: 'works' },
  ],
  [
    'a boundary that allows something else',
    withPolicy(S3, (hub) => hub.call('PutUserPermissionsBoundary', { UserName, PermissionsBoundary: POLICY })),
    (hub) => hub.call('DeleteUserPermissionsBoundary', { UserName }),
    { [ONE]: 'broken', [TWO]: 'broken' },
  ],
  [
    'a boundary that allows one role',
    withPolicy(assume(roleArn(TWO)), (hub) => hub.call('PutUserPermissionsBoundary', { UserName, PermissionsBoundary: POLICY })),
    (hub) => hub.call('DeleteUserPermissionsBoundary', { UserName }),
    { [ONE]: 'broken', [TWO]: 'works' },
  ],
])('%s, until it is mended', async (name, breaks, mends, broken) => {
  await using scene = await openInProcess();
  const hub = scene.aws.account(HUB);
  const answers = () => Object.fromEntries([ONE, TWO].map((account) => [account, hub.mayAssume(UserName, roleArn(account))]));
  breaks(hub);
  const count = (connection: string) => Object.values(broken).filter((one) => one === connection).length;
  expect(await night(scene)).toEqual({ connections: { works: count('works'), broken: count('broken'), unknown: 0 }, targets: broken });
  // A policy binds whoever holds a key; without one AWS is not even asked.
  const reached = Object.fromEntries(Object.entries(broken).map(([account, connection]) => [account, connection === 'works']));
  expect(answers()).toEqual(name.includes('access key') ? { [ONE]: true, [TWO]: true } : reached);
  mends(hub);
  expect(await night(scene)).toEqual({ connections: { works: 2, broken: 0, unknown: 0 }, targets: WORKS });
  expect(answers()).toEqual({ [ONE]: true, [TWO]: true });
});

test('a denial without multi-factor authentication is not known to stop anybody', async () => {
  await using scene = await openInProcess();
  putInline(WITHOUT_MFA)(scene.aws.account(HUB));
  expect((await night(scene)).connections).toEqual({ works: 0, broken: 0, unknown: 2 });
});
