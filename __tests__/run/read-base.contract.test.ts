import { expect, test } from '@jest/globals';
import { startGitHub } from '../../dev/github/server.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { runContext } from '../../src/publish/run-context.ts';
import { readBase } from '../../src/run/proposed-change.ts';
import { deadlineIn } from '../deadlines.ts';
import { client } from '../publish/client.ts';
import { TestClock } from '../test-clock.ts';

test("a cancelled run does not wait for the base's file: GitHub leaves it seconds, which its pages need", async () => {
  await using github = await startGitHub();
  const [clock, cancelling] = [new TestClock(), new AbortController()];
  github.faults.push({ when: () => true, times: 9, answer: 'hang' });
  const octokit = client(github, { clock, cancelled: cancelling.signal });
  const parsed = parseInputs(() => '', { event: 'pull_request', workspace: '/' });
  if ('errors' in parsed) throw new Error(parsed.errors.join(' '));
  const context = runContext({ GITHUB_REPOSITORY: 'acme/access' }, undefined);
  const change = { pullRequest: 1, head: '1'.repeat(40), base: 'b'.repeat(40) };
  const deadline = deadlineIn(10, clock, cancelling.signal);
  const reading = readBase({ context, inputs: parsed.inputs, octokit, deadline }, change);
  cancelling.abort();
  const reason = 'The file of the base could not be read. The run was cancelled.';
  await expect(reading).resolves.toEqual({ base: { commit: change.base, status: 'unavailable', reason }, desired: undefined });
}, 2_000);
