import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Result, Run } from 'sarif';
import type { Report, ReportFinding } from '../../../src/report/model/schema.ts';
import { renderSarif } from '../../../src/report/outputs/sarif.ts';
import { RULES } from '../../../src/state/rules.ts';
import { runs } from '../../runs.ts';
import { anyReport, bigReport } from '../any-report.ts';
import { finding, HUB, REFUSED, report, target } from '../example.ts';

const validate = sarifValidator();

/** The schema comes with a package. It is written for draft 4 and uses nothing that draft 7 reads otherwise, but for its name and `id`. */
function sarifValidator(): (log: unknown) => void {
  const folder = dirname(createRequire(import.meta.url).resolve('@microsoft/jest-sarif/package.json'));
  const {
    $schema: _draft,
    id: _id,
    ...schema
  }: Record<string, unknown> = JSON.parse(readFileSync(join(folder, 'lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
  const ajv = addFormats.default(new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false }));
  const check = ajv.compile(schema);
  return (log) => {
    if (!check(log)) throw new Error(ajv.errorsText(check.errors));
  };
}

function runOf(given: Report): Run {
  const log = renderSarif(given);
  validate(log);
  const [run] = log.runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

function resultOf(part: Partial<ReportFinding>): Result | undefined {
  return runOf(report({ findings: [finding(part)] })).results?.[0];
}

test('the check is one: another version is refused', () =>
  expect(() => validate({ ...renderSarif(report()), version: '2.0.0' })).toThrow(/version/));

describe('the rules', () => {
  test('are all there, in their order, with help', () => {
    const rules = runOf(report()).tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(Object.keys(RULES));
    expect(rules.every((rule) => (rule.help?.text.length ?? 0) > 50)).toBe(true);
  });
});

describe('a result', () => {
  test('is found by rule, place and fingerprint', () => {
    const given = finding({ id: 'abc', location: { file: 'a b/[x].yml', line: 12, column: 3 }, witness: 'sts:AssumeRole by *' });
    const run = runOf(report({ findings: [given] }));
    expect(run.results?.[0]).toMatchObject({
      ruleId: 'trust-changed',
      partialFingerprints: { primaryLocationLineHash: 'abc' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b/%5Bx%5D.yml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 12, startColumn: 3 },
          },
        },
      ],
      properties: { access: 'widened', account: '222222222222' },
    });
    expect(run.tool.driver.rules?.[run.results?.[0]?.ruleIndex ?? -1]?.id).toBe('trust-changed');
    expect(run.results?.[0]?.message.text).toContain('For example, sts:AssumeRole by *.');
  });

  const levels = [
    ['widened', 'error'],
    ['changed', 'error'],
    ['narrowed', 'warning'],
    ['none', 'note'],
  ] as const;
  test.each(levels)('that is %s is of level %s', (access, level) => expect(resultOf({ access })?.level).toBe(level));

  test('is not made of what an exception accepts, until it runs out', () => {
    const exception = { owner: '@acme/ddi', reason: 'moving', expires: '2027-01-31', expired: false };
    expect(resultOf({ exception })).toBeUndefined();
    expect(resultOf({ exception: { ...exception, expired: true } })?.ruleId).toBeDefined();
  });

  test('is not made of what was repaired', () =>
    expect(resultOf({ fix: { status: 'verified', reason: '', calls: [], command: '' } })).toBeUndefined());

  test('has no link in its text', () =>
    expect(resultOf({ message: '[x](https://evil.example) \\' })?.message.text).toContain('\\[x\\](https://evil.example) \\\\'));
});

describe('the run', () => {
  test('names hub and file, so that two don’t close each other’s alerts', () => {
    expect(runOf(report()).automationDetails?.id).toBe(`assume-role-drift/${HUB}/.github/assume-role.yml/`);
  });

  test('was successful when all was read', () => {
    expect(runOf(report()).invocations?.[0]).toMatchObject({ executionSuccessful: true, toolExecutionNotifications: [] });
  });

  test('was not when an account was refused, and says which, why and what to do', () => {
    const error = { account: '444444444444', ...REFUSED };
    const given = report({ targets: [target({ account: '444444444444', status: 'unreadable', error: REFUSED })], errors: [error] });
    const [invocation] = runOf(given).invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
      'Account 444444444444 could not be read: sts:AssumeRole User is not authorized to perform: sts:AssumeRole. Let the hub auditor assume AssumeRoleAuditor.',
    ]);
  });

  test('a check of the file alone is judged by the file', () => {
    const given = report({ hub: { account: HUB, status: 'unreadable', error: REFUSED } });
    expect(runOf({ ...given, run: { ...given.run, mode: 'validate' } }).invocations?.[0]?.executionSuccessful).toBe(true);
  });

  test('has no more results than GitHub shows, the worst ones, and counts the rest', () => {
    const run = runOf(bigReport(6_000));
    expect(run.results).toHaveLength(5_000);
    expect(run.results?.filter(({ level }) => level === 'note')).toHaveLength(500);
    expect(run.invocations?.[0]?.toolExecutionNotifications?.at(-1)?.message.text).toMatch(/^1000 more /);
    expect(JSON.stringify(run).length).toBeLessThan(10_000_000);
  });
});

test('whatever is in a report, it is valid', () => {
  fc.assert(
    fc.property(anyReport(8), (given) => validate(renderSarif(given))),
    { numRuns: runs(100) },
  );
});
