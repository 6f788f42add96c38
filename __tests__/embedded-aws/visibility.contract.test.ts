import { expect, test } from '@jest/globals';
import { find } from '../../dev/aws/protocol/read-xml.ts';
import { type AwsOptions, type EmbeddedAws, startAws } from '../../dev/aws/server.ts';
import { type Answer, allow, ask, policy, trust, userWithKey } from './ask.ts';

const ACCOUNT = '111111111111';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

interface Slow extends AsyncDisposable {
  readonly aws: EmbeddedAws;
  call(action: string, input?: Parameters<typeof ask>[3]): Promise<Answer>;
  /** Lets milliseconds pass. */
  pass(milliseconds: number): void;
}

/** A server on which writes take five seconds to be seen, and a caller that may do all. */
async function startSlow(options: AwsOptions = {}): Promise<Slow> {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const aws = await startAws({ clock: () => now, visibilityDelayMs: 5_000, ...options });
  const keys = userWithKey(aws, ACCOUNT, policy(allow('*')));
  return {
    aws,
    call: (action, input) => ask(aws, action === 'AssumeRole' ? 'sts' : 'iam', action, input, keys),
    pass: (milliseconds) => {
      now += milliseconds;
    },
    [Symbol.asyncDispose]: () => aws.close(),
  };
}

test('what was created, changed and deleted is seen after the delay', async () => {
  await using slow = await startSlow();
  const state = async () => {
    const group = await slow.call('GetGroup', { GroupName: 'g' });
    const policies = await slow.call('ListGroupPolicies', { GroupName: 'g' });
    return [group.status, find(policies.xml, 'PolicyNames')?.children.map(({ text }) => text)];
  };
  await slow.call('CreateGroup', { GroupName: 'g' });
  slow.pass(1_000);
  await slow.call('PutGroupPolicy', { GroupName: 'g', PolicyName: 'p', PolicyDocument: JSON.stringify(policy(allow('s3:*'))) });
  const seen = [await state()];
  slow.pass(4_000);
  seen.push(await state());
  slow.pass(1_000);
  seen.push(await state());
  await slow.call('DeleteGroupPolicy', { GroupName: 'g', PolicyName: 'p' });
  await slow.call('DeleteGroup', { GroupName: 'g' });
  slow.pass(4_999);
  seen.push(await state());
  slow.pass(1);
  seen.push(await state());
  expect(seen).toEqual([
    [404, undefined],
    [200, []],
    [200, ['p']],
    [200, ['p']],
    [404, undefined],
  ]);
});

test('writes find what is not visible yet, unless they are told to wait', async () => {
  const statuses = [];
  for (const writesWaitForVisibility of [false, true]) {
    await using slow = await startSlow({ writesWaitForVisibility });
    await slow.call('CreateGroup', { GroupName: 'g' });
    const put = { GroupName: 'g', PolicyName: 'p', PolicyDocument: JSON.stringify(policy(allow('s3:*'))) };
    const first = (await slow.call('PutGroupPolicy', put)).status;
    slow.pass(5_000);
    statuses.push([first, (await slow.call('PutGroupPolicy', put)).status]);
  }
  expect(statuses).toEqual([
    [200, 200],
    [404, 200],
  ]);
});

test('the administrator sees and writes without delay', async () => {
  await using slow = await startSlow();
  const admin = slow.aws.account(ACCOUNT);
  await slow.call('CreateGroup', { GroupName: 'g' });
  admin.call('CreateGroup', { GroupName: 'h' });
  expect([
    admin.call('GetGroup', { GroupName: 'g' }).includes('<GroupName>g<'),
    (await slow.call('GetGroup', { GroupName: 'h' })).status,
  ]).toEqual([true, 200]);
});

test('a new principal is invalid in a trust for a while', async () => {
  await using slow = await startSlow();
  await slow.call('CreateUser', { UserName: 'micetro' });
  const create = () => slow.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust(`arn:aws:iam::${ACCOUNT}:user/micetro`) });
  const early = await create();
  slow.pass(5_000);
  expect([early.status, early.code, early.message, (await create()).status]).toEqual([
    400,
    'MalformedPolicyDocument',
    `Invalid principal in policy: "AWS":"arn:aws:iam::${ACCOUNT}:user/micetro"`,
    200,
  ]);
});

test('a trust that was just written shows its principal by its unique id for a while', async () => {
  await using slow = await startSlow({ principalIdsMs: 2_000 });
  const shown = async () => {
    const { xml } = await slow.call('GetRole', { RoleName: 'r' });
    return /"AWS":"(AIDA|arn)/.exec(decodeURIComponent(find(xml, 'AssumeRolePolicyDocument')?.text ?? ''))?.[1];
  };
  await slow.call('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust(`arn:aws:iam::${ACCOUNT}:user/caller`) });
  const seen = [await shown()];
  slow.pass(5_000);
  seen.push(await shown());
  slow.pass(2_000);
  seen.push(await shown());
  expect(seen).toEqual([undefined, 'AIDA', 'arn']);
});

test('a permission has its effect after the delay', async () => {
  await using slow = await startSlow();
  slow.aws.account('222222222222').call('CreateRole', { RoleName: 'Target', AssumeRolePolicyDocument: trust('333333333333') });
  const assume = async () =>
    (await slow.call('AssumeRole', { RoleArn: 'arn:aws:iam::222222222222:role/Target', RoleSessionName: 'audit' })).status;
  const other = userWithKey(slow.aws, '222222222222', policy(allow('iam:*')));
  const before = await assume();
  await ask(slow.aws, 'iam', 'UpdateAssumeRolePolicy', { RoleName: 'Target', PolicyDocument: trust(ROOT) }, other);
  const early = await assume();
  slow.pass(5_000);
  expect([before, early, await assume()]).toEqual([403, 403, 200]);
});
