import { describe, expect, test } from '@jest/globals';
import type { Estate } from '../../dev/aws/estate.ts';
import { groupIn, roleIn } from '../../dev/aws/estate.ts';
import { assume, trustAccount } from '../../dev/aws/guide.ts';
import { type Changed, DEPLOYER, JOAN, STACK, startChanged } from './attributed.ts';

/** Which of several events is the cause. */

const HUB = '111111111111';
const FIRST = '200000000001';
const SECOND = '200000000002';
const STRANGER = '999999999999';
const TRUST_BOTH = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: [`arn:aws:iam::${HUB}:root`, `arn:aws:iam::${STRANGER}:root`] }, Action: 'sts:AssumeRole' },
  ],
};
const roleArn = (account: string) => `arn:aws:iam::${account}:role/Micetro`;

function by({ live }: Changed, actor: typeof JOAN, account: string, minutesAgo: number) {
  return live.aws.account(account).as(actor, { at: Date.now() - minutesAgo * 60_000 });
}

const trustOf = (document: unknown) => ({ RoleName: 'Micetro', PolicyDocument: JSON.stringify(document) });
const open = (draft: Estate) => Object.assign(roleIn(draft, FIRST, 'Micetro'), { trust: TRUST_BOTH });

describe('a trust that was opened', () => {
  test.each<readonly [string, (scene: Changed) => void]>([
    [
      'is not blamed on who wrote the same again',
      (scene) => by(scene, STACK, FIRST, 10).call('UpdateAssumeRolePolicy', trustOf(TRUST_BOTH)),
    ],
    [
      'is not blamed on who wrote the same in other words',
      (scene) => {
        const { Statement } = TRUST_BOTH;
        const cosmetic = {
          Version: '2012-10-17',
          Statement: Statement.map((one) => ({ Sid: 'Both', ...one, Principal: { AWS: [STRANGER, HUB] }, Action: ['sts:AssumeRole'] })),
        };
        by(scene, STACK, FIRST, 10).call('UpdateAssumeRolePolicy', trustOf(cosmetic));
      },
    ],
    [
      'is not blamed on who changed something else of the role',
      (scene) => by(scene, STACK, FIRST, 10).call('TagRole', { RoleName: 'Micetro', Tags: [{ Key: 'a', Value: 'b' }] }),
    ],
    ['is not blamed on a refused call', (scene) => by(scene, STACK, FIRST, 10).refused('UpdateAssumeRolePolicy', trustOf(TRUST_BOTH))],
    [
      'is not blamed on who changed a user of that name',
      (scene) => {
        by(scene, STACK, FIRST, 90).call('CreateUser', { UserName: 'Micetro' });
        by(scene, STACK, FIRST, 10).call('PutUserPolicy', {
          UserName: 'Micetro',
          PolicyName: 'x',
          PolicyDocument: JSON.stringify(assume([roleArn(FIRST)])),
        });
      },
    ],
  ])('%s', async (_, later) => {
    await using scene = await startChanged();
    await scene.change(JOAN, 60, open);
    later(scene);
    const { cause } = (await scene.audit()).of('trust-changed');
    expect(cause).toMatchObject({ match: 'exact', event: 'UpdateAssumeRolePolicy', account: FIRST, via: 'console' });
    expect(cause.actor).toMatch(/:user\/joan$/);
    expect(Date.parse(cause.at ?? '')).toBeLessThan(Date.now() - 59 * 60_000);
  });

  test('is blamed on who opened it again, once it had been closed', async () => {
    await using scene = await startChanged();
    await scene.change(JOAN, 60, open);
    by(scene, DEPLOYER, FIRST, 40).call('UpdateAssumeRolePolicy', trustOf(trustAccount('aws', HUB)));
    by(scene, STACK, FIRST, 20).call('UpdateAssumeRolePolicy', trustOf(TRUST_BOTH));
    expect((await scene.audit()).of('trust-changed').cause).toMatchObject({ match: 'exact', via: 'CloudFormation' });
  });

  test('whose event does not show yet is blamed on nobody', async () => {
    await using scene = await startChanged();
    by(scene, DEPLOYER, FIRST, 600).call('UpdateAssumeRolePolicy', trustOf(trustAccount('aws', HUB)));
    scene.live.aws.settings.eventDelayMs = 3_600_000;
    await scene.change(JOAN, 1, open);
    const { cause } = (await scene.audit()).of('trust-changed');
    expect(cause).toMatchObject({ match: 'unknown', actor: null, reason: expect.stringMatching(/left a different state. The change/) });
  });

  test('before the history begins is blamed on nobody', async () => {
    await using scene = await startChanged({ edit: open });
    const { cause } = (await scene.audit()).of('trust-changed');
    expect(cause).toMatchObject({ match: 'unknown', event: null, reason: expect.stringMatching(/No event of the last 90 days/) });
  });
});

describe('a grant', () => {
  const drop = (account: string) => (draft: Estate) => {
    const group = groupIn(draft, HUB, 'micetro-targets');
    group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !name.includes(account));
  };

  test('that was deleted, and written before the history begins, is likely by its name', async () => {
    await using scene = await startChanged();
    await scene.change(JOAN, 60, drop(FIRST));
    await scene.change(STACK, 30, drop(SECOND));
    const { of } = await scene.audit();
    for (const [account, via] of [
      [FIRST, 'console'],
      [SECOND, 'CloudFormation'],
    ] as const) {
      const { cause } = of('grant-missing', account);
      expect(cause).toMatchObject({ match: 'likely', event: 'DeleteGroupPolicy', account: HUB, via });
      expect(cause.reason).not.toBe('');
    }
  });

  test('in a packed policy is the event that took out that role, and no other', async () => {
    await using scene = await startChanged({ guide: { targets: 3 } });
    const group = (draft: Estate) => groupIn(draft, HUB, 'micetro-targets');
    const [one = '', two = '', three = ''] = scene.live.guide.targets;
    const pack = (...accounts: string[]) => ({ name: 'packed', document: assume(accounts.map(roleArn)) });
    await scene.change(STACK, 90, (draft) => Object.assign(group(draft), { inlinePolicies: [pack(one, two, three)] }));
    await scene.change(JOAN, 60, (draft) => Object.assign(group(draft), { inlinePolicies: [pack(two, three)] }));
    await scene.change(DEPLOYER, 30, (draft) => Object.assign(group(draft), { inlinePolicies: [pack(three, three)] }));
    const { of } = await scene.audit();
    expect(of('grant-missing', one).cause).toMatchObject({ match: 'exact', event: 'PutGroupPolicy', via: 'console' });
    expect(of('grant-missing', two).cause).toMatchObject({ match: 'exact', event: 'PutGroupPolicy', via: 'cli' });
  });

  test('that was renamed and packed since is the event that brought it in', async () => {
    await using scene = await startChanged();
    const group = (draft: Estate) => groupIn(draft, HUB, 'micetro-targets');
    const extra = (name: string, ...accounts: string[]) => ({ name, document: assume(accounts.map(roleArn)) });
    await scene.change(JOAN, 60, (draft) => group(draft).inlinePolicies.push(extra('partner', STRANGER)));
    await scene.change(STACK, 30, (draft) => group(draft).inlinePolicies.push(extra('all', FIRST, SECOND, STRANGER)));
    await scene.change(STACK, 29, (draft) => {
      group(draft).inlinePolicies = group(draft).inlinePolicies.filter(({ name }) => name === 'all');
    });
    const { cause } = (await scene.audit()).of('grant-extra');
    expect(cause).toMatchObject({ match: 'exact', event: 'PutGroupPolicy', account: HUB, via: 'console' });
  });
});

test('a trust whose document is left out of the record is likely', async () => {
  await using scene = await startChanged();
  await scene.change(JOAN, 60, open);
  for (const record of scene.live.aws.account(FIRST).events())
    Object.assign(record, { requestParameters: { roleName: 'Micetro', omitted: true } });
  expect((await scene.audit()).of('trust-changed').cause).toMatchObject({ match: 'likely', event: 'UpdateAssumeRolePolicy' });
});

test('a hub user that was deleted and made again is why a trust in it is an orphan', async () => {
  const file = (yaml: string) => yaml.replace('targets:', 'defaults: { trust: hub-user }\ntargets:');
  const trusting = (draft: Estate) => {
    for (const account of [FIRST, SECOND]) {
      const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:user/micetro` }, Action: 'sts:AssumeRole' };
      roleIn(draft, account, 'Micetro').trust = { Version: '2012-10-17', Statement: [trust] };
    }
  };
  await using scene = await startChanged({ edit: trusting }, file);
  await scene.change(JOAN, 60, (draft) => {
    const hub = draft.accounts.find(({ id }) => id === HUB);
    if (hub === undefined) throw new Error('no hub');
    hub.users = hub.users.filter(({ name }) => name !== 'micetro');
    groupIn(draft, HUB, 'micetro-targets').members = [];
  });
  by(scene, DEPLOYER, HUB, 30).call('CreateUser', { UserName: 'micetro' });
  const { cause } = (await scene.audit()).of('trust-orphaned', FIRST);
  expect(cause).toMatchObject({ match: 'likely', event: 'DeleteUser', account: HUB, via: 'console' });
});
