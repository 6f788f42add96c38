import { describe, expect, test } from '@jest/globals';
import { type Estate, roleIn } from '../../dev/aws/estate.ts';
import { adminClient } from '../../dev/aws/seed.ts';
import { blockedFromCreating, type FaultAnswer, htmlPage, odd } from '../../dev/github/faults.ts';
import { openPull } from '../../dev/runner/pull-request.ts';
import type { StepResult } from '../../dev/runner/run-action.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import { reportOf } from '../run/pull-request-scene.ts';
import { managed, trust } from '../run/target-cases.ts';

/** What GitHub, a proxy in its place, or the runner may hand to a run, from the shipped bundle: it ends with a report and says what came. */

const ONE = '200000000001';
const drifted = (draft: Estate) => void roleIn(draft, ONE, 'Micetro').managedPolicies.push(managed('ReadOnlyAccess'));
const open = (): Promise<Scene> => openScene({ edit: drifted });

const warnings = ({ annotations }: StepResult) => annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
const answered = (scene: Scene, answer: FaultAnswer) => void scene.github.faults.push({ when: () => true, times: 99, answer });

/** No line of a stack trace, and no fault of our own. */
function expectClear({ stdout, stderr }: StepResult): void {
  expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+|error in the action itself/m);
}

test('all answers are HTML, then null: the night ends with its report, fails for the drift, and says what came', async () => {
  await using scene = await open();
  for (const [answer, came] of [
    [htmlPage(200), 'an HTML page'],
    [odd('null'), 'null'],
  ] as const) {
    answered(scene, answer);
    const result = await scene.run();
    expectClear(result);
    expect([result.exitCode, (await reportOf(scene)).summary.widened]).toEqual([1, 1]);
    expect(warnings(result)).toContainEqual(expect.stringContaining(`GitHub responded with ${came} instead of a list of issues.`));
    scene.github.faults.length = 0;
  }
}, 60_000);

test('the base of a pull request is over a megabyte, and its blob is HTML: known before AWS has answered, and no reason to end', async () => {
  await using scene = await open();
  const { step } = openPull(scene, { base: `${scene.guide.desiredYaml}\n${'# a comment\n'.repeat(100_000)}` });
  scene.github.faults.push({ when: ({ path }) => path.includes('/git/blobs/'), times: 9, answer: htmlPage(200) });
  scene.aws.faults.set([{ action: 'AssumeRole', delayMs: 1_000 }]);
  const result = await scene.run(step());
  expectClear(result);
  expect(result.exitCode).toBe(0);
  const { base } = (await reportOf(scene)).proposal ?? {};
  expect([base?.status, base?.reason]).toEqual(['unavailable', expect.stringContaining('an HTML page instead of the content of a file')]);
}, 60_000);

test('a comment is blocked by a rate limit: the news stays news, and the next night tells it', async () => {
  await using scene = await open();
  const { issues, comments } = scene.github.repository;
  await scene.run();
  const body = issues[0]?.body;
  scene.github.faults.push({
    when: ({ method, path }) => method === 'POST' && path.endsWith('/comments'),
    times: 9,
    answer: blockedFromCreating,
  });
  await adminClient(scene.endpoint, ONE)('UpdateAssumeRolePolicy', {
    RoleName: 'Micetro',
    PolicyDocument: JSON.stringify(trust({ AWS: '*' })),
  });
  const blocked = await scene.run();
  expect(warnings(blocked)).toEqual([expect.stringMatching(/The issue could not be updated\..*The rate limit is exceeded/)]);
  expect([issues[0]?.body === body, comments.length]).toEqual([true, 0]);
  scene.github.faults.length = 0;
  await scene.run();
  expect([issues.length, comments.length]).toEqual([1, 1]);
}, 60_000);

describe("the event's file", () => {
  test('is empty on a pull request: one warning, and nothing of a night on the branch', async () => {
    await using scene = await open();
    const result = await scene.run({ ...openPull(scene, { base: scene.guide.desiredYaml }).step(), eventText: '' });
    expectClear(result);
    expect([result.exitCode, scene.github.calls.filter(({ method }) => method !== 'GET')]).toEqual([0, []]);
    expect(warnings(result).filter((message) => message.includes('GITHUB_EVENT_PATH'))).toEqual([
      expect.stringMatching(/ names is empty\. The run does not know which change it is for/),
    ]);
  }, 60_000);

  test('is broken on a schedule: one warning, and the night as GitHub describes the repository', async () => {
    await using scene = await open();
    const result = await scene.run({ eventText: '{"schedule": "17 4' });
    expectClear(result);
    expect(warnings(result)).toEqual([expect.stringMatching(/ names is not JSON\. The run knows only the name/)]);
    expect([result.exitCode, scene.github.repository.issues.length]).toEqual([1, 1]);
  }, 60_000);
});

test('a promise that nobody waits for, or an error that nobody catches, fails the step without a stack trace, its ids shortened', async () => {
  await using scene = await openScene();
  const stray = (code: string) => ({ env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` } });
  const error = `new Error('stray of ${ONE}')`;
  const promise = await scene.run(stray(`setTimeout(() => void Promise.reject(${error}), 100)`));
  expect(promise.annotations).toEqual([
    { level: 'error', properties: '', message: 'A part of the run failed because of an error in the action itself: stray of …0001' },
  ]);
  // The run went on.
  expect([promise.exitCode, promise.outputs.get('drift')]).toEqual([1, 'false']);
  const thrown = await scene.run(stray(`setTimeout(() => { throw ${error}; }, 100)`));
  expect([thrown.exitCode, thrown.annotations.map(({ message }) => message)]).toEqual([
    1,
    ['The run ended because of an error in the action itself: stray of …0001'],
  ]);
  for (const { stdout, stderr } of [promise, thrown]) expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+/m);
}, 60_000);
