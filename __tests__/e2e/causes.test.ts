import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { changeEstate } from '../../dev/aws/change-estate.ts';
import { type Actor, THROUGH } from '../../dev/aws/cloudtrail/actors.ts';
import { type Drift, driftScene } from '../../dev/aws/drifts/drift.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import { accountIn, type Estate, groupIn, withDrift } from '../../dev/aws/estate.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';

/** Who changed it, from the shipped bundle: estates in which three people make every drift that a target can have, each in an account of its own. */

const ACTORS: readonly (readonly [Actor, string, RegExp])[] = [
  [{ who: { kind: 'user', name: 'joan' }, through: THROUGH.console }, 'console', /:user\/joan$/],
  [{ who: { kind: 'role', name: 'deployer', session: 'max' }, through: THROUGH.cli }, 'cli', /:assumed-role\/deployer\/max$/],
  [
    { who: { kind: 'role', name: 'stacks', session: 'cfn' }, through: THROUGH.cloudFormation },
    'CloudFormation',
    /:assumed-role\/stacks\/cfn$/,
  ],
];
const HOUR = 3_600_000;

describe.each(['least', 'everything'] as const)('of targets of which the file states %s, the cause of', (stated) => {
  const drifts = new Map(TARGET_DRIFTS.filter((drift: Drift) => drift.stated === stated).map((drift) => [drift.rule, drift]));
  const cases = [...drifts.values()].flatMap((drift) => ACTORS.map(([actor, via, name]) => ({ drift, actor, via, name })));

  let scene: Scene;
  let report: ReportFile;
  beforeAll(async () => {
    scene = await openScene({ guide: { stated, targets: cases.length } });
    const { aws, guide } = scene;
    let estate: Estate = guide.estate;
    rewriteGrants(scene);
    for (const [index, { drift, actor }] of cases.entries()) {
      const changed = withDrift(estate, (draft) => {
        drift.edit(driftScene(draft, guide, guide.targets[index] ?? ''));
        for (const { inlinePolicies } of accountIn(draft, guide.hub).groups) {
          for (const policy of inlinePolicies) if (policy.name === 'assume-if') policy.name = `assume-if-${index}`;
        }
      });
      await changeEstate(aws, estate, changed, actor, { at: Date.now() - 5 * HOUR });
      // Users that were created to be deleted are forgotten, so that the next actor creates his own.
      estate = withDrift(changed, (draft) => {
        accountIn(draft, guide.hub).formerUsers = [];
      });
    }
    await scene.run({ inputs: { issue: 'never', attribution: 'auto' } });
    report = reportSchema.parse(await scene.report());
  }, 120_000);
  afterAll(async () => scene[Symbol.asyncDispose]());

  test.each(cases.map((one, index) => [`${one.drift.rule}, through ${one.via}`, one, index] as const))('%s', (_, one, index) => {
    const found = report.findings.filter(({ account, rule }) => account === scene.guide.targets[index] && rule === one.drift.rule);
    expect(found.map(({ cause }) => cause)).toEqual([
      expect.objectContaining({ match: 'exact', via: one.via, actor: expect.stringMatching(one.name), reason: '' }),
    ]);
  });

  test('everything was looked up', () => {
    expect(report.errors).toEqual([]);
    expect(report.findings.length).toBeGreaterThanOrEqual(cases.length);
  });
});

/** What a policy said that is deleted, is known if the event that wrote it is in the history. */
function rewriteGrants({ aws, guide }: Scene): void {
  const [actor] = ACTORS.map(([one]) => one);
  if (actor === undefined) throw new RangeError('There is nobody to write the grants');
  const hub = aws.account(guide.hub).as(actor, { at: Date.now() - 10 * HOUR });
  for (const GroupName of guide.groups) {
    for (const { name: PolicyName, document } of groupIn(guide.estate, guide.hub, GroupName).inlinePolicies) {
      hub.call('PutGroupPolicy', { GroupName, PolicyName, PolicyDocument: JSON.stringify(document) });
    }
  }
}
