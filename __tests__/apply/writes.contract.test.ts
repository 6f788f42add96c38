import { afterAll, expect, test } from '@jest/globals';
import { sendOnce, WRITE_ACTIONS } from '../../src/apply/writes.ts';
import type { IamCall } from '../../src/plan/call.ts';
import { startLive } from '../live/hub.ts';

/** What can be sent to AWS is a closed list, key by key. */

const live = await startLive();
const access = await live.open();
afterAll(async () => {
  access.close();
  await live.aws.close();
});

const DOCUMENT = '{"Version":"2012-10-17","Statement":[]}';
const ARN = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const POLICY_INPUTS: Readonly<Record<string, Record<string, unknown>>> = {
  CreatePolicy: { PolicyName: 'p', PolicyDocument: DOCUMENT, Path: '/team/' },
  DeletePolicy: { PolicyArn: ARN },
  CreatePolicyVersion: { PolicyArn: ARN, PolicyDocument: DOCUMENT, SetAsDefault: true },
  SetDefaultPolicyVersion: { PolicyArn: ARN, VersionId: 'v1' },
  DeletePolicyVersion: { PolicyArn: ARN, VersionId: 'v1' },
};

/** An input with every key that the call needs. */
function inputOf(action: string): Record<string, unknown> {
  const verb = action.slice('iam:'.length);
  const ofPolicy = POLICY_INPUTS[verb];
  if (ofPolicy !== undefined) return ofPolicy;
  const kind = /Group/.test(verb) ? 'Group' : verb.includes('User') ? 'User' : 'Role';
  return {
    [`${kind}Name`]: 'x',
    ...(/UserToGroup|UserFromGroup/.test(verb) ? { UserName: 'u' } : {}),
    ...(/^(Attach|Detach)/.test(verb) ? { PolicyArn: ARN } : {}),
    ...(/^(Put|Delete)\w+Policy$/.test(verb) ? { PolicyName: 'p' } : {}),
    ...(/^Put\w+Policy$|AssumeRolePolicy$/.test(verb) ? { PolicyDocument: DOCUMENT } : {}),
    ...(/^Put\w+Boundary$/.test(verb) ? { PermissionsBoundary: ARN } : {}),
    ...(verb === 'CreateRole' ? { AssumeRolePolicyDocument: DOCUMENT } : {}),
    ...(verb === 'TagRole' ? { Tags: [{ Key: 'k', Value: 'v' }] } : {}),
    ...(verb === 'UntagRole' ? { TagKeys: ['k'] } : {}),
  };
}

const call = (action: IamCall['action'], input: Record<string, unknown>): IamCall => ({ action, account: live.guide.hub, input });

test('neither users nor keys nor passwords are among them', () => {
  expect(WRITE_ACTIONS.filter((action) => /(Create|Delete)User$|AccessKey|LoginProfile|^iam:(Get|List)/.test(action))).toEqual([]);
  expect(WRITE_ACTIONS).toHaveLength(31);
});

test.each(WRITE_ACTIONS)('%s arrives under its name, with its input', async (action) => {
  live.aws.calls.length = 0;
  // The auditor may not: what counts here is what was asked.
  await expect(sendOnce(access.hub, call(action, inputOf(action)))).rejects.toMatchObject({ name: expect.stringMatching('AccessDenied') });
  const [asked] = live.aws.calls;
  expect(`iam:${asked?.action}`).toBe(action);
  for (const [key, value] of Object.entries(inputOf(action))) if (typeof value === 'string') expect(asked?.params[key]).toBe(value);
});

test.each([
  ['an action that is none of them', call('iam:CreateAccessKey', { UserName: 'micetro' })],
  ['the name of something every object has', call('iam:toString', {})],
  ['a key that the call has no use for', call('iam:DeleteGroup', { GroupName: 'x', Force: true })],
  ['a key that is missing', call('iam:AttachRolePolicy', { RoleName: 'x' })],
  ['a value of another type', call('iam:DeleteRole', { RoleName: ['x'] })],
])('not sent: %s', async (_name, wrong) => {
  live.aws.calls.length = 0;
  await expect(sendOnce(access.hub, wrong)).rejects.toThrow();
  expect(live.aws.calls).toEqual([]);
});
