import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { z } from 'zod';

/** Jest with the runtime of `dev/jest`: every way in which a test or a file can fail is told, and one file does not spoil the next. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'jest-'));
afterAll(() => rm(folder, { recursive: true }));

const FILES = {
  'package.json': '{ "type": "module" }',
  'a-faults.test.ts': `
    import { expect, jest, test } from '@jest/globals';
    jest.setTimeout(200);
    test('passes', (): void => expect(1).toBe(1));
    test('fails', () => expect(1).toBe(2));
    test('hangs', () => new Promise(() => undefined));
    test('loses a promise', async () => {
      void Promise.reject(new Error('lost'));
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    test('exits', () => process.exit(0));
    test.skip('is skipped', () => undefined);`,
  'b-after.test.ts': `
    import { expect, test } from '@jest/globals';
    test('has the time limit of all files again', async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(1).toBe(1);
    });`,
  'c-broken.test.ts': `
    import { nothing } from 'node:path';
    import { test } from '@jest/globals';
    test('is not run', () => nothing());`,
  'd-empty.test.ts': 'export {};',
};

const output = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ title: z.string(), status: z.string() })) }),
  ),
});

/** @param workers with one, the files run in jest's own process */
async function runJest(workers: number) {
  const config = {
    rootDir: folder,
    runtime: join(root, 'dev/jest/runtime.js'),
    testEnvironment: join(root, 'dev/jest/environment.js'),
    testRegex: ['\\.test\\.ts$'],
    transform: {},
  };
  const args = ['--no-warnings', '--import', join(root, 'dev/jest/register.js'), join(root, 'node_modules/jest/bin/jest.js')];
  const options = ['--config', JSON.stringify(config), '--json', '--no-cache', `--maxWorkers=${workers}`];
  const child = spawn(process.execPath, [...args, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const [said, code] = await Promise.all([text(child.stdout), new Promise((resolve) => child.once('close', resolve))]);
  const { success, testResults } = output.parse(JSON.parse(said));
  const files = testResults.map(({ name, status, assertionResults }) => [
    name.slice(folder.length + 1),
    { status, tests: Object.fromEntries(assertionResults.map((one) => [one.title, one.status])) },
  ]);
  return { code, success, files: Object.fromEntries(files) };
}

test.each([1, 2])('with %i workers', async (workers) => {
  await Promise.all(Object.entries(FILES).map(([name, content]) => writeFile(join(folder, name), content)));
  expect(await runJest(workers)).toEqual({
    code: 1,
    success: false,
    files: {
      'a-faults.test.ts': {
        status: 'failed',
        tests: {
          passes: 'passed',
          fails: 'failed',
          hangs: 'failed',
          'loses a promise': 'failed',
          exits: 'failed',
          'is skipped': 'pending',
        },
      },
      'b-after.test.ts': { status: 'passed', tests: { 'has the time limit of all files again': 'passed' } },
      'c-broken.test.ts': { status: 'failed', tests: {} },
      'd-empty.test.ts': { status: 'failed', tests: {} },
    },
  });
});
