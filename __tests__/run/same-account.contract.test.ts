import { afterEach, describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, roleIn } from '../../dev/aws/estate.ts';
import { openPull } from '../../dev/runner/pull-request.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { openInProcess } from './in-process.ts';
import { reportOf } from './repairing.ts';
import { HUB, trust } from './target-cases.ts';

/** The hub as a target of its own: who is named in the trust there needs no policy. */

const ONE = '200000000001';
const ROOT = `arn:aws:iam::${HUB}:root`;
const OTHER = `arn:aws:iam::${HUB}:user/drift-workflow`;
const BOTH = trust({ AWS: [ROOT, OTHER] });

const fileWith = (target: string) => `version: 1
hub: { account: "${HUB}", user: micetro, group: micetro-targets }
targets:
  - ${target}
`;
const PLAIN = fileWith(`"${HUB}"`);
const OPEN = fileWith(`{ account: "${HUB}", trust: ${JSON.stringify(BOTH)} }`);

/** The roles of a target in the hub, and the grant of its role. */
const hubAsTarget = (draft: Estate) => {
  const hub = accountIn(draft, HUB);
  hub.roles.push(...structuredClone(accountIn(draft, ONE).roles));
  for (const { inlinePolicies } of hub.groups) {
    for (const policy of inlinePolicies) policy.document = JSON.parse(JSON.stringify(policy.document).replaceAll(ONE, HUB));
  }
};

const scenes: Scene[] = [];
afterEach(() => Promise.all(scenes.splice(0).map((scene) => scene[Symbol.asyncDispose]())));

async function open(file: string, edit: (draft: Estate) => void = () => undefined): Promise<Scene> {
  const scene = await openInProcess({
    guide: { targets: [ONE] },
    file,
    edit: (draft) => {
      hubAsTarget(draft);
      edit(draft);
    },
  });
  scenes.push(scene);
  return scene;
}

describe('the hub as its own target', () => {
  test('is clean when nobody but the hub is trusted', async () => {
    const scene = await open(PLAIN);
    await scene.run();
    expect((await reportOf(scene)).findings).toEqual([]);
  });

  test('a user named in the trust is a widening, with the user as the witness', async () => {
    const scene = await open(PLAIN, (draft) => {
      roleIn(draft, HUB, 'Micetro').trust = BOTH;
    });
    const { exitCode, summary } = await scene.run();
    expect(exitCode).toBe(1);
    expect((await reportOf(scene)).findings).toMatchObject([
      {
        rule: 'trust-changed',
        access: 'widened',
        witness: `allowed only in AWS: sts:AssumeRole by ${OTHER} (without a policy of its own)`,
      },
    ]);
    expect(summary).toContain('without a policy of its own');
  });

  test('a pull request that names a user in the trust asks for more access', async () => {
    const scene = await open(OPEN);
    const { step } = openPull(scene, { base: PLAIN });
    const { summary } = await scene.run(step());
    expect(summary).toContain('**It requests: 1 widened.**');
    expect(summary).not.toContain('requests no other access');
  });
});
