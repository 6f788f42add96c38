import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { hasAwsCli, openAwsCli } from '../../dev/aws/cli.ts';
import { driftScene } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import type { Estate } from '../../dev/aws/estate.ts';
import type { Guide } from '../../dev/aws/guide.ts';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import { reportOf } from '../run/repairing.ts';

/** Whoever repairs by hand pastes what is printed into a shell with credentials of the account that the comment above it names. */

const DRIFTS = [
  ['the grant is gone', 'everybody is trusted', 'the role is an administrator'],
  ['the grant has a condition', 'the role has an inline policy', 'a policy is detached'],
  ['the role is gone'],
  ['the grant names a second role', "the role's inline policy is another", "the role's boundary is another"],
  [
    "the role's inline policy is gone",
    "the role's boundary is gone",
    'sessions last an hour',
    'the description is another',
    'a tag is gone',
    'the user is an administrator',
    "the user's inline policy allows more",
    'the user has an inline policy of its own',
    'the user is in a group of people',
    'somebody else is in the group',
    "the group's policy is detached",
    'the group has a managed policy',
    'the group has an inline policy that is no grant',
    'the group may assume a role that no target wants',
  ],
];

function edit(draft: Estate, guide: Guide): void {
  const catalogue = [...TARGET_DRIFTS, ...HUB_DRIFTS];
  for (const [index, names] of DRIFTS.entries()) {
    const scene = driftScene(draft, guide, guide.targets[index] ?? '');
    for (const name of names) catalogue.find((drift) => drift.name === name)?.edit(scene);
  }
}

const moto = await startMotoToRepeat();
afterAll(() => moto?.close());

const open = (): Promise<Scene> =>
  openScene({
    endpoint: moto?.url ?? '',
    guide: { stated: 'everything', userBoundary: false, targets: DRIFTS.length },
    edit,
  });

/** Commands with the account that the comment above them names. */
function groups(text: string): { readonly account: string; readonly script: string }[] {
  const [first, ...rest] = text.split(/^# in account (\S+)\n/m);
  expect(first).toBe('');
  return rest.flatMap((account, index) => (index % 2 === 0 ? [{ account, script: rest[index + 1] ?? '' }] : []));
}

function shellBlocks(page: string): string {
  return [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text).join('');
}

const whereBothAre = moto !== undefined && hasAwsCli() ? describe : describe.skip;
whereBothAre('on moto, with the aws CLI', () => {
  beforeEach(async () => {
    await fetch(`${moto?.url}/moto-api/reset`, { method: 'POST' });
  });

  async function expectRepairedBy(scene: Scene, text: string): Promise<void> {
    const { hub, targets } = scene.guide;
    const profiles = new Map([hub, ...targets].map((account) => [account, account]));
    await using cli = await openAwsCli({ url: scene.endpoint, profiles, cwd: scene.workspace });
    for (const { account, script } of groups(text)) {
      expect({ script, ...(await cli.bash(script, account)) }).toMatchObject({ code: 0 });
    }
    const audit = await scene.run();
    expect((await reportOf(scene)).findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    expect(audit.exitCode).toBe(0);
  }

  test('what the summary prints', async () => {
    await using scene = await open();
    const { summary } = await scene.run();
    await expectRepairedBy(scene, shellBlocks(summary));
  }, 600_000);

  test('what the report has in its plan, and with each finding', async () => {
    await using scene = await open();
    await scene.run();
    const { plan, findings } = await reportOf(scene);
    const planned = plan?.calls ?? [];
    for (const { fix } of findings) {
      const accounts = fix.calls.map(({ account }) => account).filter((account, index, all) => account !== all[index - 1]);
      expect(groups(fix.command).map(({ account }) => account)).toEqual(accounts);
    }
    await expectRepairedBy(scene, planned.map(({ command }) => `${command}\n`).join(''));
  }, 600_000);
});
