import { afterAll, expect, test } from '@jest/globals';
import { roleIn } from '../../dev/aws/estate.ts';
import { awsPolicy } from '../../dev/aws/guide.ts';
import { Cancellation } from '../../src/apply/cancellation.ts';
import { Journal } from '../../src/apply/journal.ts';
import { applyPhases } from '../../src/apply/phases.ts';
import { startLive } from '../live/hub.ts';
import { plannedCall } from './planned-call.ts';

/** Calls that take their time: what was read of a scope before the first of them is old by the last. */

const POLICIES = ['ReadOnlyAccess', 'AmazonS3FullAccess', 'AdministratorAccess', 'IAMReadOnlyAccess'].map((name) => awsPolicy('aws', name));

async function startFixing() {
  const live = await startLive({
    guide: { fixer: true },
    edit: (draft) => roleIn(draft, TARGET, 'Micetro').managedPolicies.splice(0, 9, ...POLICIES),
  });
  return { live, access: await live.open({ role: live.guide.fixerRole }) };
}

const TARGET = '200000000001';
const { live, access } = await startFixing();
afterAll(async () => {
  access.close();
  await live[Symbol.asyncDispose]();
});

const CALLS = POLICIES.map((PolicyArn) => {
  const call = { action: 'iam:DetachRolePolicy', account: TARGET, input: { RoleName: 'Micetro', PolicyArn } } as const;
  return plannedCall(call, { before: PolicyArn, after: null });
});

/** A run whose every call takes so long, and whose scope is no longer as it was from the n-th look at it. */
async function run(seconds: number, changedFrom: number) {
  for (const PolicyArn of POLICIES) live.aws.account(TARGET).call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn });
  let now = 0;
  const before = () => {
    now += seconds * 1_000;
  };
  live.aws.faults.set([{ action: 'DetachRolePolicy', before }]);
  const looks: number[] = [];
  const outcomes = await applyPhases({
    calls: CALLS,
    journal: new Journal(async () => undefined),
    whyStale: async (_scope, left) => {
      looks.push(left.length);
      return looks.length >= changedFrom ? 'Changed.' : null;
    },
    sessionOf: () => access.assume(`arn:aws:iam::${TARGET}:role/AssumeRoleFixer`, undefined),
    isInEffect: async () => false,
    describe: String,
    concurrency: 1,
    cancellation: new Cancellation(new AbortController().signal),
    clock: { now: () => now, random: () => 0, sleep: async () => undefined },
    limits: { throttledFor: 60_000, attempts: 3 },
  });
  return { looks, kinds: CALLS.map((call) => outcomes.get(call)?.kind) };
}

test.each([
  ['in a moment: looked at once', 1, 9, [4], ['made', 'made', 'made', 'made']],
  ['slowly: looked at again, with the calls that are left', 20, 9, [4, 2], ['made', 'made', 'made', 'made']],
  ['slowly, and somebody else wrote there meanwhile', 20, 2, [4, 2], ['made', 'made', 'not-made', 'not-made']],
])('%s', async (_name, seconds, changedFrom, looks, kinds) => {
  expect(await run(seconds, changedFrom)).toEqual({ looks, kinds });
});
