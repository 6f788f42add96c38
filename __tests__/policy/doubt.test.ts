import { describe, expect, test } from '@jest/globals';
import { compareDocuments, comparePolicies, decide, type PolicyKind, parsePolicy, policyOf, type Verdict } from '../../src/policy/index.ts';

/** Statements that can't be understood, beside others that can. */

const ROLE = 'arn:aws:iam::222222222222:role/Micetro';
const OTHER = 'arn:aws:iam::333333333333:role/Micetro';
const GRANT = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE };
const ROOT = { AWS: 'arn:aws:iam::111111111111:root' };
const TRUST = { Effect: 'Allow', Principal: ROOT, Action: 'sts:AssumeRole' };

const policy = (kind: PolicyKind, ...statements: readonly object[]) => parsePolicy({ Version: '2012-10-17', Statement: statements }, kind);
const identity = (...statements: readonly object[]) => policy('identity', ...statements);
const on = (condition: object) => ({ ...GRANT, Condition: condition });

/** What IAM keeps, and what it refuses but may have kept in its early days. */
const ODD: readonly (readonly [string, object])[] = [
  ['two actions with a comma', { ...GRANT, Action: 'sts:AssumeRole,sts:TagSession' }],
  ['an action with a trailing blank', { ...GRANT, Action: 'sts:GetCallerIdentity ' }],
  ['an action with a leading blank', { ...GRANT, Action: ' sts:AssumeRole' }],
  ['an action with a blank in it', { ...GRANT, Action: 'sts:Assume Role' }],
  ['an action with a tab', { ...GRANT, Action: 'sts:AssumeRole\t' }],
  ['an action without a name', { ...GRANT, Action: 'sts:' }],
  ['an action with a variable', { ...GRANT, Action: 'sts:$' + '{aws:username}' }],
  ['one odd action of two', { ...GRANT, Action: ['sts:AssumeRole', 'sts:GetCallerIdentity '] }],
  ['an odd action that is excluded', { Effect: 'Allow', NotAction: 'iam:Get User', Resource: ROLE }],
  ['a key without a colon', on({ StringEqualsIfExists: { ExternalId: 'x' } })],
  ['a key that ends in a colon', on({ StringEquals: { 'aws:': 'x' } })],
  ['ForAnyValue:Null', on({ 'ForAnyValue:Null': { 'aws:TagKeys': 'true' } })],
  ['ForAllValues:Null', on({ 'ForAllValues:Null': { 'aws:TagKeys': 'false' } })],
  ['NullIfExists', on({ NullIfExists: { 'aws:TagKeys': 'false' } })],
  ['an unknown operator without keys', on({ StringIs: {} })],
  ['a key in two spellings', on({ StringEquals: { 'aws:x': 'a', 'AWS:X': 'b' } })],
  ['a value that is none', on({ StringEquals: { 'aws:x': [null] } })],
  ['a date that is none', on({ DateLessThan: { 'aws:CurrentTime': 'tomorrow' } })],
  ['a resource that is no ARN', { ...GRANT, Resource: 'Micetro' }],
  ['no resource', { Effect: 'Allow', Action: 'sts:AssumeRole' }],
  ['a principal', { ...GRANT, Principal: '*' }],
  ['a label with blanks', { ...GRANT, Sid: 'let them in' }],
  ['another element', { ...GRANT, Comment: 'x' }],
];

describe.each(ODD)('%s', (_name, odd) => {
  const alone = identity(odd);

  test('is kept, with what is not understood', () => {
    const [grant, kept] = identity({ ...GRANT, Resource: OTHER }, odd).statements ?? [];
    expect(grant?.doubt).toBeNull();
    expect(kept?.doubt).not.toBeNull();
    expect(alone.problem).toEqual({ place: kept?.doubt?.place.replace('[1]', '[0]'), reason: kept?.doubt?.reason });
  });

  test('leaves its neighbours alone, and its own effect open', () => {
    const request = (resource: string) => ({ action: 'sts:AssumeRole', resource });
    const granted = { ...GRANT, Resource: OTHER };
    expect(decide(identity(granted, odd), request(OTHER))).toBe('allow');
    expect(decide(identity(granted), request(OTHER))).toBe('allow');
    expect(['unknown', 'none']).toContain(decide(alone, request(ROLE)));
    expect(decide(identity(granted, { ...odd, Effect: 'Deny' }), request(OTHER))).not.toBe('deny');
  });

  test('differs from what can be understood, and not from itself', () => {
    const compare = (one: readonly object[], two: readonly object[]): Verdict =>
      comparePolicies(identity(...one), identity(...two)).verdict;
    const s3 = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    expect(compare([GRANT, s3], [GRANT, s3, { ...odd, Effect: 'Deny' }])).toBe('changed');
    expect(compare([s3], [odd, s3])).toBe('changed');
    expect(compare([odd, s3], [s3, odd])).toBe('same');
    expect(compare([odd], [odd, s3])).toBe('widened');
    expect(compare([odd, s3], [odd])).toBe('narrowed');
    expect(compare([s3], [odd, { ...s3, Action: '*' }])).toBe('widened');
  });

  test('is invalid where both documents have to be valid', () => {
    const [good, bad] = [{ Statement: GRANT }, { Statement: odd }];
    expect(compareDocuments(good, bad, 'identity').verdict).toBe('invalid');
    expect(compareDocuments(bad, good, 'identity').verdict).toBe('invalid');
  });

  test('is written as it was read', () => {
    const again = policyOf(alone.statements ?? [], 'identity');
    expect(comparePolicies(alone, again).verdict).toBe('same');
    expect(parsePolicy(again.text, 'identity').statements?.[0]).toEqual(alone.statements?.[0]);
    expect(again.problem).toEqual(alone.problem);
  });
});

test('what a document has beside its statements casts doubt on all of them', () => {
  const odd = parsePolicy({ Version: '2012-10-17', Statement: [GRANT, { ...GRANT, Resource: OTHER }], Conditions: {} }, 'identity');
  expect(odd.problem).toEqual({ place: 'Conditions', reason: 'unknown element' });
  expect(decide(odd, { action: 'sts:AssumeRole', resource: ROLE })).toBe('unknown');
  expect(decide(odd, { action: 'sts:TagSession', resource: ROLE })).toBe('none');
  expect(comparePolicies(identity(GRANT), odd).verdict).toBe('changed');
  expect(comparePolicies(odd, policyOf(odd.statements ?? [], 'identity')).verdict).toBe('same');
  expect(parsePolicy({ Statment: [GRANT] }, 'identity')).toMatchObject({ statements: null, problem: { place: 'Statment' } });
});

test('the most that an odd action may mean is what its service has', () => {
  const s3 = identity({ Effect: 'Allow', Action: 's3:Get Object', Resource: '*' });
  expect(decide(s3, { action: 'sts:AssumeRole', resource: ROLE })).toBe('none');
  expect(decide(s3, { action: 's3:GetObject', resource: '*' })).toBe('unknown');
});

test('what a document adds beside it shows', () => {
  const odd = { ...TRUST, Action: 'sts:TagSession ' };
  const found = comparePolicies(policy('trust', TRUST), policy('trust', TRUST, odd, { ...TRUST, Principal: { AWS: '*' } }));
  expect(found).toMatchObject({ verdict: 'widened', gained: { action: 'sts:AssumeRole', principal: '*' } });
  expect(found.explanation[0]).toBe(
    `a statement can't be interpreted, so its effect is undecided: Statement[1].Action: "sts:TagSession " is not an action (service:Name, with wildcards only in the name)`,
  );
  expect(comparePolicies(policy('trust', TRUST, odd), policy('trust', TRUST, odd, TRUST)).explanation).toEqual([]);
});

test('two statements in which other things are not understood are not the same', () => {
  const one = { ...GRANT, Action: 'sts:a b' };
  for (const other of [
    { ...one, Action: 'sts:a  b' },
    { ...one, Action: 'sts:A b' },
    { ...one, Resource: OTHER },
  ])
    expect(comparePolicies(identity(one), identity(other)).verdict).toBe('changed');
});
