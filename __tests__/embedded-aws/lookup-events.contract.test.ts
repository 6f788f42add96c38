import { expect, test } from '@jest/globals';
import { THROUGH } from '../../dev/aws/cloudtrail/actors.ts';
import { type AwsOptions, type EmbeddedAws, startAws } from '../../dev/aws/server.ts';
import { LOOKUP_RATE } from '../../dev/aws/settings.ts';
import { allow, ask, assume, type Keys, policy, trust, userWithKey } from './ask.ts';
import { lookup, named, recordIn } from './lookup.ts';

const HUB = '111111111111';
const TARGET = '222222222222';
const ROLE = `arn:aws:iam::${TARGET}:role/Micetro`;
const ANNA = { who: { kind: 'user', name: 'anna' }, through: THROUGH.console } as const;
const START = Date.parse('2026-06-01T00:00:00Z');
const DAY = 86_400_000;

interface Scene extends AsyncDisposable {
  readonly aws: EmbeddedAws;
  /** May look up events in the target, and make IAM calls. */
  readonly keys: Keys;
  pass(milliseconds: number): void;
}

/** A target account with a role that the hub may assume. */
async function startScene(options: AwsOptions = {}): Promise<Scene> {
  let now = START;
  const aws = await startAws({ clock: () => now, ...options });
  const keys = userWithKey(aws, TARGET, policy(allow(['iam:*', 'cloudtrail:LookupEvents'])));
  aws.account(TARGET).call('CreateRole', { RoleName: 'Micetro', AssumeRolePolicyDocument: trust(HUB) });
  return { aws, keys, pass: (milliseconds) => (now += milliseconds), [Symbol.asyncDispose]: () => aws.close() };
}

test('a write is found by the names and ARNs in its request, and what was created also by its ARN and id', async () => {
  await using scene = await startScene();
  const { aws, keys } = scene;
  const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const acting = aws.account(TARGET).as(ANNA);
  acting.call('CreateRole', { RoleName: 'New', AssumeRolePolicyDocument: trust(HUB), PermissionsBoundary: boundary });
  acting.call('PutRolePolicy', { RoleName: 'New', PolicyName: 'extra', PolicyDocument: JSON.stringify(policy(allow('s3:*'))) });
  acting.call('AttachRolePolicy', { RoleName: 'New', PolicyArn: boundary });
  const by = async (name: string) => (await lookup(aws, keys, named(name))).names;
  expect(await by('New')).toEqual(['AttachRolePolicy', 'PutRolePolicy', 'CreateRole']);
  expect(await by('extra')).toEqual(['PutRolePolicy']);
  expect(await by(boundary)).toEqual(['AttachRolePolicy', 'CreateRole']);
  expect(await by(`arn:aws:iam::${TARGET}:role/New`)).toEqual(['CreateRole']);
  expect(await by(aws.account(TARGET).role('New')?.id ?? '')).toEqual(['CreateRole']);
  expect([await by('new'), await by('Ne'), await by(TARGET)]).toEqual([[], [], []]);
});

test('reads and refused calls are found by no resource, but by who made them', async () => {
  await using scene = await startScene();
  const { aws, keys } = scene;
  await ask(aws, 'iam', 'GetRole', { RoleName: 'Micetro' }, keys);
  await ask(aws, 'iam', 'DetachRolePolicy', { RoleName: 'Micetro', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, keys);
  aws
    .account(TARGET)
    .as(ANNA)
    .refused('UpdateAssumeRolePolicy', { RoleName: 'Micetro', PolicyDocument: trust('999999999999') });
  expect((await lookup(aws, keys, named('Micetro'))).names).toEqual([]);
  const all = await lookup(aws, keys);
  const told = all.events.map((event) => [event.EventName, recordIn(event).errorCode, event.Username]);
  expect(told.slice(1)).toEqual([
    ['UpdateAssumeRolePolicy', 'AccessDenied', 'anna'],
    ['DetachRolePolicy', 'NoSuchEntityException', 'caller'],
    ['GetRole', undefined, 'caller'],
  ]);
});

test('AssumeRole is found by the ARN of the role in both accounts, in the region that was called', async () => {
  await using scene = await startScene();
  const { aws, keys } = scene;
  const hub = userWithKey(aws, HUB, policy(allow(['sts:AssumeRole', 'cloudtrail:LookupEvents'])));
  await assume(aws, ROLE, hub);
  aws.account('999999999999').as(ANNA, { region: 'eu-west-1' }).call('AssumeRole', { RoleArn: ROLE, RoleSessionName: 'other' });
  const identities = async (who: Keys, region: string) =>
    (await lookup(aws, who, named(ROLE), region)).events.map((event) => recordIn(event).userIdentity);
  expect(await identities(hub, 'us-east-1')).toMatchObject([{ type: 'IAMUser', userName: 'caller' }]);
  const id = aws.account(HUB).user('caller')?.id;
  expect(await identities(keys, 'us-east-1')).toEqual([{ type: 'AWSAccount', principalId: id, accountId: HUB }]);
  expect(await identities(keys, 'eu-west-1')).toMatchObject([{ type: 'AWSAccount', accountId: '999999999999' }]);
  const [mine, theirs] = [HUB, TARGET].map((account) =>
    aws
      .account(account)
      .events()
      .find(({ eventName }) => eventName === 'AssumeRole'),
  );
  expect([mine?.sharedEventID, mine?.eventID === theirs?.eventID]).toEqual([theirs?.sharedEventID, false]);
});

test('a refused AssumeRole from elsewhere is in the account of the caller alone', async () => {
  await using scene = await startScene();
  const hub = userWithKey(scene.aws, HUB);
  await ask(scene.aws, 'sts', 'AssumeRole', { RoleArn: ROLE, RoleSessionName: 'other' }, hub);
  expect([scene.aws.account(HUB).events().length, scene.aws.account(TARGET).events().length]).toEqual([1, 0]);
});

test('pages hold at most fifty events, newest first, and what arrives in between moves nothing', async () => {
  await using scene = await startScene();
  const { aws, keys } = scene;
  const acting = aws.account(TARGET).as(ANNA);
  const tag = (index: number) => acting.call('TagRole', { RoleName: 'Micetro', Tags: [{ Key: 'n', Value: String(index) }] });
  for (let index = 0; index < 60; index += 1) tag(index);
  const first = await lookup(aws, keys, named('Micetro'));
  tag(60);
  const second = await lookup(aws, keys, { ...named('Micetro'), NextToken: first.nextToken });
  expect([first.events.length, second.events.length, second.nextToken]).toEqual([50, 10, undefined]);
  const values = [...first.events, ...second.events].map((event) => JSON.stringify(recordIn(event).requestParameters?.tags));
  expect(values).toEqual(Array.from({ length: 60 }, (_, index) => JSON.stringify([{ key: 'n', value: String(59 - index) }])));
});

test('what is no valid query is refused as AWS does', async () => {
  await using scene = await startScene();
  const { aws, keys } = scene;
  for (const RoleName of ['Micetro', 'Micetro']) aws.account(TARGET).as(ANNA).call('UpdateRoleDescription', { RoleName, Description: 'x' });
  const { nextToken } = await lookup(aws, keys, { ...named('Micetro'), MaxResults: 1 });
  const [attribute] = [{ AttributeKey: 'EventName', AttributeValue: 'x' }];
  const cases: readonly (readonly [object, string])[] = [
    [{ ...named('Micetro'), NextToken: nextToken }, ''],
    [{ ...named('Other'), NextToken: nextToken }, 'InvalidNextTokenException'],
    [{ NextToken: 'nonsense' }, 'InvalidNextTokenException'],
    [{ MaxResults: 0 }, 'InvalidMaxResultsException'],
    [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
    [{ LookupAttributes: [attribute, attribute] }, 'InvalidLookupAttributesException'],
    [{ LookupAttributes: [{ AttributeKey: 'Colour', AttributeValue: 'x' }] }, 'InvalidLookupAttributesException'],
    [{ StartTime: 2, EndTime: 1 }, 'InvalidTimeRangeException'],
  ];
  for (const [input, code] of cases) expect([input, (await lookup(aws, keys, input)).code]).toEqual([input, code]);
});

test('a range of time holds its ends, and nothing is older than ninety days', async () => {
  await using scene = await startScene();
  const { aws, keys } = scene;
  const target = aws.account(TARGET);
  for (const days of [1, 2, 89, 91]) {
    target.as(ANNA, { at: START - days * DAY }).call('UpdateRoleDescription', { RoleName: 'Micetro', Description: String(days) });
  }
  const days = async (range: object) =>
    (await lookup(aws, keys, { ...named('Micetro'), ...range })).events.map((event) => recordIn(event).requestParameters?.description);
  expect(await days({})).toEqual(['1', '2', '89']);
  expect(await days({ StartTime: (START - 2 * DAY) / 1_000, EndTime: (START - DAY) / 1_000 })).toEqual(['1', '2']);
  expect(await days({ EndTime: (START - DAY) / 1_000 - 1 })).toEqual(['2', '89']);
});

test('an event is found after a while', async () => {
  await using scene = await startScene({ eventDelayMs: 300_000 });
  const { aws, keys, pass } = scene;
  aws.account(TARGET).as(ANNA).call('UpdateRoleDescription', { RoleName: 'Micetro', Description: 'x' });
  await ask(aws, 'iam', 'UpdateRoleDescription', { RoleName: 'Micetro', Description: 'y' }, keys);
  const counts = [(await lookup(aws, keys, named('Micetro'))).events.length];
  pass(300_000);
  expect([...counts, (await lookup(aws, keys, named('Micetro'))).events.length]).toEqual([0, 2]);
});

test('two calls a second are let through for an account and region', async () => {
  await using scene = await startScene({ throttle: { cloudtrail: LOOKUP_RATE } });
  const { aws, keys, pass } = scene;
  const codes = [];
  for (const region of ['us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1']) codes.push((await lookup(aws, keys, {}, region)).code);
  pass(500);
  codes.push((await lookup(aws, keys)).code);
  expect(codes).toEqual(['', '', 'ThrottlingException', '', '']);
});

test('LookupEvents needs its own permission, and errors have the names of the JSON protocol', async () => {
  await using scene = await startScene();
  const { aws, keys } = scene;
  const without = userWithKey(aws, HUB, policy(allow('iam:*')));
  const answers = [
    await lookup(aws, keys),
    await lookup(aws, without),
    await lookup(aws, undefined),
    await lookup(aws, { accessKeyId: 'AKIAUNKNOWN' }),
  ];
  expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual([
    '200 ',
    '400 AccessDeniedException',
    '400 MissingAuthenticationTokenException',
    '400 UnrecognizedClientException',
  ]);
  expect(aws.calls.map(({ service, action, code }) => [service, action, code]).slice(0, 2)).toEqual([
    ['cloudtrail', 'LookupEvents', undefined],
    ['cloudtrail', 'LookupEvents', 'AccessDeniedException'],
  ]);
});

test.each([
  ['aws', 'us-east-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-cn', 'cn-north-1'],
])('the events of IAM in %s are in %s', async (partition, region) => {
  await using scene = await startScene({ partition });
  scene.aws.account(TARGET).as(ANNA).call('UpdateRoleDescription', { RoleName: 'Micetro', Description: 'x' });
  const found = async (where: string) => (await lookup(scene.aws, scene.keys, named('Micetro'), where)).names;
  expect([await found(region), await found('eu-west-1')]).toEqual([['UpdateRoleDescription'], []]);
});

test('when a role was used last is told with it', async () => {
  await using scene = await startScene();
  const { aws, pass } = scene;
  const session = await assume(aws, ROLE, userWithKey(aws, HUB, policy(allow('sts:AssumeRole'))));
  const told = () => /<RoleLastUsed.*/.exec(aws.account(TARGET).call('GetRole', { RoleName: 'Micetro' }))?.[0];
  expect(told()).toBe('<RoleLastUsed/></Role>');
  await ask(aws, 'sts', 'GetCallerIdentity', {}, session);
  expect(told()).toBe('<RoleLastUsed><LastUsedDate>2026-06-01T00:00:00Z</LastUsedDate><Region>us-east-1</Region></RoleLastUsed></Role>');
  const who = { kind: 'role', name: 'Micetro', session: 'x' } as const;
  aws
    .account(TARGET)
    .as({ who, through: THROUGH.cli }, { at: START + DAY, region: 'eu-west-1' })
    .call('GetCallerIdentity');
  expect(told()).toContain('<LastUsedDate>2026-06-02T00:00:00Z</LastUsedDate><Region>eu-west-1</Region>');
  pass(402 * DAY);
  expect(told()).toBe('<RoleLastUsed/></Role>');
});
