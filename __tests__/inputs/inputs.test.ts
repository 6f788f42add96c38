import { describe, expect, test } from '@jest/globals';
import { parseInputs } from '../../src/inputs/inputs.ts';

const JOB = { event: 'schedule', workspace: '/job/repo' };

function parse(given: Record<string, string>, job: Partial<typeof JOB> = {}) {
  return parseInputs((name) => given[name] ?? '', { ...JOB, ...job });
}

function accepted(given: Record<string, string>, job: Partial<typeof JOB> = {}) {
  const result = parse(given, job);
  if ('errors' in result) throw new Error(result.errors.join('\n'));
  return result.inputs;
}

function refused(given: Record<string, string>, job: Partial<typeof JOB> = {}): string[] {
  const result = parse(given, job);
  return 'errors' in result ? result.errors : [];
}

test('empty inputs take the defaults', () => {
  expect(accepted({})).toEqual({
    desiredState: '.github/assume-role.yml',
    mode: 'audit',
    fix: false,
    fixScope: 'all',
    maxGrants: 20,
    maxRevocations: 20,
    branch: undefined,
    failOn: 'drift',
    auditorRole: undefined,
    fixerRole: undefined,
    organizationRole: undefined,
    audience: 'sts.amazonaws.com',
    awsRegion: undefined,
    concurrency: 32,
    timeLimit: 10,
    attribution: 'auto',
    reportPath: 'assume-role-report.json',
    repairReport: undefined,
    sarifPath: undefined,
    htmlPath: undefined,
    githubToken: undefined,
    issue: 'auto',
    issueTitle: 'AWS access drift in {hubAccount}',
    issueLabels: ['iam-drift'],
    issueAssignees: [],
    comment: true,
    maskAccounts: 'auto',
    hubUser: undefined,
    hubGroup: undefined,
    overwrite: false,
    verifyTimeout: 120,
  });
});

describe('accepted values', () => {
  test.each([
    ['fix', 'False', 'fix', false],
    ['comment', 'FALSE', 'comment', false],
    ['overwrite', 'TRUE', 'overwrite', true],
    ['mask-accounts', 'true', 'maskAccounts', true],
    ['mask-accounts', 'False', 'maskAccounts', false],
    ['mode', ' validate ', 'mode', 'validate'],
    ['max-grants', '0', 'maxGrants', 0],
    ['concurrency', '256', 'concurrency', 256],
    ['attribution', 'off', 'attribution', 'off'],
    [
      'organization-role',
      'arn:aws-cn:iam::999999999999:role/ddi/DriftOrganization',
      'organizationRole',
      'arn:aws-cn:iam::999999999999:role/ddi/DriftOrganization',
    ],
    ['verify-timeout', '3600', 'verifyTimeout', 3600],
    ['time-limit', '0.1', 'timeLimit', 0.1],
    ['time-limit', '2.5', 'timeLimit', 2.5],
    ['time-limit', '360', 'timeLimit', 360],
    ['repair-report', '/job/temp/r.json', 'repairReport', '/job/temp/r.json'],
    ['auditor-role', 'arn:aws:iam::111111111111:role/Auditor', 'auditorRole', 'arn:aws:iam::111111111111:role/Auditor'],
    ['fixer-role', 'arn:aws-us-gov:iam::111111111111:role/a/b/F', 'fixerRole', 'arn:aws-us-gov:iam::111111111111:role/a/b/F'],
    ['aws-region', 'us-gov-west-1', 'awsRegion', 'us-gov-west-1'],
    ['aws-region', 'cn-north-1', 'awsRegion', 'cn-north-1'],
    ['aws-region', 'eusc-de-east-1', 'awsRegion', 'eusc-de-east-1'],
    ['desired-state', './aws/../access.yml', 'desiredState', 'access.yml'],
    ['desired-state', '/job/repo/a/b.yml', 'desiredState', 'a/b.yml'],
    ['desired-state', '..hub.yml', 'desiredState', '..hub.yml'],
    ['report-path', '/job/temp/./r.json', 'reportPath', '/job/temp/r.json'],
    ['sarif-path', 'out/drift.sarif', 'sarifPath', 'out/drift.sarif'],
    ['html-path', './out/report.html', 'htmlPath', 'out/report.html'],
    ['issue-labels', 'iam-drift, Security\n\n iam-DRIFT,', 'issueLabels', ['iam-drift', 'Security']],
    ['issue-assignees', '@octo-cat,bot[bot]\r\nmona_acme', 'issueAssignees', ['octo-cat', 'bot[bot]', 'mona_acme']],
    ['issue-title', 'Drift: {hubAccount} (now)', 'issueTitle', 'Drift: {hubAccount} (now)'],
    ['github-token', 'ghs_abc', 'githubToken', 'ghs_abc'],
    ['branch', 'release/2027.1', 'branch', 'release/2027.1'],
    ['branch', 'größe-#1@x', 'branch', 'größe-#1@x'],
    ['hub-user', 'mic.etro@acme', 'hubUser', 'mic.etro@acme'],
    ['hub-user', 'ddi/eu/micetro', 'hubUser', 'ddi/eu/micetro'],
  ])('%s: %j', (name, text, key, value) => {
    expect(accepted({ [name]: text })).toHaveProperty([key], value);
  });
});

describe('refused values', () => {
  test.each([
    ['mode', 'Audit', 'Input mode: "Audit" is not one of audit, validate, capture, rollback.'],
    ['mode', 'merge', 'Input mode: "merge" is not one of audit, validate, capture, rollback.'],
    ['mode', '__proto__', 'Input mode: "__proto__" is not one of audit, validate, capture, rollback.'],
    ['fix', 'yes', 'Input fix: "yes" is neither true nor false.'],
    ['fix', '1', 'Input fix: "1" is neither true nor false.'],
    ['fix', 'tRue', 'Input fix: "tRue" is neither true nor false.'],
    ['fix-scope', 'none', 'Input fix-scope: "none" is not one of all, grant, revoke.'],
    ['fail-on', 'always', 'Input fail-on: "always" is not one of drift, widened, never.'],
    ['issue', 'true', 'Input issue: "true" is not one of auto, always, never.'],
    ['mask-accounts', 'on', 'Input mask-accounts: "on" is not one of auto, true, false.'],
    ['max-grants', '-1', 'Input max-grants: "-1" is not a whole number from 0 to 100000.'],
    ['max-grants', '1e2', 'Input max-grants: "1e2" is not a whole number from 0 to 100000.'],
    ['max-revocations', '100001', 'Input max-revocations: "100001" is not a whole number from 0 to 100000.'],
    ['attribution', 'on', 'Input attribution: "on" is not one of auto, off.'],
    ['concurrency', '0', 'Input concurrency: "0" is not a whole number from 1 to 256.'],
    ['concurrency', '3.5', 'Input concurrency: "3.5" is not a whole number from 1 to 256.'],
    ['time-limit', '0.05', 'Input time-limit: "0.05" is not a number from 0.1 to 360.'],
    ['time-limit', '361', 'Input time-limit: "361" is not a number from 0.1 to 360.'],
    ['time-limit', '1e1', 'Input time-limit: "1e1" is not a number from 0.1 to 360.'],
    ['time-limit', '.5', 'Input time-limit: ".5" is not a number from 0.1 to 360.'],
    ['time-limit', '1,5', 'Input time-limit: "1,5" is not a number from 0.1 to 360.'],
    ['verify-timeout', '3601', 'Input verify-timeout: "3601" is not a whole number from 0 to 3600.'],
    ...[
      'arn:aws:iam::1:role/x',
      'arn:aws:iam::111111111111:user/x',
      'arn:aws:iam::111111111111:role/',
      'arn:aws:iam::111111111111:role/a b',
      'x',
    ].map((text) => [
      'auditor-role',
      text,
      `Input auditor-role: "${text}" is not the ARN of a role, such as arn:aws:iam::111111111111:role/AssumeRoleAuditor.`,
    ]),
    ['aws-region', 'us-east', 'Input aws-region: "us-east" is not a region, such as us-east-1.'],
    ['aws-region', 'evil.example/us-east-1', 'Input aws-region: "evil.example/us-east-1" is not a region, such as us-east-1.'],
    ...['refs/heads/main', 'a b', '-main', '/main', 'a..b', 'a@{0}', 'a:b', 'main\u0000'].map((text) => [
      'branch',
      text,
      `Input branch: ${JSON.stringify(text)} is not the name of a branch without refs/heads/, such as main.`,
    ]),
    ['audience', 'two words', 'Input audience: "two words" is not an audience: 1 to 255 characters without spaces.'],
    ['desired-state', '../other/a.yml', 'Input desired-state: "../other/a.yml" is outside the workspace.'],
    ['desired-state', '..', 'Input desired-state: ".." is outside the workspace.'],
    ['desired-state', '/etc/passwd', 'Input desired-state: "/etc/passwd" is outside the workspace.'],
    ['desired-state', '.', 'Input desired-state: "." is the workspace itself, not a file in it.'],
    ['desired-state', 'a\u0000b', 'Input desired-state: "a\\u0000b" contains line breaks or control characters.'],
    ['report-path', '../r.json', 'Input report-path: "../r.json" is outside the workspace.'],
    ['sarif-path', '/srv/a\nb', 'Input sarif-path: "/srv/a\\nb" contains line breaks or control characters.'],
    ['issue-labels', ' , ', 'Input issue-labels: contains no label; the first label is needed to find the issue again.'],
    ['issue-labels', `ok,${'x'.repeat(51)}`, `Input issue-labels: "${'x'.repeat(51)}" is longer than 50 characters.`],
    ['issue-assignees', 'mona lisa', 'Input issue-assignees: "mona lisa" is not a GitHub user name.'],
    [
      'issue-title',
      'Drift in {account}',
      'Input issue-title: "Drift in {account}" contains the placeholder "{account}"; only {hubAccount} is supported.',
    ],
    ['issue-title', 'x'.repeat(257), `Input issue-title: "${'x'.repeat(80)}…" is longer than 256 characters.`],
    [
      'hub-group',
      '/a/b',
      'Input hub-group: "/a/b" is not the name of an IAM group: 1 to 128 letters, digits and _+=,.@-, after its path if it has one.',
    ],
  ])('%s: %j', (name, text, error) => {
    expect(refused({ [name]: text })).toEqual([error]);
  });

  test('more entries than GitHub takes', () => {
    const many = Array.from({ length: 11 }, (_, index) => `user${index}`).join(',');
    expect(refused({ 'issue-assignees': many })).toEqual([
      expect.stringMatching(/^Input issue-assignees: "user0,.* has more than 10 entries\.$/),
    ]);
  });

  test('a token is not shown', () => {
    const errors = refused({ 'github-token': 'ghs_se cret' });
    expect(errors).toEqual([expect.stringMatching(/^Input github-token: is not a valid token/)]);
    expect(errors.join()).not.toContain('cret');
  });

  test('all errors at once', () => {
    const errors = refused({ mode: 'x', fix: 'x', concurrency: 'x', 'desired-state': '/x' });
    expect(errors.map((error) => error.split(':')[0])).toEqual(['Input desired-state', 'Input mode', 'Input fix', 'Input concurrency']);
  });

  test('a value cannot write a line, a command or hidden text into the log', () => {
    const [error] = refused({ mode: 'a\n::set-env name=x::y\u202e\u200b\u2028\u001b[31m' });
    expect(error).toContain('"a\\n::set-env name=x::y\\u202e\\u200b\\u2028\\u001b[31m"');
  });
});

describe('events', () => {
  test('pull_request_target is refused in every mode', () => {
    expect(refused({ mode: 'validate' }, { event: 'pull_request_target' })).toEqual([
      expect.stringContaining('does not run on pull_request_target'),
    ]);
  });

  test('a conflict with the event is listed beside the others', () => {
    expect(refused({ fix: 'true', mode: 'rollback' }, { event: 'merge_group' })).toEqual([
      expect.stringMatching(/^Input fix: true is not allowed on merge_group: /),
      expect.stringMatching(/^Input mode: rollback is not allowed on merge_group: /),
      'Input fix: true requires mode audit, but mode is rollback.',
      expect.stringMatching(/^Input repair-report: /),
    ]);
  });
});

describe('inputs that exclude each other', () => {
  test.each([
    [{ fix: 'true', mode: 'validate' }, ['Input fix: true requires mode audit, but mode is validate.']],
    [{ mode: 'rollback' }, ['Input repair-report: mode rollback requires the report of the repair run.']],
  ])('%j', (given, errors) => {
    expect(refused(given)).toEqual(expect.arrayContaining(errors));
  });
});
