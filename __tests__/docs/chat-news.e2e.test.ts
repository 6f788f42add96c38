import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { roleIn } from '../../dev/aws/estate.ts';
import { adminClient } from '../../dev/aws/seed.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import { managed } from '../run/target-cases.ts';
import { type Chat, startChat } from './chat.ts';
import { type Contexts, evaluate, fillIn } from './expression.ts';
import { textOf } from './pages.ts';

/** The step that posts news to a chat, as its example has it: its condition by GitHub's evaluator, its script by bash, jq and curl. */

const example = z.object({ jobs: z.object({ audit: z.object({ steps: z.array(z.record(z.string(), z.unknown())) }) }) });
const postingStep = z.strictObject({ name: z.string(), if: z.string(), env: z.record(z.string(), z.string()), run: z.string() });
const step = postingStep.parse(example.parse(parse(textOf('examples/workflows/chat-news.yml'))).jobs.audit.steps.at(-1));

const ONE = '200000000001';
const TWO = '200000000002';

type Outputs = Readonly<Record<string, string>>;

function contextsOf(outputs: Outputs, webhook = ''): Contexts {
  return { steps: { drift: { outputs } }, secrets: { CHAT_WEBHOOK: webhook } };
}

interface Posted {
  readonly exitCode: number;
  readonly log: string;
  /** What the script left in its working folder. */
  readonly files: readonly string[];
}

/** Runs the script as the runner does. https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
async function post(contexts: Contexts): Promise<Posted> {
  const folder = await mkdtemp(join(tmpdir(), 'chat-news-'));
  const script = join(folder, 'script.sh');
  await writeFile(script, fillIn(step.run, contexts));
  const env = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, fillIn(value, contexts)]));
  const { exitCode, log } = await new Promise<Omit<Posted, 'files'>>((resolve) => {
    execFile('bash', ['-e', script], { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env } }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), log: stdout + stderr });
    });
  });
  const files = (await readdir(folder)).filter((file) => file !== 'script.sh');
  await rm(folder, { recursive: true });
  return { exitCode, log, files };
}

/** Spends a night: the audit, and what comes after it. */
async function night(scene: Scene, chat: Chat, inputs: Readonly<Record<string, string>> = {}): Promise<Outputs> {
  const outputs = Object.fromEntries((await scene.run({ inputs })).outputs);
  const contexts = contextsOf(outputs, chat.webhook);
  if (evaluate(step.if, contexts) === 'true') expect(await post(contexts)).toEqual({ exitCode: 0, log: '', files: [] });
  return outputs;
}

describe('the condition', () => {
  test.each<readonly [string, Outputs, string]>([
    ['something new', { 'new-count': '1', 'gone-count': '0' }, 'true'],
    ['something gone', { 'new-count': '0', 'gone-count': '2' }, 'true'],
    ['both', { 'new-count': '10', 'gone-count': '1200' }, 'true'],
    ['neither', { 'new-count': '0', 'gone-count': '0' }, 'false'],
    ['no issue that remembers', { 'new-count': '', 'gone-count': '' }, 'false'],
    ['outputs that the action has not set', { 'report-path': 'assume-role-report.json' }, 'false'],
  ])('%s', (_name, outputs, posts) => expect(evaluate(step.if, contextsOf(outputs))).toBe(posts));

  // Without a function for the status, GitHub skips the step after a failed one, whatever the condition says.
  test('an audit that failed because of drift', () => expect(step.if).toMatch(/^always\(\) && \(.*\)$/));

  test('an audit that did not run', () => expect(evaluate(step.if, { steps: {} })).toBe('false'));
});

test('the script has no expression in it: whatever a text holds, bash does not read it', () => expect(step.run).not.toContain('${{'));

const areThere = ['jq', 'curl'].every((program) => spawnSync(program, ['--version']).status === 0);

(areThere ? describe : describe.skip)('with jq and curl', () => {
  describe('night after night', () => {
    test('news is posted once, and nothing else is', async () => {
      await using chat = await startChat();
      await using scene = await openScene({
        edit: (draft) => {
          roleIn(draft, ONE, 'Micetro').managedPolicies.push(managed('ReadOnlyAccess'));
        },
      });
      const address = `${scene.github.url}/acme/access/issues/1`;

      const first = await night(scene, chat);
      expect(first.headline).toContain('1 finding');
      expect(chat.messages).toEqual([`${first.headline}\n1 new, 0 gone: ${address}`]);

      await night(scene, chat);
      expect(chat.calls()).toBe(1);

      await adminClient(scene.endpoint, TWO)('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: managed('AdministratorAccess') });
      const third = await night(scene, chat);
      expect(chat.messages.slice(1)).toEqual([`${third.headline}\n1 new, 0 gone: ${address}`]);

      await adminClient(scene.endpoint, ONE)('DetachRolePolicy', { RoleName: 'Micetro', PolicyArn: managed('ReadOnlyAccess') });
      await adminClient(scene.endpoint, TWO)('DetachRolePolicy', { RoleName: 'Micetro', PolicyArn: managed('AdministratorAccess') });
      const fourth = await night(scene, chat);
      expect(fourth.headline).toMatch(/^No drift /);
      expect(chat.messages.slice(2)).toEqual([`${fourth.headline}\n0 new, 2 gone: ${address}`]);

      await night(scene, chat);
      expect(chat.calls()).toBe(3);
    }, 120_000);

    test('without an issue nothing is posted', async () => {
      await using chat = await startChat();
      await using scene = await openScene({
        edit: (draft) => {
          roleIn(draft, ONE, 'Micetro').managedPolicies.push(managed('ReadOnlyAccess'));
        },
      });
      expect(await night(scene, chat, { issue: 'never' })).toMatchObject({ drift: 'true', 'new-count': '' });
      expect(chat.calls()).toBe(0);
    }, 60_000);
  });

  describe('the script', () => {
    const NEWS = {
      headline: 'Drift: 1 finding.',
      'new-count': '1',
      'gone-count': '0',
      'issue-url': 'https://github.com/acme/access/issues/1',
    };

    test.each([
      '"',
      "'",
      '\\',
      '"}',
      '\n::error::x',
      '$(touch pwned)',
      '`touch pwned`',
      '; touch pwned #',
      '$HOME',
      '\\(env)',
      '@/etc/passwd',
      '&',
      'é 🚨 ‮',
    ])('posts %j as it is', async (text) => {
      await using chat = await startChat();
      const outputs = Object.fromEntries(Object.entries(NEWS).map(([name, value]) => [name, `${text}${value}${text}`]));
      expect(await post(contextsOf(outputs, chat.webhook))).toEqual({ exitCode: 0, log: '', files: [] });
      const [headline, found, gone, address] = Object.values(outputs);
      expect(chat.messages).toEqual([`${headline}\n${found} new, ${gone} gone: ${address}`]);
    });

    test('tries again when the chat has trouble', async () => {
      await using chat = await startChat();
      chat.answers.push(503);
      expect(await post(contextsOf(NEWS, chat.webhook))).toMatchObject({ exitCode: 0 });
      expect([chat.calls(), chat.messages.length]).toEqual([2, 1]);
    });

    test('fails when the chat refuses, and does not print the address', async () => {
      await using chat = await startChat();
      chat.answers.push(404);
      const { exitCode, log } = await post(contextsOf(NEWS, chat.webhook));
      expect([exitCode, chat.messages]).toEqual([22, []]);
      expect(log).toContain('404');
      expect(log).not.toContain('s3cret');
    });

    test('names the secret that is missing', async () => {
      const { exitCode, log } = await post(contextsOf(NEWS));
      expect(exitCode).not.toBe(0);
      expect(log).toContain('CHAT_WEBHOOK: is empty: add the address of the webhook as this secret');
    });
  });
});
