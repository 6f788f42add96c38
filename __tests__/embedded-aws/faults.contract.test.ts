import { expect, test } from '@jest/globals';
import type { Effect, Fault } from '../../dev/aws/faults/fault.ts';
import { startAws } from '../../dev/aws/server.ts';
import { allow, ask, policy, userWithKey } from './ask.ts';

const ACCOUNT = '111111111111';
const ALL = policy(allow('*'));

const ERRORS: readonly (readonly [Effect, string])[] = [
  ['access-denied', '403 AccessDenied'],
  ['expired-token', '403 ExpiredToken'],
  ['throttling', '400 Throttling'],
  ['internal-failure', '500 ServiceFailure'],
  ['service-unavailable', '503 ServiceUnavailable'],
  [{ code: 'ConcurrentModification', status: 409, message: 'again' }, '409 ConcurrentModification'],
];

test.each(ERRORS)('%j is an answer of AWS', async (effect, expected) => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  aws.faults.set([{ action: 'GetUser', effect }]);
  const { status, code } = await ask(aws, 'iam', 'GetUser', {}, keys);
  expect(`${status} ${code}`).toBe(expected);
  expect(aws.calls.map((call) => `${call.status} ${call.code}`)).toEqual([expected]);
});

test('html is a page of a proxy', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  aws.faults.set([{ effect: 'html' }]);
  const { status, xml } = await ask(aws, 'iam', 'GetUser', {}, keys);
  expect([status, xml.name]).toEqual([502, 'html']);
});

test('a reset call has no effect, one whose reply is lost has', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  aws.faults.set([
    { effect: 'reset', times: 1 },
    { effect: 'lost-reply', times: 1 },
  ]);
  await expect(ask(aws, 'iam', 'CreateGroup', { GroupName: 'reset' }, keys)).rejects.toThrow('fetch failed');
  aws.faults.set([{ effect: 'lost-reply' }]);
  await expect(ask(aws, 'iam', 'CreateGroup', { GroupName: 'lost' }, keys)).rejects.toThrow('fetch failed');
  expect(aws.account(ACCOUNT).names().groups).toEqual(['lost']);
  expect(aws.calls.map(({ status }) => status)).toEqual([0, 0]);
});

test('a call that hangs is answered by nobody, and does not keep the server open', async () => {
  const aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  aws.faults.set([{ effect: 'hang' }]);
  const hanging = ask(aws, 'iam', 'GetUser', {}, keys).catch(() => 'cut');
  const first = await Promise.race([hanging, new Promise((resolve) => setTimeout(() => resolve('nothing'), 50))]);
  await aws.close();
  expect([first, await hanging]).toEqual(['nothing', 'cut']);
});

/** Calls of GetUser for `caller`, in turn; `1` for those that were hit. */
const SCOPES: readonly (readonly [string, Omit<Fault, 'effect'>, string])[] = [
  ['all calls', {}, '111'],
  ['the action', { action: 'GetUser' }, '111'],
  ['one of several actions', { action: ['GetRole', 'GetUser'] }, '111'],
  ['another action', { action: 'GetRole' }, '000'],
  ['the service', { service: 'iam' }, '111'],
  ['another service', { service: 'sts' }, '000'],
  ['the account', { account: ACCOUNT }, '111'],
  ['another account', { account: '222222222222' }, '000'],
  ['parameters', { params: { UserName: 'caller' } }, '111'],
  ['other parameters', { params: { UserName: 'x' } }, '000'],
  ['the first call', { times: 1 }, '100'],
  ['all but the first call', { after: 1 }, '011'],
  ['the second call', { after: 1, times: 1 }, '010'],
];

test.each(SCOPES)('a fault hits %s', async (_name, scope, expected) => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  aws.faults.set([{ ...scope, effect: 'service-unavailable' }]);
  let hits = '';
  for (let index = 0; index < 3; index += 1)
    hits += (await ask(aws, 'iam', 'GetUser', { UserName: 'caller' }, keys)).status === 503 ? '1' : '0';
  expect(hits).toBe(expected);
});

test('faults are cleared', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  aws.faults.set([{ effect: 'service-unavailable' }]);
  aws.faults.clear();
  expect((await ask(aws, 'iam', 'GetUser', {}, keys)).status).toBe(200);
});

test('something is changed between two calls of a client', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, ALL);
  aws.account(ACCOUNT).call('CreateGroup', { GroupName: 'g' });
  aws.faults.set([{ action: 'GetGroup', after: 1, before: () => void aws.account(ACCOUNT).call('DeleteGroup', { GroupName: 'g' }) }]);
  const statuses = [];
  for (let index = 0; index < 2; index += 1) statuses.push((await ask(aws, 'iam', 'GetGroup', { GroupName: 'g' }, keys)).status);
  expect(statuses).toEqual([200, 404]);
});

test('a latency and a delay are waited for', async () => {
  await using aws = await startAws({ latencyMs: 30 });
  const keys = userWithKey(aws, ACCOUNT, ALL);
  aws.faults.set([{ action: 'GetUser', delayMs: 40 }]);
  const started = performance.now();
  const { status } = await ask(aws, 'iam', 'GetUser', {}, keys);
  expect(status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(65);
});

test("an account's calls of a service come from a bucket that fills up again", async () => {
  let now = 0;
  await using aws = await startAws({ clock: () => now, throttle: { iam: { perSecond: 10, burst: 2 } } });
  const keys = userWithKey(aws, ACCOUNT, ALL);
  const others = userWithKey(aws, '222222222222', ALL);
  const get = async (used = keys) => `${(await ask(aws, 'iam', 'GetUser', {}, used)).code}`;
  const atOnce = [await get(), await get(), await get()];
  const beside = [await get(others), (await ask(aws, 'sts', 'GetCallerIdentity', {}, keys)).code];
  now += 100;
  expect([atOnce, beside, await get(), await get()]).toEqual([['', '', 'Throttling'], ['', ''], '', 'Throttling']);
  aws.settings.throttle = {};
  expect(await get()).toBe('');
});
