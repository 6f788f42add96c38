// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, allowWhen, deny, denyWhen, trust } from '../statements.ts';

export const CONDITION_SETS: CaseTable = {
  identity: [
    widened('ForAllValues:StringEquals a → ForAllValues:StringEquals a|b', 'more values are allowed', [
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })],
    ]),
    widened('ForAnyValue:StringEquals a → ForAnyValue:StringEquals a|b', 'more values suffice', [
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })],
    ]),
    changed('ForAllValues:StringEquals a → ForAnyValue:StringEquals a', 'absent passes ForAllValues, a mixed set ForAnyValue', [
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } })],
    ]),
    same('ForAllValues:StringEquals a → ForAllValues:StringEqualsIfExists a', 'ForAllValues is true of an absent key anyway', [
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { 'ForAllValues:StringEqualsIfExists': { 'aws:TagKeys': ['a'] } })],
    ]),
    changed('ForAnyValue:StringEquals a → ForAnyValue:StringEqualsIfExists a', "AWS's pages are at odds on an absent key", [
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': ['a'] } })],
    ]),
    same('ForAllValues:StringLike a* → ForAllValues:StringLike a*|ab', 'covered', [
      [allow('s3:*', '*', { 'ForAllValues:StringLike': { 'aws:TagKeys': ['a*'] } })],
      [allow('s3:*', '*', { 'ForAllValues:StringLike': { 'aws:TagKeys': ['a*', 'ab'] } })],
    ]),
    narrowed('ForAllValues:StringNotEquals a → ForAllValues:StringNotEquals a|b', 'no value may be b', [
      [allow('s3:*', '*', { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['a', 'b'] } })],
    ]),
    narrowed('ForAnyValue:StringNotEquals a → ForAnyValue:StringNotEquals a|b', 'one value has to be neither', [
      [allow('s3:*', '*', { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a', 'b'] } })],
    ]),
    changed('ForAnyValue:StringNotEquals a → ForAllValues:StringNotEquals a', 'some against all', [
      [allow('s3:*', '*', { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['a'] } })],
    ]),
    changed('ForAnyValue:StringEquals a → StringEquals a', 'a plain operator on several values is undefined', [
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:TagKeys': ['a'] } })],
    ]),
    same('ForAnyValue:StringLike * → Null false', 'Any value at all; neither finds one where all that is there is an empty text.', [
      [allow('s3:*', '*', { 'ForAnyValue:StringLike': { 'aws:TagKeys': '*' } })],
      [allow('s3:*', '*', { Null: { 'aws:TagKeys': 'false' } })],
    ]),
    same('ForAnyValue in one statement or in two', 'some value is a, or some is b', [
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })],
      [
        allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }),
        allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'b' } }),
      ],
    ]),
    narrowed('ForAllValues in one statement or in two', 'the set of a and b passes neither', [
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })],
      [
        allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }),
        allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'b' } }),
      ],
    ]),
    widened('any of a and any of b', 'one of them suffices now', [
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' }, 'ForAnyValue:StringLike': { 'aws:TagKeys': 'b' } })],
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } })],
    ]),
    widened('any and all', 'other keys are let in', [
      [
        allow('s3:*', '*', {
          'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] },
        }),
      ],
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } })],
    ]),
    widened('all with presence', 'absence is let in', [
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] }, Null: { 'aws:TagKeys': 'false' } })],
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } })],
    ]),
    narrowed('deny any other than all allowed', 'the same requests are allowed; the others are denied instead of left', [
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*'), deny('s3:*', '*', { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a'] } })],
    ]),
    widened('all of numbers', 'a higher bound', [
      [allow('s3:*', '*', { 'ForAllValues:NumericLessThan': { 'aws:TagKeys': 10 } })],
      [allow('s3:*', '*', { 'ForAllValues:NumericLessThan': { 'aws:TagKeys': 20 } })],
    ]),
    narrowed('any of addresses', 'half of the range', [
      [allow('s3:*', '*', { 'ForAnyValue:IpAddress': { 'aws:TagKeys': '10.0.0.0/8' } })],
      [allow('s3:*', '*', { 'ForAnyValue:IpAddress': { 'aws:TagKeys': '10.0.0.0/9' } })],
    ]),
    same('any of ARNs', 'ArnEquals is ArnLike', [
      [allow('s3:*', '*', { 'ForAnyValue:ArnLike': { 'aws:TagKeys': 'arn:aws:s3:::a*' } })],
      [allow('s3:*', '*', { 'ForAnyValue:ArnEquals': { 'aws:TagKeys': 'arn:aws:s3:::a*' } })],
    ]),
    same('any of booleans', 'true is "true"', [
      [allow('s3:*', '*', { 'ForAnyValue:Bool': { 'aws:SecureTransport': 'true' } })],
      [allow('s3:*', '*', { 'ForAnyValue:Bool': { 'aws:SecureTransport': true } })],
    ]),
    changed('a plain operator beside a quantified one of the same value', 'what a plain operator makes of several values is not said', [
      [allowWhen({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } })],
      [allowWhen({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' }, StringEquals: { 'aws:TagKeys': 'a' } })],
    ]),
    same('some value is a and none is; some is b and none is', 'neither is ever true', [
      [allowWhen({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' }, 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'a' } })],
      [allowWhen({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'b' }, 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'b' } })],
    ]),
    same('all are a or b, and some is neither; never', 'neither is ever true', [
      [
        allowWhen({
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] },
          'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a', 'b'] },
        }),
      ],
      [allowWhen({ StringEquals: { 'aws:x': 'x' }, Null: { 'aws:x': 'true' } })],
    ]),
    narrowed(
      'two values are asked for, and that the key is there',
      'a request with both values was allowed; Null is a matter of the key, not of its values',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::base'),
          allowWhen({
            'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' },
            'ForAnyValue:StringLike': { 'aws:TagKeys': 'b' },
            Null: { 'aws:TagKeys': 'false' },
          }),
        ],
        [allow('s3:GetObject', 'arn:aws:s3:::base')],
      ],
    ),
    changed(
      'a plain operator and one for any value, of different values',
      'one value is never both, but what the plain operator makes of the values a and b is not said',
      [
        [allow('s3:GetObject')],
        [allow('s3:GetObject'), denyWhen({ StringEquals: { 'aws:TagKeys': 'a' }, 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'b' } })],
      ],
    ),
    same('some value is that of a variable that is absent', 'no value is that of an absent variable, however many there are', [
      [
        allow('s3:GetObject', 'arn:aws:s3:::x'),
        allowWhen({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': '${aws:username}' }, Null: { 'aws:username': 'true' } }),
      ],
      [allow('s3:GetObject', 'arn:aws:s3:::x')],
    ]),
    changed(
      'all values are that of one variable, some are a and some are b',
      'never so in truth; that one variable can not be two values is not followed',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::base'),
          allowWhen({
            'ForAllValues:StringEquals': { 'aws:TagKeys': '${aws:username}' },
            'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' },
            'ForAnyValue:StringLike': { 'aws:TagKeys': 'b' },
          }),
        ],
        [allow('s3:GetObject', 'arn:aws:s3:::base')],
      ],
    ),
    changed('some value is a number that is none', 'nobody can tell what that takes, of one value or of several', [
      [allow('s3:GetObject', 'arn:aws:s3:::base'), allowWhen({ 'ForAnyValue:NumericEquals': { 'aws:TagKeys': 'many' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::base')],
    ]),
    same(
      'three values are asked for, one of them that of a variable that is absent',
      'no value is that of an absent variable, whatever the others are',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::base'),
          allowWhen({
            'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' },
            'ForAnyValue:StringLike': { 'aws:TagKeys': 'b' },
            'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': '${aws:username}' },
            Null: { 'aws:username': 'true' },
          }),
        ],
        [allow('s3:GetObject', 'arn:aws:s3:::base')],
      ],
    ),
    narrowed('a value between two whole numbers, and another', '4 and 10.5 are such values: numbers are whole or decimal', [
      [
        allow('s3:GetObject', 'arn:aws:s3:::base'),
        allowWhen({
          'ForAllValues:NumericLessThan': { 'aws:TagKeys': 11 },
          'ForAnyValue:NumericGreaterThan': { 'aws:TagKeys': 10 },
          'ForAnyValue:NumericLessThanEquals': { 'aws:TagKeys': 4 },
        }),
      ],
      [allow('s3:GetObject', 'arn:aws:s3:::base')],
    ]),
    narrowed('a value above and a value below, where one value may be both', 'one value of 10.5 is not sure to be, but 5 and 11 are', [
      [
        allow('s3:GetObject', 'arn:aws:s3:::base'),
        allowWhen({
          'ForAnyValue:NumericGreaterThan': { 'aws:TagKeys': 10 },
          'ForAnyValue:NumericLessThan': { 'aws:TagKeys': 11 },
          'ForAllValues:NumericGreaterThanEquals': { 'aws:TagKeys': 5 },
        }),
      ],
      [allow('s3:GetObject', 'arn:aws:s3:::base')],
    ]),
    changed('ForAllValues is IfExists, of a key of one value', 'a tag may be empty, and a quantifier finds no value in that', [
      [allowWhen({ StringEqualsIfExists: { 'aws:ResourceTag/team': 'a' } })],
      [allowWhen({ 'ForAllValues:StringEquals': { 'aws:ResourceTag/team': 'a' } })],
    ]),
    widened('ForAnyValue and a negated operator, of a key of one value', 'where there is no region it is no longer denied', [
      [allow('*'), deny('*', '*', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } })],
      [allow('*'), deny('*', '*', { 'ForAnyValue:StringNotEquals': { 'aws:RequestedRegion': 'eu-west-1' } })],
    ]),
    same('ForAllValues is IfExists, of a key that is never empty', 'there is one value or none', [
      [allowWhen({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'a' } })],
      [allowWhen({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'a' } })],
    ]),
    changed('ForAllValues is IfExists, of a key that may be empty', 'a quantifier finds no value in an empty text', [
      [allowWhen({ 'ForAllValues:StringEquals': { 'aws:UserAgent': 'a' } })],
      [allowWhen({ StringEqualsIfExists: { 'aws:UserAgent': 'a' } })],
    ]),
    changed('IfExists of two, and ForAllValues of one of them', 'a quantifier finds no value in an empty text', [
      [allowWhen({ StringEqualsIfExists: { 'aws:PrincipalTag/team': ['a', 'b'] } })],
      [allowWhen({ 'ForAllValues:StringEquals': { 'aws:PrincipalTag/team': 'a' } })],
    ]),
    changed('a Deny of all that is not empty', 'a quantifier finds no value in an empty text', [
      [allow('s3:GetObject'), denyWhen({ StringLikeIfExists: { 'aws:PrincipalTag/team': '?*' } })],
      [allow('s3:GetObject'), denyWhen({ 'ForAllValues:StringLike': { 'aws:PrincipalTag/team': '?*' } })],
    ]),
    changed('some value is empty', 'a quantifier finds no value in an empty text', [
      [allowWhen({ StringEquals: { 'aws:PrincipalTag/team': '' } })],
      [allowWhen({ 'ForAnyValue:StringEquals': { 'aws:PrincipalTag/team': '' } })],
    ]),
    same('a variable in a set, where the value may be empty', 'the same values', [
      [allowWhen({ 'ForAnyValue:StringEquals': { 'aws:PrincipalTag/team': ['${aws:username}', 'b'] } })],
      [allowWhen({ 'ForAnyValue:StringEquals': { 'aws:PrincipalTag/team': ['b', '${aws:username}'] } })],
    ]),
    changed('two values of a key with several, without a quantifier', 'there may be both, and nobody says what holds then', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/')],
      [allow('s3:GetObject', 'arn:aws:s3:::b/'), allowWhen({ StringEquals: { 'aws:TagKeys': 'a' }, StringLike: { 'aws:TagKeys': 'b' } })],
    ]),
    same('two values of a key with one', 'no value is both', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/')],
      [allow('s3:GetObject', 'arn:aws:s3:::b/'), allowWhen({ StringEquals: { 'aws:username': 'a' }, StringLike: { 'aws:username': 'b' } })],
    ]),
    changed('ForAnyValue with IfExists and any value, or no condition', "AWS's pages are at odds on an absent key", [
      [allowWhen({ 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': '*' } })],
      [allow('s3:GetObject')],
    ]),
    changed('ForAnyValue with IfExists and any value, or no key', "AWS's pages are at odds on an absent key", [
      [allowWhen({ 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': '*' } })],
      [allowWhen({ Null: { 'aws:TagKeys': 'true' } })],
    ]),
    changed('a Deny by ForAnyValue with IfExists, or without it', "AWS's pages are at odds on an absent key", [
      [allow('s3:GetObject'), denyWhen({ 'ForAnyValue:StringNotEqualsIfExists': { 'aws:PrincipalOrgID': 'o-1' } })],
      [allow('s3:GetObject'), denyWhen({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } })],
    ]),
    changed('ForAnyValue with IfExists beside ForAllValues', 'a quantifier finds no value in an empty text', [
      [allowWhen({ 'ForAllValues:StringEquals': { 'x:k': 'a' }, 'ForAnyValue:StringEqualsIfExists': { 'x:k': 'a' } })],
      [allowWhen({ 'ForAllValues:StringEquals': { 'x:k': 'a' } })],
    ]),
    changed('an empty text and not a number', 'whether an empty text is not 5 is not documented', [
      [
        allowWhen({
          'ForAllValues:StringEquals': { 'x:k': 'a' },
          'ForAllValues:StringLike': { 'x:k': 'b' },
          NumericNotEquals: { 'x:k': '5' },
        }),
      ],
      [allowWhen({ 'ForAllValues:StringEquals': { 'x:k': 'a' }, 'ForAllValues:StringLike': { 'x:k': 'b' } })],
    ]),
    same('an empty text or not, beside ForAllValues', 'every value is the one or the other', [
      [allowWhen({ 'ForAllValues:StringEquals': { 'aws:PrincipalTag/x': 'a' } })],
      [
        allowWhen({ 'ForAllValues:StringEquals': { 'aws:PrincipalTag/x': 'a' }, StringLike: { 'aws:PrincipalTag/x': '' } }),
        allowWhen({ 'ForAllValues:StringEquals': { 'aws:PrincipalTag/x': 'a' }, StringNotLike: { 'aws:PrincipalTag/x': '' } }),
      ],
    ]),
    changed('an empty text, no user name, and a set', 'a quantifier finds no value in an empty text, and that is not a', [
      [allowWhen({ 'ForAllValues:StringEquals': { 'x:k': 'a' }, Null: { 'aws:username': 'true' } })],
      [
        allowWhen({
          'ForAllValues:StringEquals': { 'x:k': 'a' },
          StringEqualsIfExists: { 'x:k': ['a', '${aws:username}'] },
          Null: { 'aws:username': 'true' },
        }),
      ],
    ]),
    changed('an empty tag that a resource names, under a quantifier or not', 'a quantifier finds no value in an empty text', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:PrincipalTag/x}/*', { 'ForAllValues:StringEquals': { 'aws:PrincipalTag/x': 'a' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:PrincipalTag/x}/*', { StringEqualsIfExists: { 'aws:PrincipalTag/x': 'a' } })],
    ]),
    changed('an empty tag, no user name, and a set', 'a quantifier finds no value in an empty text, and that is not a', [
      [allowWhen({ 'ForAllValues:StringEquals': { 'aws:PrincipalTag/x': 'a' }, Null: { 'aws:username': 'true' } })],
      [
        allowWhen({
          'ForAllValues:StringEquals': { 'aws:PrincipalTag/x': 'a' },
          StringEqualsIfExists: { 'aws:PrincipalTag/x': ['a', '${aws:username}'] },
          Null: { 'aws:username': 'true' },
        }),
      ],
    ]),
    changed(
      'sts:TransitiveTagKeys: a plain operator and its negation denied',
      'has several values, and what a plain operator makes of them is not documented',
      [
        [allow('s3:GetObject'), deny('s3:GetObject')],
        [
          allow('s3:GetObject'),
          denyWhen({ StringEquals: { 'sts:TransitiveTagKeys': 'a' } }),
          denyWhen({ StringNotEquals: { 'sts:TransitiveTagKeys': 'a' } }),
        ],
      ],
    ),
    changed(
      'cognito-identity.amazonaws.com:amr: a plain operator and its negation denied',
      'has several values, and what a plain operator makes of them is not documented',
      [
        [allow('s3:GetObject'), deny('s3:GetObject')],
        [
          allow('s3:GetObject'),
          denyWhen({ StringEquals: { 'cognito-identity.amazonaws.com:amr': 'a' } }),
          denyWhen({ StringNotEquals: { 'cognito-identity.amazonaws.com:amr': 'a' } }),
        ],
      ],
    ),
    changed(
      'kms:EncryptionContextKeys: a plain operator and its negation denied',
      'has several values, and what a plain operator makes of them is not documented',
      [
        [allow('s3:GetObject'), deny('s3:GetObject')],
        [
          allow('s3:GetObject'),
          denyWhen({ StringEquals: { 'kms:EncryptionContextKeys': 'a' } }),
          denyWhen({ StringNotEquals: { 'kms:EncryptionContextKeys': 'a' } }),
        ],
      ],
    ),
    changed(
      'kms:GrantOperations: a plain operator and its negation denied',
      'has several values, and what a plain operator makes of them is not documented',
      [
        [allow('s3:GetObject'), deny('s3:GetObject')],
        [
          allow('s3:GetObject'),
          denyWhen({ StringEquals: { 'kms:GrantOperations': 'a' } }),
          denyWhen({ StringNotEquals: { 'kms:GrantOperations': 'a' } }),
        ],
      ],
    ),
    changed(
      'saml:mail: a plain operator and its negation denied',
      'has several values, and what a plain operator makes of them is not documented',
      [
        [allow('s3:GetObject'), deny('s3:GetObject')],
        [allow('s3:GetObject'), denyWhen({ StringEquals: { 'saml:mail': 'a' } }), denyWhen({ StringNotEquals: { 'saml:mail': 'a' } })],
      ],
    ),
    changed('a set with a value that can not be read, and another', 'Nobody says whether any value is equal to what is no number.', [
      [allow('s3:Put'), allowWhen({ 'ForAnyValue:NumericEquals': { 'x:n': 'abc' }, 'ForAnyValue:NumericLessThan': { 'x:n': '5' } })],
      [allow('s3:Put')],
    ]),
    changed(
      'an empty text that is no value of a set alone, beside an absent variable',
      'Without the tag nothing is like it; but the set may find no value in an empty text.',
      [
        [
          allow('s3:Put'),
          allowWhen({
            Null: { 'aws:PrincipalTag/x': 'true' },
            'ForAllValues:StringEquals': { 'x:k': '${aws:PrincipalTag/x}' },
            StringEquals: { 'x:k': '' },
          }),
        ],
        [allow('s3:Put')],
      ],
    ),
    same('an empty text that two patterns with one absent variable could be', 'Without the tag neither pattern is like anything.', [
      [
        allow('s3:Put'),
        allowWhen({
          Null: { 'aws:PrincipalTag/x': 'true', 'x:k': 'true' },
          StringLike: { 'x:k': ['${aws:PrincipalTag/x}', '${aws:PrincipalTag/x}*'] },
          'ForAllValues:StringEquals': { 'x:k': 'q' },
        }),
      ],
      [allow('s3:Put')],
    ]),
  ],
  trust: [
    widened('ForAllValues put to a key of one value', 'who is in no organization is let in', [
      [trust({ AWS: '*' }, 'sts:AssumeRole', { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } })],
      [trust({ AWS: '*' }, 'sts:AssumeRole', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a' } })],
    ]),
    widened('ForAllValues put to the subject of a token', 'a token without subject is let in', [
      [
        trust(
          { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' },
          'sts:AssumeRoleWithWebIdentity',
          { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:o/r:ref:refs/heads/main' } },
        ),
      ],
      [
        trust(
          { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' },
          'sts:AssumeRoleWithWebIdentity',
          { 'ForAllValues:StringEquals': { 'token.actions.githubusercontent.com:sub': 'repo:o/r:ref:refs/heads/main' } },
        ),
      ],
    ]),
    same('ForAllValues and presence, of a key of one value', 'one value, and it has to be there', [
      [trust({ AWS: '*' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })],
      [
        trust({ AWS: '*' }, 'sts:AssumeRole', {
          'ForAllValues:StringEquals': { 'sts:ExternalId': 'x' },
          Null: { 'sts:ExternalId': 'false' },
        }),
      ],
    ]),
    same('ForAnyValue put to a key of one value', 'any of one value', [
      [trust({ AWS: '*' }, 'sts:AssumeRole', { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a*' } })],
      [trust({ AWS: '*' }, 'sts:AssumeRole', { 'ForAnyValue:StringLike': { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a*' } })],
    ]),
    changed(
      'ForAnyValue against a plain operator, of a key that a provider may fill with several',
      'what a plain operator makes of several values is not said',
      [
        [
          trust(
            { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' },
            'sts:AssumeRoleWithWebIdentity',
            { StringEquals: { 'cognito-identity.amazonaws.com:amr': 'authenticated' } },
          ),
        ],
        [
          trust(
            { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' },
            'sts:AssumeRoleWithWebIdentity',
            { 'ForAnyValue:StringEquals': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } },
          ),
        ],
      ],
    ),
  ],
};
