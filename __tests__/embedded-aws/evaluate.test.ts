// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { expect, test } from '@jest/globals';
import { type Answer, evaluateIdentity } from '../../dev/aws/authorization/evaluate.ts';
import { readPolicy } from '../../dev/aws/authorization/statement.ts';
import { allow, allowWhen, deny, denyWhen, not, type Statement } from '../policy/statements.ts';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** What statements answer a request for s3:GetObject, by the values of its keys; `resource` is what it is about. */
function answerOf(statements: readonly Statement[], { resource = 'arn:aws:s3:::b/k', ...values }: Values, Version = '2012-10-17'): Answer {
  const policy = readPolicy(JSON.stringify({ Version, Statement: statements }));
  const context = new Map(Object.entries(values).map(([key, held]) => [key.toLowerCase(), [held].flat()]));
  return evaluateIdentity([policy], { action: 's3:GetObject', resource: String(resource), context });
}

test.each<[Statement, Values, Answer]>([
  [allow('S3:get*'), {}, 'allow'],
  [allow('s3:Get?'), {}, 'none'],
  [allow(not('s3:Put*')), {}, 'allow'],
  [allow(not('s3:*')), {}, 'none'],
  [deny('s3:*'), {}, 'deny'],
  [allow('s3:*', 'arn:aws:s3'), {}, 'allow'],
  [allow('s3:*', 'arn:aws:s3:::B/k'), {}, 'none'],
  [allow('s3:*', not('arn:aws:s3:::b/*')), {}, 'none'],
  [allow('s3:*', 'arn:aws:s3:::b/${aws:username}'), { 'aws:username': 'k' }, 'allow'],
  [allow('s3:*', 'arn:aws:s3:::b/${aws:username}*'), {}, 'none'],
  [allow('s3:*', 'arn:aws:s3:::${aws:username}'), { 'aws:username': '*' }, 'none'],
  [allow('s3:*', "arn:aws:s3:::b/${aws:username, 'k'}"), {}, 'allow'],
  [allow('s3:*', 'arn:aws:s3:::b/${*}'), { resource: 'arn:aws:s3:::b/*' }, 'allow'],
  [allow('s3:*', 'arn:aws:s3:::b/${*}'), {}, 'none'],
])('%j with %j: %s', (statement, values, expected) => {
  expect(answerOf([statement], values)).toBe(expected);
});

test('the older version has no variables', () => {
  const statement = allow('s3:*', 'arn:aws:s3:::${aws:username}');
  expect(answerOf([statement], { 'aws:username': 'a', resource: 'arn:aws:s3:::a' }, '2008-10-17')).toBe('none');
  expect(answerOf([statement], { resource: 'arn:aws:s3:::${aws:username}' }, '2008-10-17')).toBe('allow');
});

test.each<[string, unknown, string | readonly string[] | undefined, boolean]>([
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', 'a', undefined, false],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', '${aws:username}', '', false],
  ['StringEqualsIfExists', 'a', undefined, true],
  ['StringEqualsIfExists', 'a', 'b', false],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', 'a', undefined, true],
  ['StringEqualsIgnoreCase', 'a', 'A', true],
  ['StringLike', 'a?c*', 'abcd', true],
  ['StringNotLike', 'a*', 'ab', false],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', 'a', undefined, true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['a', 'c'], true],
  ['ForAnyValue:StringEquals', 'a', ['b', 'c'], false],
  ['ForAnyValue:StringEquals', 'a', undefined, false],
  ['ForAnyValue:StringNotEquals', 'a', ['a', 'b'], true],
  ['ForAllValues:StringNotEquals', 'a', ['a', 'b'], false],
  ['Null', 'true', undefined, true],
  ['Null', 'False', 'a', true],
  ['Null', 'true', 'a', false],
  ['Bool', true, 'TRUE', true],
  ['Bool', 'true', 'false', false],
  ['BinaryEquals', 'QQ==', 'QQ==', true],
  ['BinaryEquals', 'QQ==', 'qq==', false],
  ['NumericEquals', 10, '10.0', true],
  ['NumericLessThan', 10, '9.5', true],
  ['NumericLessThan', 10, '10', false],
  ['NumericLessThanEquals', 10, '10', true],
  ['NumericGreaterThan', 10, '9', false],
  ['NumericGreaterThanEquals', 10, '10', true],
  ['NumericNotEquals', 10, '11', true],
  ['NumericLessThan', 10, '', false],
  ['DateLessThan', '2026-01-01', '2025-12-31T23:59:59Z', true],
  ['DateGreaterThan', '2026-01-01T01:00:00+01:00', '1767225600', false],
  ['DateEquals', '2026-01-01T01:00:00+01:00', '1767225600', true],
  ['IpAddress', '10.1.2.3/8', '10.9.9.9', true],
  ['IpAddress', '10.0.0.0/8', '11.0.0.1', false],
  ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
  ['IpAddress', '2001:db8::/32', '2001:0db8:1::', true],
  ['NotIpAddress', '10.0.0.1', '10.0.0.2', true],
  ['ArnLike', 'arn:aws:s3:*:*:b', 'arn:aws:s3:::b', true],
  ['ArnLike', 'arn:aws:*:b', 'arn:aws:s3:::b', false],
  ['ArnEquals', 'arn:aws:s3:::*', 'arn:aws:s3:::a:b', true],
  ['ArnNotLike', 'arn:aws:s3:::b', 'arn:aws:s3:::c', true],
])('%s %j of %j: %s', (operator, wanted, held, expected) => {
  const values = held === undefined ? {} : { 'aws:x': held };
  const condition = { [operator]: { 'AWS:X': wanted } };
  expect(answerOf([allowWhen(condition)], values)).toBe(expected ? 'allow' : 'none');
  expect(answerOf([allow('*'), denyWhen(condition)], values)).toBe(expected ? 'deny' : 'allow');
});

test('all conditions of a statement have to hold', () => {
  const statement = allowWhen({ StringEquals: { 'aws:x': 'a', 'aws:y': 'b' }, Bool: { 'aws:z': 'true' } });
  const values = { 'aws:x': 'a', 'aws:y': 'b', 'aws:z': 'true' };
  expect(answerOf([statement], values)).toBe('allow');
  for (const key of ['aws:x', 'aws:y', 'aws:z']) expect(answerOf([statement], { ...values, [key]: 'c' })).toBe('none');
});
