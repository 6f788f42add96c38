// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, allowWhen, deny, denyWhen } from '../statements.ts';

export const CONDITION_PRESENCE: CaseTable = {
  identity: [
    widened('StringEquals x → Null false', 'any value', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'false' } })],
    ]),
    changed('StringEquals x → Null true', 'present against absent', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'true' } })],
    ]),
    changed('Null true → Null false', 'the opposite', [
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'true' } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'false' } })],
    ]),
    same('Null true → Null true', 'true is "true"', [
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'true' } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': true } })],
    ]),
    narrowed('Null true|false → Null true', 'either is always', [
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': ['true', 'false'] } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'true' } })],
    ]),
    same('StringLike * → Null false', 'any value, but present', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': '*' } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'false' } })],
    ]),
    same('StringNotLike * → Null true', 'only absence passes', [
      [allow('s3:*', '*', { StringNotLike: { 'aws:PrincipalOrgID': '*' } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'true' } })],
    ]),
    changed('StringEqualsIfExists x → StringEquals x|y', 'absent passes, y does not', [
      [allow('s3:*', '*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': ['x', 'y'] } })],
    ]),
    widened('StringEqualsIfExists x → StringEqualsIfExists x|y', 'one value more', [
      [allow('s3:*', '*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': ['x', 'y'] } })],
    ]),
    narrowed('StringNotEquals x → Null true', 'absence alone', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'true' } })],
    ]),
    same('Null of true or false is always', 'present or absent', [
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': ['true', 'false'] } })],
      [allow('s3:*')],
    ]),
    same('IfExists written out', 'equal or absent', [
      [allow('s3:*', '*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } }), allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'true' } })],
    ]),
    same('IfExists together with Null false', 'present and equal', [
      [allow('s3:*', '*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'x' }, Null: { 'aws:PrincipalOrgID': 'false' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    widened('negated together with Null false', 'absence is let in', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' }, Null: { 'aws:PrincipalOrgID': 'false' } })],
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    same('deny unless present and equal', 'a negated operator is true of an absent key anyway', [
      [allow('s3:*'), deny('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*'), deny('s3:*', '*', { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    widened('deny only where present', 'absence is no longer denied', [
      [allow('s3:*'), deny('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*'), deny('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' }, Null: { 'aws:PrincipalOrgID': 'false' } })],
    ]),
    widened('MFA by Bool or by BoolIfExists in a Deny', 'access keys without MFA have no such key: no longer denied', [
      [allow('s3:*'), deny('s3:*', '*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })],
      [allow('s3:*'), deny('s3:*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })],
    ]),
    changed('Null with a word that is neither', 'nobody knows what "maybe" asks', [
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'maybe' } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'true' } })],
    ]),
    changed('Null without values and without condition', 'nobody says whether it holds', [
      [allowWhen({ Null: { 'aws:x': [] } })],
      [allow('s3:GetObject')],
    ]),
    changed('Null without values, and never', 'nobody says whether it holds', [
      [allowWhen({ Null: { 'aws:x': [] } })],
      [allowWhen({ Null: { 'aws:x': 'true' }, StringEquals: { 'aws:x': 'x' } })],
    ]),
    changed('Null true, and Null with another word', 'nobody says what the word means', [
      [allowWhen({ Null: { 'aws:x': 'true' } })],
      [allowWhen({ Null: { 'aws:x': ['true', 'x'] } })],
    ]),
    changed('conditions in another order, and one of them changed', 'y was asked for, and z is now', [
      [allowWhen({ StringEquals: { 'aws:x': 'x', 'aws:y': 'y' } })],
      [allowWhen({ StringEquals: { 'aws:y': 'z', 'aws:x': 'x' } })],
    ]),
    widened('conditions in another order, and another statement beside', 'the order is no matter, and y may be w now', [
      [allowWhen({ StringEquals: { 'aws:x': 'x', 'aws:y': 'y' } })],
      [allowWhen({ StringEquals: { 'aws:y': 'y', 'aws:x': 'x' } }), allowWhen({ StringEquals: { 'aws:x': 'x', 'aws:y': 'w' } })],
    ]),
    same('IfExists on a tag, and its two halves', 'Where the key is there, it is a; where it is not, anything goes.', [
      [allowWhen({ StringEqualsIfExists: { 'aws:ResourceTag/team': 'a' } })],
      [allowWhen({ StringEquals: { 'aws:ResourceTag/team': 'a' } }), allowWhen({ Null: { 'aws:ResourceTag/team': 'true' } })],
    ]),
    same('a Deny with IfExists on a tag, and its two halves', 'Where the key is there, it is a; where it is not, anything goes.', [
      [allow('s3:GetObject'), denyWhen({ StringEqualsIfExists: { 'aws:ResourceTag/team': 'a' } })],
      [
        allow('s3:GetObject'),
        denyWhen({ StringEquals: { 'aws:ResourceTag/team': 'a' } }),
        denyWhen({ Null: { 'aws:ResourceTag/team': 'true' } }),
      ],
    ]),
    narrowed('IfExists on a tag, of which one half is gone', 'Requests with a are allowed no more.', [
      [allowWhen({ StringEqualsIfExists: { 'aws:ResourceTag/team': 'a' } })],
      [allowWhen({ Null: { 'aws:ResourceTag/team': 'true' } })],
    ]),
    same('any value of a tag, and its presence', 'Any text is like a star, an empty one too.', [
      [allowWhen({ StringLike: { 'aws:ResourceTag/team': '*' } })],
      [allowWhen({ Null: { 'aws:ResourceTag/team': 'false' } })],
    ]),
    same('IfExists on a key of a service, and its two halves', 'Where the key is there, it is a; where it is not, anything goes.', [
      [allowWhen({ StringEqualsIfExists: { 'ec2:InstanceType': 'a' } })],
      [allowWhen({ StringEquals: { 'ec2:InstanceType': 'a' } }), allowWhen({ Null: { 'ec2:InstanceType': 'true' } })],
    ]),
    same(
      'a Deny with IfExists on a key of a service, and its two halves',
      'Where the key is there, it is a; where it is not, anything goes.',
      [
        [allow('s3:GetObject'), denyWhen({ StringEqualsIfExists: { 'ec2:InstanceType': 'a' } })],
        [
          allow('s3:GetObject'),
          denyWhen({ StringEquals: { 'ec2:InstanceType': 'a' } }),
          denyWhen({ Null: { 'ec2:InstanceType': 'true' } }),
        ],
      ],
    ),
    narrowed('IfExists on a key of a service, of which one half is gone', 'Requests with a are allowed no more.', [
      [allowWhen({ StringEqualsIfExists: { 'ec2:InstanceType': 'a' } })],
      [allowWhen({ Null: { 'ec2:InstanceType': 'true' } })],
    ]),
    same('any value of a key of a service, and its presence', 'Any text is like a star, an empty one too.', [
      [allowWhen({ StringLike: { 'ec2:InstanceType': '*' } })],
      [allowWhen({ Null: { 'ec2:InstanceType': 'false' } })],
    ]),
    same('IfExists on a key that may be empty, and its two halves', 'Where the key is there, it is a; where it is not, anything goes.', [
      [allowWhen({ StringEqualsIfExists: { 's3:prefix': 'a' } })],
      [allowWhen({ StringEquals: { 's3:prefix': 'a' } }), allowWhen({ Null: { 's3:prefix': 'true' } })],
    ]),
    same(
      'a Deny with IfExists on a key that may be empty, and its two halves',
      'Where the key is there, it is a; where it is not, anything goes.',
      [
        [allow('s3:GetObject'), denyWhen({ StringEqualsIfExists: { 's3:prefix': 'a' } })],
        [allow('s3:GetObject'), denyWhen({ StringEquals: { 's3:prefix': 'a' } }), denyWhen({ Null: { 's3:prefix': 'true' } })],
      ],
    ),
    narrowed('IfExists on a key that may be empty, of which one half is gone', 'Requests with a are allowed no more.', [
      [allowWhen({ StringEqualsIfExists: { 's3:prefix': 'a' } })],
      [allowWhen({ Null: { 's3:prefix': 'true' } })],
    ]),
    same('any value of a key that may be empty, and its presence', 'Any text is like a star, an empty one too.', [
      [allowWhen({ StringLike: { 's3:prefix': '*' } })],
      [allowWhen({ Null: { 's3:prefix': 'false' } })],
    ]),
    same('IfExists on a claim of a token, and its two halves', 'Where the key is there, it is a; where it is not, anything goes.', [
      [allowWhen({ StringEqualsIfExists: { 'token.actions.githubusercontent.com:sub': 'a' } })],
      [
        allowWhen({ StringEquals: { 'token.actions.githubusercontent.com:sub': 'a' } }),
        allowWhen({ Null: { 'token.actions.githubusercontent.com:sub': 'true' } }),
      ],
    ]),
    same(
      'a Deny with IfExists on a claim of a token, and its two halves',
      'Where the key is there, it is a; where it is not, anything goes.',
      [
        [allow('s3:GetObject'), denyWhen({ StringEqualsIfExists: { 'token.actions.githubusercontent.com:sub': 'a' } })],
        [
          allow('s3:GetObject'),
          denyWhen({ StringEquals: { 'token.actions.githubusercontent.com:sub': 'a' } }),
          denyWhen({ Null: { 'token.actions.githubusercontent.com:sub': 'true' } }),
        ],
      ],
    ),
    narrowed('IfExists on a claim of a token, of which one half is gone', 'Requests with a are allowed no more.', [
      [allowWhen({ StringEqualsIfExists: { 'token.actions.githubusercontent.com:sub': 'a' } })],
      [allowWhen({ Null: { 'token.actions.githubusercontent.com:sub': 'true' } })],
    ]),
    same('any value of a claim of a token, and its presence', 'Any text is like a star, an empty one too.', [
      [allowWhen({ StringLike: { 'token.actions.githubusercontent.com:sub': '*' } })],
      [allowWhen({ Null: { 'token.actions.githubusercontent.com:sub': 'false' } })],
    ]),
    same('two keys with IfExists, and the four ways that comes to', 'Each key is there with its value, or is not there.', [
      [allowWhen({ StringEqualsIfExists: { 'aws:ResourceTag/team': 'a', 'aws:RequestTag/env': 'x' } })],
      [
        allowWhen({ StringEquals: { 'aws:ResourceTag/team': 'a', 'aws:RequestTag/env': 'x' } }),
        allowWhen({ StringEquals: { 'aws:ResourceTag/team': 'a' }, Null: { 'aws:RequestTag/env': 'true' } }),
        allowWhen({ StringEquals: { 'aws:RequestTag/env': 'x' }, Null: { 'aws:ResourceTag/team': 'true' } }),
        allowWhen({ Null: { 'aws:ResourceTag/team': 'true', 'aws:RequestTag/env': 'true' } }),
      ],
    ]),
    narrowed(
      'two keys with IfExists, and two of the four ways that comes to',
      'Where one of the two is there alone, nothing is allowed any more.',
      [
        [allowWhen({ StringEqualsIfExists: { 'aws:ResourceTag/team': 'a', 'aws:RequestTag/env': 'x' } })],
        [
          allowWhen({ StringEquals: { 'aws:ResourceTag/team': 'a', 'aws:RequestTag/env': 'x' } }),
          allowWhen({ Null: { 'aws:ResourceTag/team': 'true', 'aws:RequestTag/env': 'true' } }),
        ],
      ],
    ),
    narrowed('any value of a tag, and the value of another tag', 'Of all values, one is left.', [
      [allowWhen({ Null: { 'aws:ResourceTag/team': 'false' } })],
      [allowWhen({ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })],
    ]),
    same(
      'a set that is not empty',
      'All values are a, and there is one; AWS puts Null beside ForAllValues for that, and says so of empty values, too.',
      [
        [allowWhen({ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, Null: { 'aws:TagKeys': 'false' } })],
        [allowWhen({ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } })],
      ],
    ),
    changed(
      'an empty text of a key that is taken for a set elsewhere',
      'An empty text is like a star, and Null may find nothing in it where the key holds a set.',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::b', { 'ForAnyValue:StringEquals': { 'x:k': 'q' } }),
          allowWhen({ StringLike: { 'x:k': '*' } }),
        ],
        [allow('s3:GetObject', 'arn:aws:s3:::b', { 'ForAnyValue:StringEquals': { 'x:k': 'q' } }), allowWhen({ Null: { 'x:k': 'false' } })],
      ],
    ),
  ],
};
