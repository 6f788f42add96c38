import { afterAll, expect, test } from '@jest/globals';
import { describeFailure } from '../../src/apply/failure.ts';
import type { IamCall } from '../../src/plan/call.ts';
import { startLive } from '../live/hub.ts';
import { plannedCall } from './planned-call.ts';

/** What a person is told to do about a call that AWS refused. */

const live = await startLive();
const fixer = await live.open();
afterAll(async () => {
  fixer.close();
  await live.aws.close();
});

const noSuchEntity = (message: string) => Object.assign(new Error(message), { name: 'NoSuchEntityException', Code: 'NoSuchEntity' });
const told = (action: IamCall['action'], input: IamCall['input'], message: string) =>
  describeFailure(noSuchEntity(message), {
    call: plannedCall({ action, account: live.guide.hub, input }, { before: null, after: null }),
    session: fixer.hub,
    fixer,
    externalId: undefined,
  });

const POLICY = 'arn:aws:iam::111111111111:policy/dns';

test.each([
  ['a policy that is not there', `Policy ${POLICY} does not exist or is not attachable.`, /must exist before it can be attached/],
  ['a role that is gone', 'The role with name Micetro cannot be found.', /was deleted after it was read/],
])('attaching, and %s', (_name, message, advice) => {
  expect(told('iam:AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: POLICY }, message)).toMatch(advice);
});

test('a boundary that is not there', () => {
  const message = `Scope ARN: ${POLICY} does not exist or is not attachable.`;
  expect(told('iam:CreateUser', { UserName: 'micetro', PermissionsBoundary: POLICY }, message)).toMatch(/must exist before/);
});

test('taking away what is gone already', () => {
  const gone = 'The role policy with name dns cannot be found.';
  expect(told('iam:DeleteRolePolicy', { RoleName: 'Micetro', PolicyName: 'dns' }, gone)).toMatch(/was deleted after it was read/);
});
