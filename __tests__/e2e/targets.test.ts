import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { roleIn } from '../../dev/aws/estate.ts';
import { type Moto, startMoto } from '../../dev/aws/moto.ts';
import type { StepResult } from '../../dev/runner/run-action.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import { makeStrict, STRICT_DEFAULTS, TARGET_CASES, type TargetCase } from '../run/target-cases.ts';

/** One estate with a target for each case, audited by the shipped bundle: on the embedded AWS, and on moto where it is. */

const moto = await startMoto();
afterAll(() => moto?.close());

interface Night {
  readonly scene: Scene;
  readonly result: StepResult;
  readonly report: ReportFile;
  readonly account: (name: string) => string;
}

async function night(cases: readonly TargetCase[], endpoint?: Moto): Promise<Night> {
  const accounts = cases.map((_case, index) => String(200_000_000_001 + index));
  const scene = await openScene({
    guide: { targets: accounts },
    ...(endpoint === undefined ? {} : { endpoint: endpoint.url }),
    edit: (estate) => {
      for (const [index, account] of accounts.entries()) {
        makeStrict(estate, account);
        cases[index]?.edit({ account, estate, role: roleIn(estate, account, 'Micetro') });
      }
    },
  });
  await scene.write('.github/assume-role.yml', scene.guide.desiredYaml.replace('targets:', `${STRICT_DEFAULTS}\ntargets:`));
  const result = await scene.run({ inputs: { issue: 'never' } });
  const report = reportSchema.parse(await scene.report());
  return { scene, result, report, account: (name) => accounts[cases.findIndex((one) => one.name === name)] ?? '' };
}

const onMoto = TARGET_CASES.filter(({ notOnMoto }) => notOnMoto === undefined);
const places = [
  ['on the embedded AWS', TARGET_CASES, undefined, describe],
  ['on moto', onMoto, moto, moto === undefined ? describe.skip : describe],
] as const;

for (const [where, cases, endpoint, describeWhere] of places) {
  describeWhere(where, () => {
    let audited: Night;
    beforeAll(async () => {
      audited = await night(cases, endpoint);
    }, 60_000);
    afterAll(async () => {
      await audited.scene[Symbol.asyncDispose]();
    });

    test.each(cases.map((one) => [one.name, one.finds] as const))('%s', (name, finds) => {
      const account = audited.account(name);
      const found = audited.report.findings.filter((finding) => finding.account === account);
      expect(found.map(({ rule, access }) => `${rule} ${access}`)).toEqual(finds);
      expect(audited.report.targets.find((target) => target.account === account)?.status).toBe(finds.length === 0 ? 'clean' : 'drifted');
    });

    test('nothing else is found, everything was read, and the step fails for the drift', () => {
      const { report, result } = audited;
      expect(report.findings).toHaveLength(cases.flatMap(({ finds }) => finds).length);
      expect(report.summary).toMatchObject({ expected: cases.length + 1, observed: cases.length + 1, unreadable: 0 });
      expect(report.hub.status).toBe('clean');
      expect(result.exitCode).toBe(1);
      expect(result.outputs.get('drift-count')).toBe(String(report.findings.length));
    });
  });
}
