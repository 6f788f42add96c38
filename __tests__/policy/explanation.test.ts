// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from '@jest/globals';
import { type Comparison, compareDocuments, type PolicyKind } from '../../src/policy/index.ts';

const HUB = '111111111111';
const ROOT = `arn:aws:iam::${HUB}:root`;
const OTHER = 'arn:aws:iam::999999999999:root';

type Statement = Readonly<Record<string, unknown>>;

function trust(ids: string | readonly string[], rest: Statement = {}): Statement {
  return { Effect: 'Allow', Principal: { AWS: ids }, Action: 'sts:AssumeRole', ...rest };
}

function allow(action: string | readonly string[], resource: string | readonly string[] = '*', rest: Statement = {}): Statement {
  return { Effect: 'Allow', Action: action, Resource: resource, ...rest };
}

function deny(action: string): Statement {
  return { ...allow(action), Effect: 'Deny' };
}

function compare(kind: PolicyKind, desired: readonly Statement[], live: readonly Statement[]): Comparison {
  const document = (Statement: readonly Statement[]): Statement => ({ Version: '2012-10-17', Statement });
  return compareDocuments(document(desired), document(live), kind);
}

describe('trust policies', () => {
  test('a stranger', () => {
    expect(compare('trust', [trust(HUB)], [trust([HUB, OTHER])])).toEqual({
      verdict: 'widened',
      explanation: [`also allowed now: \`${OTHER}\` may \`sts:AssumeRole\``],
      gained: { action: 'sts:AssumeRole', principal: OTHER },
    });
  });

  test('everybody', () => {
    expect(compare('trust', [trust(HUB)], [trust('*')])).toEqual({
      verdict: 'widened',
      explanation: ['also allowed now: everybody else (`*`) may `sts:AssumeRole`'],
      gained: { action: 'sts:AssumeRole', principal: '*' },
    });
  });

  test('an external id that is no longer asked for', () => {
    const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
    expect(compare('trust', [trust(HUB, condition)], [trust(HUB)])).toEqual({
      verdict: 'widened',
      explanation: [`also allowed now: \`${ROOT}\` may \`sts:AssumeRole\`, with sts:ExternalId absent or other than x`],
      gained: { action: 'sts:AssumeRole', principal: ROOT, context: 'sts:ExternalId absent or other than x' },
    });
  });

  test('each of four conditions that are no longer asked for', () => {
    const Condition = {
      StringEquals: { 'sts:ExternalId': 'x', 'aws:PrincipalOrgID': 'o-1' },
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
    };
    const text = compare('trust', [trust(HUB, { Condition })], [trust(HUB)]).explanation.join();
    for (const key of ['sts:ExternalId', 'aws:PrincipalOrgID', 'aws:MultiFactorAuthPresent', 'aws:SourceIp'])
      expect(text).toContain(`${key} absent`);
  });

  test('several callers and actions share a line', () => {
    const more = trust([HUB, OTHER, 'arn:aws:iam::888888888888:root'], { Action: ['sts:AssumeRole', 'sts:TagSession'] });
    expect(compare('trust', [trust(HUB)], [more]).explanation).toEqual([
      'also allowed now: `arn:aws:iam::999999999999:root`, `arn:aws:iam::888888888888:root` may `sts:AssumeRole`',
      'also allowed now: `arn:aws:iam::111111111111:root`, `arn:aws:iam::999999999999:root`, `arn:aws:iam::888888888888:root` may `sts:TagSession`',
    ]);
  });

  test('what is gained comes before what is lost', () => {
    const found = compare('trust', [trust(HUB)], [trust(OTHER)]);
    expect(found.explanation).toEqual([
      `also allowed now: \`${OTHER}\` may \`sts:AssumeRole\``,
      `no longer allowed: \`${ROOT}\` may \`sts:AssumeRole\``,
    ]);
    expect(found.gained?.principal).toBe(OTHER);
    expect(found.lost?.principal).toBe(ROOT);
  });

  test('a unique id has no witness', () => {
    expect(compare('trust', [trust(HUB)], [trust([HUB, 'AROADBQP57FF2AEXAMPLE'])])).toEqual({
      verdict: 'changed',
      explanation: ['perhaps also allowed now: `AROADBQP57FF2AEXAMPLE` (unknown principal) may `sts:AssumeRole`'],
    });
  });

  test.each(['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'])(
    'an action that readers know: %s',
    (Action) => {
      const live = [trust(HUB, { Action: 'sts:None' }), trust(HUB, { Action: `${Action.slice(0, -2)}*` })];
      expect(compare('trust', [trust(HUB, { Action: 'sts:None' })], live).gained?.action).toBe(Action);
    },
  );

  test('a pattern of actions is shown with one that a reader knows', () => {
    expect(compare('trust', [trust(HUB)], [trust(HUB, { Action: 'sts:*' })]).explanation).toEqual([
      `also allowed now: \`${ROOT}\` may \`sts:*\` (such as \`sts:TagSession\`; before: \`sts:AssumeRole\`)`,
    ]);
  });
});

describe('identity policies', () => {
  const STRANGERS: Statement = { Condition: { StringNotEquals: { 'aws:PrincipalTag/cost center': ['x', 'y'] } } };

  test.each<[string, readonly Statement[], readonly Statement[], readonly string[]]>([
    ['an action', [allow('s3:GetObject')], [allow(['s3:GetObject', 's3:PutObject'])], ['also allowed now: `s3:PutObject` on `*`']],
    [
      'a pattern',
      [allow('ec2:Describe*')],
      [allow('ec2:*')],
      ['also allowed now: `ec2:*` (such as `ec2:RunInstances`; before: `ec2:Describe*`) on `*`'],
    ],
    [
      'a resource pattern',
      [allow('s3:GetObject', 'arn:aws:s3:::a')],
      [allow('s3:GetObject', 'arn:aws:s3:::a*')],
      ['also allowed now: `s3:GetObject` on `arn:aws:s3:::a*` (before: `arn:aws:s3:::a`)'],
    ],
    [
      'a service of which no action is known',
      [allow('s3:GetObject')],
      [allow(['s3:GetObject', 's3tables:*'])],
      ['also allowed now: `s3tables:*` (such as `s3tables:x`) on `*`'],
    ],
    [
      'a service put among those that a Deny leaves out',
      [{ Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }],
      [{ Effect: 'Deny', NotAction: ['iam:*', 'waf:*'], Resource: '*' }],
      ['no longer denied: `waf:*` (such as `waf:x`) on `*`'],
    ],
    [
      'a role in any account',
      [allow('sts:AssumeRole', 'arn:aws:iam::111111111111:role/Reader')],
      [allow('sts:AssumeRole', 'arn:aws:iam::*:role/Reader')],
      ['also allowed now: `sts:AssumeRole` on `arn:aws:iam::*:role/Reader` (before: `arn:aws:iam::111111111111:role/Reader`)'],
    ],
    [
      'any region and partition',
      [allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111111111111:jobs')],
      [allow('sqs:SendMessage', ['arn:aws:sqs:eu-west-1:111111111111:jobs', 'arn:*:sqs:*:111111111111:j?bs-*'])],
      ['also allowed now: `sqs:SendMessage` on `arn:*:sqs:*:111111111111:j?bs-*` (such as `arn:aws:sqs:us-east-1:111111111111:jxbs-x`)'],
    ],
    [
      'a pattern that begins with a wildcard',
      [allow('sts:AssumeRole', '*', { Condition: { StringEquals: { 'idp:sub': 'x' } } })],
      [allow('sts:AssumeRole', '*', { Condition: { StringLike: { 'idp:sub': ['x', '*:admin'] } } })],
      ['also allowed now: `sts:AssumeRole` on `*`, with idp:sub = x:admin'],
    ],
    [
      'any value',
      [allow('sts:AssumeRole', '*', { Condition: { StringEquals: { 'idp:sub': 'a' } } })],
      [allow('sts:AssumeRole', '*', { Condition: { StringLike: { 'idp:sub': ['a', '**'] } } })],
      ['also allowed now: `sts:AssumeRole` on `*`, with idp:sub = other-sub'],
    ],
    [
      'colons that make no ARN',
      [allow('sts:AssumeRole', '*', { Condition: { StringEquals: { 'idp:sub': 'repo:a/b:ref:c:d:e' } } })],
      [allow('sts:AssumeRole', '*', { Condition: { StringLike: { 'idp:sub': 'repo:a/b:*:c:*:e*' } } })],
      ['also allowed now: `sts:AssumeRole` on `*`, with idp:sub = repo:a/b:x:c:x:ex'],
    ],
    [
      'all but',
      [allow('s3:GetObject')],
      [allow('s3:GetObject'), { Effect: 'Allow', NotAction: ['iam:*', 's3:*'], NotResource: 'arn:aws:s3:::a' }],
      ['also allowed now: actions such as `sts:AssumeRole` on resources such as `*`'],
    ],
    [
      'a Deny dropped',
      [allow('s3:*'), { ...allow('s3:PutObject'), Effect: 'Deny' }],
      [allow('s3:*')],
      ['allowed now, was denied: `s3:PutObject` on `*`'],
    ],
    [
      'an idle Deny dropped',
      [allow('s3:*'), { ...allow('iam:GetUser'), Effect: 'Deny' }],
      [allow('s3:*')],
      ['no longer denied: `iam:GetUser` on `*`'],
    ],
    [
      'a Deny',
      [allow('s3:*')],
      [allow('s3:*'), { ...allow('s3:PutObject'), Effect: 'Deny' }],
      ['denied now, was allowed: `s3:PutObject` on `*`'],
    ],
    [
      'an idle Deny',
      [allow('s3:*')],
      [allow('s3:*'), { ...allow('iam:GetUser'), Effect: 'Deny' }],
      ['also denied now: `iam:GetUser` on `*`'],
    ],
    [
      'a moment between two seconds',
      [allow('s3:*', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:01Z' } } })],
      [allow('s3:*', '*', { Condition: { DateLessThanEquals: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } })],
      ['no longer allowed: `s3:*` (such as `s3:GetObject`) on `*`, with aws:CurrentTime = 2026-01-01T00:00:00.500Z'],
    ],
    [
      'a value that can not be read',
      [allow('s3:GetObject', '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
      [allow('s3:GetObject', '*', { Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '11.0.0.0/33'] } } })],
      ['perhaps also allowed now: `s3:GetObject` on `*`, with aws:SourceIp = 11.0.0.0/33'],
    ],
    [
      'no values',
      [allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:x': 'a' } } })],
      [allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:x': [] } } })],
      [
        'perhaps also allowed now: `s3:GetObject` on `*`, with aws:x = no value',
        'perhaps no longer allowed: `s3:GetObject` on `*`, with aws:x = no value',
      ],
    ],
    [
      'a date',
      [allow('s3:GetObject', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2027-01-01' } } })],
      [allow('s3:GetObject', '*', { Condition: { DateLessThanEquals: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } } })],
      ['also allowed now: `s3:GetObject` on `*`, with aws:CurrentTime = 2027-01-01T00:00:00.000Z'],
    ],
    [
      'an empty value',
      [allow('s3:GetObject', '*', { Condition: { StringLike: { 'aws:x': '*' } } })],
      [allow('s3:GetObject', '*', { Condition: { StringLike: { 'aws:x': '?*' } } })],
      ['no longer allowed: `s3:GetObject` on `*`, with aws:x = ""'],
    ],
    [
      'several values',
      [allow('s3:GetObject', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } } })],
      [
        allow('s3:GetObject', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } } }),
        allow('s3:GetObject', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'b' } } }),
      ],
      ['no longer allowed: `s3:GetObject` on `*`, with aws:TagKeys = a and b'],
    ],
    [
      'a policy variable',
      [allow('s3:GetObject', 'arn:aws:s3:::${aws:username}')],
      [allow('s3:GetObject', 'arn:aws:sqs:::x')],
      [
        'also allowed now: `s3:GetObject` on `arn:aws:sqs:::x`',
        'no longer allowed: `s3:GetObject` on `arn:aws:s3:::${aws:username}` (such as `arn:aws:s3:::x`), with ${aws:username} filled in to match',
      ],
    ],
    [
      'a variable filled in with what a condition asks for',
      [allow('s3:Get', 'arn:aws:s3:::${aws:username}/a', { Condition: { StringEquals: { 'aws:username': ['u', 'v'] } } })],
      [allow('s3:Get', 'arn:aws:s3:::${aws:username}/*', { Condition: { StringEquals: { 'aws:username': ['u', 'v'] } } })],
      ['also allowed now: `s3:Get` on `arn:aws:s3:::${aws:username}/*` (such as `arn:aws:s3:::u/x`), with aws:username = u'],
    ],
    [
      'a variable filled in with what no pattern names',
      [allow('s3:Get', ['arn:aws:s3:::b/${aws:PrincipalTag/cost center}/a'], STRANGERS)],
      [allow('s3:Get', ['arn:aws:s3:::b/${aws:PrincipalTag/cost center}/*'], STRANGERS)],
      [
        'also allowed now: `s3:Get` on `arn:aws:s3:::b/${aws:PrincipalTag/cost center}/*` (such as `arn:aws:s3:::b/some-principaltag-cost-center/x`), with aws:PrincipalTag/cost center = some-principaltag-cost-center',
      ],
    ],
    [
      'a default value',
      [allow('s3:Get', ["arn:aws:s3:::${aws:PrincipalTag/t, 'x'}", 'arn:aws:s3:::x'])],
      [allow('s3:Get', ["arn:aws:s3:::${aws:PrincipalTag/t, 'x'}", 'arn:aws:s3:::x', "arn:aws:s3:::${aws:PrincipalTag/t, 'xx'}"])],
      [
        "also allowed now: `s3:Get` on `arn:aws:s3:::${aws:PrincipalTag/t, 'x'}` (such as `arn:aws:s3:::xx`), with aws:principaltag/t absent",
      ],
    ],
    [
      'what is no variable',
      [allow('s3:Get', 'arn:aws:s3:::x')],
      [allow('s3:Get', ['arn:aws:s3:::x', 'arn:aws:s3:::b/${a'])],
      ['also allowed now: `s3:Get` on `arn:aws:s3:::b/${a` (such as `arn:aws:s3:::b/`), with ${a filled in to match'],
    ],
  ])('%s', (_name, desired, live, explanation) => {
    expect(compare('identity', desired, live).explanation).toEqual(explanation);
  });

  test.each([
    'sts:AssumeRole',
    'iam:PassRole',
    'iam:CreateUser',
    'iam:GetUser',
    's3:GetObject',
    's3:DeleteBucket',
    'ec2:RunInstances',
    'ec2:DescribeInstances',
    'route53:ChangeResourceRecordSets',
    'route53:ListHostedZones',
    'kms:Decrypt',
    'lambda:InvokeFunction',
    'iam:CreateAccessKey',
    'organizations:DescribeOrganization',
    'dynamodb:GetItem',
    'logs:PutLogEvents',
    'cloudwatch:PutMetricData',
    'cloudtrail:StopLogging',
    'cloudformation:CreateStack',
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter',
    'sns:Publish',
    'sqs:SendMessage',
    'rds:DescribeDBInstances',
    'eks:DescribeCluster',
    'ecr:GetAuthorizationToken',
  ])('an action that readers know: %s', (action) => {
    expect(compare('identity', [allow('x:Y')], [allow(['x:Y', `${action.slice(0, -3)}*`])]).gained?.action).toBe(action);
  });

  test('the action that tells most', () => {
    expect(compare('identity', [allow('x:Y')], [allow('*')]).explanation).toEqual([
      'also allowed now: `*` (such as `sts:AssumeRole`; before: `x:Y`) on `*`',
    ]);
    expect(compare('identity', [allow('iam:C*')], [allow('iam:*')]).gained?.action).toBe('iam:PassRole');
  });

  test('what is sure is told without what is not', () => {
    const either = ['arn:aws:s3:::a${aws:username}', 'arn:aws:s3:::${aws:username}a'];
    const z = allow('s3:Get', 'arn:aws:s3:::z');
    expect(compare('identity', [z], [z, allow('s3:Get', either)]).explanation).toEqual([
      'also allowed now: `s3:Get` on `arn:aws:s3:::a${aws:username}` (such as `arn:aws:s3:::ax`), `arn:aws:s3:::${aws:username}a` (such as `arn:aws:s3:::xa`), with ${aws:username} filled in to match',
    ]);
  });

  test('what is not sure is no sample of what is', () => {
    const z = allow('s3:Get', 'arn:aws:s3:::z');
    const live = allow('s3:Get', ['arn:aws:s3:::a${aws:username}a', 'arn:aws:s3:::a${aws:username}']);
    expect(compare('identity', [z], [z, live]).explanation).toEqual([
      'also allowed now: `s3:Get` on `arn:aws:s3:::a${aws:username}` (such as `arn:aws:s3:::ax`), with ${aws:username} filled in to match',
    ]);
  });

  test('a statement of the side and the effect that decide names the sample', () => {
    const when = (x: string): Statement => ({ Condition: { StringEquals: { 'aws:x': x } } });
    const z = allow('s3:Get', 'arn:aws:s3:::z');
    const forbidden = { ...allow('s3:Get', 'arn:aws:sns:::*', when('b')), Effect: 'Deny' };
    const desired = [allow('s3:Get', 'arn:aws:sns:::*', when('a')), forbidden, z];
    const { explanation } = compare('identity', desired, [forbidden, z, allow('s3:Get', ['arn:aws:sqs:::B', 'arn:aws:sns:::A*'])]);
    expect(explanation).toEqual([
      'also allowed now: `s3:Get` on `arn:aws:sns:::A*` (such as `arn:aws:sns:::Ax`), with aws:x absent',
      'also allowed now: `s3:Get` on `arn:aws:sqs:::B`',
      'no longer allowed: `s3:Get` on `arn:aws:sns:::*` (still: `arn:aws:sns:::A*`), with aws:x = a',
    ]);
  });

  test('what the other document has of a pattern is told', () => {
    expect(compare('identity', [allow('s3:*')], [allow(['s3:Get*', 's3:List*'])]).explanation).toEqual([
      'no longer allowed: `s3:*` (such as `s3:DeleteBucket`; still: `s3:Get*`, `s3:List*`) on `*`',
    ]);
    expect(compare('identity', [allow('s3:Get', 'arn:aws:s3:::b/*')], [allow('s3:Get', 'arn:aws:s3:::b/x/*')]).explanation).toEqual([
      'no longer allowed: `s3:Get` on `arn:aws:s3:::b/*` (still: `arn:aws:s3:::b/x/*`)',
    ]);
    const elsewhere = [allow('s3:Get*', 'arn:aws:s3:::b'), allow('s3:List*', '*', { Condition: { Bool: { 'aws:x': 'true' } } })];
    expect(compare('identity', [allow('s3:*')], elsewhere).explanation[0]).toBe(
      'no longer allowed: `s3:*` (such as `s3:DeleteBucket`) on `*`',
    );
  });

  test('an action is named by the statement that is about the resource', () => {
    const catalog = allow('glue:*', ['arn:aws:glue:*:*:catalog/*', 'arn:aws:glue:*:*:database/*']);
    const completion = allow(['glue:GetCompletion', 'glue:StartCompletion'], 'arn:aws:glue:*:*:completion/x');
    expect(compare('identity', [catalog], [catalog, completion]).explanation).toEqual([
      'also allowed now: `glue:GetCompletion`, `glue:StartCompletion` on `arn:aws:glue:*:*:completion/x` (such as `arn:aws:glue:us-east-1:999999999999:completion/x`)',
    ]);
  });

  test('what a difference brings along of a long list is said to be a part', () => {
    const many = Array.from({ length: 29 }, (_, index) => `s3:Put${index}`);
    expect(compare('identity', [allow('s3:Get')], [allow(['s3:Get', ...many])]).explanation).toEqual([
      'also allowed now: `s3:Put0`, `s3:Put1`, `s3:Put2`, `s3:Put3` and more on `*`',
    ]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['one value', { StringEquals: { 'aws:k': 'a' } }, 'aws:k = a'],
    ['values', { StringEqualsIgnoreCase: { 'aws:k': ['a', 'b'] } }, 'aws:k = a or b'],
    ['many values', { StringEquals: { 'aws:k': ['a', 'b', 'c', 'd'] } }, 'aws:k = any of the 4 values asked for'],
    ['a pattern', { StringLike: { 'aws:k': 'a*' } }, 'aws:k like a*'],
    ['an ARN', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::a*' } }, 'aws:SourceArn like arn:aws:s3:::a*'],
    ['a variable', { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }, 'aws:ResourceAccount = ${aws:PrincipalAccount}'],
    ['a block', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'aws:SourceIp inside 10.0.0.0/8'],
    ['not a block', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'aws:SourceIp absent or outside 10.0.0.0/8'],
    ['a number', { NumericLessThan: { 's3:max-keys': 5 } }, 's3:max-keys under 5'],
    ['at most', { NumericLessThanEquals: { 's3:max-keys': 5 } }, 's3:max-keys at most 5'],
    ['over', { NumericGreaterThan: { 's3:max-keys': 5 } }, 's3:max-keys over 5'],
    ['at least', { NumericGreaterThanEquals: { 's3:max-keys': 5 } }, 's3:max-keys at least 5'],
    ['not a number', { NumericNotEquals: { 's3:max-keys': 5 } }, 's3:max-keys absent or other than 5'],
    ['a date', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime after 2026-01-01'],
    ['until', { DateLessThanEquals: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime not after 2026-01-01'],
    ['a key that is always there', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, 'aws:RequestedRegion other than eu-west-1'],
    ['a moment that is always there', { NumericNotEquals: { 'aws:EpochTime': 5 } }, 'aws:EpochTime other than 5'],
    ['absent or not', { StringEqualsIfExists: { 'aws:k': 'a' } }, 'aws:k absent'],
    ['a set', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }, 'aws:TagKeys = a'],
    ['three values', { StringEquals: { 'aws:k': ['a', 'b', 'c'] } }, 'aws:k = a or b or c'],
    ['whatever case, not', { StringNotEqualsIgnoreCase: { 'aws:k': 'a' } }, 'aws:k absent or other than a'],
    ['not a pattern', { StringNotLike: { 'aws:k': 'a*' } }, 'aws:k absent or not like a*'],
    ['not an ARN', { ArnNotLike: { 'aws:SourceArn': 'arn:aws:s3:::a*' } }, 'aws:SourceArn absent or not like arn:aws:s3:::a*'],
    ['a number itself', { NumericEquals: { 's3:max-keys': 5 } }, 's3:max-keys = 5'],
    ['a date itself', { DateEquals: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime = 2026-01-01'],
    ['not a date', { DateNotEquals: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime other than 2026-01-01'],
    ['before', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime before 2026-01-01'],
    ['from', { DateGreaterThanEquals: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime not before 2026-01-01'],
    ['a word', { Bool: { 'aws:SecureTransport': 'true' } }, 'aws:SecureTransport = true'],
    ['bytes', { BinaryEquals: { 'aws:k': 'QQ==' } }, 'aws:k = QQ=='],
    ['two keys', { StringEquals: { 'aws:k': 'a', 'aws:l': 'b' } }, 'aws:k = a, aws:l = b'],
    [
      'a variable of its own beside that of a value',
      { StringEquals: { 'aws:k': '${aws:PrincipalTag/Team}', 'aws:l': 'b' } },
      'aws:k = ${aws:PrincipalTag/Team}, aws:l = b',
    ],
  ])('a condition is told by what it asks for: %s', (_name, Condition, expected) => {
    expect(compare('identity', [allow('s3:Put')], [allow('s3:Put'), allow('s3:Get', '*', { Condition })]).explanation[0]).toBe(
      `also allowed now: \`s3:Get\` on \`*\`, with ${expected}`,
    );
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a word', { Bool: { 'aws:SecureTransport': 'true' } }, 'aws:SecureTransport other than true'],
    ['another word', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'aws:MultiFactorAuthPresent absent or other than true'],
    ['a number', { NumericLessThan: { 's3:max-keys': 5 } }, 's3:max-keys absent or not under 5'],
    ['at most', { NumericLessThanEquals: { 's3:max-keys': 5 } }, 's3:max-keys absent or over 5'],
    ['over', { NumericGreaterThan: { 's3:max-keys': 5 } }, 's3:max-keys absent or not over 5'],
    ['at least', { NumericGreaterThanEquals: { 's3:max-keys': 5 } }, 's3:max-keys absent or under 5'],
    ['a date', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime not before 2026-01-01'],
    ['until', { DateLessThanEquals: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime after 2026-01-01'],
    ['after', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime not after 2026-01-01'],
    ['from', { DateGreaterThanEquals: { 'aws:CurrentTime': '2026-01-01' } }, 'aws:CurrentTime before 2026-01-01'],
    ['bytes', { BinaryEquals: { 'aws:k': 'QQ==' } }, 'aws:k absent or other than QQ=='],
    ['a set', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }, 'aws:TagKeys absent'],
    ['presence', { Null: { 'aws:k': 'false' } }, 'aws:k absent'],
    ['the key of a variable', { StringEquals: { 'aws:k': 'a', 'aws:l': '${aws:k}' } }, 'aws:k absent'],
  ])('a condition that is no longer asked for: %s', (_name, Condition, expected) => {
    expect(compare('identity', [allow('s3:Get', '*', { Condition })], [allow('s3:Get')]).explanation[0]).toBe(
      `also allowed now: \`s3:Get\` on \`*\`, with ${expected}`,
    );
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['one text, if it exists', { StringEqualsIfExists: { 'aws:k': 'a' } }, 'aws:k other than a'],
    ['a word, if it exists', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, 'aws:MultiFactorAuthPresent other than true'],
    ['patterns, if it exists', { StringLikeIfExists: { 'aws:k': ['a*', 'b*'] } }, 'aws:k not like a* or b*'],
    ['an ARN, if it exists', { ArnLikeIfExists: { 'aws:SourceArn': 'arn:aws:s3:::a*' } }, 'aws:SourceArn not like arn:aws:s3:::a*'],
    ['many, if it exists', { StringEqualsIfExists: { 'aws:k': ['a', 'b', 'c', 'd'] } }, 'aws:k other than any of the 4 values asked for'],
    [
      'a pattern and a text',
      { StringLikeIfExists: { 'aws:k': 'a*' }, StringNotEqualsIfExists: { 'aws:k': 'ab' } },
      'aws:k other than a* or ab',
    ],
    ['two keys, if they exist', { StringEqualsIfExists: { 'aws:k': 'a', 'aws:l': 'b' } }, 'aws:k other than a'],
    ['a text that has to exist', { StringEqualsIfExists: { 'aws:k': 'a' }, Null: { 'aws:k': 'false' } }, 'aws:k other than a'],
    ['a text with a variable', { StringEqualsIfExists: { 'aws:k': 'a${aws:PrincipalTag/x}' } }, 'aws:k other than a${aws:PrincipalTag/x}'],
    ['absence', { Null: { 'aws:k': 'true' } }, 'aws:k = any value'],
    ['two sets', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, StringNotEquals: { 'aws:TagKeys': 'b' } }, 'aws:TagKeys = b'],
    ['a number, if it exists', { NumericLessThanIfExists: { 's3:max-keys': 5 } }, 's3:max-keys = 5'],
    ['a set, if it exists', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }, 'aws:TagKeys = other-tagkeys'],
    ['a variable, if it exists', { StringEqualsIfExists: { 'aws:k': '${aws:PrincipalTag/x}' } }, 'aws:k = other-k'],
  ])('a value that nothing asks for is told by what is asked for: %s', (_name, Condition, expected) => {
    expect(compare('identity', [allow('s3:Get', '*', { Condition })], [allow('s3:Get')]).explanation).toContain(
      `also allowed now: \`s3:Get\` on \`*\`, with ${expected}`,
    );
  });

  test('and the key of a variable by an example', () => {
    const asked = allow('s3:Get', '*', { Condition: { StringEqualsIfExists: { 'aws:k': 'a' } } });
    const other = allow('s3:Put', 'arn:aws:s3:::${aws:k}');
    expect(compare('identity', [asked, other], [allow('s3:Get'), other]).explanation).toEqual([
      'also allowed now: `s3:Get` on `*`, with aws:k = other-k',
    ]);
  });

  test('a condition that can not be read is told by an example', () => {
    const of = (value: string): Statement => allow('s3:Get', '*', { Condition: { NumericLessThan: { 's3:max-keys': value } } });
    expect(compare('identity', [allow('s3:Put')], [allow('s3:Put'), of('abc')]).explanation).toEqual([
      'perhaps also allowed now: `s3:Get` on `*`, with s3:max-keys = abc',
    ]);
  });

  test('a variable of a resource is told beside the condition that has it, too', () => {
    const Condition = { StringEquals: { 'aws:k': '${aws:PrincipalTag/Team}' } };
    const live = allow('s3:Get', 'arn:aws:s3:::${aws:PrincipalTag/Team}', { Condition });
    expect(compare('identity', [allow('s3:Put', 'arn:aws:s3:::x')], [allow('s3:Put', 'arn:aws:s3:::x'), live]).explanation[0]).toMatch(
      /with aws:k = \$\{aws:PrincipalTag\/Team\}, \$\{aws:PrincipalTag\/Team\} filled in to match$/,
    );
  });

  test('what a Deny of the other document has of a pattern, or a pattern around it, is not told', () => {
    const wanted = [allow('s3:*')];
    const deny = { Effect: 'Deny', Action: 's3:Get*', Resource: 'arn:aws:s3:::b' };
    expect(compare('identity', wanted, [allow('ec2:*'), deny]).explanation.join()).not.toMatch(/still|before/);
    const [wide] = compare('identity', [allow('s3:Get?')], [allow('s3:Get*', 'arn:aws:s3:::b')]).explanation.slice(-1);
    expect(wide).toBe('no longer allowed: `s3:Get?` (such as `s3:geto`) on `*` (still: `arn:aws:s3:::b`)');
    expect(compare('identity', [allow('s3:?et')], [allow('s3:*et', 'arn:aws:s3:::b')]).explanation.join('; ')).not.toContain(
      'still: `s3:*et`',
    );
  });

  test('nor what a Deny has of it everywhere, nor what the same document has', () => {
    const deny = { Effect: 'Deny', Action: 's3:Get*', Resource: '*' };
    expect(compare('identity', [allow('s3:*')], [allow('ec2:*'), deny]).explanation.join('; ')).not.toMatch(/still|before/);
    const wanted = [allow('s3:*'), allow('s3:Get*', 'arn:aws:s3:::b'), allow('s3:List*')];
    expect(compare('identity', wanted, [allow('ec2:*')]).explanation.join('; ')).not.toMatch(/still|before/);
  });

  test('everybody is everybody else where somebody is named', () => {
    const [all, one] = [trust('*'), trust(HUB)];
    const tagging = { ...trust('*'), Action: 'sts:TagSession' };
    expect(compare('trust', [tagging], [tagging, all]).explanation).toEqual(['also allowed now: everybody (`*`) may `sts:AssumeRole`']);
    expect(compare('trust', [one], [one, all]).explanation).toEqual(['also allowed now: everybody else (`*`) may `sts:AssumeRole`']);
  });

  test('many callers are a part of those that there are', () => {
    const of = (from: number, to: number): Statement =>
      trust(Array.from({ length: to - from }, (_, index) => `arn:aws:iam::${100_000_000_000 + from + index}:root`));
    const lines = (count: number): readonly string[] => compare('trust', [of(0, 1)], [of(0, 1 + count)]).explanation;
    expect(lines(5)[0]).toMatch(/:root` and 1 more may `sts:AssumeRole`$/);
    expect(lines(12)[0]).toMatch(/:root` and more may `sts:AssumeRole`$/);
  });

  test('lines of either direction are shown', () => {
    const each = (from: number): readonly Statement[] =>
      Array.from({ length: 12 }, (_, index) =>
        allow(`s3:A${from + index}`, `arn:aws:s3:::${from + index}`, { Condition: { Bool: { [`aws:k${from + index}`]: 'true' } } }),
      );
    const { explanation } = compare('identity', each(0), each(20));
    expect(explanation.filter((line) => line.startsWith('also allowed now'))).toHaveLength(4);
    expect(explanation.filter((line) => line.startsWith('no longer allowed'))).toHaveLength(3);
    expect(explanation.at(-1)).toBe('and 17 more differences');
  });

  test('many differences that come to a few lines leave no line empty', () => {
    const each = Array.from({ length: 45 }, (_, index) =>
      allow('s3:Get', `arn:aws:s3:::b${index}`, { Condition: { StringEquals: { 'aws:x': `v${index}` } } }),
    );
    const { explanation } = compare('identity', each, [allow('s3:Get')]);
    expect(explanation).toHaveLength(3);
    expect(explanation[0]).toBe('also allowed now: `s3:Get` on `*`');
    expect(explanation.at(-1)).toMatch(/^and \d+ more differences$/);
  });

  test('what is excepted is named', () => {
    const all = (...NotAction: readonly string[]): Statement => ({ Effect: 'Allow', NotAction, Resource: '*' });
    expect(compare('identity', [all('iam:*')], [all('iam:*', 'organizations:*')]).explanation).toEqual([
      'no longer allowed: `organizations:*` (such as `organizations:DescribeOrganization`) on `*`',
    ]);
    const but = (NotResource: readonly string[], Effect: string): Statement => ({ Effect, Action: 's3:*', NotResource });
    const one = 'arn:aws:s3:::a/*';
    expect(compare('identity', [but([one, 'arn:aws:s3:::b'], 'Deny')], [but([one], 'Deny')]).explanation).toEqual([
      'also denied now: `s3:*` (such as `s3:GetObject`) on `arn:aws:s3:::b`',
    ]);
  });

  test('facts that differ in their actions alone share a line', () => {
    const when = (x: string): Statement => ({ Condition: { StringEquals: { 'aws:x': x } } });
    const live = [allow('s3:Get', '*', when('a')), allow('s3:Put', '*', when('a')), allow('s3:Put', 'arn:aws:s3:::b', when('b'))];
    expect(compare('identity', [allow('s3:List')], [allow('s3:List'), ...live]).explanation).toEqual([
      'also allowed now: `s3:Get`, `s3:Put` on `*`, with aws:x = a',
      'also allowed now: `s3:Put` on `arn:aws:s3:::b`, with aws:x = b',
    ]);
  });

  test('four names stand in one line, and six keys in a context', () => {
    const keys = (count: number): Statement => ({
      StringEquals: Object.fromEntries(Array.from({ length: count }, (_, index) => [`aws:k${index}`, 'x'])),
    });
    const live = (count: number): string =>
      compare(
        'identity',
        [allow('s3:Put')],
        [allow('s3:Put'), allow(['s3:A', 's3:B', 's3:C', 's3:D'], '*', { Condition: keys(count) })],
      ).explanation.join();
    const six =
      'also allowed now: `s3:A`, `s3:B`, `s3:C`, `s3:D` on `*`, with aws:k0 = x, aws:k1 = x, aws:k2 = x, aws:k3 = x, aws:k4 = x, aws:k5 = x';
    expect(live(6)).toBe(six);
    expect(live(7)).toBe(`${six} and 1 more`);
  });

  test('long lists are cut', () => {
    const many = Array.from({ length: 7 }, (_, index) => `s3:Get${index}`);
    expect(compare('identity', [allow('s3:Put')], [allow(['s3:Put', ...many])]).explanation).toEqual([
      'also allowed now: `s3:Get0`, `s3:Get1`, `s3:Get2`, `s3:Get3` and 3 more on `*`',
    ]);
  });

  test('so are long explanations', () => {
    const many = Array.from({ length: 12 }, (_, index) => allow(`s3:Get${index}`, `arn:aws:s3:::${index}`));
    const { explanation } = compare('identity', [allow('s3:Put')], [allow('s3:Put'), ...many]);
    expect(compare('identity', [allow('s3:Put')], [allow('s3:Put'), ...many.slice(0, 8)]).explanation.at(-1)).toMatch(/s3:Get7/);
    expect(explanation).toHaveLength(8);
    expect(explanation.at(-1)).toBe('and 5 more differences');
  });

  test('what is not put in words is counted', () => {
    const many = Array.from({ length: 70 }, (_, index) =>
      allow('s3:Get', `arn:aws:s3:::${index}`, { Condition: { StringEquals: { 'aws:x': String(index) } } }),
    );
    const { explanation } = compare('identity', [allow('s3:Put')], [allow('s3:Put'), ...many]);
    expect([explanation.length, explanation.at(-1)]).toEqual([8, 'and 63 more differences']);
  });

  test('a line break in a value stays in its line', () => {
    const value = (text: string): Statement => allow('s3:Get', '*', { Condition: { StringEquals: { 'aws:x': text } } });
    expect(compare('identity', [value('a')], [value('a'), value('b\r\n\tc')]).explanation).toEqual([
      'also allowed now: `s3:Get` on `*`, with aws:x = b\\r\\n\\tc',
    ]);
  });

  test.each<[string, readonly Statement[], readonly Statement[], Partial<Comparison>]>([
    ['no longer denied', [deny('s3:Put')], [], { gained: { action: 's3:Put', resource: '*', denied: true } }],
    ['also denied', [], [deny('s3:Put')], { lost: { action: 's3:Put', resource: '*', denied: true } }],
    ['allowed, was denied', [allow('s3:Put'), deny('s3:Put')], [allow('s3:Put')], { gained: { action: 's3:Put', resource: '*' } }],
    ['denied, was allowed', [allow('s3:Put')], [allow('s3:Put'), deny('s3:Put')], { lost: { action: 's3:Put', resource: '*' } }],
  ])('whether the witness is allowed by either: %s', (_name, desired, live, witness) => {
    const { gained, lost } = compare('identity', [allow('s3:List'), ...desired], [allow('s3:List'), ...live]);
    expect({ ...(gained ? { gained } : {}), ...(lost ? { lost } : {}) }).toEqual(witness);
  });

  test('the witness is rather one that is allowed', () => {
    const live = [allow('s3:Get', '*', { Condition: { StringEquals: { 'aws:x': 'x' } } })];
    const witness = { action: 's3:Get', resource: '*', context: 'aws:x = x' };
    expect(compare('identity', [deny('iam:Get*')], live).gained).toEqual(witness);
    expect(compare('identity', [deny('zz:Getting*')], live).gained).toEqual(witness);
    expect(compare('identity', [deny('a:G')], live).gained).toEqual(witness);
  });

  test('the witness with the simplest context is taken', () => {
    const live = [allow('s3:Get', '*', { Condition: { StringEquals: { 'aws:x': 'x' } } }), allow('s3:Put')];
    expect(compare('identity', [allow('s3:List')], live).gained).toEqual({ action: 's3:Put', resource: '*' });
  });
});

test('the side, the place and the reason of an invalid document', () => {
  const good = { Statement: allow('s3:*') };
  expect(compareDocuments(good, '{', 'identity')).toEqual({
    verdict: 'invalid',
    explanation: ['the live document is not a valid policy: line 1, column 2: not valid JSON: expected a name in double quotes'],
    problem: { side: 'live', place: 'line 1, column 2', reason: 'not valid JSON: expected a name in double quotes' },
  });
  expect(compareDocuments({}, good, 'identity').problem?.side).toBe('desired');
});
