import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Estate, roleIn } from '../../dev/aws/estate.ts';
import { adminClient } from '../../dev/aws/seed.ts';
import { CONTENTS_TOKEN } from '../../dev/github/tokens.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import { openInProcess } from './in-process.ts';
import { managed, trust } from './target-cases.ts';

/** Nights in a row: what happens to the issue, the exit code and the words. */

const ONE = '200000000001';
const TWO = '200000000002';

function openTrust(estate: Estate): void {
  roleIn(estate, ONE, 'Micetro').trust = trust({ AWS: '*' });
}

/** A trust that names accounts and ids in every way that people and AWS do. */
function nameAccounts(estate: Estate): void {
  const condition = {
    StringLike: {
      'aws:PrincipalTag/owner': ['8888-8888-8888', 'x_1111-1111-1111', 'arn%3Aaws%3Aiam%3A%3A111111111111%3Aroot', '%22111111111111%22'],
      'aws:userid': ['7AROADBQP57FF2AEXAMPLE:*', 'userAIDAJQABLZS4A3QDU576Q', '%22AKIAIOSFODNN7EXAMPLE%22'],
    },
  };
  roleIn(estate, ONE, 'Micetro').trust = trust({ AWS: '*' }, { Condition: condition });
}

async function repairTrust({ endpoint, guide }: Scene): Promise<void> {
  const document = trust({ AWS: `arn:aws:iam::${guide.hub}:root` });
  await adminClient(endpoint, ONE)('UpdateAssumeRolePolicy', { RoleName: 'Micetro', PolicyDocument: JSON.stringify(document) });
}

async function reportOf(scene: Scene): Promise<ReportFile> {
  return reportSchema.parse(await scene.report());
}

describe('the issue', () => {
  test('same drift twice: one issue, no comment; then changed, then clean: news, closed; then back: reopened', async () => {
    await using scene = await openInProcess({ edit: openTrust });
    const { issues, comments } = scene.github.repository;

    const first = await scene.run();
    expect(first.exitCode).toBe(1);
    expect(issues.map(({ state, labels }) => ({ state, labels }))).toEqual([{ state: 'open', labels: ['iam-drift'] }]);
    expect(first.outputs.get('issue-number')).toBe('1');

    const second = await scene.run();
    expect(second.exitCode).toBe(1);
    expect([issues.length, comments.length]).toEqual([1, 0]);

    await adminClient(scene.endpoint, TWO)('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: managed('AdministratorAccess') });
    await scene.run();
    expect([issues.length, comments.length]).toEqual([1, 1]);
    expect(comments[0]?.body).toMatch(/AdministratorAccess/);

    await repairTrust(scene);
    await adminClient(scene.endpoint, TWO)('DetachRolePolicy', { RoleName: 'Micetro', PolicyArn: managed('AdministratorAccess') });
    const clean = await scene.run();
    expect(clean.exitCode).toBe(0);
    expect(clean.summary).toMatch(/^✅ .*3 of 3 accounts read/m);
    expect([issues.length, issues[0]?.state]).toEqual([1, 'closed']);

    await adminClient(scene.endpoint, TWO)('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: managed('AdministratorAccess') });
    await scene.run();
    expect([issues.length, issues[0]?.state]).toEqual([1, 'open']);
  }, 60_000);

  test('an account that is refused: unreadable, the step fails, the issue stays open, nothing says clean', async () => {
    await using scene = await openInProcess({ edit: openTrust });
    await scene.run();
    await repairTrust(scene);
    scene.aws.faults.set([{ effect: 'access-denied', action: 'AssumeRole', account: ONE }]);
    const result = await scene.run();
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('unreadable-count')).toBe('1');
    expect((await reportOf(scene)).targets[0]).toMatchObject({
      status: 'unreadable',
      connection: 'unknown',
      error: { code: 'AccessDenied', call: 'sts:AssumeRole' },
    });
    expect(result.summary.split('\n')[0]).toMatch(/Incomplete.*2 of 3 accounts read/);
    const [issue] = scene.github.repository.issues;
    expect(issue?.state).toBe('open');
    // What was found there before still stands.
    expect(issue?.body).toMatch(/trust-changed/);
    for (const text of [result.summary, issue?.body ?? '']) expect(text).not.toMatch(/No drift:/);
  }, 60_000);

  test('without permission to write issues: a warning that names the line to add, and the result stands', async () => {
    await using scene = await openInProcess({});
    await using drifted = await openInProcess({ edit: openTrust });
    expect((await scene.run({ inputs: { 'github-token': CONTENTS_TOKEN.value } })).exitCode).toBe(0);
    const result = await drifted.run({ inputs: { 'github-token': CONTENTS_TOKEN.value } });
    expect(result.exitCode).toBe(1);
    expect(result.annotations.filter(({ level, message }) => level === 'warning' && message.includes('issues: write'))).toHaveLength(1);
  }, 60_000);

  test.each(['pull_request', 'pull_request_target'])(
    'never on %s',
    async (event) => {
      await using scene = await openInProcess({ edit: openTrust });
      const result = await scene.run({ event, inputs: { issue: 'always' } });
      expect(scene.github.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(result.exitCode).toBe(event === 'pull_request' ? 0 : 1);
      expect(scene.aws.calls.length > 0).toBe(event === 'pull_request');
    },
    60_000,
  );
});

describe('what may be seen', () => {
  test.each([
    ['public', 'auto', true],
    ['private', 'auto', false],
    ['private', 'true', true],
    ['public', 'false', false],
  ] as const)(
    'in a %s repository with mask-accounts: %s',
    async (visibility, mask, masked) => {
      await using scene = await openInProcess({ edit: nameAccounts });
      scene.github.repository.visibility = visibility;
      const inputs = {
        'mask-accounts': mask,
        'report-path': 'of-1111-1111-1111.json',
        'sarif-path': 'drift.sarif',
        'issue-title': 'Drift of 111111111111 ({hubAccount})',
        'issue-labels': 'hub-1111-1111-1111',
      };
      const result = await scene.run({ inputs });
      const sarif = await readFile(join(scene.workspace, 'drift.sarif'), 'utf8');
      const published = [result.stdout, result.summary, sarif, JSON.stringify(scene.github.repository.issues)];
      for (const text of published) expect(text).toMatch(/trust-changed/);
      const everything = published.join('\n');
      for (const id of [/1{12}/, /20{10}1/, /1{4}-1{4}-1{4}/, /8{4}-8{4}-8{4}/, /AROA[A-Z\d]{16}/, /AIDA[A-Z\d]{16}/, /AKIA[A-Z\d]{16}/]) {
        expect(id.test(everything)).toBe(!masked);
      }
      expect(result.outputs.get('report-path')).toBe('of-1111-1111-1111.json');
      const report = JSON.parse(await readFile(join(scene.workspace, 'of-1111-1111-1111.json'), 'utf8'));
      expect(reportSchema.parse(report).hub.account).toBe('111111111111');
    },
    60_000,
  );

  test('no secret and no stack trace, whatever happens', async () => {
    await using scene = await openInProcess({ edit: openTrust });
    scene.aws.faults.set([{ effect: 'access-denied', action: 'GetRole' }]);
    const result = await scene.run();
    const everything = [
      result.stdout.replace(/^::add-mask::.*$/gm, ''),
      result.summary,
      JSON.stringify(scene.github.repository),
      JSON.stringify(await scene.report()),
    ].join('\n');
    for (const secret of ['ghs_', 'AKIA', 'ASIA', 'SecretAccessKey', 'SessionToken']) expect(everything).not.toContain(secret);
    expect(everything).not.toMatch(/^\s+at .*:\d+:\d+/m);
  }, 60_000);
});
