import { describe, expect, test } from '@jest/globals';
import { difference } from '../../../src/report/sections/diff.ts';
import { finding } from '../example.ts';

const BOUNDS = { lines: 100, lineLength: 200 };
const trust = (...principals: string[]): unknown => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: principals }, Action: 'sts:AssumeRole' }],
});
const diff = (desired: unknown, live: unknown, bounds = BOUNDS): string => difference(finding({ desired, live }), bounds);

describe('a difference', () => {
  test('shows what was expected and what is there', () => {
    const changed = diff(trust('111111111111'), trust('999999999999')).split('\n');
    expect(changed).toContain('-        "AWS": "arn:aws:iam::111111111111:root"');
    expect(changed).toContain('+        "AWS": "arn:aws:iam::999999999999:root"');
    expect(changed.filter((line) => !line.startsWith(' '))).toHaveLength(2);
  });

  test('does not show order and spelling', () => {
    const live = {
      Version: '2012-10-17',
      Statement: {
        Action: ['STS:assumerole'],
        Effect: 'Allow',
        Principal: { AWS: ['222222222222', 'arn:aws:iam::111111111111:root', '333333333333'] },
      },
    };
    const lines = diff(trust('111111111111', '222222222222'), live)
      .split('\n')
      .filter((line) => /^[+-]/.test(line));
    expect(lines.filter((line) => line.startsWith('+') && !/333333333333|222222222222/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes('111111111111'))).toEqual([]);
  });

  const cases: readonly [string, unknown, unknown, string][] = [
    ['nothing expected', null, 'a\nb', '+a\n+b'],
    ['nothing there', { b: 1 }, undefined, '-{\n-  "b": 1\n-}'],
    ['two lists', ['a', 'b'], ['a'], ' [\n-  "a",\n-  "b"\n+  "a"\n ]'],
    ['the same', trust('111111111111'), trust('111111111111'), ''],
    ['text that is no document', '{"Statement":', '{"Statement":[', '-{"Statement":\n+{"Statement":['],
  ];
  test.each(cases)('%s', (_, desired, live, expected) => expect(diff(desired, live)).toBe(expected));

  test('of documents that only their spelling tells apart shows the spelling', () => {
    expect(diff(trust('111111111111'), trust('arn:aws:iam::111111111111:root'))).toContain('+          "arn:aws:iam::111111111111:root"');
  });

  test('a document within a value is put in order, too', () => {
    const live = { policies: ['p'], document: trust('111111111111') };
    const desired = { policies: ['q'], document: trust('arn:aws:iam::111111111111:root') };
    expect(diff(desired, live)).not.toContain('root"\n-');
    expect(
      diff(desired, live)
        .split('\n')
        .filter((line) => /^[+-]/.test(line)),
    ).toEqual(['-    "q"', '+    "p"']);
  });

  test('is bounded in lines and in their length', () => {
    const long = diff(
      null,
      Array.from({ length: 500 }, (_, index) => `${index}${'x'.repeat(300)}`),
      { lines: 20, lineLength: 50 },
    ).split('\n');
    expect(long).toHaveLength(20);
    expect(long.at(-1)).toBe('… 483 more lines');
    expect(Math.max(...long.map((line) => line.length))).toBeLessThan(80);
  });

  test('of long texts with nothing in common', () => {
    const list = (start: number): number[] => Array.from({ length: 8_000 }, (_, index) => start + index);
    const shown = diff(list(0), list(1_000_000), { lines: 50, lineLength: 50 }).split('\n');
    expect(shown).toHaveLength(50);
    expect(shown).toContain('-  22,');
    expect(shown).toContain('+  1000022,');
  });
});
