import { expect, test } from '@jest/globals';
import { comparePolicies } from '../../src/policy/index.ts';

type Statement = Readonly<Record<string, unknown>>;

/** A pattern of 17 stars, under a condition of its own: no two of these can be put together. */
function zigzag(seed: number): Statement {
  const letters = Array.from({ length: 17 }, (_, index) => `*${String.fromCharCode(97 + ((index * seed) % 17))}`);
  const condition = { StringEquals: { 'aws:x': String(seed) } };
  return { Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::${letters.join('')}*`, Condition: condition };
}

function document(from: number): { Version: string; Statement: readonly Statement[] } {
  return { Version: '2012-10-17', Statement: Array.from({ length: 40 }, (_, index) => zigzag(from + index)) };
}

test('too much work is not done', () => {
  expect(comparePolicies(document(2), document(3), 'identity')).toEqual({
    verdict: 'changed',
    explanation: ['the documents differ in writing, and are too large to decide'],
  });
});

test('a large document is still the same as its reordered copy', () => {
  const { Statement, Version } = document(2);
  expect(comparePolicies(document(2), { Version, Statement: Statement.toReversed() }, 'identity').verdict).toBe('same');
});
