import { existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { startGitHub } from '../../dev/github/server.ts';
import { openScene } from '../../dev/runner/scene.ts';
import { parseDesired } from '../../src/desired/index.ts';
import { INPUT_DEFAULTS } from '../../src/inputs/defaults.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { OUTPUT_NAMES } from '../../src/publish/runner.ts';
import { reportSchema } from '../../src/report/model/schema.ts';
import { examples, MATCHING, type Matching } from './examples.ts';
import { pathOf, textOf } from './pages.ts';
import { buildWorkflowParser } from './workflow-parser.ts';

/** Every example is one that works: as a file, and run from the shipped bundle. */

const NO_KEYS = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

function matching(file: string): Matching {
  const found = MATCHING[file];
  if (found === undefined) throw new Error(`No estate matches ${file}`);
  return found;
}

describe.each(examples('desired-state').map(({ file, text }) => [file, text] as const))('%s', (file, text) => {
  test('is a desired state', () => {
    const parsed = parseDesired(text, { path: file });
    expect('errors' in parsed ? parsed.errors : []).toEqual([]);
  });

  test('names the published schema in its first line, and fits it', () => {
    const [, address = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    expect(address).toMatch(/^https:\/\/raw\.githubusercontent\.com\/your-fork\/assume-role-drift\/v1\/schema\//);
    const path = address.split('/assume-role-drift/v1/')[1] ?? '';
    expect(existsSync(pathOf(path))).toBe(true);
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(textOf(path)));
    expect(validate(parse(text)) || validate.errors).toBe(true);
  });

  test('is taken by mode validate', async () => {
    await using scene = await openScene({ file: text });
    const { exitCode, annotations } = await scene.run({ inputs: { mode: 'validate' } });
    expect({ exitCode, annotations: annotations.filter(({ level }) => level !== 'notice') }).toEqual({ exitCode: 0, annotations: [] });
  }, 30_000);

  test('is clean on an estate as it wants it, and not on another', async () => {
    const { guide, edit } = matching(file);
    await using scene = await openScene({ guide, edit, file: text });
    const first = await scene.run();
    const { summary } = reportSchema.parse(await scene.report());
    const expected = Array.isArray(guide.targets) ? guide.targets.length + 1 : 0;
    expect(summary).toMatchObject({ expected, observed: expected, clean: expected, drifted: 0, unreadable: 0 });
    expect(first.exitCode).toBe(0);
    const [account = ''] = scene.guide.targets;
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    scene.aws.account(account).call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn });
    const second = await scene.run();
    const { findings } = reportSchema.parse(await scene.report());
    expect(findings.filter(({ exception }) => exception === null).map(({ rule }) => rule)).toEqual(['role-policy-extra']);
    expect(second.exitCode).toBe(1);
  }, 60_000);
});

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
    const { guide } = matching('small.yml');
    await using github = await startGitHub({
      owner: 'acme',
      name: 'access',
      ...(job?.environment === undefined ? {} : { environment: job.environment }),
    });
    await using scene = await openScene({ guide, file: textOf('examples/desired-state/small.yml') });
    await scene.write('access/europe.yml', textOf('examples/desired-state/small.yml'));
    for (const inputs of uses.map(inputsOf)) {
      const { exitCode, stdout } = await scene.run({ event, inputs, env: { ...NO_KEYS, ...github.oidcVariables } });
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    }
  }, 60_000);
});
