import { expect, test } from '@jest/globals';
import { type Drift, driftScene } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import { roleIn } from '../../dev/aws/estate.ts';
import type { ParamInput } from '../../dev/aws/protocol/query.ts';
import { adminClient } from '../../dev/aws/seed.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import { COMBINED_CASES } from '../run/combined-cases.ts';
import { openInProcess } from '../run/in-process.ts';
import { makeStrict, STRICT_DEFAULTS, TARGET_CASES } from '../run/target-cases.ts';

/** The calls that a report names for its findings, made as they stand: afterwards only what people have to do is left, and nothing new. */

const fromTheStart = ({ afterSeeding }: Drift): boolean => afterSeeding === undefined;

async function audit(scene: Scene): Promise<ReportFile> {
  await scene.run({ inputs: { issue: 'never' } });
  return reportSchema.parse(await scene.report());
}

async function makeCalls(scene: Scene, { plan }: ReportFile): Promise<void> {
  for (const { action, account, input } of plan?.calls ?? []) {
    await adminClient(scene.endpoint, account)(action.replace('iam:', ''), input as ParamInput);
  }
}

function forPeople({ findings }: ReportFile): string[] {
  return findings.filter(({ fix, exception }) => fix.calls.length === 0 || exception?.expired === false).map(({ id }) => id);
}

test('every case of a target', async () => {
  const accounts = TARGET_CASES.map((_case, index) => String(200_000_000_001 + index));
  await using scene = await openInProcess({
    guide: { targets: accounts },
    edit: (estate) => {
      for (const [index, account] of accounts.entries()) {
        makeStrict(estate, account);
        TARGET_CASES[index]?.edit({ account, estate, role: roleIn(estate, account, 'Micetro') });
      }
    },
  });
  await scene.write('.github/assume-role.yml', scene.guide.desiredYaml.replace('targets:', `${STRICT_DEFAULTS}\ntargets:`));
  const before = await audit(scene);
  expect(before.findings.filter(({ fix }) => fix.calls.length === 0).map(({ rule }) => rule)).toEqual(['role-path-changed']);
  await makeCalls(scene, before);
  expect((await audit(scene)).findings.map(({ id }) => id)).toEqual(forPeople(before));
}, 60_000);

test.each(['least', 'everything'] as const)('the drifts of targets, each in one of its own, where the file states %s', async (stated) => {
  const drifts = TARGET_DRIFTS.filter((drift) => drift.stated === stated && fromTheStart(drift));
  await using scene = await openInProcess({
    guide: { stated, targets: drifts.length },
    edit: (draft, guide) => {
      for (const [index, { edit }] of drifts.entries()) edit(driftScene(draft, guide, guide.targets[index] ?? ''));
    },
  });
  expect(drifts.length).toBeGreaterThan(5);
  await expectRepaired(scene);
});

test.each(HUB_DRIFTS.filter(fromTheStart).map((one) => [one.name, one] as const))('%s', async (_name, { stated, edit }) => {
  await using scene = await openInProcess({
    guide: { stated },
    edit: (draft, guide) => edit(driftScene(draft, guide, guide.targets[0] ?? '')),
  });
  await expectRepaired(scene);
});

test.each(COMBINED_CASES.filter(({ finds }) => finds.length > 0).map((one) => [one.name, one] as const))(
  '%s',
  async (_name, { file = (yaml) => yaml, edit }) => {
    await using scene = await openInProcess(edit === undefined ? {} : { edit });
    await scene.write('.github/assume-role.yml', file(scene.guide.desiredYaml));
    await expectRepaired(scene);
  },
);

async function expectRepaired(scene: Scene): Promise<void> {
  const before = await audit(scene);
  await makeCalls(scene, before);
  const { findings } = await audit(scene);
  // A user that was made anew has no key, and the report says so.
  const left = findings.filter(({ id, rule }) => rule !== 'hub-user-key-missing' || before.findings.some((finding) => finding.id === id));
  expect(left.map(({ id }) => id)).toEqual(forPeople(before));
}
