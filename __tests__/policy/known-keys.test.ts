import { describe, expect, test } from '@jest/globals';
import { compareDocuments } from '../../src/policy/index.ts';
import type { Verdict } from '../../src/policy/types.ts';

/** The verdict over two documents that differ in their one condition alone, and the other way round. */
function verdictsOf(desired: object, live: object): readonly Verdict[] {
  const [wanted, found] = [desired, live].map((condition) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: condition }],
  }));
  if (!wanted || !found) throw new Error('two documents');
  return [compareDocuments(wanted, found, 'identity').verdict, compareDocuments(found, wanted, 'identity').verdict];
}

describe('a quantifier is nothing more on a key with at most one value', () => {
  test.each([
    ...['aws:CalledViaFirst', 'aws:CalledViaLast', 'aws:CurrentTime', 'aws:EpochTime', 'aws:FederatedProvider', 'aws:MultiFactorAuthAge'],
    ...['aws:MultiFactorAuthPresent', 'aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalIsAWSService', 'aws:PrincipalOrgID'],
    ...['aws:PrincipalServiceName', 'aws:PrincipalType', 'aws:Referer', 'aws:RequestedRegion', 'aws:ResourceAccount', 'aws:ResourceOrgID'],
    ...[
      'aws:SecureTransport',
      'aws:SourceAccount',
      'aws:SourceArn',
      'aws:SourceIdentity',
      'aws:SourceIp',
      'aws:SourceOrgID',
      'aws:SourceVpc',
    ],
    ...['aws:SourceVpce', 'aws:TokenIssueTime', 'aws:UserAgent', 'aws:userid', 'aws:username', 'aws:ViaAWSService', 'aws:VpcSourceIp'],
    ...['ec2:CreateAction', 'ec2:InstanceProfile', 'ec2:SourceInstanceARN', 'ec2:Subnet', 'ec2:Vpc', 'iam:AssociatedResourceArn'],
    ...['iam:PassedToService', 'iam:PermissionsBoundary', 'iam:PolicyARN', 'kms:CallerAccount', 'kms:ViaService', 'lambda:FunctionArn'],
    ...['organizations:ServicePrincipal', 'ram:PermissionArn', 's3:DataAccessPointArn', 's3:delimiter', 's3:max-keys', 's3:prefix'],
    ...['saml:aud', 'saml:doc', 'saml:iss', 'saml:namequalifier', 'saml:sub', 'saml:sub_type'],
    ...['sts:AWSServiceName', 'sts:DurationSeconds', 'sts:ExternalId', 'sts:RoleSessionName', 'sts:SourceIdentity'],
    ...['aws:PrincipalTag/team', 'aws:RequestTag/team', 'aws:ResourceTag/a/b', 'aws:resourcetag/team\n', 'ec2:ResourceTag/team'],
    ...['s3:ExistingObjectTag/team', 's3:RequestObjectTag/team', 'some-service:ResourceTag/team'],
    ...['accounts.google.com:aud', 'accounts.google.com:azp', 'accounts.google.com:oaud', 'token.actions.githubusercontent.com:sub'],
  ])('%s', (key) => {
    expect(verdictsOf({ StringEquals: { [key]: 'x' } }, { 'ForAnyValue:StringEquals': { [key]: 'x' } })).toEqual(['same', 'same']);
  });
});

describe('a quantifier is more on a key that may have several values, or of which nothing is known', () => {
  test.each([
    ...[
      'aws:CalledVia',
      'aws:PrincipalOrgPaths',
      'aws:PrincipalServiceNamesList',
      'aws:ResourceOrgPaths',
      'aws:SourceOrgPaths',
      'aws:TagKeys',
    ],
    ...['saml:edupersonaffiliation', 'token.actions.githubusercontent.com:amr', 'token.actions.githubusercontent.com:subject'],
    ...[
      'localhost:sub',
      'a.b:c:sub',
      'aws:ResourceTag',
      'aws:SomeTag/team',
      'x:aws:ResourceTag/team',
      'x y:ResourceTag/team',
      'example:Key',
    ],
  ])('%s', (key) => {
    expect(verdictsOf({ StringEquals: { [key]: 'x' } }, { 'ForAnyValue:StringEquals': { [key]: 'x' } })).toEqual(['changed', 'changed']);
  });
});

describe('what is there and not false is true', () => {
  const isTrue = (key: string): object => ({ Bool: { [key]: 'true' } });
  const isNotFalse = (key: string): object => ({ StringNotEquals: { [key]: 'false' }, Null: { [key]: 'false' } });

  test.each([
    ...['aws:MultiFactorAuthPresent', 'aws:PrincipalIsAWSService', 'aws:SecureTransport', 'aws:ViaAWSService'],
    ...['kms:BypassPolicyLockoutSafetyCheck', 'kms:GrantIsForAWSResource'],
  ])('of %s', (key) => {
    expect(verdictsOf(isTrue(key), isNotFalse(key))).toEqual(['same', 'same']);
  });

  test.each(['aws:PrincipalType', 'example:Key', 'aws:ResourceTag/open'])('not known of %s', (key) => {
    expect(verdictsOf(isTrue(key), isNotFalse(key))).toEqual(['changed', 'changed']);
  });
});

describe('there is a number between two whole ones', () => {
  test.each(['aws:MultiFactorAuthAge', 's3:max-keys', 'sts:DurationSeconds', 'aws:EpochTime', 'example:Key'])('of %s', (key) => {
    const [under, upTo] = [{ NumericLessThan: { [key]: '11' } }, { NumericLessThanEquals: { [key]: '10' } }];
    expect(verdictsOf(under, upTo)).toEqual(['narrowed', 'widened']);
  });
});

describe('a text is not both of two', () => {
  const both = (key: string, other: string): object => ({ StringEquals: { [key]: 'a' }, StringLike: { [key]: other } });

  test.each(['aws:username', 'aws:ResourceTag/team', 'example:Key'])('of %s', (key) => {
    expect(verdictsOf(both(key, 'b'), both(key, 'c'))).toEqual(['same', 'same']);
  });

  test.each([
    ...['aws:CalledVia', 'aws:PrincipalOrgPaths', 'aws:PrincipalServiceNamesList', 'aws:ResourceOrgPaths', 'aws:SourceOrgPaths'],
    ...['aws:TagKeys', 'dynamodb:Attributes', 'dynamodb:LeadingKeys', 'saml:edupersonaffiliation'],
  ])('not known of %s, which may have several values', (key) => {
    expect(verdictsOf(both(key, 'b'), both(key, 'c'))).toEqual(['changed', 'changed']);
  });
});

describe('an empty text is no value for a quantifier', () => {
  const all = (key: string): object => ({ 'ForAllValues:StringEquals': { [key]: 'a' } });
  const ifExists = (key: string): object => ({ StringEqualsIfExists: { [key]: 'a' } });

  test.each(['aws:Referer', 'aws:UserAgent', 's3:delimiter', 's3:prefix', 'aws:ResourceTag/team', 'example:Key'])('of %s', (key) => {
    expect(verdictsOf(all(key), ifExists(key))).toEqual(['changed', 'changed']);
  });

  test.each(['sts:ExternalId', 'aws:username', 'aws:PrincipalOrgID', 'aws:SourceArn'])('%s is never empty', (key) => {
    expect(verdictsOf(all(key), ifExists(key))).toEqual(['same', 'same']);
  });
});

describe('an ARN is one text, whatever the operator takes it for', () => {
  const arn = 'arn:aws:iam::111111111111:role/x';

  test.each([
    ...['aws:PrincipalArn', 'aws:SourceArn', 'ec2:InstanceProfile', 'ec2:SourceInstanceARN', 'ec2:Subnet', 'ec2:Vpc'],
    ...['iam:AssociatedResourceArn', 'iam:PermissionsBoundary', 'iam:PolicyARN', 'lambda:FunctionArn', 'ram:PermissionArn'],
    's3:DataAccessPointArn',
  ])('of %s', (key) => {
    expect(verdictsOf({ StringEquals: { [key]: arn } }, { ArnEquals: { [key]: arn } })).toEqual(['same', 'same']);
  });

  test.each(['aws:PrincipalTag/x', 'example:Key'])('not known of %s', (key) => {
    expect(verdictsOf({ StringEquals: { [key]: arn } }, { ArnEquals: { [key]: arn } })).toEqual(['changed', 'changed']);
  });
});

test.each([
  ['aws:PrincipalArn', 'widened'],
  ['aws:SecureTransport', 'changed'],
  ['s3:max-keys', 'changed'],
  ['aws:CurrentTime', 'changed'],
  ['aws:SourceIp', 'changed'],
])('a variable may stand for any text unless its key has a type: %s', (key, verdict) => {
  const statement = (...resources: readonly string[]): object => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: resources.map((resource) => `arn:aws:s3:::${resource}`) }],
  });
  expect(compareDocuments({ ...statement('x') }, { ...statement('x', `\${${key}}`) }, 'identity').verdict).toBe(verdict);
});

describe('wildcards in what a policy variable stands for', () => {
  const asked = (operator: string, key: string): object => ({ [operator]: { 'aws:ResourceTag/owner': `\${${key}}` } });

  test.each([
    ...['aws:PrincipalAccount', 'aws:PrincipalOrgID', 'aws:PrincipalType', 'aws:RequestedRegion', 'aws:ResourceAccount'],
    ...['aws:ResourceOrgID', 'aws:SourceAccount', 'aws:SourceIdentity', 'aws:SourceOrgID', 'aws:SourceVpc', 'aws:SourceVpce'],
    ...['aws:userid', 'aws:username', 'sts:ExternalId', 'sts:RoleSessionName', 'sts:SourceIdentity'],
    ...['aws:PrincipalTag/team', 'aws:CurrentTime', 'aws:SecureTransport', 'aws:SourceIp', 'sts:DurationSeconds'],
  ])('are none in %s', (key) => {
    expect(verdictsOf(asked('StringLike', key), asked('StringEquals', key))).toEqual(['same', 'same']);
  });

  test.each([
    ...['aws:Referer', 'aws:UserAgent', 's3:prefix', 's3:delimiter', 'aws:SourceArn', 'aws:PrincipalArn', 'saml:sub'],
    ...['aws:RequestTag/team', 'aws:ResourceTag/team', 'ec2:ResourceTag/team', 'example:Key', 'accounts.google.com:sub'],
  ])('may be any text where there are some in %s', (key) => {
    expect(verdictsOf(asked('StringLike', key), asked('StringEquals', key))).toEqual(['changed', 'changed']);
  });
});

/** What a Deny of some texts comes to, beside an Allow of all: that there is such a value is known where it is written as the key's type is. */
function denied(operator: string, key: string, value: string, others: object = {}): Verdict {
  const [Version, all] = ['2012-10-17', { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }];
  const live = { Version, Statement: [all, { ...all, Effect: 'Deny', Condition: { [operator]: { [key]: value }, ...others } }] };
  return compareDocuments({ Version, Statement: [all] }, live, 'identity').verdict;
}

describe('a text is a value of a key', () => {
  test.each([
    ...['true', 'false'].map((value) => ['aws:SecureTransport', value]),
    ...['0', '7', '10', '123'].map((value) => ['s3:max-keys', value]),
    ['aws:CurrentTime', '2026-01-31T23:59:58Z'],
    ...['192.0.2.1', '1.2.3.4', '255.255.255.255'].map((value) => ['aws:SourceIp', value]),
    ['aws:SourceArn', 'arn:aws:s3:::a'],
  ])('%s: %s', (key, value) => {
    expect(denied('StringEquals', key, value)).toBe('narrowed');
  });

  test.each([
    ...['xtrue', 'truex', 'True'].map((value) => ['aws:SecureTransport', value]),
    ...['x1', '1x', '01', '-1'].map((value) => ['s3:max-keys', value]),
    ...['x2026-01-31T23:59:58Z', '2026-01-31T23:59:58Zx', '2026-01-31'].map((value) => ['aws:CurrentTime', value]),
    ...['x192.0.2.1', '192.0.2.1x', '192.0.2', '192.0.2.1000'].map((value) => ['aws:SourceIp', value]),
    ...['xarn:aws:s3:::a', 'arn:aws:s3', 'other'].map((value) => ['aws:SourceArn', value]),
  ])('not known of %s: %s', (key, value) => {
    expect(denied('StringEquals', key, value)).toBe('changed');
  });

  test.each([
    ['aws:SecureTransport', 'true'],
    ['aws:SecureTransport', 'false'],
    ['s3:max-keys', '0'],
    ['s3:max-keys', '1'],
    ['aws:CurrentTime', '2026-01-31T23:59:58Z'],
    ['aws:SourceIp', '198.51.100.1'],
    ['aws:SourceArn', 'arn:aws:iam::*'],
    ['aws:SourceArn', 'arn:aws:s3:::*'],
  ])('%s has one that is not %s', (key, value) => {
    expect(denied('StringNotLike', key, value, { Null: { [key]: 'false' } })).toBe('narrowed');
  });

  test.each(['', 'QQ==', 'QUI=', 'QUJD', 'QUJDQQ==', 'QUJDQUI=', 'QUJDQUJD', '+/+/'])('bytes: %j', (value) => {
    expect(denied('BinaryEquals', 'example:Key', value)).toBe('narrowed');
  });

  test.each(['Q', 'QQ', 'QUJ', 'QR==', 'QUJ=', 'QUJDQ', '-_-_', 'xQQ==', 'QQ==x', '(Q==', '((I='])('not known of bytes: %j', (value) => {
    expect(denied('BinaryEquals', 'example:Key', value)).toBe('changed');
  });
});
