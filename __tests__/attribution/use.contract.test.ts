import { describe, expect, test } from '@jest/globals';
import { type Actor, THROUGH } from '../../dev/aws/cloudtrail/actors.ts';
import { type Estate, groupIn, roleIn } from '../../dev/aws/estate.ts';
import { assume } from '../../dev/aws/guide.ts';
import { type Changed, JOAN, startChanged } from './attributed.ts';

/** Whether what was opened was used, by whom and how often. */

const HUB = '111111111111';
const FIRST = '200000000001';
const STRANGER = '999999999999';
const roleArn = (account: string) => `arn:aws:iam::${account}:role/Micetro`;
const JUMP: Actor = { who: { kind: 'user', name: 'jump' }, through: THROUGH.cli };
const HUB_USER: Actor = { who: { kind: 'user', name: 'micetro' }, through: THROUGH.sdk };
const ADMIN: Actor = { who: { kind: 'role', name: 'admin', session: 'eve' }, through: THROUGH.cli };

/** @param account of the caller, or of the role where a service calls */
function assumes(
  { live }: Changed,
  account: string,
  actor: Actor,
  minutesAgo: number,
  more: { region?: string; ExternalId?: string; role?: string } = {},
) {
  const { region, ExternalId, role = FIRST } = more;
  const occasion = { at: Date.now() - minutesAgo * 60_000, ...(region === undefined ? {} : { region }) };
  const input = { RoleArn: roleArn(role), RoleSessionName: 'work', ...(ExternalId === undefined ? {} : { ExternalId }) };
  live.aws.account(account).as(actor, occasion).call('AssumeRole', input);
}

function trusting(...principals: unknown[]) {
  const Statement = principals.map((Principal) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }));
  return (draft: Estate) => Object.assign(roleIn(draft, FIRST, 'Micetro'), { trust: { Version: '2012-10-17', Statement } });
}

const ROOT = { AWS: `arn:aws:iam::${HUB}:root` };
const OTHER = { AWS: `arn:aws:iam::${STRANGER}:root` };

const WITH_EXTERNAL_ID = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: ROOT, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } }],
};

describe('a trust that was opened', () => {
  test('counts calls by strangers since then, and none of the hub', async () => {
    await using scene = await startChanged();
    await scene.change(JOAN, 60, trusting(ROOT, OTHER));
    for (const minutesAgo of [50, 40, 30]) assumes(scene, STRANGER, JUMP, minutesAgo);
    assumes(scene, HUB, HUB_USER, 20);
    const { use, cause } = (await scene.audit()).of('trust-changed');
    expect(use).toMatchObject({ count: 3, atLeast: false, since: cause.at, regions: ['us-east-1'] });
    expect(use?.by).toEqual([expect.stringMatching(/^999999999999 \(AIDA\w+\)$/)]);
    expect(Date.parse(use?.lastAt ?? '')).toBeCloseTo(Date.now() - 30 * 60_000, -5);
  });

  test('before which it was used counts nothing', async () => {
    await using scene = await startChanged();
    await scene.change(JOAN, 90, trusting(ROOT, OTHER));
    assumes(scene, STRANGER, JUMP, 80);
    await scene.change(JOAN, 70, trusting(ROOT));
    await scene.change(JOAN, 60, trusting(ROOT, OTHER));
    expect((await scene.audit()).of('trust-changed').use).toMatchObject({ count: 0, by: [], lastAt: null });
  });

  test('names services, and whoever has an ARN, most frequent first', async () => {
    await using scene = await startChanged();
    await scene.change(JOAN, 60, trusting(ROOT, { Service: 'ec2.amazonaws.com' }, { AWS: `arn:aws:iam::${FIRST}:root` }));
    assumes(
      scene,
      FIRST,
      {
        who: { kind: 'service', name: 'ec2.amazonaws.com' },
        through: { userAgent: 'ec2.amazonaws.com', sourceIPAddress: 'ec2.amazonaws.com' },
      },
      30,
    );
    for (const minutesAgo of [20, 10]) assumes(scene, FIRST, ADMIN, minutesAgo);
    expect((await scene.audit()).of('trust-changed').use).toMatchObject({
      count: 3,
      by: [`arn:aws:sts::${FIRST}:assumed-role/admin/eve`, 'ec2.amazonaws.com'],
    });
  });

  test('is read in the region where the role was last used as well', async () => {
    await using scene = await startChanged();
    await scene.change(JOAN, 60, trusting(ROOT, OTHER));
    assumes(scene, STRANGER, JUMP, 50);
    assumes(scene, STRANGER, JUMP, 1, { region: 'eu-central-1' });
    expect((await scene.audit('eu-central-1')).of('trust-changed').use).toMatchObject({ count: 2, regions: ['eu-central-1', 'us-east-1'] });
  });

  test.each([
    ['by the user alone tells it from others of the hub', 'hub-user', trusting(ROOT), [[HUB_USER, {}]], { count: 0, atLeast: false }],
    ['by the user alone counts a role of the hub', 'hub-user', trusting(ROOT), [[ADMIN, {}]], { count: 1, atLeast: false }],
    [
      'under an external id counts calls without it',
      JSON.stringify(WITH_EXTERNAL_ID),
      trusting(ROOT),
      [
        [HUB_USER, {}],
        [HUB_USER, { ExternalId: 'secret' }],
      ],
      { count: 1, atLeast: false },
    ],
  ] as const)('%s', async (_, trust, edit, calls, expected) => {
    await using scene = await startChanged({}, (yaml) => yaml.replace('targets:', `defaults: { trust: ${trust} }\ntargets:`));
    await scene.change(JOAN, 60, edit);
    for (const [actor, more] of calls) assumes(scene, HUB, actor, 10, more);
    expect((await scene.audit()).of('trust-changed', FIRST).use).toMatchObject(expected);
  });
});

test('an extra grant counts calls in the hub', async () => {
  await using scene = await startChanged();
  scene.live.aws.account(STRANGER).call('CreateRole', {
    RoleName: 'Micetro',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: ROOT, Action: 'sts:AssumeRole' }],
    }),
  });
  await scene.change(JOAN, 60, (draft) => {
    groupIn(draft, HUB, 'micetro-targets').inlinePolicies.push({ name: 'partner', document: assume([roleArn(STRANGER)]) });
  });
  assumes(scene, HUB, HUB_USER, 10, { role: STRANGER });
  assumes(scene, HUB, HUB_USER, 5);
  const { use } = (await scene.audit()).of('grant-extra');
  expect(use).toMatchObject({ count: 1, by: [`arn:aws:iam::${HUB}:user/micetro`] });
});

test('what is narrowed, and a grant by a pattern, have no use', async () => {
  await using scene = await startChanged();
  await scene.change(JOAN, 60, (draft) => {
    groupIn(draft, HUB, 'micetro-targets').inlinePolicies.push({ name: 'all', document: assume(['arn:aws:iam::*:role/Dns']) });
    roleIn(draft, FIRST, 'Micetro').managedPolicies.pop();
  });
  const { of } = await scene.audit();
  expect(of('grant-extra').use).toBeNull();
  expect(of('role-policy-missing').use).toBeNull();
});

test('of an access key it is known when it was last used', async () => {
  await using scene = await startChanged({}, (yaml) => yaml.replace('user: micetro', 'user: { name: micetro, accessKeys: { max: 1 } }'));
  await scene.change(JOAN, 0, (draft) => {
    draft.accounts
      .find(({ id }) => id === HUB)
      ?.users.find(({ name }) => name === 'micetro')
      ?.accessKeys.push('Active');
  });
  const { use, cause } = (await scene.audit()).of('hub-user-key-extra');
  expect(cause).toMatchObject({ match: 'exact', event: 'CreateAccessKey' });
  expect(use).toMatchObject({ count: null, by: [], lastAt: null, atLeast: false });
});
