import { expect, test } from '@jest/globals';
import { reportSchema } from '../../src/report/model/schema.ts';
import { COMBINED_CASES } from './combined-cases.ts';
import { openInProcess } from './in-process.ts';

/** Audited, each in an estate of its own. */

test.each(COMBINED_CASES.map((one) => [one.name, one] as const))(
  '%s',
  async (_name, { file = (yaml) => yaml, edit, finds, notCompared }) => {
    await using scene = await openInProcess(edit === undefined ? {} : { edit });
    await scene.write('.github/assume-role.yml', file(scene.guide.desiredYaml));
    const result = await scene.run({ inputs: { issue: 'never' } });
    const report = reportSchema.parse(await scene.report());
    const found = report.findings.map(({ rule, access, resource, exception }) =>
      [rule, access, resource, ...(exception === null ? [] : [exception.expired ? 'expired' : 'excepted'])].join(' '),
    );
    expect(found).toEqual(finds);
    // The guide's file states no contents.
    const others = report.notCompared.filter(({ what }) => what !== 'policy-content' && what !== 'callers');
    if (notCompared !== undefined) expect(others.map(({ what, resource }) => `${what} ${resource}`)).toEqual(notCompared);
    expect(report.summary).toMatchObject({ expected: 3, observed: 3 });
    expect(result.exitCode).toBe(report.findings.some(({ exception }) => exception?.expired !== false) ? 1 : 0);
  },
);
