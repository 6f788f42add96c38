import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const yaml = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');

describe("GitHub's own parser", () => {
  const folder = mkdtempSync(join(tmpdir(), 'action-'));
  const bundle = join(folder, 'parse-action.cjs');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function complaints(text: string): unknown {
    const { stdout, stderr } = spawnSync(process.execPath, [bundle], { input: text, encoding: 'utf8' });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  beforeAll(() => {
    const esbuild = fileURLToPath(new URL('../../node_modules/.bin/esbuild', import.meta.url));
    const source = fileURLToPath(new URL('./parse-action.ts', import.meta.url));
    spawnSync(esbuild, [source, '--bundle', '--platform=node', `--outfile=${bundle}`], { stdio: 'ignore' });
  });

  test('takes action.yml', () => {
    expect(complaints(yaml)).toEqual([]);
  });

  test('would tell of mistakes', () => {
    expect(complaints(yaml.replace('  icon:', '  icons:'))).toEqual([expect.stringContaining('icons')]);
  });
});
