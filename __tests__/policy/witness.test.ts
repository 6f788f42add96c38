// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from '@jest/globals';
import { compareDocuments, comparePolicies, parsePolicy, type Verdict, type Witness } from '../../src/policy/index.ts';

/** A witness is a request that only one side allows: with a policy variable in it, the request has to go together with what the variable stands for. */

const allow = (Resource: string, Condition: object, Action = 's3:GetObject') => ({ Effect: 'Allow', Action, Resource, Condition });
const document = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });

const HOME = 'arn:aws:s3:::b/${aws:username}/*';
const alice = { StringEquals: { 'aws:username': 'alice' } };

const CASES: readonly (readonly [string, object, object, Verdict, Partial<Record<'gained' | 'lost', Witness>>])[] = [
  [
    'a name becomes a pattern',
    document(allow(HOME, alice)),
    document(allow(HOME, { StringLike: { 'aws:username': 'a*' } })),
    'widened',
    { gained: { action: 's3:GetObject', resource: 'arn:aws:s3:::b/ax/x', context: 'aws:username = ax' } },
  ],
  [
    'the other way round',
    document(allow(HOME, { StringLike: { 'aws:username': 'a*' } })),
    document(allow(HOME, alice)),
    'narrowed',
    { lost: { action: 's3:GetObject', resource: 'arn:aws:s3:::b/ax/x', context: 'aws:username = ax' } },
  ],
  [
    'another name',
    document(allow(HOME, alice)),
    document(allow(HOME, { StringEquals: { 'aws:username': ['alice', 'bob'] } })),
    'widened',
    { gained: { action: 's3:GetObject', resource: 'arn:aws:s3:::b/bob/x', context: 'aws:username = bob' } },
  ],
  [
    'no condition on the variable',
    document(allow('arn:aws:s3:::b/x', {})),
    document(allow('arn:aws:s3:::b/x', {}), allow(HOME, {})),
    'widened',
    { gained: { action: 's3:GetObject', resource: 'arn:aws:s3:::b/x/x', context: '${aws:username} filled in to match' } },
  ],
  [
    'the variable is the whole value of another key',
    document(allow('*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })),
    document(allow('*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }, 's3:*')),
    'widened',
    { gained: expect.objectContaining({ action: expect.stringMatching(/^s3:/) }) as unknown as Witness },
  ],
];

test.each(CASES)('%s', (_name, desired, live, verdict, { gained, lost }) => {
  const found = compareDocuments({ ...desired }, { ...live }, 'identity');
  expect(found.verdict).toBe(verdict);
  expect(found.gained).toEqual(gained);
  expect(found.lost).toEqual(lost);
});

describe('a name in the resource is the name in the context', () => {
  const operators = ['StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringEqualsIfExists'];
  const values = ['alice', 'a*', ['alice', 'bob'], '*e', 'x'];
  const resources = [
    HOME,
    'arn:aws:s3:::${aws:username}',
    'arn:aws:s3:::b/${aws:username}-x',
    'arn:aws:s3:::b/${aws:username}/${aws:userid}',
  ];
  const conditions = operators.flatMap((operator) => values.map((value) => ({ [operator]: { 'aws:username': value } })));

  test.each(resources)('%s', (resource) => {
    const policies = conditions.map((condition) => parsePolicy(document(allow(resource, condition)), 'identity'));
    // Exchanged, they have the same witnesses on the other side.
    for (const [index, one] of policies.entries())
      for (const other of policies.slice(index + 1)) {
        const { gained, lost } = comparePolicies(one, other);
        for (const witness of [gained, lost]) {
          const [, name] = /aws:username = ([^,]*)/.exec(witness?.context ?? '') ?? [];
          if (name === undefined || witness?.resource === undefined) continue;
          expect(witness.resource.toLowerCase()).toContain(name.replace('""', '').toLowerCase());
        }
      }
  });
});
