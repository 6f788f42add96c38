import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { startGitHub } from '../../dev/github/server.ts';
import { openScene } from '../../dev/runner/scene.ts';
import { INPUT_DEFAULTS } from '../../src/inputs/defaults.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { OUTPUT_NAMES } from '../../src/publish/runner.ts';
import { examples, matching } from './examples.ts';
import { textOf } from './pages.ts';
import { buildWorkflowParser } from './workflow-parser.ts';

/** Every example of a workflow is one that works, run from the shipped bundle. The files: example-files.contract.test.ts. */

const NO_KEYS = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      'timeout-minutes': z.number(),
      environment: z.string().optional(),
      steps: z.array(z.object({ uses: z.string().optional(), with: z.record(z.string(), z.coerce.string()).optional() })),
    }),
  ),
});

/** What each needs beside reading the repository, on which event it is run here, and what stands for the expressions in it. */
const WORKFLOWS: Readonly<Record<string, { needs: object; event: string; values: Readonly<Record<string, string>> }>> = {
  // What it posts: chat-news.e2e.test.ts.
  'chat-news.yml': { needs: { issues: 'write' }, event: 'schedule', values: {} },
  // What it proposes: new-accounts.e2e.test.ts.
  'new-accounts.yml': { needs: { contents: 'write', 'pull-requests': 'write' }, event: 'schedule', values: {} },
  'nightly-audit.yml': { needs: { issues: 'write' }, event: 'schedule', values: {} },
  'pull-request.yml': { needs: { 'pull-requests': 'write' }, event: 'pull_request', values: {} },
  'repair-by-hand.yml': { needs: { issues: 'write' }, event: 'workflow_dispatch', values: { 'inputs.scope': 'all' } },
  'nightly-revoke.yml': { needs: { issues: 'write' }, event: 'schedule', values: {} },
  'many-hubs.yml': {
    needs: { issues: 'write' },
    event: 'schedule',
    values: { 'matrix.hub': 'europe', 'matrix.account': '111111111111' },
  },
};

const { complaints, close } = buildWorkflowParser();
afterAll(close);

test('every workflow is one that is known here', () => {
  expect(examples('workflows').map(({ file }) => file)).toEqual(Object.keys(WORKFLOWS).toSorted((a, b) => a.localeCompare(b)));
});

describe.each(examples('workflows').map(({ file, text }) => [file, text] as const))('%s', (file, text) => {
  const { needs, event, values } = WORKFLOWS[file] ?? { needs: {}, event: '', values: {} };
  const { on, permissions, jobs } = workflow.parse(parse(text));
  const [job] = Object.values(jobs);
  const uses = (job?.steps ?? []).filter((step) => step.uses?.startsWith('your-fork/assume-role-drift@'));
  const inputsOf = (step: (typeof uses)[number]) =>
    Object.fromEntries(
      Object.entries(step.with ?? {}).map(([name, value]) => [
        name,
        value.replace(/\$\{\{ ([\w.]+) \}\}/g, (_whole, expression: string) => values[expression] ?? ''),
      ]),
    );

  test('GitHub takes it', () => {
    expect(complaints(text)).toEqual([]);
  });

  test('it may do what it needs, and no more', () => {
    expect(permissions).toEqual({ contents: 'read', 'id-token': 'write', ...needs });
    expect(Object.keys(on)).toContain(event);
    expect(Object.keys(jobs)).toHaveLength(1);
  });

  test('the action takes its inputs', () => {
    expect(uses).not.toEqual([]);
    for (const inputs of uses.map(inputsOf)) {
      expect(Object.keys(inputs).filter((name) => !Object.hasOwn(INPUT_DEFAULTS, name))).toEqual([]);
      const parsed = parseInputs((name) => inputs[name] ?? '', { event, workspace: '/workspace' });
      expect('errors' in parsed ? parsed.errors : []).toEqual([]);
    }
  });

  test('it reads outputs that there are', () => {
    const outputs = [...text.matchAll(/steps\.drift\.outputs\.([\w-]+)/g)].map(([, output]) => output);
    expect(outputs.filter((output) => !OUTPUT_NAMES.some((name) => name === output))).toEqual([]);
  });

  test('it runs on an estate that is as wanted, signed in by OIDC', async () => {
    await using github = await startGitHub({
      owner: 'acme',
      name: 'access',
      ...(job?.environment === undefined ? {} : { environment: job.environment }),
    });
    await using scene = await openScene({ guide: matching('small.yml').guide, file: textOf('examples/desired-state/small.yml') });
    await scene.write('access/europe.yml', textOf('examples/desired-state/small.yml'));
    for (const inputs of uses.map(inputsOf)) {
      const { exitCode, stdout } = await scene.run({ event, inputs, env: { ...NO_KEYS, ...github.oidcVariables } });
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    }
  }, 60_000);
});
