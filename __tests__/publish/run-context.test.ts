import { describe, expect, test } from '@jest/globals';
import { repositoryFacts, runContext } from '../../src/publish/run-context.ts';

const ENV = {
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REPOSITORY: 'acme/access',
  GITHUB_SHA: 'abc',
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '3',
  GITHUB_SERVER_URL: 'https://github.example/',
  GITHUB_API_URL: 'https://github.example/api/v3/',
  GITHUB_WORKSPACE: '/w',
  GITHUB_ACTION_REPOSITORY: 'acme/assume-role-drift',
  GITHUB_ACTION_REF: 'v1',
  GITHUB_WORKFLOW_REF: 'acme/access/.github/workflows/a@b.yml@refs/heads/main',
};

const PULL_REQUEST = {
  number: 7,
  head: { sha: 'h', ref: 'topic', repo: { full_name: 'mona/access' } },
  base: { sha: 'b', ref: 'main', repo: { full_name: 'acme/access' } },
};

test('all that the runner tells', () => {
  expect(runContext(ENV, { repository: { private: true, default_branch: 'trunk' }, pull_request: PULL_REQUEST })).toEqual({
    event: 'pull_request',
    repository: { owner: 'acme', name: 'access', visibility: 'private', defaultBranch: 'trunk' },
    sha: 'abc',
    ref: 'refs/pull/7/merge',
    runId: '42',
    runAttempt: 3,
    serverUrl: 'https://github.example',
    apiUrl: 'https://github.example/api/v3',
    runUrl: 'https://github.example/acme/access/actions/runs/42',
    workspace: '/w',
    workflowFile: '.github/workflows/a@b.yml',
    actionUrl: 'https://github.example/acme/assume-role-drift/blob/v1',
    pullRequest: {
      number: 7,
      head: { sha: 'h', ref: 'topic', repository: 'mona/access' },
      base: { sha: 'b', ref: 'main', repository: 'acme/access' },
      fromFork: true,
    },
    mergeGroup: undefined,
  });
});

test('nothing told', () => {
  const context = runContext({}, undefined);
  expect(context).toMatchObject({
    event: '',
    repository: { owner: '', name: '', visibility: 'unknown' },
    runAttempt: 1,
    serverUrl: 'https://github.com',
    apiUrl: 'https://api.github.com',
  });
  expect(context.pullRequest).toBeUndefined();
  expect(context.workflowFile).toBeUndefined();
  expect(context.actionUrl).toBeUndefined();
  expect(context.repository.defaultBranch).toBeUndefined();
});

describe('merge queue', () => {
  test.each([
    [
      { head_sha: 'h', base_sha: 'b', head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-b' },
      { head: 'h', base: 'b' },
    ],
    [{ head_sha: 'h' }, undefined],
    [null, undefined],
  ])('%j', (group, expected) => {
    expect(runContext(ENV, { merge_group: group }).mergeGroup).toEqual(expected);
  });
});

describe('fork', () => {
  test.each([
    ['the same repository', { full_name: 'acme/access' }, false],
    ['another', { full_name: 'mona/access' }, true],
    ['deleted', null, true],
  ])('%s', (_, repo, fromFork) => {
    const payload = { pull_request: { ...PULL_REQUEST, head: { sha: 'h', ref: 'topic', repo } } };
    expect(runContext(ENV, payload).pullRequest?.fromFork).toBe(fromFork);
  });
});

describe('visibility', () => {
  test.each([
    [{ private: false }, 'public'],
    [{ private: true }, 'private'],
    [{ private: true, visibility: 'internal' }, 'private'],
    [{ visibility: 'public' }, 'public'],
    [{ private: 'no' }, 'unknown'],
    [{}, 'unknown'],
    [null, 'unknown'],
    ['text', 'unknown'],
  ])('%j: %s', (description, expected) => {
    expect(repositoryFacts(description).visibility).toBe(expected);
  });
});

describe('default branch', () => {
  test.each([
    [{ default_branch: 'trunk' }, 'trunk'],
    [{ default_branch: '' }, undefined],
    [{ default_branch: 1 }, undefined],
    [{}, undefined],
    [null, undefined],
  ])('%j: %s', (description, expected) => {
    expect(repositoryFacts(description).defaultBranch).toBe(expected);
  });
});
