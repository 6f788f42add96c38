import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runner-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function probe(env: Record<string, string>) {
  const script = fileURLToPath(new URL('./runner-probe.ts', import.meta.url));
  const { PATH = '' } = process.env;
  return spawnSync(process.execPath, ['--import', 'tsx', script], { env: { PATH, ...env }, encoding: 'utf8' });
}

test('what the runner gets', () => {
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const { stdout, stderr, status } = probe(files);
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    ': :error::from a name',
    'plain',
    '::warning title=a%3A b%2C c,file=a%2Cb.yml,line=3,col=7::two%0Alines ::x',
    '::notice::# #[error]x',
    '::add-mask::s3cret',
    '::error::drift%0A: :x',
    '',
  ]);
  expect(status).toBe(1);
  expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toBe('# Markdown\n');
  expect(
    readFileSync(files.GITHUB_OUTPUT, 'utf8')
      .replaceAll(/ghadelimiter_[\w-]+/g, 'EOF')
      .split('\n'),
  ).toEqual(
    [
      ['drift', 'true'],
      ['drift-count', '0'],
      ['report-path', 'a', 'b'],
      ['issue-number', ''],
    ]
      .flatMap(([name, ...value]) => [`${name}<<EOF`, ...value, 'EOF'])
      .concat(''),
  );
});

test('without the files for summary and outputs the run goes on', () => {
  const { stdout, status } = probe({ GITHUB_OUTPUT: join(folder, 'none') });
  expect(stdout).toContain('The outputs could not be set, so they are missing in later steps: Missing file at path: ');
  expect(stdout).toContain('The job summary could not be written: Unable to find environment variable for $GITHUB_STEP_SUMMARY');
  expect(stdout).toContain('::error::drift');
  expect(status).toBe(1);
});
