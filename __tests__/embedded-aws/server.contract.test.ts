import { expect, test } from '@jest/globals';
import { guideEstate } from '../../dev/aws/guide.ts';
import { find, membersOf, textOf } from '../../dev/aws/protocol/read-xml.ts';
import { seedEstate } from '../../dev/aws/seed.ts';
import { startAws } from '../../dev/aws/server.ts';
import { allow, ask, assume, policy, trust, userWithKey } from './ask.ts';

const ACCOUNT = '111111111111';
const ALL = policy(allow('*'));

test('an unknown action is InvalidAction, and a missing parameter a ValidationError', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  const answers = [await ask(aws, 'iam', 'CreateMoney', {}, keys), await ask(aws, 'iam', 'GetRole', {}, keys)];
  expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual(['400 InvalidAction', '400 ValidationError']);
});

test('pages are cut as the server likes, by markers that have to be encoded', async () => {
  await using aws = await startAws({ pageSize: 2 });
  const keys = userWithKey(aws, ACCOUNT, ALL);
  for (const GroupName of ['a', 'b', 'c', 'd', 'e']) aws.account(ACCOUNT).call('CreateGroup', { GroupName });
  const sizes = [];
  const markers: string[] = [];
  for (let more = true; more; ) {
    const { xml } = await ask(aws, 'iam', 'ListGroups', { MaxItems: 1_000, Marker: markers.at(-1) }, keys);
    sizes.push(membersOf(xml, 'Groups').length);
    more = textOf(xml, 'IsTruncated') === 'true';
    if (more) markers.push(textOf(xml, 'Marker') ?? '');
  }
  expect(sizes).toEqual([2, 2, 1]);
  expect(markers.every((marker) => /[+/=]/.test(marker))).toBe(true);
  expect((await ask(aws, 'iam', 'ListGroups', { Marker: 'nonsense' }, keys)).code).toBe('ValidationError');
});

test('calls are recorded with account, principal and parameters, those of the administrator are not', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  aws.account('222222222222').call('CreateRole', { RoleName: 'Target', AssumeRolePolicyDocument: trust(ACCOUNT) });
  const session = await assume(aws, 'arn:aws:iam::222222222222:role/Target', keys);
  await ask(aws, 'iam', 'GetRole', { RoleName: 'Target' }, session);
  expect(aws.calls.map(({ service, action, account, principal, status }) => [service, action, account, principal, status])).toEqual([
    ['sts', 'AssumeRole', '222222222222', `arn:aws:iam::${ACCOUNT}:user/caller`, 200],
    ['iam', 'GetRole', '222222222222', 'arn:aws:sts::222222222222:assumed-role/Target/audit', 403],
  ]);
  expect(aws.calls[1]?.params).toEqual({ Action: 'GetRole', Version: '2010-05-08', RoleName: 'Target' });
});

test('the administrator is told whom a user may assume, and what an account holds, whatever its ids and the order', async () => {
  const open = async (groups: readonly string[]) => {
    const aws = await startAws();
    userWithKey(aws, ACCOUNT, policy(allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Open*')));
    for (const RoleName of ['Open', 'OpenNot', 'Other']) {
      const AssumeRolePolicyDocument = trust(RoleName === 'OpenNot' ? '333333333333' : ACCOUNT);
      aws.account('222222222222').call('CreateRole', { RoleName, AssumeRolePolicyDocument });
    }
    for (const GroupName of groups) aws.account(ACCOUNT).call('CreateGroup', { GroupName });
    return aws;
  };
  await using aws = await open(['a', 'b']);
  await using same = await open(['b', 'a']);
  const admin = aws.account(ACCOUNT);
  const may = ['Open', 'OpenNot', 'Other', 'Missing'].map((name) => admin.mayAssume('caller', `arn:aws:iam::222222222222:role/${name}`));
  expect(may).toEqual([true, false, false, false]);
  expect(admin.content()).toEqual(same.account(ACCOUNT).content());
  admin.call('AddUserToGroup', { GroupName: 'a', UserName: 'caller' });
  expect(admin.content()).not.toEqual(same.account(ACCOUNT).content());
});

test.each([
  ['aws-cn', 'arn:aws-cn:iam::aws:policy/AmazonEC2FullAccess'],
  ['aws-us-gov', 'arn:aws-us-gov:iam::aws:policy/AmazonEC2FullAccess'],
])('%s has ARNs, policies and trusts of its own', async (partition, PolicyArn) => {
  await using aws = await startAws({ partition });
  const keys = userWithKey(aws, ACCOUNT, ALL);
  const admin = aws.account(ACCOUNT);
  admin.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust(ACCOUNT) });
  admin.call('AttachRolePolicy', { RoleName: 'r', PolicyArn });
  expect(() => admin.call('AttachRolePolicy', { RoleName: 'r', PolicyArn: 'arn:aws:iam::aws:policy/AmazonEC2FullAccess' })).toThrow(
    'does not exist',
  );
  const { xml } = await ask(aws, 'iam', 'GetRole', { RoleName: 'r' }, keys);
  expect(textOf(xml, 'Arn')).toBe(`arn:${partition}:iam::${ACCOUNT}:role/r`);
  expect(decodeURIComponent(textOf(xml, 'AssumeRolePolicyDocument') ?? '')).toContain(`arn:${partition}:iam::${ACCOUNT}:root`);
});

test('quotas can be set, and GetAccountSummary tells them', async () => {
  await using aws = await startAws({ quotas: { attachedPolicies: { User: 10, Group: 10, Role: 20 }, trustCharacters: 4_096, roles: 1 } });
  const keys = userWithKey(aws, ACCOUNT, ALL);
  const admin = aws.account(ACCOUNT);
  admin.call('CreateRole', {
    RoleName: 'r',
    AssumeRolePolicyDocument: trust(ACCOUNT, { Condition: { StringEquals: { 'aws:x': 'x'.repeat(3_000) } } }),
  });
  expect(() => admin.call('CreateRole', { RoleName: 's', AssumeRolePolicyDocument: trust(ACCOUNT) })).toThrow('RolesPerAccount');
  const { xml } = await ask(aws, 'iam', 'GetAccountSummary', {}, keys);
  const entries = new Map(find(xml, 'SummaryMap')?.children.map((entry) => [textOf(entry, 'key'), textOf(entry, 'value')]));
  expect(
    ['Roles', 'RolesQuota', 'AttachedPoliciesPerRoleQuota', 'AssumeRolePolicySizeQuota', 'Users'].map((key) => entries.get(key)),
  ).toEqual(['1', '1', '20', '4096', '1']);
});

test('when and where a key was used last is told', async () => {
  await using aws = await startAws({ clock: () => Date.parse('2026-01-02T03:04:05Z') });
  const keys = userWithKey(aws, ACCOUNT, ALL);
  await ask(aws, 'sts', 'GetCallerIdentity', {}, keys);
  const { xml } = await ask(aws, 'iam', 'GetAccessKeyLastUsed', { AccessKeyId: keys.accessKeyId }, keys);
  expect(['LastUsedDate', 'ServiceName', 'Region'].map((name) => textOf(xml, name))).toEqual(['2026-01-02T03:04:05Z', 'iam', 'us-east-1']);
});

test('names that XML would misread come back as they went in', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  const description = '</Description><Arn>x</Arn> & "quotes" \'too\'\r\n\ttabs';
  aws.account(ACCOUNT).call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust(ACCOUNT), Description: description });
  const { xml } = await ask(aws, 'iam', 'GetRole', { RoleName: 'r' }, keys);
  expect(textOf(xml, 'Description')).toBe(description);
});

test('the most calls in flight and the connections are counted', async () => {
  await using aws = await startAws({ latencyMs: 250 });
  const keys = userWithKey(aws, ACCOUNT, ALL);
  await Promise.all(Array.from({ length: 5 }, () => ask(aws, 'iam', 'GetUser', {}, keys)));
  expect([aws.load.requests, aws.load.mostInFlight]).toEqual([5, 5]);
});

test.each([
  [1, 1, 'assume-200000000001-Micetro'],
  [40, 2, 'assume-200000000001-Micetro'],
  [1_000, 9, 'assume-packed'],
])('an estate of %i targets has its grants in %i groups', async (targets, groups, firstPolicy) => {
  await using aws = await startAws();
  const guide = guideEstate({ targets });
  expect(guide.groups).toHaveLength(groups);
  const [hub] = guide.estate.accounts;
  expect(hub?.groups[0]?.inlinePolicies[0]?.name).toBe(firstPolicy);
  if (hub !== undefined) await seedEstate(aws.url, { ...guide.estate, accounts: [hub] });
  expect(aws.account(guide.hub).group('micetro-targets')?.inline.size).toBe(hub?.groups[0]?.inlinePolicies.length);
});
