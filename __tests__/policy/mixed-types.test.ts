import { test } from '@jest/globals';
import fc from 'fast-check';
import { compareDocuments } from '../../src/policy/index.ts';
import { runs } from '../runs.ts';
import { expectNoContradiction } from './contradiction.ts';
import { reading } from './generated.ts';
import type { ReferenceDocument, ReferenceStatement, Request } from './reference.ts';

/**
 * Operators of all types, with and without quantifiers, put to the same two keys, which hold any text. What IAM makes of a number compared
 * as text, or of several values under a plain operator, is not documented; the reference reads it in several ways, and no verdict may be wrong in any.
 */

const numRuns = runs(300);

const NAMES = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringEqualsIgnoreCase',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericGreaterThanEquals',
  'DateLessThan',
  'DateEquals',
  'Bool',
  'IpAddress',
  'NotIpAddress',
  'ArnLike',
  'BinaryEquals',
];
const OPERATORS = ['Null', ...NAMES, ...NAMES.flatMap((name) => [`${name}IfExists`, `ForAnyValue:${name}`, `ForAllValues:${name}`])];
/** Has one value at most, and may have several. */
const KEYS = ['aws:ResourceTag/x', 'aws:TagKeys'];
const VALUES = [
  '10',
  '10.0',
  '11',
  'true',
  'TRUE',
  '*',
  '1*',
  '2026-01-01',
  '10.0.0.0/8',
  '10.0.0.1',
  'arn:aws:s3:::a',
  'arn:aws:s3:*:*:a*',
  'no arn',
];
const HELD = [
  '10',
  '11',
  '10.5',
  'true',
  'TRUE',
  'false',
  '',
  '*',
  '2026-01-01',
  '2025-01-01',
  '10.0.0.1',
  '11.0.0.1',
  'arn:aws:s3:::a',
  'arn:aws:s3:x:y:ab',
  'else',
];

const condition = fc
  .tuple(
    fc.constantFrom(...OPERATORS),
    fc.constantFrom(...KEYS),
    fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 2 }),
  )
  .map(([operator, key, values]) => ({ operator, key, values: operator === 'Null' ? [String(values.length === 1)] : values }));

const statement = fc
  .tuple(fc.constantFrom('Allow', 'Allow', 'Deny'), fc.uniqueArray(condition, { selector: ({ operator }) => operator, maxLength: 2 }))
  .map(
    ([Effect, conditions]): ReferenceStatement => ({
      Effect,
      Action: 's3:GetObject',
      Resource: '*',
      Condition: Object.fromEntries(conditions.map(({ operator, key, values }) => [operator, { [key]: values }])),
    }),
  );

const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement): ReferenceDocument => ({ Version: '2012-10-17', Statement }));

const pair = fc.tuple(document, document, fc.boolean()).map(([one, two, close]): readonly [ReferenceDocument, ReferenceDocument] => {
  return close ? [one, { ...one, Statement: [...one.Statement.slice(1), ...two.Statement.slice(0, 1)] }] : [one, two];
});

const held = fc.tuple(
  ...KEYS.map((key) => {
    const values = fc.uniqueArray(fc.constantFrom(...HELD), { minLength: 1, maxLength: key === 'aws:TagKeys' ? 2 : 1 });
    return fc.tuple(fc.constant(key.toLowerCase()), fc.option(values, { nil: null }));
  }),
);

const request = fc.tuple(held, reading).map(
  ([keys, read]): Request => ({
    reading: read,
    action: 's3:GetObject',
    resource: '*',
    context: new Map(keys.flatMap(([key, values]) => (values === null ? [] : [[key, values] as const]))),
  }),
);

test('no request contradicts a verdict', () => {
  const property = fc.property(pair, fc.array(request, { minLength: 40, maxLength: 40 }), ([desired, live], requests) => {
    const { verdict } = compareDocuments({ ...desired }, { ...live }, 'identity');
    for (const one of requests) {
      expectNoContradiction(verdict, desired, live, one);
    }
  });
  fc.assert(property, { numRuns });
});
