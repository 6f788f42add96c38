import { describe, expect, test } from '@jest/globals';
import { runContext, visibilityOf } from '../../src/publish/run-context.ts';

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
  GITHUB_WORKFLOW_REF: 'acme/access/.github/workflows/a@b.yml@refs/heads/main',
};

const PULL_REQUEST = {
  number: 7,
  head: { sha: 'h', ref: 'topic', repo: { full_name: 'mona/access' } },
  base: { sha: 'b', ref: 'main', repo: { full_name: 'acme/access' } },
};

test('all that the runner tells', () => {
  expect(runContext(ENV, { repository: { private: true }, pull_request: PULL_REQUEST })).toEqual({
    event: 'pull_request',
    repository: { owner: 'acme', name: 'access', visibility: 'private' },
    sha: 'abc',
    ref: 'refs/pull/7/merge',
    runId: '42',
    runAttempt: 3,
    serverUrl: 'https://github.example',
    apiUrl: 'https://github.example/api/v3',
    runUrl: 'https://github.example/acme/access/actions/runs/42',
    workspace: '/w',
    workflowFile: '.github/workflows/a@b.yml',
    pullRequest: {
      number: 7,
      head: { sha: 'h', ref: 'topic', repository: 'mona/access' },
      base: { sha: 'b', ref: 'main', repository: 'acme/access' },
      fromFork: true,
    },
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
    expect(visibilityOf(description)).toBe(expected);
  });
});
