import { expect, test } from '@jest/globals';
import { allowedLines } from '../../src/drift/allowed-lines.ts';
import { identityPolicy } from './estate.ts';

const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const deny = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Deny', Action, Resource });
const WHEN = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

const BUCKET = 'arn:aws:s3:::zones';

test.each<[string, readonly object[], readonly string[]]>([
  ['everything', [allow('*')], ['Allows every action on everything.']],
  ['everything, in other words', [allow('*:*', ['*'])], ['Allows every action on everything.']],
  [
    'the furthest first, however it is written',
    [allow('s3:GetObject', BUCKET), allow('ec2:*'), allow('*', BUCKET), allow('iam:PassRole', 'arn:aws:iam::*:role/x')],
    [`Allows every action on \`${BUCKET}\`.`, 'Allows `ec2:*` on everything.', 'Allows `iam:PassRole` on `arn:aws:iam::*:role/x`.'],
  ],
  [
    'beside everything nothing else matters but what is denied',
    [allow('s3:*'), allow('*', BUCKET), allow('*'), deny('iam:*')],
    ['Allows every action on everything.', 'Denies `iam:*` on everything.'],
  ],
  [
    'statements alike on one line',
    [allow('ec2:RunInstances'), allow(['ec2:*', 'ec2:Describe*']), allow('s3:List*')],
    ['Allows `ec2:*`, `s3:List*` on everything.'],
  ],
  [
    'many actions',
    [allow(Array.from({ length: 1500 }, (_, index) => `svc${index}:Get`))],
    ['Allows `svc0:Get`, `svc1:Get`, `svc2:Get`, `svc3:Get`, `svc4:Get`, `svc5:Get`, `svc6:Get`, `svc7:Get` and 1,492 more on everything.'],
  ],
  [
    'many resources',
    [
      allow(
        's3:*',
        ['d', 'c', 'b', 'a'].map((name) => `arn:aws:s3:::${name}`),
      ),
    ],
    ['Allows `s3:*` on `arn:aws:s3:::a`, `arn:aws:s3:::b`, `arn:aws:s3:::c` and 1 more.'],
  ],
  [
    'conditions',
    [allow('s3:*', '*', WHEN), allow('ec2:*')],
    ['Allows `ec2:*` on everything.', 'Allows `s3:*` on everything, under conditions.'],
  ],
  [
    'all but some',
    [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' },
      { Effect: 'Allow', Action: 's3:*', NotResource: BUCKET },
    ],
    ['Allows every action except `iam:*`, `organizations:*` on everything.', `Allows \`s3:*\` on everything except \`${BUCKET}\`.`],
  ],
  ['what it denies comes last', [deny('*'), allow('s3:*')], ['Allows `s3:*` on everything.', 'Denies every action on everything.']],
  ['nothing', [deny('s3:*')], ['It only denies.', 'Denies `s3:*` on everything.']],
  [
    'many kinds',
    Array.from({ length: 9 }, (_, index) => allow('s3:*', `arn:aws:s3:::b${index}`)),
    [...Array.from({ length: 5 }, (_, index) => `Allows \`s3:*\` on \`arn:aws:s3:::b${index}\`.`), 'And 4 more kinds of access.'],
  ],
])('%s', (_name, statements, lines) => {
  expect(allowedLines(identityPolicy({ Version: '2012-10-17', Statement: statements }))).toEqual(lines);
});

test('nothing is said of what is no policy', () => {
  expect(allowedLines(identityPolicy('{"Statement": ['))).toEqual([]);
});
