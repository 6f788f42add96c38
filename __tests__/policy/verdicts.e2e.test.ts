import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verdicts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function verdicts(content: string | null): { code: number | null; out: string; error: string } {
  const file = join(folder, 'pairs.json');
  if (content !== null) writeFileSync(file, content);
  const args = ['node_modules/tsx/dist/cli.mjs', 'dev/verdicts.ts', ...(content === null ? [] : [file])];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { code: status, out: stdout, error: stderr };
}

test('prints an id and a verdict for each pair', () => {
  const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const trust = (...names: readonly string[]) => ({
    Statement: { Effect: 'Allow', Principal: { AWS: names.map((name) => `arn:aws:iam::111111111111:${name}`) }, Action: 'sts:AssumeRole' },
  });
  const text = '{"Version":"2012-10-17","Version":"2012-10-17"}';
  const pairs = [
    { id: 'a', kind: 'identity', desired: { Statement: statement }, live: JSON.stringify({ Statement: [statement] }) },
    { id: 2, kind: 'identity', desired: { Statement: statement }, live: { Statement: { ...statement, Action: '*' } } },
    { id: 'c', kind: 'identity', desired: text, live: { Statement: statement } },
    { id: 'd', kind: 'trust', desired: [], live: null },
    { id: 'e', kind: 'trust', desired: trust('root'), live: trust('root', 'user/mallory'), account: '111111111111' },
    { id: 'f', kind: 'trust', desired: trust('root'), live: trust('root', 'user/mallory'), account: '222222222222' },
    { id: 'g', kind: 'trust', desired: trust('root'), live: trust('root', 'user/mallory') },
  ];
  const { code, out, error } = verdicts(JSON.stringify(pairs));
  expect(error).toBe('');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual([
    { id: 'a', verdict: 'same' },
    { id: 2, verdict: 'widened' },
    { id: 'c', verdict: 'invalid' },
    { id: 'd', verdict: 'invalid' },
    { id: 'e', verdict: 'widened' },
    { id: 'f', verdict: 'same' },
    { id: 'g', verdict: 'same' },
  ]);
});

test('a byte order mark is no part of the list', () => {
  expect(verdicts('\uFEFF[]')).toEqual({ code: 0, out: '[]\n', error: '' });
});

test.each([
  ['no JSON', '{', /pairs\.json: .*JSON/],
  ['no list', '{}', /expected a JSON array/],
  ['an entry of another form', '[{"id":"a","kind":"other","desired":{},"live":{}}]', /entry 0: expected \{ id, kind/],
  ['an account that is none', '[{"id":"a","kind":"trust","desired":{},"live":{},"account":"1"}]', /entry 0: .*account/],
  ['no file named', null, /name a file/],
])('%s: exit code 2 and the reason', (_name, content, reason) => {
  const { code, out, error } = verdicts(content);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(error).toMatch(reason);
  expect(error).not.toMatch(/\n\s+at /);
});
