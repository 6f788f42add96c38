import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Estate, roleIn } from '../../dev/aws/estate.ts';
import { adminClient } from '../../dev/aws/seed.ts';
import { DESIRED_STATE, openScene } from '../../dev/runner/scene.ts';
import { repair, reportOf, written } from '../run/repairing.ts';
import { managed, trust } from '../run/target-cases.ts';

/** Runs of the shipped bundle that have to end before everything is read: by their time limit, or because somebody cancels them. */

const ONE = '200000000001';
const TWO = '200000000002';

function openTrusts(estate: Estate): void {
  for (const account of [ONE, TWO]) roleIn(estate, account, 'Micetro').trust = trust({ AWS: '*' });
}

test('a night with one account throttled for ever: the limit ends it, all else is published, and what was found there still stands', async () => {
  await using scene = await openScene({ edit: openTrusts });
  await scene.run();
  await adminClient(scene.endpoint, ONE)('UpdateAssumeRolePolicy', {
    RoleName: 'Micetro',
    PolicyDocument: JSON.stringify(trust({ AWS: `arn:aws:iam::${scene.guide.hub}:root` })),
  });
  await adminClient(scene.endpoint, TWO)('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: managed('AdministratorAccess') });
  scene.aws.faults.set([{ action: 'GetRole', account: ONE, effect: 'throttling' }]);

  const { exitCode, took, outputs, annotations, summary } = await scene.run({ inputs: { 'time-limit': '0.1' } });
  expect(exitCode).toBe(1);
  expect(took).toBeGreaterThan(6_000);
  expect(took).toBeLessThan(15_000);
  expect(['unreadable-count', 'new-count', 'gone-count'].map((name) => outputs.get(name))).toEqual(['1', '1', '0']);
  expect((await reportOf(scene)).targets[0]).toMatchObject({
    status: 'unreadable',
    error: {
      code: 'TimeLimitReached',
      call: 'iam:GetRole',
      message: expect.stringMatching(`^AWS throttled iam:GetRole in account ${ONE} for [56] s`),
    },
  });
  const ended = `The time limit of 0.1 min (input time-limit) was reached; 1 account was not read completely: ${ONE}.`;
  expect(annotations.at(-1)).toMatchObject({ level: 'error', message: expect.stringContaining(ended) });
  for (const text of ['2 of 3 accounts read', 'AWS throttled', TWO]) expect(summary).toContain(text);
  const [issue] = scene.github.repository.issues;
  expect([issue?.state, scene.github.repository.comments.length]).toEqual(['open', 1]);
  expect(issue?.body).toMatch(new RegExp(`${ONE}[^]*trust-changed|trust-changed[^]*${ONE}`));
}, 60_000);

/** Cancels a run as GitHub does: SIGINT, and SIGTERM some time later. */
function cancelling() {
  let kill: (signal: 'SIGINT' | 'SIGTERM') => void = () => undefined;
  let at = 0;
  return {
    onStart: (send: typeof kill) => {
      kill = send;
    },
    cancel: () => {
      at = performance.now();
      kill('SIGINT');
      setTimeout(() => kill('SIGTERM'), 200).unref();
    },
    /** Milliseconds; after 7.5 seconds GitHub would send SIGTERM, and after 10 kill the process. */
    since: () => performance.now() - at,
  };
}

describe('cancelled', () => {
  test.concurrent('after a third of the accounts: it publishes what it has, closes nothing and tells of nothing that is gone', async () => {
    await using scene = await openScene({ guide: { targets: 24 }, edit: openTrusts });
    await scene.run();
    const { onStart, cancel, since } = cancelling();
    let read = 0;
    const countRead = () => {
      read += 1;
      if (read === 9) cancel();
    };
    scene.aws.faults.set([{ action: 'ListRolePolicies', delayMs: 150, before: countRead }]);
    const { exitCode, outputs, annotations, summary } = await scene.run({
      onStart,
      inputs: { concurrency: '4', 'html-path': 'report.html' },
    });
    expect([exitCode, since() < 7_500]).toEqual([1, true]);
    const { targets } = await reportOf(scene);
    const unread = targets.filter(({ status }) => status === 'unreadable');
    expect(unread.length).toBeGreaterThanOrEqual(14);
    expect(unread.length).toBeLessThan(20);
    for (const { error } of unread)
      expect(error).toMatchObject({ code: 'RunCancelled', message: expect.stringMatching(/the run was cancelled before/i) });
    expect(['drift-count', 'gone-count', 'report-path'].map((name) => outputs.get(name))).toEqual(['2', '0', 'assume-role-report.json']);
    expect(outputs.get('unreadable-count')).toBe(String(unread.length));
    expect(annotations.at(-1)?.message).toMatch(`The run was cancelled; ${unread.length} accounts were not read completely: `);
    expect(summary).toMatch(/^⚠️ \*\*Incomplete/);
    expect(await readFile(join(scene.workspace, 'report.html'), 'utf8')).toContain(`${25 - unread.length} of 25 accounts read completely`);
    expect(scene.github.repository.issues.map(({ state }) => state)).toEqual(['open']);
  });

  test.concurrent('while it signs in: the hub is unreadable', async () => {
    await using scene = await openScene();
    const { onStart, cancel, since } = cancelling();
    const silent = createServer(cancel).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/?token`;
    const noKeys = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    const env = { ...noKeys, ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'any' };
    const result = await scene.run({ onStart, env });
    silent.closeAllConnections();
    silent.close();
    expect([result.exitCode, since() < 7_500]).toEqual([1, true]);
    expect((await reportOf(scene)).hub).toMatchObject({ status: 'unreadable', error: { code: 'RunCancelled', call: 'oidc' } });
    expect(result.annotations.at(-1)?.message).toMatch('The run was cancelled; 3 accounts were not read completely');
  });

  test.concurrent('while GitHub is asked for the default branch: it goes on without the answer', async () => {
    await using scene = await openScene();
    const { onStart, cancel, since } = cancelling();
    const asked = () => {
      cancel();
      return true;
    };
    scene.github.faults.push({ when: asked, times: 1, answer: 'hang' });
    const result = await scene.run({ onStart, payload: {} });
    expect([result.exitCode, since() < 4_000]).toEqual([1, true]);
    expect((await reportOf(scene)).hub).toMatchObject({ status: 'unreadable', error: { code: 'RunCancelled' } });
    expect(result.annotations.at(-1)?.message).toMatch('The run was cancelled; 3 accounts were not read completely');
  });

  test.concurrent('while a repair reads: it writes nothing', async () => {
    await using scene = await openScene({ guide: { fixer: true }, edit: openTrusts });
    const { onStart, cancel } = cancelling();
    // All else has been read by then.
    const before = () => sleep(1_000).then(cancel);
    scene.aws.faults.set([{ action: 'GetRole', account: TWO, effect: 'hang', before }]);
    const result = await repair(scene, { onStart });
    expect([result.exitCode, written(scene)]).toEqual([1, []]);
    const { findings, changes } = await reportOf(scene);
    expect(findings.map(({ account, fix }) => [account, fix.status, fix.reason])).toEqual([
      [ONE, 'refused', 'Not attempted: the run was cancelled.'],
    ]);
    expect(changes).toEqual([]);
  });

  test.concurrent('while a capture reads: no file is written', async () => {
    await using scene = await openScene({ edit: openTrusts });
    const file = join(scene.workspace, DESIRED_STATE);
    const before = await readFile(file, 'utf8');
    const inputs = { mode: 'capture', overwrite: 'true' };
    const { onStart, cancel } = cancelling();
    scene.aws.faults.set([{ action: 'GetRole', account: TWO, effect: 'hang', before: cancel }]);
    const result = await scene.run({ event: 'workflow_dispatch', onStart, inputs });
    expect([result.exitCode, await readFile(file, 'utf8')]).toEqual([1, before]);
    expect(result.annotations.at(-1)?.message).toMatch(/The run was cancelled.*no file was written/);
    expect(result.outputs.get('report-path')).toBe('assume-role-report.json');
  });
});
