import { expect, test } from '@jest/globals';
import { serverError } from '../../dev/github/faults.ts';
import { startGitHub } from '../../dev/github/server.ts';
import { readRepository } from '../../src/publish/read-repository.ts';
import type { Repository } from '../../src/publish/run-context.ts';
import { client } from './client.ts';

const UNKNOWN: Repository = { owner: 'acme', name: 'access', visibility: 'unknown', defaultBranch: undefined };
const BOTH = { visibility: true, defaultBranch: true };

test.each([
  ['public', 'public'],
  ['private', 'private'],
  ['internal', 'private'],
] as const)('a repository that is %s: both facts with one request', async (visibility, expected) => {
  await using github = await startGitHub();
  Object.assign(github.repository, { visibility, defaultBranch: 'trunk' });
  const { repository, problem } = await readRepository(client(github), UNKNOWN, BOTH);
  expect([repository, problem]).toEqual([{ ...UNKNOWN, visibility: expected, defaultBranch: 'trunk' }, '']);
  expect(github.calls.map(({ path }) => path)).toEqual(['/repos/acme/access']);
});

test.each([
  [{ visibility: 'private', defaultBranch: 'main' }, BOTH, 0],
  [{ visibility: 'private' }, { visibility: true, defaultBranch: false }, 0],
  [{ defaultBranch: 'main' }, { visibility: false, defaultBranch: true }, 0],
  [{}, { visibility: false, defaultBranch: false }, 0],
  [{ visibility: 'private' }, BOTH, 1],
  [{ defaultBranch: 'main' }, BOTH, 1],
] as const)('with %j known, %j takes %i requests, and what is known stays', async (known, needs, requests) => {
  await using github = await startGitHub();
  Object.assign(github.repository, { visibility: 'public', defaultBranch: 'trunk' });
  const { repository } = await readRepository(client(github), { ...UNKNOWN, ...known }, needs);
  expect([repository, github.calls.length]).toEqual([expect.objectContaining(known), requests]);
});

test('what is not known, and why', async () => {
  await using github = await startGitHub();
  await expect(readRepository(undefined, UNKNOWN, BOTH)).resolves.toEqual({
    repository: UNKNOWN,
    problem: expect.stringContaining('github-token is empty'),
  });
  const elsewhere = { ...UNKNOWN, name: 'other' };
  await expect(readRepository(client(github), elsewhere, BOTH)).resolves.toEqual({
    repository: elsewhere,
    problem: expect.stringContaining('GitHub responded with 404'),
  });
});

test('where GitHub fails, the run does without after three tries', async () => {
  await using github = await startGitHub();
  github.faults.push({ when: () => true, times: 9, answer: serverError });
  const { repository, problem } = await readRepository(client(github), UNKNOWN, BOTH);
  expect([repository, problem, github.calls.length]).toEqual([UNKNOWN, expect.stringContaining('GitHub responded with 502'), 3]);
});
