import { describe, expect, test } from '@jest/globals';
import { Budget } from '../../src/policy/compare/budget.ts';
import { Explorer } from '../../src/policy/compare/explore.ts';
import { prepare } from '../../src/policy/compare/prepared.ts';
import { type PolicyKind, parsePolicy } from '../../src/policy/index.ts';

/** How much work pairs of documents are, counted: what keeps it small (statements that come to the same, settled patterns, equal rests) shows nowhere else. */

type Statement = Readonly<Record<string, unknown>>;

const numbers = Array.from({ length: 60 }, (_, index) => index);

function allow(action: string | readonly string[], resource: string | readonly string[], condition: Statement = {}): Statement {
  return { Effect: 'Allow', Action: action, Resource: resource, Condition: condition };
}

function deny(action: string, resource: string, condition: Statement = {}): Statement {
  return { ...allow(action, resource, condition), Effect: 'Deny' };
}

/** Steps that a comparison takes. */
function steps(kind: PolicyKind, desired: readonly Statement[], live: readonly Statement[]): number {
  const read = (statements: readonly Statement[]) => parsePolicy({ Version: '2012-10-17', Statement: statements }, kind).statements ?? [];
  const counter = new Budget(5_000_000);
  const pair = prepare({ desired: read(desired), live: read(live), account: undefined }, new Budget(5_000_000));
  new Explorer(pair, kind, counter).differences();
  return counter.spent;
}

const infixes = numbers.map((index) => allow('s3:*', `arn:aws:s3:::*b${index}*`));
const services = numbers.map((index) => `arn:aws:waf:*:*:kind${index}/*`);
const conditional = numbers.map((index) => allow('s3:*', '*', { StringEquals: { [`aws:k${index}`]: 'x' } }));
const mixed = numbers.map((index) =>
  allow([`s${index % 5}:Get${index}*`, `s${index % 5}:List*`], `arn:aws:s3:::bucket${index}/*`, {
    StringEquals: { [`aws:k${index % 7}`]: 'x' },
  }),
);
const principals = { Effect: 'Allow', Action: 'sts:AssumeRole' };

describe('steps', () => {
  test.each<[string, PolicyKind, readonly Statement[], readonly Statement[], number]>([
    ['a copy', 'identity', mixed, mixed.toReversed(), 120],
    ['a split copy', 'identity', [allow('s3:*', services)], services.map((service) => allow('s3:*', service)), 4_400],
    ['one of many statements changed', 'identity', mixed, [...mixed.slice(1), allow('s0:Get0*', 'arn:aws:s3:::else')], 8_700],
    ['infixes of one class', 'identity', infixes, infixes.slice(1), 24_300],
    [
      'one resource more in a list of patterns',
      'identity',
      [allow('s3:*', services)],
      [allow('s3:*', [...services, 'arn:aws:s3:::x'])],
      6_600,
    ],
    [
      'an unconditional Deny beside many conditions',
      'identity',
      [...conditional, deny('s3:*', '*')],
      [...conditional.slice(1), deny('s3:*', '*'), allow('s3:Get*', '*')],
      10_500,
    ],
    [
      'an unconditional Allow beside many conditions',
      'identity',
      [...conditional, allow('s3:*', '*')],
      [...conditional.slice(1), allow('s3:*', '*')],
      7_900,
    ],
    [
      'a Deny for some resources beside infixes',
      'identity',
      [...infixes, deny('s3:*', 'arn:aws:s3:::a*')],
      [...infixes, deny('s3:*', 'arn:aws:s3:::ab*')],
      23_500,
    ],
    [
      'a NotResource beside infixes',
      'identity',
      [...infixes, { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::a*' }],
      infixes,
      26_500,
    ],
    [
      'a caller more',
      'trust',
      [{ ...principals, Principal: { AWS: numbers.map((index) => String(100_000_000_000 + index)) } }],
      [{ ...principals, Principal: { AWS: [...numbers, 60].map((index) => String(100_000_000_000 + index)) } }],
      16_100,
    ],
  ])('%s', (_name, kind, desired, live, most) => {
    expect(steps(kind, desired, live)).toBeLessThanOrEqual(most);
  });
});
