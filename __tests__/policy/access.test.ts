// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from '@jest/globals';
import {
  actionMatches,
  compareDocuments,
  isPattern,
  parsePolicy,
  patternMatches,
  patternsOverlap,
  policyOf,
  principalsOf,
  withoutUniqueIds,
} from '../../src/policy/index.ts';

const ROOT = 'arn:aws:iam::222222222222:root';
const UNIQUE = 'AROADBQP57FF2AEXAMPLE';

function trust(...ids: readonly string[]): Record<string, unknown> {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: ids }, Action: 'sts:AssumeRole' }] };
}

function identity(statement: Record<string, unknown>, version = '2012-10-17'): Record<string, unknown> {
  return { Version: version, Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] };
}

describe('patternMatches', () => {
  test.each([
    ['*', '', true],
    ['*', 'a:b/c', true],
    ['a', 'a', true],
    ['a', 'A', false],
    ['a', 'ab', false],
    ['a?', 'a', false],
    ['a?', 'ab', true],
    ['a?c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*c', 'abcb', false],
    ['a*b*c', 'axbxbxc', true],
    ['*ab', 'aab', true],
    ['a.c', 'abc', false],
    ['arn:aws:s3:::b/${aws:username}/x', 'arn:aws:s3:::b/ann/x', true],
    ['arn:aws:s3:::b/${aws:username}/x', 'arn:aws:s3:::b/ann/y', false],
    ['a${*}', 'a*', true],
    ['a${*}', 'ab', false],
    ['a${', 'a${', true],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(patternMatches(pattern, text)).toBe(expected);
  });

  test('case is ignored on demand', () => {
    expect(patternMatches('STS:assume*', 'sts:AssumeRole', { ignoreCase: true })).toBe(true);
    expect(patternMatches('STS:assume*', 'sts:AssumeRole')).toBe(false);
  });
});

describe('patternsOverlap', () => {
  test.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['a?', '?b', true],
    ['a?', 'b', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*b', 'a', false],
    ['*a*', '*b*', true],
    ['a?c*', 'ab?d', true],
    ['arn:aws:iam::*:role/x', 'arn:aws:iam::111111111111:role/*', true],
    ['arn:aws:iam::*:role/x', 'arn:aws:iam::111111111111:role/y', false],
    ['b/${aws:username}', 'b/ann', true],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(patternsOverlap(left, right)).toBe(expected);
    expect(patternsOverlap(right, left)).toBe(expected);
  });

  test('case is ignored on demand', () => {
    expect(patternsOverlap('STS:*', 'sts:AssumeRole', { ignoreCase: true })).toBe(true);
    expect(patternsOverlap('STS:*', 'sts:AssumeRole')).toBe(false);
  });
});

test.each([
  ['a', false],
  ['a*', true],
  ['a?', true],
  ['${aws:username}', true],
  ['$a', false],
])('isPattern(%s) is %s', (text, expected) => {
  expect(isPattern(text)).toBe(expected);
});

describe('checkPolicy', () => {
  test('is null for a good document', () => {
    expect(parsePolicy(trust(ROOT), 'trust').problem).toBeNull();
  });

  test.each([
    ['{"a":1,"a":2}', 'identity', 'a', 'duplicate name'],
    ['{\n "Version": x}', 'identity', 'line 2, column 13', 'not valid JSON: expected a JSON value'],
    ['{"a" 1}', 'identity', 'line 1, column 6', 'not valid JSON: expected `:`'],
    ['{"a":1 "b":2}', 'identity', 'line 1, column 8', 'not valid JSON: expected `,` or `}`'],
    ['{"a":[1 2]}', 'identity', 'line 1, column 9', 'not valid JSON: expected `,` or `]`'],
    ['{a:1}', 'identity', 'line 1, column 2', 'not valid JSON: expected a name in double quotes'],
    ['{} {}', 'identity', 'line 1, column 4', 'not valid JSON: text after the end of the document'],
    ['{"a":"b', 'identity', 'line 1, column 6', 'not valid JSON: not a string'],
    ['{"a":01}', 'identity', 'line 1, column 6', 'not valid JSON: expected a JSON value'],
    ['[]', 'identity', 'document', 'expected an object'],
    ['"\u20ac"', 'identity', 'document', 'contains a character that IAM does not allow (allowed: U+0020 to U+00FF)'],
    [{ '\u20ac': 1 }, 'identity', 'document', 'contains a character that IAM does not allow (allowed: U+0020 to U+00FF)'],
    [new Map([[1, 1]]) as never, 'identity', 'document', 'has a name that is not text'],
    [(() => 1) as never, 'identity', 'document', 'not a JSON value'],
    ['{"a b":1}', 'identity', '["a b"]', 'unknown element'],
    [{ Statements: [] }, 'identity', 'Statements', 'unknown element (did you mean `Statement`?)'],
    [{ version: '2012-10-17' }, 'identity', 'version', 'unknown element (did you mean `Version`?)'],
    [{ Version: '2012-10-17' }, 'identity', 'Statement', 'is missing'],
    [{ Statement: [] }, 'identity', 'Statement', 'is empty'],
    [{ Statement: ['x'] }, 'identity', 'Statement[0]', 'expected an object'],
    [{ Statement: 'x' }, 'identity', 'Statement', 'expected an object'],
    [
      identity({ Action: 'GetObject' }),
      'identity',
      'Statement[0].Action',
      '"GetObject" is not an action (service:Name, with wildcards only in the name)',
    ],
    [
      identity({ Action: ['s3:*', ''] }),
      'identity',
      'Statement[0].Action[1]',
      '"" is not an action (service:Name, with wildcards only in the name)',
    ],
    [identity({ Action: [] }), 'identity', 'Statement[0].Action', 'is empty'],
    [identity({}), 'identity', 'Statement[0].Action', 'is missing'],
    [identity({ Action: 's3:*', NotAction: 's3:*' }), 'identity', 'Statement[0].NotAction', 'cannot be combined with Action'],
    [identity({ Action: 's3:*', Effect: 'allow' }), 'identity', 'Statement[0].Effect', 'expected "Allow" or "Deny"'],
    [{ Statement: [{ Action: 's3:*' }] }, 'identity', 'Statement[0].Effect', 'is missing'],
    [identity({ Action: 's3:*', Resource: 'x' }), 'identity', 'Statement[0].Resource', '"x" is neither an ARN nor `*`'],
    [identity({ Action: 's3:*', Principal: '*' }), 'identity', 'Statement[0].Principal', 'an identity policy cannot contain Principal'],
    [identity({ Action: 's3:*', Sid: 'a b' }), 'identity', 'Statement[0].Sid', 'can contain only letters and digits'],
    [
      identity({ Action: 's3:*', Condition: { StringEqual: { 'a:b': 'c' } } }),
      'identity',
      'Statement[0].Condition.StringEqual',
      'unknown condition operator (did you mean `StringEquals`?)',
    ],
    [
      identity({ Action: 's3:*', Condition: { StringEquals: { b: 'c' } } }),
      'identity',
      'Statement[0].Condition.StringEquals.b',
      'a condition key is written service:name',
    ],
    [
      identity({ Action: 's3:*', Condition: { StringEquals: { 'a:b': ['c', null] } } }),
      'identity',
      'Statement[0].Condition.StringEquals["a:b"][1]',
      'expected text, a number or a boolean',
    ],
    [trust('*', '1'), 'trust', 'Statement[0].Principal.AWS[1]', '"1" is not a principal of type AWS'],
    [trust('arn:aws:iam::1:*'), 'trust', 'Statement[0].Principal.AWS[0]', 'a principal can contain no wildcard, only be `*` as a whole'],
    [
      { Statement: { Effect: 'Allow', Principal: { Aws: '*' }, Action: 'sts:*' } },
      'trust',
      'Statement.Principal.Aws',
      'unknown type of principal (did you mean `AWS`?)',
    ],
    [
      { Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*' } },
      'trust',
      'Statement.Action',
      'a trust policy can contain only sts: actions, not "s3:*"',
    ],
    [{ Statement: { Effect: 'Allow', Action: 'sts:*' } }, 'trust', 'Statement.Principal', 'is missing'],
    [{ Statement: [], Id: 'x\u0001' }, 'identity', 'Id', 'contains a character that IAM does not allow (allowed: U+0020 to U+00FF)'],
  ] as const)('%j (%s): %s %s', (document, kind, place, reason) => {
    expect(parsePolicy(document, kind).problem).toEqual({ place, reason });
  });

  test('nesting and length are bounded', () => {
    expect(parsePolicy(`${'['.repeat(100_000)}`, 'identity').problem?.reason).toBe('nested too deeply');
    const circle: Record<string, unknown> = {};
    circle.Statement = circle;
    expect(parsePolicy(circle, 'identity').problem?.reason).toBe('nested too deeply');
    expect(parsePolicy(' '.repeat(500_001), 'identity').problem?.reason).toBe('longer than 500000 characters');
    expect(parsePolicy({ Statement: () => 1 }, 'identity').problem?.reason).toBe('not a JSON value');
  });

  test('__proto__ is a name like any other', () => {
    expect(parsePolicy('{"__proto__":1}', 'identity').problem).toEqual({ place: '["__proto__"]', reason: 'unknown element' });
  });
});

describe('statementsOf and toDocument', () => {
  const source = {
    Version: '2012-10-17',
    Id: 'label',
    Statement: {
      Sid: 'label',
      Effect: 'Deny',
      NotAction: ['s3:*', 'S3:*', 'iam:GetUser'],
      NotResource: 'arn:aws:s3:::x',
      Condition: { 'ForAnyValue:StringNotLikeIfExists': { 'aws:TagKeys': ['a', 'a', true, 7] }, Null: { 'aws:x': 'true' } },
    },
  };

  test('a statement is normalised', () => {
    expect(parsePolicy(source, 'identity').statements).toEqual([
      {
        version: '2012-10-17',
        effect: 'Deny',
        action: { negated: true, values: ['s3:*', 'iam:GetUser'] },
        resource: { negated: true, values: ['arn:aws:s3:::x'] },
        principals: null,
        conditions: [
          {
            operator: { quantifier: 'ForAnyValue', name: 'StringNotLike', test: 'string-like', negated: true, ifExists: true },
            key: 'aws:TagKeys',
            values: ['a', 'true', '7'],
          },
          { operator: { quantifier: null, name: 'Null', test: 'null', negated: false, ifExists: false }, key: 'aws:x', values: ['true'] },
        ],
        doubt: null,
      },
    ]);
  });

  test('and written again', () => {
    const statements = parsePolicy(source, 'identity').statements ?? [];
    expect(policyOf(statements, 'identity').source).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          NotAction: ['s3:*', 'iam:GetUser'],
          NotResource: 'arn:aws:s3:::x',
          Condition: { 'ForAnyValue:StringNotLikeIfExists': { 'aws:TagKeys': ['a', 'true', '7'] }, Null: { 'aws:x': 'true' } },
        },
      ],
    });
    expect(compareDocuments(source, policyOf(statements, 'identity').source, 'identity').verdict).toBe('same');
  });

  test('the older version is kept where it matters', () => {
    const resource = { Action: 's3:*', Resource: 'arn:aws:s3:::${aws:username}' };
    const value = { Action: 's3:*', Condition: { StringEquals: { 'aws:x': '${aws:username}' } } };
    for (const one of [resource, value]) {
      expect(policyOf(parsePolicy(identity(one, '2008-10-17'), 'identity').statements ?? [], 'identity').source).toMatchObject({
        Version: '2008-10-17',
      });
      expect(policyOf(parsePolicy(identity(one), 'identity').statements ?? [], 'identity').source).toMatchObject({ Version: '2012-10-17' });
    }
    expect(policyOf(parsePolicy(identity({ Action: 's3:*' }, '2008-10-17'), 'identity').statements ?? [], 'identity').source).toMatchObject(
      { Version: '2012-10-17' },
    );
  });

  test.each(['{', '{}', '[]', '{"Statement":[]}', '{"Statement":["x"]}', '{"Statement":{"Action":"*","Resource":"*"}}'])(
    "is null where it can't be told what the statements are: %s",
    (text) => {
      expect(parsePolicy(text, 'identity').statements).toBeNull();
    },
  );

  test.each([
    [{ Action: 'sts:Assume*' }, 'sts:AssumeRole', true],
    [{ Action: 'STS:ASSUMEROLE' }, 'sts:assumerole', true],
    [{ Action: ['s3:*', 'sts:TagSession'] }, 'sts:AssumeRole', false],
    [{ NotAction: 's3:*' }, 'sts:AssumeRole', true],
    [{ NotAction: ['s3:*', 'sts:*'] }, 'sts:AssumeRole', false],
  ])('actionMatches(%j, %s) is %s', (statement, action, expected) => {
    const [one] = parsePolicy(identity(statement), 'identity').statements ?? [];
    expect(one && actionMatches(one, action)).toBe(expected);
  });
});

describe('principals', () => {
  test('each is named once, account ids by their root ARN', () => {
    const document = {
      Statement: [
        { Effect: 'Allow', Principal: { AWS: ['222222222222', ROOT, UNIQUE], Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' },
      ],
    };
    expect(principalsOf(parsePolicy(document, 'trust'))).toEqual([
      { kind: 'AWS', id: ROOT },
      { kind: 'AWS', id: UNIQUE },
      { kind: 'Service', id: 'ec2.amazonaws.com' },
      { kind: 'AWS', id: '*' },
    ]);
    expect(principalsOf(parsePolicy('{', 'trust'))).toEqual([]);
  });

  test.each([
    [trust('222222222222'), undefined, 'aws'],
    [trust('222222222222'), 'aws-cn', 'aws-cn'],
    [trust('222222222222', 'arn:aws-us-gov:iam::333333333333:root'), undefined, 'aws-us-gov'],
    [trust('222222222222', 'arn:aws-us-gov:iam::333333333333:root', 'arn:aws:iam::333333333333:root'), undefined, 'aws'],
  ])('of %j with partition %s an account id is in %s', (document, partition, expected) => {
    expect(principalsOf(parsePolicy(document, 'trust', { partition }))[0]).toEqual({
      kind: 'AWS',
      id: `arn:${expected}:iam::222222222222:root`,
    });
  });

  test('unique ids are taken out', () => {
    const { policy, ids } = withoutUniqueIds(parsePolicy(trust(UNIQUE, ROOT), 'trust'));
    expect(ids).toEqual([UNIQUE]);
    expect(policy && compareDocuments(trust(ROOT), policy.source, 'trust').verdict).toBe('same');
    expect(withoutUniqueIds(parsePolicy(trust(UNIQUE), 'trust'))).toEqual({ policy: null, ids: [UNIQUE] });
    for (const document of [trust(ROOT), '{']) {
      const whole = parsePolicy(document, 'trust');
      expect(withoutUniqueIds(whole)).toEqual({ policy: whole, ids: [] });
    }
  });
});

describe('canonical', () => {
  const one = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'b',
        Effect: 'Deny',
        Action: ['s3:PutObject', 's3:GetObject'],
        Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::a'],
        Condition: { StringEquals: { 'aws:b': ['2', '1'], 'aws:a': true }, Bool: { 'aws:SecureTransport': false } },
      },
      { Effect: 'Allow', Action: ['sts:assumerole'], Resource: ['*'] },
      { Sid: 'again', Effect: 'Allow', Action: 'STS:AssumeRole', Resource: '*' },
    ],
  };

  test('one form, readable', () => {
    expect(JSON.stringify(parsePolicy(one, 'identity').canonical, null, 1)).toBe(
      JSON.stringify(
        {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' },
            {
              Effect: 'Deny',
              Action: ['s3:GetObject', 's3:PutObject'],
              Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
              Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'aws:a': 'true', 'aws:b': ['1', '2'] } },
            },
          ],
        },
        null,
        1,
      ),
    );
  });

  test('all actions are written in one way', () => {
    expect(parsePolicy(identity({ Action: ['*:*', '*'] }), 'identity').canonical).toEqual(
      parsePolicy(identity({ Action: '*' }), 'identity').canonical,
    );
    expect(parsePolicy(identity({ NotAction: '*:*' }), 'identity').canonical).toEqual(
      parsePolicy(identity({ NotAction: '*' }), 'identity').canonical,
    );
  });

  test('keys that differ in case alone are not thrown together', () => {
    const Condition = { StringEquals: { 'aws:a': 'x', 'AWS:A': 'y' } };
    expect(parsePolicy(identity({ Action: 's3:*', Condition }), 'identity').canonical).toMatchObject({ Statement: [{ Condition }] });
  });

  test('account ids are root ARNs of the partition that is given', () => {
    expect(parsePolicy(trust('222222222222'), 'trust').canonical).toEqual(parsePolicy(trust(ROOT), 'trust').canonical);
    expect(JSON.stringify(parsePolicy(trust('222222222222'), 'trust', { partition: 'aws-cn' }).canonical)).toContain(
      'arn:aws-cn:iam::222222222222:root',
    );
  });

  test.each([
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'SetContext',
    'SetSourceIdentity',
    'TagSession',
    'GetCallerIdentity',
  ])('sts:%s is spelled as AWS does', (name) => {
    expect(parsePolicy(identity({ Action: `STS:${name.toUpperCase()}` }), 'identity').canonical).toEqual(
      parsePolicy(identity({ Action: `sts:${name}` }), 'identity').canonical,
    );
    expect(JSON.stringify(parsePolicy(identity({ Action: `STS:${name.toUpperCase()}` }), 'identity').canonical)).toContain(`"sts:${name}"`);
  });

  test('every list has one order, whatever order it came in', () => {
    const parts = {
      Action: ['s3:b', 's3:A', 's3:c', 'S3:aa'],
      Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::a', 'arn:aws:s3:::C'],
      Condition: { StringLike: { 'aws:b': ['2', '1'], 'AWS:a': ['x', 'y'] }, StringEquals: { 'aws:c': ['3'], 'aws:A': ['1', '2'] } },
    };
    const turned = {
      Action: parts.Action.toReversed(),
      Resource: parts.Resource.toReversed(),
      Condition: {
        StringEquals: { 'aws:A': ['2', '1'], 'aws:c': '3' },
        StringLike: { 'AWS:a': ['y', 'x'], 'aws:b': ['1', '2'] },
      },
    };
    const written = JSON.stringify(parsePolicy(identity(parts), 'identity').canonical);
    expect(JSON.stringify(parsePolicy(identity(turned), 'identity').canonical)).toBe(written);
    expect(parsePolicy(identity(parts), 'identity').canonical).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['s3:A', 'S3:aa', 's3:b', 's3:c'],
          Resource: ['arn:aws:s3:::C', 'arn:aws:s3:::a', 'arn:aws:s3:::b'],
          Condition: { StringEquals: { 'aws:A': ['1', '2'], 'aws:c': '3' }, StringLike: { 'AWS:a': ['x', 'y'], 'aws:b': ['1', '2'] } },
        },
      ],
    });
  });

  test('principals are sorted by kind and id', () => {
    const one = {
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: ['b.amazonaws.com', 'a.amazonaws.com'], AWS: [ROOT, UNIQUE] },
      },
    };
    expect(JSON.stringify(parsePolicy(one, 'trust').canonical)).toContain(
      `"Principal":{"AWS":["${UNIQUE}","${ROOT}"],"Service":["a.amazonaws.com","b.amazonaws.com"]}`,
    );
  });

  test('the older version shows where one of several statements needs it', () => {
    const Statement = [
      { Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::x', 'arn:aws:s3:::${aws:username}'] },
      { Effect: 'Allow', Action: 'iam:*', Resource: '*', Condition: { StringEquals: { 'aws:x': ['a', '${b'] } } },
      { Effect: 'Allow', Action: 'ec2:*', Resource: '*' },
    ];
    const versions = [[0, 2], [1, 2], [2]].map(
      (at) => parsePolicy({ Statement: at.map((index) => Statement[index]) }, 'identity').canonical,
    );
    expect(versions).toMatchObject([{ Version: '2008-10-17' }, { Version: '2008-10-17' }, { Version: '2012-10-17' }]);
  });

  test('what is no policy comes back as it is', () => {
    expect(parsePolicy('{', 'trust').canonical).toBe('{');
    expect(parsePolicy({ a: 1 }, 'trust').canonical).toEqual({ a: 1 });
  });
});
