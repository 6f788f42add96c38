import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { compareDocuments, type PolicyKind, type PolicySource, type Verdict } from '../../src/policy/index.ts';
import { MIRRORED } from './case.ts';
import { CASES, TABLES } from './cases/index.ts';

function expectVerdict(desired: PolicySource, live: PolicySource, kind: PolicyKind, verdict: Verdict): void {
  const found = compareDocuments(desired, live, kind);
  expect({ verdict: found.verdict, explanation: found.explanation }).toMatchObject({ verdict });
  expect(found.explanation.length > 0).toBe(verdict !== 'same');
  expect(found.problem !== undefined).toBe(verdict === 'invalid');
  if (verdict === 'widened') expect(found.gained).toBeDefined();
  if (verdict === 'narrowed') expect(found.lost).toBeDefined();
  if (verdict === 'widened') expect(found.lost).toBeUndefined();
  if (verdict === 'narrowed') expect(found.gained).toBeUndefined();
}

describe.each(Object.keys(TABLES))('%s', (theme) => {
  test.each(CASES.filter((one) => one.theme === theme))('$name: $verdict ($why)', ({ kind, desired, live, verdict }) => {
    expectVerdict(desired, live, kind, verdict);
    expectVerdict(live, desired, kind, MIRRORED[verdict]);
  });
});

test('each file is a theme', () => {
  const themes = readdirSync(new URL('cases/', import.meta.url)).map((file) => file.replace('.ts', ''));
  expect(new Set(themes)).toEqual(new Set(['index', ...Object.keys(TABLES)]));
});

test('each pair stands once, in one direction, and each name once in its theme', () => {
  const pairs = CASES.map(({ kind, desired, live }) => [kind, ...[JSON.stringify(desired), JSON.stringify(live)].sort()].join('\n'));
  const twice = CASES.filter((_, index) => pairs.indexOf(pairs[index] ?? '') !== index).map(({ theme, name }) => `${theme}: ${name}`);
  expect(twice).toEqual([]);
  expect(new Set(CASES.map(({ theme, name }) => `${theme}: ${name}`)).size).toBe(CASES.length);
});
