import { afterAll, describe, expect, test } from '@jest/globals';
import { startMoto } from '../../dev/aws/moto.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import { RULES } from '../../src/drift/finding.ts';
import { reportSchema } from '../../src/report/schema.ts';
import { HUB_CASES, type HubCase } from './hub-cases.ts';
import { TARGET_CASES } from './target-cases.ts';

/** Each case is a hub of its own, audited by the shipped bundle: on the embedded AWS, and on moto where it is. */

const moto = await startMoto();
afterAll(() => moto?.close());

async function found({ file = (yaml) => yaml, edit = () => undefined }: HubCase, endpoint?: string): Promise<string[]> {
  await using scene: Scene = await openScene({ edit, ...(endpoint === undefined ? {} : { endpoint }) });
  await scene.write('.github/assume-role.yml', file(scene.guide.desiredYaml));
  const result = await scene.run({ inputs: { issue: 'never' } });
  const report = reportSchema.parse(await scene.report());
  expect(report.summary).toMatchObject({ expected: 3, observed: 3 });
  expect(result.exitCode).toBe(report.findings.some(({ exception }) => exception?.expired !== false) ? 1 : 0);
  return report.findings.map(({ rule, access, resource, exception }) =>
    [rule, access, resource.replace(/AKIA\w+$/, 'ID'), ...(exception === null ? [] : [exception.expired ? 'expired' : 'excepted'])].join(
      ' ',
    ),
  );
}

describe('on the embedded AWS', () => {
  test.each(HUB_CASES.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    expect(await found(one)).toEqual(one.finds);
  });
});

const whereMotoIs = moto === undefined ? describe.skip : describe;
whereMotoIs('on moto', () => {
  const cases = HUB_CASES.filter(({ notOnMoto }) => notOnMoto === undefined);
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    await fetch(`${moto?.url}/moto-api/reset`, { method: 'POST' });
    expect(await found(one, moto?.url)).toEqual(one.finds);
  });
});

test('every rule has a case here, but for an old key (time would have to pass) and the quota (told without AWS)', () => {
  const covered = new Set([...HUB_CASES, ...TARGET_CASES].flatMap(({ finds }) => finds.map((line) => line.split(' ')[0])));
  const elsewhere = ['hub-user-key-old', 'quota-exceeded'];
  expect(Object.keys(RULES).filter((rule) => !covered.has(rule) && !elsewhere.includes(rule))).toEqual([]);
});
