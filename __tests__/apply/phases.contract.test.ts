import { afterAll, expect, test } from '@jest/globals';
import { roleIn } from '../../dev/aws/estate.ts';
import { awsPolicy } from '../../dev/aws/guide.ts';
import { Cancellation } from '../../src/apply/cancellation.ts';
import { Journal } from '../../src/apply/journal.ts';
import { applyPhases } from '../../src/apply/phases.ts';
import type { Readiness } from '../../src/apply/readiness.ts';
import type { PlannedCall } from '../../src/plan/call.ts';
import { startLive } from '../live/hub.ts';
import { plannedCall } from './planned-call.ts';

/** What is looked at before a call, and what comes of the rest when it may not be made. */

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

const [FIRST, SECOND] = CALLS;
if (FIRST === undefined || SECOND === undefined) throw new Error('too few calls');

const ready = ({ change }: PlannedCall): Readiness => ({ kind: 'ready', change });
const changed: Readiness = { kind: 'changed', reason: 'Changed.', found: null };
const unread: Readiness = { kind: 'unread', reason: 'Unread.' };
const needed: Readiness = { kind: 'needed', reason: 'Needed.' };

interface Scripted {
  /** With what AWS answers the first call. */
  readonly refused?: string;
  readonly goesOn?: boolean;
  readonly calls?: readonly PlannedCall[];
  /** Of the nth look at what a call replaces; default: ready. */
  readonly looks?: readonly Readiness[];
  readonly whyStale?: string;
}

/** A run whose every call takes half a minute. */
async function run({ calls = CALLS, looks = [], whyStale, refused, goesOn = false }: Scripted) {
  for (const PolicyArn of POLICIES) live.aws.account(TARGET).call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn });
  let now = 0;
  const before = () => {
    now += 30_000;
  };
  const effect = { code: refused ?? '', status: 400, message: 'No' };
  const refusal = refused === undefined ? [] : [{ action: 'DetachRolePolicy', times: 1, effect }];
  live.aws.faults.set([...refusal, { action: 'DetachRolePolicy', before }]);
  const journal = new Journal(async () => undefined);
  const looked: PlannedCall[] = [];
  let entered = 0;
  const outcomes = await applyPhases({
    calls,
    journal,
    whyStale: async () => {
      entered += 1;
      return whyStale ?? null;
    },
    check: async (call) => {
      looked.push(call);
      return looks[looked.length - 1] ?? ready(call);
    },
    sessionOf: () => access.assume(`arn:aws:iam::${TARGET}:role/AssumeRoleFixer`, undefined),
    isInEffect: async () => false,
    describe: String,
    concurrency: 1,
    cancellation: new Cancellation(new AbortController().signal),
    clock: { now: () => now, random: () => 0, sleep: async () => undefined },
    limits: { throttledFor: 60_000, attempts: 3 },
    goesOn,
  });
  return { entered, looked, outcomes: calls.map((call) => outcomes.get(call)), entries: journal.entries };
}

test.each<readonly [string, string, boolean, readonly string[]]>([
  ['a document that is refused ends the work there', 'MalformedPolicyDocument', false, ['failed', 'not-made', 'not-made', 'not-made']],
  ['but nothing where each call is for itself', 'MalformedPolicyDocument', true, ['failed', 'made', 'made', 'made']],
  ['as any other refusal does', 'UnmodifiableEntity', true, ['failed', 'not-made', 'not-made', 'not-made']],
])('%s', async (_name, refused, goesOn, kinds) => {
  const { outcomes } = await run({ refused, goesOn });
  expect(outcomes.map((outcome) => outcome?.kind)).toEqual(kinds);
});

const MADE = { kind: 'made', reason: '' };
const notMade = (reason: string) => ({ kind: 'not-made', reason: expect.stringMatching(reason) });

test.each<readonly [string, Scripted, number, readonly unknown[]]>([
  ['nothing happens: each call for itself', {}, 4, [MADE, MADE, MADE, MADE]],
  [
    'the scope is not as it was: not entered, nothing looked at',
    { whyStale: 'Stale.' },
    0,
    [notMade('Stale'), notMade('Stale'), notMade('Stale'), notMade('Stale')],
  ],
  [
    'somebody else wrote meanwhile: the work there ends',
    { looks: [ready(FIRST), changed] },
    2,
    [MADE, { ...notMade('Changed'), found: null }, notMade('the account changed while'), notMade('the account changed while')],
  ],
  [
    'what is there can’t be read: the work there ends',
    { looks: [unread] },
    1,
    [notMade('Unread'), notMade('earlier call iam:DetachRolePolicy was not attempted'), notMade('earlier call'), notMade('earlier call')],
  ],
  ['a call would cut targets off: the others are made', { looks: [needed] }, 4, [notMade('Needed'), MADE, MADE, MADE]],
  [
    'but not what was planned on top of it',
    { calls: [FIRST, SECOND, { ...FIRST, purpose: 'again' }], looks: [needed] },
    2,
    [notMade('Needed'), MADE, notMade('on the same resource')],
  ],
])('%s', async (_name, scripted, looks, outcomes) => {
  const { entered, looked, outcomes: found, entries } = await run(scripted);
  expect(found).toEqual(outcomes);
  expect([entered, looked.length]).toEqual([1, looks]);
  expect(entries).toHaveLength(outcomes.filter((outcome) => outcome === MADE).length);
});

test('nobody is let into a group that still has what was to go', async () => {
  const of = { account: '111111111111' } as const;
  const goes = plannedCall(
    { ...of, action: 'iam:DeleteGroupPolicy', input: { GroupName: 'g', PolicyName: 'wild' } },
    { before: { Version: '2012-10-17', Statement: [] }, after: null },
  );
  const comes = plannedCall(
    { ...of, action: 'iam:AddUserToGroup', input: { GroupName: 'G', UserName: 'deploy' } },
    { before: null, after: true },
  );
  const { outcomes } = await run({ calls: [goes, comes], looks: [needed] });
  expect(outcomes).toEqual([notMade('Needed'), notMade('on the same resource')]);
});

test('what was read last is what the call is said to have replaced', async () => {
  const before = 'arn:aws:iam::aws:policy/SecurityAudit';
  const { entries } = await run({ calls: [FIRST], looks: [{ kind: 'ready', change: { ...FIRST.change, before } }] });
  expect(entries.map(({ change }) => [change.before, change.after])).toEqual([[before, null]]);
});
