// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from '@jest/globals';
import { type PolicyKind, parsePolicy } from '../../src/policy/index.ts';

function reasonFor(kind: PolicyKind, statement: Record<string, unknown>, version = '2012-10-17'): string | undefined {
  return parsePolicy({ Version: version, Statement: [{ Effect: 'Allow', ...statement }] }, kind).problem?.reason;
}

function ofIam(resource: string): string {
  return `arn:aws:iam::111111111111:${resource}`;
}

describe('actions', () => {
  test.each(['*', '*:*', 's3:*', 's3:Get?bject', 'aws-marketplace:View*', 'S3:GetObject', 'a4b:X', 'x:a_b.c-d'])('%s', (action) => {
    expect(reasonFor('identity', { Action: action, Resource: '*' })).toBeUndefined();
  });

  test.each([
    '**',
    '*x',
    'x*',
    '*:*x',
    'x*:*',
    's3',
    ':x',
    's3:',
    's3:a:b',
    's3:a b',
    ' s3:a',
    's3:a ',
    's 3:a',
    's3:${aws:x}',
    '?:x',
    's_3:x',
  ])('not %s', (action) => {
    expect(reasonFor('identity', { Action: action, Resource: '*' })).toMatch(/is not an action/);
  });

  test.each(['s3:*', 'xsts:AssumeRole', 'sts-x:Y'])('a trust policy cannot contain %s', (action) => {
    expect(reasonFor('trust', { Action: action, Principal: '*' })).toMatch(/can contain only sts: actions/);
  });
});

describe('resources', () => {
  test.each([
    '*',
    'arn:aws:s3:::x',
    'arn:aws-us-gov:iam::111111111111:role/x',
    'arn:*:s3:::x',
    'arn:aws*:s3:::x',
    'arn:aws:ec2:*:*:instance/*',
    'arn:aws:iam::*',
    'arn:aws:iam:*',
    ...['user/x', 'federated-user/x', 'role/x', 'group/x', 'instance-profile/x', 'mfa/x', 'sms-mfa/x', 'u2f/x', 'server-certificate/x'].map(
      ofIam,
    ),
    ...['policy/x', 'saml-provider/x', 'oidc-provider/x', 'report/x', 'access-report/x', 'delegation-request/x', 'root'].map(ofIam),
    ...['', 'rol*', '?ole/x', '*', '${aws:x}', 'ro${aws:x}'].map(ofIam),
    'arn:aws:iam:*:111111111111:role/x',
    'arn:aws:s3:${a:x:y',
    'arn:aws:iam:${aws:x}:111111111111:role/x',
    'arn:aws:config:*:*::config-rule/*',
    'arn:aws:organizations::*:',
    'arn:aws:s3:::${aws:username}/${aws:userid}',
    'arn:${aws:Partition}:s3:::x',
    'arn:aws:logs:${aws:RequestedRegion}:x:y',
  ])('%s', (resource) => {
    expect(reasonFor('identity', { Action: 's3:*', Resource: resource })).toBeUndefined();
  });

  test.each([
    '',
    '**',
    'x',
    'arn',
    'xarn:aws:s3:::x',
    ...['rol', 'roles/x', ':role/x', 'x*', 'role', 'xrole/x'].map(ofIam),
    'arn:aws:iam:eu-west-1:111111111111:role/x',
    'arn:aws:s3::x',
    'arn:aws',
    'arn:aws:s3*',
    'arn:aws:*',
    'arn:aws:*:::x',
    'arn:aws:s?:::x',
    'arn:aws::::x',
    'arn::s3:::x',
    'arn:foo:s3:::x',
    'arn:xaws:s3:::x',
    'arn:aws!:s3:::x',
    'arn:A*:s3:::x',
    'arn:*A:s3:::x',
    'arn:aws:s 3:::x',
    'arn:aws:!s3:::x',
    'arn:aws:${aws:x}:::x',
    '${aws:PrincipalTag/arn}',
  ])('not %s', (resource) => {
    const expected = resource === 'arn:aws:${aws:x}:::x' ? undefined : `${JSON.stringify(resource)} is neither an ARN nor \`*\``;
    expect(reasonFor('identity', { Action: 's3:*', Resource: resource })).toBe(expected);
  });

  test('colons of a variable are no segments, colons of plain text are', () => {
    expect(reasonFor('identity', { Action: 's3:*', Resource: 'arn:aws:s3::${aws:*}:x' }, '2008-10-17')).toBeUndefined();
    expect(reasonFor('identity', { Action: 's3:*', Resource: 'arn:aws:s3::${aws:*}' })).toMatch(/neither an ARN/);
  });
});

describe('principals', () => {
  test.each([
    ['AWS', '*'],
    ['AWS', '222222222222'],
    ['AWS', 'arn:aws:iam::222222222222:root'],
    ['AWS', 'arn:aws-cn:iam::222222222222:user/a/b/c+d=e,f.g@h-i'],
    ['AWS', 'arn:aws:iam::222222222222:user//x'],
    ['AWS', 'arn:aws:iam::222222222222:role/aws-service-role/x.amazonaws.com/R'],
    ['AWS', 'arn:aws:sts::222222222222:assumed-role/R/session@x'],
    ['AWS', 'arn:aws:sts::222222222222:federated-user/x'],
    ['AWS', 'AIDACKCEVSQ6C2EXAMPLE'],
    ['AWS', 'AROADBQP57FF2AEXAMPLE'],
    ['Service', 'ec2.amazonaws.com'],
    ['Service', 'logs.eu-west-1.amazonaws.com.cn'],
    ['Service', '*'],
    ['Federated', 'accounts.google.com'],
    ['Federated', 'oidc.eks.eu-west-1.amazonaws.com/id/ABC'],
    ['Federated', 'arn:aws:iam::222222222222:saml-provider/x'],
    ['Federated', 'arn:aws-us-gov:iam::222222222222:oidc-provider/token.actions.githubusercontent.com'],
    ['CanonicalUser', 'a'.repeat(64)],
  ])('%s %s', (kind, id) => {
    expect(reasonFor('trust', { Action: 'sts:AssumeRole', Principal: { [kind]: id } })).toBeUndefined();
  });

  test.each([
    ['AWS', ''],
    ['AWS', '2222222222222'],
    ['AWS', 'x222222222222'],
    ['AWS', '222222222222x'],
    ['AWS', 'arn:aws:iam::222222222222:root/x'],
    ['AWS', 'xarn:aws:iam::222222222222:root'],
    ['AWS', 'arn:aws:iam::2222:root'],
    ['AWS', 'arn:aws:iam::222222222222:user/'],
    ['AWS', 'arn:aws:iam::222222222222:user/a b'],
    ['AWS', 'arn:aws:sts::222222222222:assumed-role/R'],
    ['AWS', 'arn:aws:sts::222222222222:assumed-role/a/R/s'],
    ['AWS', 'arn:aws:iam::222222222222:assumed-role/R/s'],
    ['AWS', 'AIDA123'],
    ['AWS', 'xAIDACKCEVSQ6C2EXAMPLE'],
    ['AWS', 'AIDACKCEVSQ6C2EXAMPLEx'],
    ['AWS', 'AXXXCKCEVSQ6C2EXAMPLE'],
    ['AWS', 'ec2.amazonaws.com'],
    ['Service', 'ec2'],
    ['Service', '!ec2.amazonaws.com'],
    ['Service', 'ec2.amazonaws.com!'],
    ['Service', '222222222222'],
    ['Federated', 'google'],
    ['Federated', '!accounts.google.com'],
    ['Federated', 'accounts.google.com!'],
    ['Federated', 'arn:aws:iam::222222222222:saml-provider/'],
    ['Federated', 'arn:AWS:iam::222222222222:saml-provider/x'],
    ['Federated', 'arn:aws:iam::2222:saml-provider/x'],
    ['Federated', 'arn:aws:iam::222222222222:saml-provider/x y'],
    ['CanonicalUser', 'a'.repeat(63)],
    ['CanonicalUser', `x${'a'.repeat(64)}`],
    ['CanonicalUser', `${'a'.repeat(64)}x`],
  ])('%s not %s', (kind, id) => {
    expect(reasonFor('trust', { Action: 'sts:AssumeRole', Principal: { [kind]: id } })).toBe(
      `${JSON.stringify(id)} is not a principal of type ${kind}`,
    );
  });

  test.each([
    ['222222222222', 'expected an object such as { "AWS": "…" }'],
    [['*'], 'expected an object such as { "AWS": "…" }'],
    [{}, 'names no principal'],
    [{ AWS: [] }, 'names no principal'],
    [{ AWS: 222222222222 }, 'expected text'],
    [{ Service: 'ec2.*' }, 'a principal can contain no wildcard, only be `*` as a whole'],
    [{ AWS: 'arn:aws:iam::222222222222:user/?' }, 'a principal can contain no wildcard, only be `*` as a whole'],
    [{ Other: '*' }, 'unknown type of principal'],
  ])('%j: %s', (principal, reason) => {
    expect(reasonFor('trust', { Action: 'sts:AssumeRole', Principal: principal })).toBe(reason);
  });
});

describe('dates', () => {
  const reason = (date: string): string | undefined =>
    reasonFor('identity', { Action: 's3:*', Resource: '*', Condition: { DateLessThan: { 'aws:CurrentTime': date } } });

  test.each([
    ...['0', '1234567890123456789', '2026', '+2026', '-2026', '123456789-1', '2026-1', '2026-01', '2026-10', '2026-12'],
    ...['2026-10-1', '2026-10-01', '2026-10-09', '2026-10-10', '2026-10-29', '2026-10-30', '2026-10-31', '2026T', '2026t10', '2026-1T1'],
    ...['2026-10-01T10', '2026-10-01T1:1', '2026-10-01T10:10', '2026-10-01T10:10:1', '2026-10-01T10:10:10'],
    ...['2026-10-01T10:10:10.1', '2026-10-01T10:10:10.123456789', '2026-10-01TZ', '2026-10-01T10z', '2026-10-01T10:10:10Z'],
    ...['2026-10-01T10+10', '2026-10-01T10-1000', '2026-10-01T10:10:10.5+10:00', '${aws:x}', '2026-${aws:x}'],
  ])('%s', (date) => {
    expect(reason(date)).toBeUndefined();
  });

  test.each([
    ...[
      '',
      'x',
      'x2026',
      '2026x',
      '12345678901234567890',
      '1234567890-1',
      'x123456789-1',
      '--2026',
      '2026-',
      '2026-x',
      '2026-0',
      '2026-00',
    ],
    ...['2026-13', '2026-20', '2026-001', '2026-1x', '2026-10-', '2026-10-0', '2026-10-00', '2026-10-32', '2026-10-40', '2026-10-001'],
    ...['2026-10-x1', '2026-10-1x', '2026-10-2x', '2026-10-01 10', '2026-10-01Z', 'T10', '2026-10-01T10:', '2026-10-01T100'],
    ...[
      '2026-10-01T1x',
      '2026-10-01Tx1',
      '2026-10-01T10:x',
      '2026-10-01T10:1x',
      '2026-10-01T10:100',
      '2026-10-01T10:10:x',
      '2026-10-01T10:10:1x',
    ],
    ...['2026-10-01T10:10:100', '2026-10-01T10:10:10.', '2026-10-01T10:10:10.x', '2026-10-01T10:10:10.1234567890', '2026-10-01T10.5'],
    ...['2026-10-01T10z1', '2026-10-01T10+1', '2026-10-01T10+x1', '2026-10-01T10+1x', '2026-10-01T10+100', '2026-10-01T10+10:0'],
    ...['2026-10-01T10+10:00:00', '2026-10-01T10+10:x0', '2026-10-01T10+10:0x', '2026-10-01T10+', '2026-10-01T10*10'],
  ])('not %s', (date) => {
    expect(reason(date)).toBe(`${JSON.stringify(date)} is not a date`);
  });
});

describe('the rest of a statement', () => {
  test.each([
    [{ Condition: [] }, 'expected an object'],
    [{ Condition: { StringEquals: 'x' } }, 'expected an object of condition keys'],
    [{ Condition: { Other: {} } }, 'unknown condition operator'],
    [{ Condition: { StringEquals: { ':x': 'y' } } }, 'a condition key is written service:name'],
    [{ Condition: { StringEquals: { 'x:': 'y' } } }, 'a condition key is written service:name'],
    [{ Action: ['s3:*', 7] }, 'expected text'],
    [{ Sid: 7 }, 'expected text'],
    [{ NotResource: '*' }, 'cannot be combined with Resource'],
    [{ NotPrincipal: '*' }, 'an identity policy cannot contain NotPrincipal'],
  ])('%j: %s', (part, reason) => {
    expect(reasonFor('identity', { Action: 's3:*', Resource: '*', ...part })).toBe(reason);
  });

  test('a key in two spellings is named', () => {
    const statement = { Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:x': 'a', 'AWS:X': 'b' } } };
    expect(parsePolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } }, 'identity').problem).toEqual({
      place: 'Statement.Condition.StringEquals["AWS:X"]',
      reason: 'duplicate name that differs only in case',
    });
  });

  test('of a trust policy', () => {
    const good = { Action: 'sts:AssumeRole', Principal: '*' };
    expect(reasonFor('trust', { ...good, Resource: '*' })).toBe('a trust policy cannot contain Resource');
    expect(reasonFor('trust', { ...good, NotResource: '*' })).toBe('a trust policy cannot contain NotResource');
    expect(reasonFor('trust', { ...good, NotPrincipal: '*' })).toBe('a trust policy cannot contain NotPrincipal');
    expect(reasonFor('trust', { ...good, Sid: 'any text' })).toBeUndefined();
  });

  test('of a document', () => {
    const Statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    const reason = (document: Record<string, unknown>): unknown => parsePolicy(document, 'identity').problem;
    expect(reason({ Statement, Version: '2012-10-18' })).toEqual({ place: 'Version', reason: 'expected "2012-10-17" or "2008-10-17"' });
    expect(reason({ Statement, Id: 7 })).toEqual({ place: 'Id', reason: 'expected text' });
    expect(
      reason({
        Statement: [
          { ...Statement, Sid: 'x' },
          { ...Statement, Sid: 'x' },
        ],
      }),
    ).toEqual({
      place: 'Statement[1].Sid',
      reason: '"x" is a duplicate',
    });
    expect(
      reason({
        Statement: [
          { ...Statement, Sid: '' },
          { ...Statement, Sid: '' },
        ],
      }),
    ).toBeNull();
    expect(reason({ Statement: { ...Statement, Sid: 'x!' } })).toEqual({
      place: 'Statement.Sid',
      reason: 'can contain only letters and digits',
    });
  });

  test('a list with a hole, and a name that is no text', () => {
    const reason = (document: Record<string, unknown>): unknown => parsePolicy(document, 'identity').problem;
    expect(reason({ Statement: new Array(1) })).toEqual({ place: 'Statement[0]', reason: 'not a JSON value' });
    expect(reason({ Statement: new Map([[7, 'x']]) })).toEqual({ place: 'Statement', reason: 'has a name that is not text' });
  });

  test('a map is an object', () => {
    const statement = new Map([
      ['Effect', 'Allow'],
      ['Action', 's3:*'],
      ['Resource', '*'],
    ]);
    expect(parsePolicy({ Statement: statement }, 'identity').problem).toBeNull();
  });
});

describe('JSON text', () => {
  test.each([
    ['{"Id":"a\\"b\\\\","Id":""}', 'duplicate name'],
    ['{"Version":"2012-10-17","Statement":[]}', 'is empty'],
    [' \t\r\n{ "Version" : "2012-10-17" , "Statement" : [ ] } \n', 'is empty'],
    ['{"Id":true}', 'expected text'],
    ['{"Id":-1.5e+3}', 'expected text'],
    ['{"Id":nul}', 'not valid JSON: expected a JSON value'],
    ['{"Id":"a\\x"}', 'not valid JSON: not a string'],
    ['{"Id":"a\nb"}', 'not valid JSON: not a string'],
    ['{"Id":"\\', 'not valid JSON: not a string'],
    ['{', 'not valid JSON: expected a name in double quotes'],
    ['{"Id":"x"', 'not valid JSON: expected `,` or `}`'],
    ['[', 'not valid JSON: expected a JSON value'],
    ['', 'not valid JSON: expected a JSON value'],
    ['"x"', 'expected an object'],
    ['"\u20ac"', 'contains a character that IAM does not allow (allowed: U+0020 to U+00FF)'],
    ['{"\u20ac":1}', 'contains a character that IAM does not allow (allowed: U+0020 to U+00FF)'],
  ])('%j: %s', (text, reason) => {
    expect(parsePolicy(text, 'identity').problem?.reason).toBe(reason);
  });

  test('32 levels are read, 33 are not', () => {
    const nested = (levels: number): string => `{"Id":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(parsePolicy(nested(32), 'identity').problem?.reason).toBe('expected text');
    expect(parsePolicy(nested(33), 'identity').problem).toEqual({ place: `Id${'[0]'.repeat(32)}`, reason: 'nested too deeply' });
    const deep = JSON.parse(nested(33)) as Record<string, unknown>;
    expect(parsePolicy(deep, 'identity').problem).toEqual({ place: `Id${'[0]'.repeat(32)}`, reason: 'nested too deeply' });
    expect(parsePolicy(JSON.parse(nested(32)) as Record<string, unknown>, 'identity').problem?.reason).toBe('expected text');
    expect(parsePolicy(`${'['.repeat(40)}`, 'identity').problem?.place).toMatch(/^\[0\]/);
  });

  test('half a million characters are read', () => {
    expect(parsePolicy(`${' '.repeat(499_998)}{}`, 'identity').problem?.reason).toBe('is missing');
    expect(parsePolicy(`${' '.repeat(499_999)}{}`, 'identity').problem).toEqual({
      place: 'document',
      reason: 'longer than 500000 characters',
    });
  });
});
