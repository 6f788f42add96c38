import { describe, expect, test } from '@jest/globals';
import { DIRECT } from '../../dev/network/direct.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { permissionsOf } from '../../src/inputs/run-permissions.ts';
import { Comparer } from '../../src/policy/index.ts';
import { runContext } from '../../src/publish/run-context.ts';
import { actionsRunner } from '../../src/publish/runner.ts';
import { isFileCheck, shouldSignIn } from '../../src/run/check-file.ts';
import type { CheckedRun } from '../../src/run/task.ts';
import { systemClock } from '../../src/time/clock.ts';
import { noDeadline } from '../deadlines.ts';

const ROLE = 'arn:aws:iam::111111111111:role/DriftAuditor';
const HALF = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: '' };
const KEY = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const TOKEN = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x/', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' };

/** A run of which only what decides about signing in is given. */
function runOf(event: string, variables: Readonly<Record<string, string>>, { mode = 'audit', head = 'acme/access' } = {}): CheckedRun {
  const given: Readonly<Record<string, string>> = { mode, 'auditor-role': ROLE };
  const parsed = parseInputs((name) => given[name] ?? '', { event, workspace: '/workspace' });
  if ('errors' in parsed) throw new Error(parsed.errors.join('\n'));
  const env = { GITHUB_EVENT_NAME: event, ...variables };
  const commit = (repository: string) => ({ sha: 'a', ref: 'main', repo: { full_name: repository } });
  const payload = event.startsWith('pull_request') ? { pull_request: { number: 1, head: commit(head), base: commit('acme/access') } } : {};
  return {
    job: {
      env,
      event: { payload, problem: '' },
      input: () => '',
      runner: actionsRunner,
      clock: systemClock,
      cancelled: new AbortController().signal,
    },
    context: runContext(env, payload),
    inputs: parsed.inputs,
    permissions: permissionsOf({ event, ref: 'refs/heads/main', branch: 'main', problem: '' }),
    network: DIRECT,
    octokit: undefined,
    comparer: new Comparer(),
    deadline: noDeadline(),
    facts: () => {
      throw new Error('not asked');
    },
  };
}

describe('whether a run signs in to AWS, or should', () => {
  test.each<[string, Parameters<typeof runOf>, { fileOnly: boolean; should: boolean }]>([
    ['a night', ['schedule', HALF], { fileOnly: false, should: true }],
    ['a night in mode validate', ['schedule', HALF, { mode: 'validate' }], { fileOnly: true, should: false }],
    ['a capture', ['workflow_dispatch', HALF, { mode: 'capture' }], { fileOnly: false, should: true }],
    ['a merge queue', ['merge_group', KEY], { fileOnly: true, should: false }],
    ['a pull request with a key', ['pull_request', KEY], { fileOnly: false, should: true }],
    ['a pull request with a token', ['pull_request', { ...HALF, ...TOKEN }], { fileOnly: false, should: true }],
    ['a pull request with half a key', ['pull_request', HALF], { fileOnly: true, should: true }],
    ['a pull request in mode validate', ['pull_request', HALF, { mode: 'validate' }], { fileOnly: true, should: false }],
    ['a review with half a key', ['pull_request_review', HALF], { fileOnly: true, should: true }],
    ['one of Dependabot', ['pull_request', { ...HALF, GITHUB_ACTOR: 'dependabot[bot]' }], { fileOnly: true, should: false }],
    ['one from a fork', ['pull_request', HALF, { head: 'stranger/access' }], { fileOnly: true, should: false }],
    ['one from a fork that has a key', ['pull_request', KEY, { head: 'stranger/access' }], { fileOnly: false, should: true }],
  ])('%s', (_, parts, expected) => {
    const run = runOf(...parts);
    expect({ fileOnly: isFileCheck(run), should: shouldSignIn(run) }).toEqual(expected);
  });
});
