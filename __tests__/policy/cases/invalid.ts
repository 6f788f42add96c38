// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type CaseTable, invalid, reported } from '../case.ts';
import { allow, allowWhen, trust } from '../statements.ts';

export const INVALID: CaseTable = {
  identity: [
    invalid('no JSON', 'cut off', [[allow('s3:GetObject')], '{"Version":']),
    invalid('empty text', 'no document', [[allow('s3:GetObject')], '']),
    invalid('trailing comma', 'JSON takes none', [
      [allow('s3:GetObject')],
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},]}',
    ]),
    invalid('text after the document', 'not JSON', [
      [allow('s3:GetObject')],
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}x',
    ]),
    invalid('single quotes', 'not JSON', [[allow('s3:GetObject')], "{'Version':'2012-10-17'}"]),
    invalid('a list', 'a document is an object', [[allow('s3:GetObject')], '[]']),
    invalid('null', 'a document is an object', [[allow('s3:GetObject')], 'null']),
    invalid('a number', 'a document is an object', [[allow('s3:GetObject')], '7']),
    invalid('duplicate Version', 'IAM refuses repeated names', [
      [allow('s3:GetObject')],
      '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    ]),
    invalid('duplicate Effect', 'IAM refuses repeated names', [
      [allow('s3:GetObject')],
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    ]),
    invalid('duplicate condition key', 'IAM refuses repeated names', [
      [allow('s3:GetObject')],
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:x":"1","aws:x":"2"}}}]}',
    ]),
    invalid('duplicate name by escape', 'the same name once unescaped', [
      [allow('s3:GetObject')],
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","\\u0041ction":"s3:*","Resource":"*"}]}',
    ]),
    invalid('unknown Version', 'there are two versions', [
      [allow('s3:GetObject')],
      { Version: '2012-10-18', Statement: [allow('s3:GetObject')] },
    ]),
    invalid('Version as number', 'a version is text', [
      [allow('s3:GetObject')],
      '{"Version":2012,"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    ]),
    invalid('Version null', 'a version is text', [[allow('s3:GetObject')], { Version: null, Statement: [allow('s3:GetObject')] }]),
    invalid('Id of another type', 'an Id is text', [
      [allow('s3:GetObject')],
      { Version: '2012-10-17', Statement: [allow('s3:GetObject')], Id: 7 },
    ]),
    invalid('unknown element', 'the grammar has no such element', [
      [allow('s3:GetObject')],
      { Version: '2012-10-17', Statement: [allow('s3:GetObject')], Comment: 'x' },
    ]),
    invalid('misspelt Statement', 'the grammar has no such element', [
      [allow('s3:GetObject')],
      { Version: '2012-10-17', Statements: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
    ]),
    invalid('lower-case statement', 'names of elements keep case', [
      [allow('s3:GetObject')],
      { Version: '2012-10-17', statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
    ]),
    invalid('no Statement', 'a document has statements', [[allow('s3:GetObject')], { Version: '2012-10-17' }]),
    invalid('empty Statement', 'at least one', [[allow('s3:GetObject')], []]),
    invalid('Statement as text', 'a statement is an object', [[allow('s3:GetObject')], { Version: '2012-10-17', Statement: 'x' }]),
    invalid('a statement as text', 'a statement is an object', [[allow('s3:GetObject')], ['x']]),
    invalid('no Effect', 'every statement has one', [[allow('s3:GetObject')], [{ Action: 's3:*', Resource: '*' }]]),
    invalid('lower-case effect', 'Effect keeps case', [[allow('s3:GetObject')], [{ Effect: 'allow', Action: 's3:*', Resource: '*' }]]),
    invalid('Effect as list', 'one word', [[allow('s3:GetObject')], [{ Effect: ['Allow'], Action: 's3:*', Resource: '*' }]]),
    invalid('no Action', 'Action or NotAction', [[allow('s3:GetObject')], [{ Effect: 'Allow', Resource: '*' }]]),
    invalid('Action and NotAction', 'one of the two', [
      [allow('s3:GetObject')],
      [{ Effect: 'Allow', Action: 's3:*', Resource: '*', NotAction: 'iam:*' }],
    ]),
    invalid('empty Action', 'at least one', [[allow('s3:GetObject')], [allow([])]]),
    invalid('Action without a prefix', 'service:Name', [[allow('s3:GetObject')], [allow('GetObject')]]),
    invalid('Action with a wildcard in the service', 'wildcards in the name only', [[allow('s3:GetObject')], [allow('s*:GetObject')]]),
    invalid('Action with a wildcard for the service', 'wildcards in the name only', [[allow('s3:GetObject')], [allow('*:GetObject')]]),
    invalid('Action with a space', 'no such character in an action', [[allow('s3:GetObject')], [allow('s3: GetObject')]]),
    invalid('Action with a number', 'an action is text', [
      [allow('s3:GetObject')],
      [{ Effect: 'Allow', Action: ['s3:*', 7], Resource: '*' }],
    ]),
    invalid('misspelt Action', 'the grammar has no such element', [
      [allow('s3:GetObject')],
      [{ Effect: 'Allow', Actions: 's3:*', Resource: '*' }],
    ]),
    invalid('empty Action text', 'service:Name', [[allow('s3:GetObject')], [allow('')]]),
    invalid('no Resource', 'an identity policy names resources', [[allow('s3:GetObject')], [{ Effect: 'Allow', Action: 's3:*' }]]),
    invalid('Resource and NotResource', 'one of the two', [
      [allow('s3:GetObject')],
      [{ Effect: 'Allow', Action: 's3:*', Resource: '*', NotResource: '*' }],
    ]),
    invalid('empty Resource', 'at least one', [[allow('s3:GetObject')], [allow('s3:*', [])]]),
    invalid('Resource that is no ARN', 'an ARN or *', [[allow('s3:GetObject')], [allow('s3:*', 'my-bucket')]]),
    invalid('Resource with too few segments', 'a service is asked for', [[allow('s3:GetObject')], [allow('s3:*', 'arn:aws')]]),
    invalid('Resource with a wildcard for the service', 'none in the service', [[allow('s3:GetObject')], [allow('s3:*', 'arn:aws:*:::x')]]),
    invalid('Resource with a wildcard in the service', 'none in the service', [[allow('s3:GetObject')], [allow('s3:*', 'arn:aws:s?:::x')]]),
    invalid('Resource null', 'an ARN or *', [[allow('s3:GetObject')], [{ Effect: 'Allow', Action: 's3:*', Resource: null }]]),
    invalid('Resource with ARN in upper case', 'an ARN starts with arn', [[allow('s3:GetObject')], [allow('s3:*', 'ARN:aws:s3:::x')]]),
    invalid('Principal in an identity policy', 'it is attached to its principal', [
      [allow('s3:GetObject')],
      [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Principal: '*' }],
    ]),
    invalid('NotPrincipal in an identity policy', 'it is attached to its principal', [
      [allow('s3:GetObject')],
      [{ Effect: 'Allow', Action: 's3:*', Resource: '*', NotPrincipal: '*' }],
    ]),
    invalid('Sid with a space', 'letters and digits', [[allow('s3:GetObject')], [{ Sid: 'my sid', ...allow('s3:*') }]]),
    invalid('Sid with a dash', 'letters and digits', [[allow('s3:GetObject')], [{ Sid: 'my-sid', ...allow('s3:*') }]]),
    invalid('Sid twice', 'Sids are unique', [
      [allow('s3:GetObject')],
      [
        { Sid: 'a', ...allow('s3:*') },
        { Sid: 'a', ...allow('iam:*') },
      ],
    ]),
    invalid('Sid of another type', 'a Sid is text', [[allow('s3:GetObject')], [{ Sid: 7, ...allow('s3:*') }]]),
    invalid('unknown operator', 'misspelt', [
      [allow('s3:GetObject')],
      [allow('s3:*', '*', { StringEqual: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    invalid('operator in another case', 'operators keep case', [
      [allow('s3:GetObject')],
      [allow('s3:*', '*', { stringequals: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    invalid('NullIfExists', 'Null takes no IfExists', [
      [allow('s3:GetObject')],
      [allow('s3:*', '*', { NullIfExists: { 'aws:PrincipalOrgID': 'true' } })],
    ]),
    invalid('ForAnyValue:Null', 'Null takes no quantifier', [
      [allow('s3:GetObject')],
      [allow('s3:*', '*', { 'ForAnyValue:Null': { 'aws:PrincipalOrgID': 'true' } })],
    ]),
    invalid('unknown quantifier', 'two quantifiers', [
      [allow('s3:GetObject')],
      [allow('s3:*', '*', { 'ForSomeValues:StringEquals': { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    invalid('Condition as list', 'an object', [[allow('s3:GetObject')], [allow('s3:*', '*', [])]]),
    invalid('Condition as text', 'an object', [
      [allow('s3:GetObject')],
      [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: 'x' }],
    ]),
    invalid('operator with text', 'an object of keys', [[allow('s3:GetObject')], [allow('s3:*', '*', { StringEquals: 'x' })]]),
    invalid('condition key without a prefix', 'service:name', [
      [allow('s3:GetObject')],
      [allow('s3:*', '*', { StringEquals: { username: 'x' } })],
    ]),
    invalid('condition value null', 'text, number or boolean', [
      [allow('s3:GetObject')],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': null } })],
    ]),
    invalid('condition value object', 'text, number or boolean', [
      [allow('s3:GetObject')],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': { a: 1 } } })],
    ]),
    invalid('condition value list in list', 'one level', [
      [allow('s3:GetObject')],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': [['x']] } })],
    ]),
    invalid('a character over U+00FF', 'outside of what IAM takes', [[allow('s3:GetObject')], [allow('s3:*', 'arn:aws:s3:::b–c')]]),
    invalid('a character over U+00FF in a Sid', 'outside of what IAM takes', [
      [allow('s3:GetObject')],
      '{"Version":"2012-10-17","Statement":[{"Sid":"é€","Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
    ]),
    invalid('a control character', 'outside of what IAM takes', [[allow('s3:GetObject')], [allow('s3:*', 'arn:aws:s3:::b\u0007c')]]),
    invalid('a trust policy', 'Principal has no place here', [[allow('s3:GetObject')], [trust({ AWS: '222222222222' })]]),
    invalid('both invalid', 'neither is a policy', ['{}', '{}']),
    invalid('one key in two spellings under one operator', 'AWS calls it an error, and does not say which one counts', [
      [allowWhen({ StringEquals: { 'aws:x': 'x' } })],
      [allowWhen({ StringEquals: { 'aws:x': 'x', 'AWS:X': 'y' } })],
    ]),
    invalid('text with null for a value', 'text, number or boolean', [
      [allowWhen({ StringEquals: { 'aws:x': 'x' } })],
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:x":null}}}]}',
    ]),
    invalid('text with null for an Id', 'an Id is text', [
      [allow('s3:*')],
      '{"Id":null,"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
    ]),
    invalid('a condition key that begins with a colon', 'service:name', [
      [allowWhen({ StringEquals: { 'aws:x': 'x' } })],
      [allowWhen({ StringEquals: { ':aws:x': 'x' } })],
    ]),
    invalid('a resource in an account of 11 digits', 'twelve digits', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('sts:AssumeRole', 'arn:aws:iam::22222222222:role/Micetro')],
    ]),
    invalid('a resource in an account of 13 digits', 'twelve digits', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('sts:AssumeRole', 'arn:aws:iam::2222222222222:role/Micetro')],
    ]),
    ...reported('https://github.com/ryanto/next-s3-upload/issues/58', [
      invalid('a resource in an account whose place is still to be filled', 'twelve digits', [
        [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
        [allow('sts:AssumeRole', 'arn:aws:iam::ACCOUNT_ID:role/Micetro')],
      ]),
    ]),
    invalid('a resource in an account in brackets', 'twelve digits', [
      [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('sts:AssumeRole', 'arn:aws:iam::<account>:role/Micetro')],
    ]),
    ...reported('https://github.com/getmoto/moto/blob/master/tests/test_iam/test_iam_policies.py', [
      invalid('a role in a region', 'IAM has no regions', [
        [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
        [allow('sts:AssumeRole', 'arn:aws:iam:us-east-1:222222222222:role/Micetro')],
      ]),
      invalid('a role without its type', 'role/ is missing', [
        [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
        [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:Micetro')],
      ]),
      invalid('a role with a misspelt type', 'IAM has no such type', [
        [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Micetro')],
        [allow('sts:AssumeRole', 'arn:aws:iam::222222222222:roles/Micetro')],
      ]),
      invalid('a date that is none', 'IAM refuses it', [
        [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
        [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } })],
      ]),
      invalid('a date of a thirteenth month', 'IAM refuses it', [
        [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
        [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-13-01' } })],
      ]),
      invalid('a date with an offset of one digit', 'IAM refuses it', [
        [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
        [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-12-13T02:00:00+1' } })],
      ]),
      invalid('one date of two that is none', 'IAM refuses it', [
        [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } })],
        [allow('s3:*', '*', { DateLessThan: { 'aws:CurrentTime': ['2026-01-01', ''] } })],
      ]),
    ]),
    invalid('a variable where the service stands, in a version without variables', 'A dollar sign is in no service.', [
      { Version: '2008-10-17', Statement: [allow('s3:GetObject', 'arn:aws:${aws:username}:::x')] },
      { Version: '2008-10-17', Statement: [allow('s3:GetObject')] },
    ]),
  ],
  trust: [
    invalid('an identity policy', 'Resource has no place here', [[trust({ AWS: '222222222222' })], [allow('s3:GetObject')]]),
    invalid('Resource in a trust policy', 'the role itself is the resource', [
      [trust({ AWS: '222222222222' })],
      [{ Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'sts:AssumeRole', Resource: '*' }],
    ]),
    invalid('NotResource in a trust policy', 'the role itself is the resource', [
      [trust({ AWS: '222222222222' })],
      [{ Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'sts:AssumeRole', NotResource: '*' }],
    ]),
    invalid('no Principal', 'a trust policy names who', [
      [trust({ AWS: '222222222222' })],
      [{ Effect: 'Allow', Action: 'sts:AssumeRole' }],
    ]),
    invalid('NotPrincipal', 'refused in trust policies', [
      [trust({ AWS: '222222222222' })],
      [{ Effect: 'Allow', NotPrincipal: { AWS: '222222222222' }, Action: 'sts:AssumeRole' }],
    ]),
    invalid('an action outside sts', 'only actions of sts:', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }, 's3:GetObject')],
    ]),
    invalid('every action', 'only actions of sts:', [[trust({ AWS: '222222222222' })], [trust({ AWS: '222222222222' }, '*')]]),
    invalid('an action outside sts among others', 'only actions of sts:', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }, ['sts:AssumeRole', 'iam:PassRole'])],
    ]),
    invalid('an unknown type of principal', 'the grammar has four', [
      [trust({ AWS: '222222222222' })],
      [trust({ Account: '222222222222' })],
    ]),
    invalid('kind of principal in another case', 'kinds keep case', [[trust({ AWS: '222222222222' })], [trust({ aws: '222222222222' })]]),
    invalid('an account id of 11 digits', 'twelve digits', [[trust({ AWS: '222222222222' })], [trust({ AWS: '22222222222' })]]),
    invalid('an account id as number', 'an id is text', [[trust({ AWS: '222222222222' })], [trust({ AWS: 222222222222 })]]),
    invalid('a group', 'groups are no principals', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: 'arn:aws:iam::222222222222:group/admins' })],
    ]),
    invalid('a wildcard in a user', 'no partial wildcards', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: 'arn:aws:iam::222222222222:user/*' })],
    ]),
    invalid('a wildcard in the account', 'no partial wildcards', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: 'arn:aws:iam::*:root' })],
    ]),
    invalid('a wildcard in a session', 'no partial wildcards', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: 'arn:aws:sts::222222222222:assumed-role/App/*' })],
    ]),
    invalid('a policy ARN', 'no principal', [[trust({ AWS: '222222222222' })], [trust({ AWS: 'arn:aws:iam::222222222222:policy/x' })]]),
    invalid('a role in sts', 'roles are of iam', [[trust({ AWS: '222222222222' })], [trust({ AWS: 'arn:aws:sts::222222222222:role/x' })]]),
    invalid('an empty list of principals', 'names nobody', [[trust({ AWS: '222222222222' })], [trust({ AWS: [] })]]),
    invalid('an empty Principal', 'names nobody', [[trust({ AWS: '222222222222' })], [trust({})]]),
    invalid('a principal as plain text', 'an object, or *', [[trust({ AWS: '222222222222' })], [trust('222222222222')]]),
    invalid('a service without a dot', 'a service is named by its domain', [[trust({ AWS: '222222222222' })], [trust({ Service: 'ec2' })]]),
    invalid('a service with a wildcard', 'no partial wildcards', [
      [trust({ AWS: '222222222222' })],
      [trust({ Service: '*.amazonaws.com' })],
    ]),
    invalid('an empty principal', 'nobody', [[trust({ AWS: '222222222222' })], [trust({ AWS: '' })]]),
    invalid('a service by the ARN of a provider', 'a service is named by its domain', [
      [trust({ Service: 'ec2.amazonaws.com' })],
      [trust({ Service: 'arn:aws:iam::111111111111:saml-provider/x' })],
    ]),
    invalid('a kind that names nobody beside one that does', 'names nobody', [
      [trust({ Service: 'ec2.amazonaws.com' })],
      [trust({ AWS: [], Service: 'ec2.amazonaws.com' })],
    ]),
  ],
};
