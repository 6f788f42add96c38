import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readEvent } from '../../src/publish/event-file.ts';
import { eventWarning, runContext } from '../../src/publish/run-context.ts';

const folder = await mkdtemp(join(tmpdir(), 'event-'));
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['{"ref": "refs/heads/main"}', { payload: { ref: 'refs/heads/main' }, problem: '' }],
  ['', { payload: undefined, problem: 'The file that GITHUB_EVENT_PATH names is empty.' }],
  [' \n', { payload: undefined, problem: 'The file that GITHUB_EVENT_PATH names is empty.' }],
  ['{"ref": "refs/he', { payload: undefined, problem: 'The file that GITHUB_EVENT_PATH names is not JSON.' }],
  ['[]', { payload: undefined, problem: 'The file that GITHUB_EVENT_PATH names contains no JSON object.' }],
  ['null', { payload: undefined, problem: 'The file that GITHUB_EVENT_PATH names contains no JSON object.' }],
  ['"push"', { payload: undefined, problem: 'The file that GITHUB_EVENT_PATH names contains no JSON object.' }],
])('%j', async (text, event) => {
  const path = join(folder, 'event.json');
  await writeFile(path, text);
  expect(readEvent(path)).toEqual(event);
});

test('no file', async () => {
  expect(readEvent(join(folder, 'missing.json')).problem).toBe("The file that GITHUB_EVENT_PATH names can't be read (ENOENT).");
  expect(readEvent(folder).problem).toBe("The file that GITHUB_EVENT_PATH names can't be read (EISDIR).");
  expect(readEvent(undefined).problem).toBe('GITHUB_EVENT_PATH is not set.');
});

const side = { sha: 'a', ref: 'b', repo: { full_name: 'acme/access' } };
const PULL = { pull_request: { number: 7, head: side, base: side } };

test.each([
  ['schedule', {}, '', undefined],
  ['schedule', undefined, 'Empty.', 'Empty. The run knows only the name of the event, "schedule".'],
  // By hand, outside a workflow.
  ['', undefined, 'Not set.', undefined],
  ['pull_request', PULL, '', undefined],
  ['pull_request_review', PULL, '', undefined],
  ['merge_group', { merge_group: { head_sha: 'a', base_sha: 'b' } }, '', undefined],
  ['pull_request', undefined, 'Empty.', /^Empty\. The run does not know which change it is for, .* Run the job again\.$/],
  ['pull_request_review', {}, '', /^The payload of the event does not contain its commits\. The run does not know which change/],
  ['merge_group', { merge_group: {} }, '', /^The payload of the event does not contain its commits\. The run does not know which change/],
] as const)('%s with %j (%s): %s', (event, payload, problem, warning) => {
  const said = eventWarning(problem, runContext({ GITHUB_EVENT_NAME: event }, payload));
  if (warning instanceof RegExp) expect(said).toMatch(warning);
  else expect(said).toBe(warning);
});
