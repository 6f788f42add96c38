import { expect, test } from '@jest/globals';
import { type Estate, roleIn } from '../../dev/aws/estate.ts';
import { liveReader } from '../../src/live/read-live.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import type { State, ToolTrust } from '../../src/state/state.ts';
import { sorted, startLive } from './hub.ts';

const [ONE, TWO] = ['200000000001', '200000000002'];
const AUDITOR = { roleName: 'AssumeRoleAuditor', externalId: undefined };
const ROLE_CALLS = ['AssumeRole', 'GetRole', 'ListAttachedRolePolicies', 'ListRolePolicies'];

const wanted = parsePolicy({ Version: '2012-10-17', Statement: [] }, 'trust', { partition: 'aws' });

function stating(desired: State, ...tools: readonly ToolTrust['tool'][]): State {
  const names = { auditor: 'AssumeRoleAuditor', fixer: 'AssumeRoleFixer' } as const;
  const accounts = desired.accounts.map((account) => ({
    ...account,
    toolTrusts: tools.map((tool) => ({
      tool,
      roleName: names[tool],
      roleArn: `arn:aws:iam::${account.account}:role/${names[tool]}`,
      trust: wanted,
    })),
  }));
  return { ...desired, accounts };
}

const callsOf = (live: Awaited<ReturnType<typeof startLive>>, account: string) =>
  sorted(live.aws.calls.filter((call) => call.account === account).map(({ action }) => action));

test('are read by one call for each role that the file states, as they are, path included', async () => {
  await using live = await startLive({
    guide: { fixer: true },
    edit: (draft: Estate) => Object.assign(roleIn(draft, ONE, 'AssumeRoleFixer'), { path: '/tools/' }),
  });
  const { state, errors } = await live.read({}, stating(live.desired, 'auditor', 'fixer'));
  expect(errors).toEqual([]);
  const trust = (role: string) => expect.objectContaining({ text: expect.stringContaining(`:role/${role}`) });
  expect(state.accounts[0]?.toolTrusts).toEqual([
    { tool: 'auditor', roleName: 'AssumeRoleAuditor', roleArn: `arn:aws:iam::${ONE}:role/AssumeRoleAuditor`, trust: trust('DriftAuditor') },
    { tool: 'fixer', roleName: 'AssumeRoleFixer', roleArn: `arn:aws:iam::${ONE}:role/tools/AssumeRoleFixer`, trust: trust('DriftFixer') },
  ]);
  expect(callsOf(live, ONE)).toEqual(sorted([...ROLE_CALLS, 'GetRole', 'GetRole']));
});

test('are not read where the file does not state them', async () => {
  await using live = await startLive({ guide: { fixer: true } });
  const { state } = await live.read();
  expect(state.accounts.map((account) => 'toolTrusts' in account)).toEqual([false, false]);
  expect(callsOf(live, ONE)).toEqual(ROLE_CALLS);
});

test('of a role that does not exist it is known, without an error', async () => {
  await using live = await startLive();
  const { state, errors } = await live.read({}, stating(live.desired, 'fixer'));
  expect(errors).toEqual([]);
  expect(state.accounts.map(({ toolTrusts }) => toolTrusts?.map(({ trust }) => trust))).toEqual([[null], [null]]);
});

test('that could not be read are an error with advice, and the rest is read', async () => {
  await using live = await startLive({ guide: { fixer: true } });
  live.aws.faults.add({ action: 'GetRole', account: ONE, params: { RoleName: 'AssumeRoleFixer' }, effect: 'access-denied' });
  const { state, errors } = await live.read({}, stating(live.desired, 'auditor', 'fixer'));
  expect(state.targets[0]).toMatchObject({ role: { value: { path: '/' } } });
  expect(state.accounts[0]).toMatchObject({ toolTrusts: [{ trust: {} }, { trust: undefined }] });
  expect(errors).toEqual([
    expect.objectContaining({
      scope: 'target',
      account: ONE,
      call: 'iam:GetRole',
      advice: expect.stringContaining(
        `Allow arn:aws:iam::${ONE}:role/AssumeRoleAuditor to call iam:GetRole on arn:aws:iam::${ONE}:role/AssumeRoleFixer.`,
      ),
    }),
  ]);
});

test('of an account that lets nobody in are not known, which is one error', async () => {
  await using live = await startLive();
  live.aws.faults.add({ action: 'AssumeRole', account: TWO, effect: 'access-denied' });
  const { state, errors } = await live.read({}, stating(live.desired, 'auditor'));
  expect(state.accounts.map(({ toolTrusts }) => toolTrusts?.map(({ trust }) => trust === undefined))).toEqual([[false], undefined]);
  expect(errors.map(({ account, call }) => `${account} ${call}`)).toEqual([`${TWO} sts:AssumeRole`]);
});

test('are read for a file that states them after one that does not', async () => {
  await using live = await startLive();
  const access = await live.open();
  const read = liveReader({ auditor: AUDITOR, access, concurrency: 8 });
  const before = await read(live.desired);
  const after = await read(stating(live.desired, 'auditor'));
  access.close();
  expect([before, after].map(({ state }) => state.accounts.map(({ toolTrusts }) => toolTrusts?.length))).toEqual([
    [undefined, undefined],
    [1, 1],
  ]);
});
