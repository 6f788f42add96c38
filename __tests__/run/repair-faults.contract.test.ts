import { describe, expect, test } from '@jest/globals';
import { accountIn, userIn } from '../../dev/aws/estate.ts';
import { awsPolicy } from '../../dev/aws/guide.ts';
import type { Scene, SceneOptions } from '../../dev/runner/set-scene.ts';
import { ALL, expectConverged, fewDrifts, HUB, ONE, openFew, TWO } from './few-drifts.ts';
import { openInProcess } from './in-process.ts';
import { repair, repairs, reportOf, writes, written } from './repairing.ts';

/** Whatever goes wrong between two writes: the report tells what was done, and the next run comes to the end. */

const open = (options: SceneOptions = {}): Promise<Scene> => openFew(openInProcess, options);

test('nothing goes wrong: the targets first, then what lets the user in', async () => {
  await using scene = await open();
  const { exitCode, outputs, summary } = await repair(scene);
  const report = await reportOf(scene);
  expect(repairs(report)).toEqual(ALL);
  expect([exitCode, outputs.get('fixed-count'), outputs.get('drift'), outputs.get('drift-count')]).toEqual([0, '4', 'false', '0']);
  expect(written(scene).toSorted((a, b) => a.localeCompare(b))).toEqual([
    `DetachRolePolicy ${ONE}`,
    `DetachRolePolicy ${ONE}`,
    `DetachRolePolicy ${TWO}`,
    `PutGroupPolicy ${HUB}`,
  ]);
  expect(written(scene).at(-1)).toBe(`PutGroupPolicy ${HUB}`);
  expect(report.changes.map(({ outcome, requestId }) => [outcome, typeof requestId])).toEqual(Array(4).fill(['verified', 'string']));
  expect(report.notMade).toEqual([]);
  expect(summary).toMatch(/^✅ .*No drift/);
  for (const { principal, userAgent } of writes(scene)) {
    expect(principal).toMatch(/:assumed-role\/(DriftFixer|AssumeRoleFixer)\/drift-1001-1$/);
    expect(userAgent).toBe('assume-role-drift (drift-1001-1)');
  }
  await expectConverged(scene);
}, 120_000);

describe('what passes by itself', () => {
  test.each([
    ['throttled writes', [{ effect: 'throttling', action: 'DetachRolePolicy', times: 4 }]],
    ['a server that fails', [{ effect: 'internal-failure', action: 'DetachRolePolicy', times: 2 }]],
    [
      'another writer',
      [{ effect: { code: 'ConcurrentModification', status: 409, message: 'Try again' }, action: 'PutGroupPolicy', times: 2 }],
    ],
    ['connections that break before the call is taken', [{ effect: 'reset', action: 'DetachRolePolicy', times: 2 }]],
    [
      'credentials that expire in between',
      [
        { effect: 'expired-token', action: 'DetachRolePolicy', after: 1, times: 1 },
        { effect: 'expired-token', action: 'PutGroupPolicy', times: 1 },
      ],
    ],
  ] as const)(
    '%s',
    async (_name, faults) => {
      await using scene = await open();
      scene.aws.faults.set(faults);
      const { exitCode } = await repair(scene);
      expect(repairs(await reportOf(scene))).toEqual(ALL);
      expect(exitCode).toBe(0);
      await expectConverged(scene);
    },
    120_000,
  );
});

describe('an answer that is lost after the call took effect', () => {
  test.each(['lost-reply', 'garbled-reply'] as const)(
    'of a call that can be repeated, and of one that can’t: told as made, no double effect (%s)',
    async (effect) => {
      await using scene = await open();
      scene.aws.faults.set([{ effect, action: ['DetachRolePolicy', 'PutGroupPolicy'], times: 3 }]);
      const { exitCode } = await repair(scene);
      const report = await reportOf(scene);
      expect(repairs(report)).toEqual(ALL);
      expect(exitCode).toBe(0);
      expect(report.changes.map(({ outcome }) => outcome)).toEqual(Array(4).fill('verified'));
      expect(scene.aws.account(ONE).role('Micetro')?.attached).toHaveLength(2);
      await expectConverged(scene);
    },
    120_000,
  );

  test('of CreateRole: the second try meets the role that the first one made', async () => {
    await using scene = await open({
      edit: (draft) => {
        for (const account of draft.accounts)
          if (account.id === ONE) account.roles = account.roles.filter(({ name }) => name !== 'Micetro');
      },
    });
    scene.aws.faults.set([{ effect: 'lost-reply', action: 'CreateRole', times: 1 }]);
    expect((await repair(scene)).exitCode).toBe(0);
    const report = await reportOf(scene);
    expect(repairs(report)).toEqual([`role-missing ${ONE} verified`]);
    expect(report.changes[0]).toMatchObject({ action: 'iam:CreateRole', outcome: 'verified', requestId: null });
    await expectConverged(scene);
  }, 120_000);

  test('of a call whose second try is refused: what the first one did is told as done', async () => {
    await using scene = await open();
    const detach = { action: 'DetachRolePolicy', account: TWO } as const;
    scene.aws.faults.set([
      { ...detach, effect: 'lost-reply', times: 1 },
      { ...detach, effect: 'access-denied', after: 1 },
    ]);
    expect((await repair(scene)).exitCode).toBe(0);
    expect(repairs(await reportOf(scene))).toEqual(ALL);
    await expectConverged(scene);
  }, 120_000);

  test('for good: told as uncertain, then settled by reading back', async () => {
    await using scene = await open();
    scene.aws.faults.set([{ effect: 'lost-reply', action: 'PutGroupPolicy' }]);
    expect((await repair(scene)).exitCode).toBe(0);
    expect(repairs(await reportOf(scene))).toEqual(ALL);
  }, 120_000);
});

describe('what fails', () => {
  test('a write that is refused ends the work in its account alone, and says which permission is missing', async () => {
    await using scene = await open();
    scene.aws.faults.set([{ effect: 'access-denied', action: 'DetachRolePolicy', account: ONE }]);
    const { exitCode, summary, outputs } = await repair(scene);
    const report = await reportOf(scene);
    expect(repairs(report)).toEqual([
      `grant-missing ${TWO} verified`,
      `role-policy-extra ${ONE} failed`,
      `role-policy-extra ${ONE} refused`,
      `role-policy-extra ${TWO} verified`,
    ]);
    expect(writes(scene).filter(({ account }) => account === ONE)).toHaveLength(1);
    expect(report.notMade).toEqual([
      expect.objectContaining({ account: ONE, reason: expect.stringMatching(/earlier call iam:DetachRolePolicy failed/) }),
    ]);
    expect(report.changes.find(({ outcome }) => outcome === 'failed')?.reason).toMatch(/to call iam:DetachRolePolicy on .*role\/Micetro/);
    expect([exitCode, outputs.get('fixed-count'), outputs.get('drift-count')]).toEqual([1, '2', '2']);
    for (const title of ['Repair failed', 'Repair refused', 'Repaired', 'Not attempted', 'Written to AWS'])
      expect(summary).toContain(`## ${title}\n`);
    await expectConverged(scene);
  }, 120_000);

  test.each([
    ['user', HUB, 'AttachUserPolicy', [`hub-group-member-missing ${HUB} refused`, `hub-user-policy-missing ${HUB} failed`]],
    ['role', ONE, 'AttachRolePolicy', [`role-policy-missing ${ONE} failed`, `role-policy-missing ${ONE} refused`]],
    [
      'group',
      HUB,
      'AddUserToGroup',
      [`grant-missing ${ONE} refused`, `grant-missing ${TWO} refused`, `hub-group-member-missing ${HUB} failed`],
    ],
  ] as const)(
    'what was missing and is made in part: a %s',
    async (kind, account, action, expected) => {
      await using scene = await open({
        edit: (draft) => {
          const hub = accountIn(draft, HUB);
          if (kind === 'user') {
            userIn(draft, HUB, 'micetro').managedPolicies = [];
            for (const group of hub.groups) group.members = group.members.filter((name) => name !== 'micetro');
          } else if (kind === 'group') hub.groups = hub.groups.filter(({ name }) => name !== 'micetro-targets');
          else accountIn(draft, ONE).roles = accountIn(draft, ONE).roles.filter(({ name }) => name !== 'Micetro');
        },
      });
      scene.aws.faults.set([{ effect: 'access-denied', action, account }]);
      expect((await repair(scene)).exitCode).toBe(1);
      expect(repairs(await reportOf(scene))).toEqual(expected);
    },
    120_000,
  );

  test('a quota that is exceeded is tried once', async () => {
    await using scene = await open();
    const effect = { code: 'LimitExceeded', status: 409, message: 'Cannot exceed quota for PoliciesPerGroup: 1' };
    scene.aws.faults.set([{ effect, action: 'PutGroupPolicy' }]);
    const { exitCode } = await repair(scene);
    expect(writes(scene).filter(({ action }) => action === 'PutGroupPolicy')).toHaveLength(1);
    expect(repairs(await reportOf(scene))).toContain(`grant-missing ${TWO} failed`);
    expect(exitCode).toBe(1);
    await expectConverged(scene);
  }, 120_000);

  test('an account that changed since it was read is refused, the others go on', async () => {
    await using scene = await open();
    const other = awsPolicy('aws', 'ReadOnlyAccess');
    let reads = 0;
    const before = () => {
      reads += 1;
      if (reads === 2) scene.aws.account(ONE).call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: other });
    };
    scene.aws.faults.set([{ action: 'ListAttachedRolePolicies', account: ONE, before }]);
    const { exitCode } = await repair(scene);
    const report = await reportOf(scene);
    expect(repairs(report)).toEqual([
      `grant-missing ${TWO} verified`,
      `role-policy-extra ${ONE} refused`,
      `role-policy-extra ${ONE} refused`,
      `role-policy-extra ${TWO} verified`,
    ]);
    expect(writes(scene).filter(({ account }) => account === ONE)).toEqual([]);
    expect(report.notMade[0]?.reason).toMatch(/changed since it was read/);
    expect(exitCode).toBe(1);
  }, 120_000);

  test('a role that can’t be created gets no grant', async () => {
    await using scene = await open({
      edit: (draft) => {
        fewDrifts(draft);
        for (const account of draft.accounts)
          if (account.id === TWO) account.roles = account.roles.filter(({ name }) => name !== 'Micetro');
      },
    });
    scene.aws.faults.set([{ effect: 'access-denied', action: 'CreateRole' }]);
    expect((await repair(scene)).exitCode).toBe(1);
    expect(written(scene)).not.toContain(`PutGroupPolicy ${HUB}`);
    expect(repairs(await reportOf(scene))).toEqual(expect.arrayContaining([`grant-missing ${TWO} refused`, `role-missing ${TWO} failed`]));
    await expectConverged(scene);
  }, 120_000);

  test.each([
    ['may do too much', 'DetachRolePolicy', { effect: 'access-denied' }],
    ['changed since it was read', 'ListAttachedRolePolicies', { effect: 'access-denied', after: 1 }],
  ] as const)(
    'nor does a role that %s',
    async (_name, action, fault) => {
      await using scene = await open();
      scene.aws.faults.set([{ ...fault, action, account: TWO }]);
      expect((await repair(scene)).exitCode).toBe(1);
      expect(written(scene)).not.toContain(`PutGroupPolicy ${HUB}`);
      expect(repairs(await reportOf(scene))).toContain(`grant-missing ${TWO} refused`);
      await expectConverged(scene);
    },
    120_000,
  );

  test('a fixer that can’t get in is told with what to do', async () => {
    await using scene = await open();
    scene.aws.faults.set([
      { effect: 'access-denied', action: 'AssumeRole', params: { RoleArn: `arn:aws:iam::${ONE}:role/AssumeRoleFixer` } },
    ]);
    expect((await repair(scene)).exitCode).toBe(1);
    const { notMade } = await reportOf(scene);
    expect(notMade.map(({ account }) => account)).toEqual([ONE, ONE]);
    expect(notMade[0]?.reason).toMatch(/no access.*AccessDenied.*AssumeRoleFixer/);
  }, 120_000);

  test('no report, no write', async () => {
    await using scene = await open();
    await scene.write('taken/file', '');
    const { exitCode } = await repair(scene, { inputs: { 'report-path': 'taken' } });
    expect([exitCode, written(scene)]).toEqual([1, []]);
  }, 120_000);
});

describe('what AWS shows late', () => {
  test('what was written is waited for: five seconds late is no failure', async () => {
    await using scene = await open();
    scene.aws.settings.visibilityDelayMs = 5_000;
    const { exitCode, took } = await repair(scene);
    expect(repairs(await reportOf(scene))).toEqual(ALL);
    expect([exitCode, took > 5_000]).toEqual([0, true]);
  }, 120_000);

  test('a role that was just created is not known to its policies at once, nor its principal to others', async () => {
    await using scene = await open({
      visibilityDelayMs: 0,
      edit: (draft) => {
        for (const account of draft.accounts)
          if (account.id === ONE) account.roles = account.roles.filter(({ name }) => name !== 'Micetro');
      },
    });
    Object.assign(scene.aws.settings, { visibilityDelayMs: 3_000, writesWaitForVisibility: true, principalIdsMs: 1_000 });
    expect((await repair(scene)).exitCode).toBe(0);
    expect(repairs(await reportOf(scene))).toEqual([`role-missing ${ONE} verified`]);
  }, 120_000);

  test('not within verify-timeout: written, not verified, and the step fails', async () => {
    await using scene = await open();
    scene.aws.settings.visibilityDelayMs = 20_000;
    const { exitCode, outputs } = await repair(scene, { inputs: { 'verify-timeout': '1' } });
    const report = await reportOf(scene);
    expect(repairs(report)).toEqual(ALL.map((line) => line.replace('verified', 'applied')));
    expect(report.changes.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unverified'));
    expect(report.findings[0]?.fix.reason).toMatch(/verify-timeout/);
    expect([exitCode, outputs.get('fixed-count'), outputs.get('drift-count')]).toEqual([1, '0', '4']);
  }, 120_000);
});
