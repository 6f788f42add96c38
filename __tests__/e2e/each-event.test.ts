import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { mergeGroupStep } from '../../dev/runner/merge-group.ts';
import { openPull } from '../../dev/runner/pull-request.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import { OUTPUT_NAMES } from '../../src/publish/runner.ts';
import { BASE_FILE, openReviewed, partsOf, reportOf } from '../run/pull-request-scene.ts';
import { repair } from '../run/repairing.ts';

/**
 * One run of the shipped bundle for each kind of event: with the runner's own files, and with the exit code of the process. What can be different in each of
 * them is tried in process: `__tests__/run/outputs`, `pull-request` and `events`.
 */

const published = ({ github }: Scene) => github.calls.filter(({ method }) => method !== 'GET').map(({ method }) => method);

test('a night: all outputs, the summary, SARIF and HTML', async () => {
  await using scene = await openReviewed(openScene);
  const { exitCode, outputs, summary, annotations } = await scene.run({ inputs: { 'sarif-path': 'a.sarif', 'html-path': 'out/a.html' } });
  expect([exitCode, new Set(outputs.keys())]).toEqual([1, new Set(OUTPUT_NAMES)]);
  expect(outputs.get('issue-url')).toBe(`${scene.github.url}/acme/access/issues/1`);
  expect(summary.split('\n')[0]).toContain('Drift: ');
  expect(annotations.at(-1)).toMatchObject({ level: 'error', message: expect.stringContaining('findings of drift') });
  const [sarif, html, report] = await Promise.all(
    ['a.sarif', 'out/a.html', 'assume-role-report.json'].map((path) => readFile(join(scene.workspace, path), 'utf8')),
  );
  expect(JSON.parse(sarif ?? '').runs[0].results.length).toBe((await reportOf(scene)).findings.length);
  expect(html).toContain(
    createHash('sha256')
      .update(report ?? '')
      .digest('hex'),
  );
});

test('a pull request: one comment, which the next run keeps', async () => {
  await using scene = await openReviewed(openScene);
  const { step } = openPull(scene, { base: BASE_FILE });
  const { exitCode, summary } = await scene.run(step());
  expect([exitCode, scene.github.repository.comments.length, scene.github.repository.issues.length]).toEqual([0, 1, 1]);
  const [comment] = scene.github.repository.comments;
  expect([...partsOf(comment?.body ?? '').keys()].some((title) => title.startsWith('What this change causes'))).toBe(true);
  expect(summary).toContain('Access that this change requests');
  await scene.run(step());
  expect(scene.github.repository.comments.map(({ id }) => id)).toEqual([comment?.id]);
});

test('a pull request from a fork, and a merge queue: no call to AWS', async () => {
  await using scene = await openReviewed(openScene);
  const fork = await scene.run(openPull(scene, { base: BASE_FILE, fork: true }).step());
  const queue = await scene.run(mergeGroupStep(scene, BASE_FILE));
  expect([fork.exitCode, queue.exitCode, scene.aws.calls]).toEqual([0, 0, []]);
  for (const { summary } of [fork, queue]) expect(summary).toContain('Access that this change requests');
});

test('another ref: drift does not fail it, nothing is published, and a repair is refused before any call', async () => {
  await using scene = await openReviewed(openScene);
  const env = { GITHUB_REF: 'refs/heads/topic' };
  const { exitCode, outputs } = await scene.run({ event: 'push', env });
  expect([exitCode, outputs.get('drift'), published(scene)]).toEqual([0, 'true', []]);
  scene.aws.calls.length = 0;
  const refused = await repair(scene, { env });
  expect([refused.exitCode, scene.aws.calls]).toEqual([1, []]);
  expect(refused.annotations[0]).toMatchObject({ level: 'error', message: expect.stringContaining('is not allowed') });
});

test('wrong inputs: an error for each, and nothing was done', async () => {
  await using scene = await openScene();
  const { exitCode, annotations, stdout } = await scene.run({ inputs: { mode: 'adit', concurrency: '0' } });
  expect([exitCode, scene.aws.calls, scene.github.calls]).toEqual([1, [], []]);
  expect(annotations.map(({ level, message }) => `${level} ${message}`)).toEqual([
    expect.stringMatching(/^error .*mode.*adit/),
    expect.stringMatching(/^error .*concurrency/),
    'error 2 inputs are invalid. Nothing was done.',
  ]);
  expect(stdout).not.toMatch(/\n\s+at .*:\d+:\d+/);
});

test('the runner is told to hide the token, which is nowhere else', async () => {
  await using scene = await openReviewed(openScene);
  const { stdout, stderr, summary } = await scene.run();
  expect(stdout).toMatch(/^::add-mask::ghs_/m);
  const everything = [stdout.replace(/^::add-mask::.*$/gm, ''), stderr, summary, JSON.stringify(await scene.report())].join('\n');
  for (const secret of ['ghs_', 'ASIA', 'SecretAccessKey', 'SessionToken']) expect(everything).not.toContain(secret);
});
