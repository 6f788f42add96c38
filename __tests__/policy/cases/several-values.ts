import { type CaseTable, changed, invalid, narrowed, same, widened } from '../case.ts';
import { allow, deny, trust } from '../statements.ts';

export const SEVERAL_VALUES: CaseTable = {
  identity: [
    same('ForAllValues with no value → Null true', 'it matches an absent key only', [
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': [] } })],
      [allow('s3:*', '*', { Null: { 'aws:TagKeys': 'true' } })],
    ]),
    widened('ForAllValues with no value → with one', 'it matches an absent key only', [
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': [] } })],
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } })],
    ]),
    same('ForAllValues:StringLike with no value → Null true', 'it matches an absent key only', [
      [allow('s3:*', '*', { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': [] } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgPaths': 'true' } })],
    ]),
    same('StringEqualsIfExists with no value → Null true', 'it matches an absent key only', [
      [allow('s3:*', '*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': [] } })],
      [allow('s3:*', '*', { Null: { 'aws:PrincipalOrgID': 'true' } })],
    ]),
    same('NumericEqualsIfExists with no value → Null true', 'it matches an absent key only', [
      [allow('s3:*', '*', { NumericEqualsIfExists: { 's3:max-keys': [] } })],
      [allow('s3:*', '*', { Null: { 's3:max-keys': 'true' } })],
    ]),
    widened('BoolIfExists with no value → with true', 'it matches an absent key only', [
      [allow('s3:*', '*', { BoolIfExists: { 'aws:SecureTransport': [] } })],
      [allow('s3:*', '*', { BoolIfExists: { 'aws:SecureTransport': ['true'] } })],
    ]),
    same('ForAnyValue with no value → a statement that never applies', 'it matches nothing', [
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': [] } })],
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' }, Null: { 'aws:TagKeys': 'true' } })],
    ]),
    widened('ForAnyValue with no value → with one', 'it matches nothing', [
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': [] } })],
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } })],
    ]),
    changed('a plain operator with no value → with one', 'what it matches is not known', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': [] } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': ['a'] } })],
    ]),
    changed('a negated operator with no value → Null true', 'what it matches is not known', [
      [allow('s3:*', '*', { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': [] } })],
      [allow('s3:*', '*', { Null: { 'aws:TagKeys': 'true' } })],
    ]),
    widened('StringEquals a → a|b on a key with several values', 'whatever a plain operator makes of several values, one more is no less', [
      [allow('s3:*', '*', { StringEquals: { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:TagKeys': ['a', 'b'] } })],
    ]),
    narrowed(
      'StringNotEquals a → a|b on a key with several values',
      'whatever a plain operator makes of several values, one more is no more',
      [
        [allow('s3:*', '*', { StringNotEquals: { 'aws:TagKeys': ['a'] } })],
        [allow('s3:*', '*', { StringNotEquals: { 'aws:TagKeys': ['a', 'b'] } })],
      ],
    ),
    widened('StringLike ab → a* on a key with several values', 'the pattern matches all that the text matches', [
      [allow('s3:*', '*', { StringLike: { 'aws:TagKeys': ['ab'] } })],
      [allow('s3:*', '*', { StringLike: { 'aws:TagKeys': ['a*'] } })],
    ]),
    widened('StringEqualsIfExists a → a|b on a key with several values', 'one more value is no less', [
      [allow('s3:*', '*', { StringEqualsIfExists: { 'aws:TagKeys': ['a'] } })],
      [allow('s3:*', '*', { StringEqualsIfExists: { 'aws:TagKeys': ['a', 'b'] } })],
    ]),
    changed('StringEquals a|b → a|c on a key with several values', 'another value', [
      [allow('s3:*', '*', { StringEquals: { 'aws:TagKeys': ['a', 'b'] } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:TagKeys': ['a', 'c'] } })],
    ]),
    narrowed('a denial of a → of a|b on a key with several values', 'more is denied', [
      [deny('s3:*', '*', { StringEquals: { 'aws:TagKeys': ['a'] } })],
      [deny('s3:*', '*', { StringEquals: { 'aws:TagKeys': ['a', 'b'] } })],
    ]),
    invalid('the resource arn:aws:iam::111111111111:*/*', 'IAM takes "*" or a type', [
      [allow('s3:*', 'arn:aws:iam::111111111111:*/*')],
      [allow('s3:*', 'arn:aws:iam::111111111111:*/*')],
    ]),
    invalid('the resource arn:aws:iam::111111111111:**', 'IAM takes "*" or a type', [
      [allow('s3:*', 'arn:aws:iam::111111111111:**')],
      [allow('s3:*', 'arn:aws:iam::111111111111:**')],
    ]),
    invalid('the resource arn:aws:iam::111111111111:*ole/x', 'IAM takes "*" or a type', [
      [allow('s3:*', 'arn:aws:iam::111111111111:*ole/x')],
      [allow('s3:*', 'arn:aws:iam::111111111111:*ole/x')],
    ]),
    invalid('the resource arn:aws:s3:us-east-1::zones', 'a bucket has no region', [
      [allow('s3:*', 'arn:aws:s3:us-east-1::zones')],
      [allow('s3:*', 'arn:aws:s3:us-east-1::zones')],
    ]),
    invalid('the resource arn:aws:s3:us-east-1::zones/*', 'a bucket has no region', [
      [allow('s3:*', 'arn:aws:s3:us-east-1::zones/*')],
      [allow('s3:*', 'arn:aws:s3:us-east-1::zones/*')],
    ]),
    same('the resource arn:aws:iam::111111111111:*', 'IAM takes it', [
      [allow('s3:*', 'arn:aws:iam::111111111111:*')],
      [allow('s3:*', 'arn:aws:iam::111111111111:*')],
    ]),
    same('the resource arn:aws:s3:us-west-2:111111111111:accesspoint/x', 'IAM takes it', [
      [allow('s3:*', 'arn:aws:s3:us-west-2:111111111111:accesspoint/x')],
      [allow('s3:*', 'arn:aws:s3:us-west-2:111111111111:accesspoint/x')],
    ]),
    same('the resource arn:aws:s3:*::zones', 'IAM takes it', [
      [allow('s3:*', 'arn:aws:s3:*::zones')],
      [allow('s3:*', 'arn:aws:s3:*::zones')],
    ]),
    same('the resource arn:aws:s3:::zones', 'IAM takes it', [[allow('s3:*', 'arn:aws:s3:::zones')], [allow('s3:*', 'arn:aws:s3:::zones')]]),
    same('the resource arn:aws:s3-object-lambda:us-west-2:111111111111:accesspoint/x', 'IAM takes it', [
      [allow('s3:*', 'arn:aws:s3-object-lambda:us-west-2:111111111111:accesspoint/x')],
      [allow('s3:*', 'arn:aws:s3-object-lambda:us-west-2:111111111111:accesspoint/x')],
    ]),
    same('the resource arn:aws:s3:us-east-1:111111111111:job/x', 'IAM takes it', [
      [allow('s3:*', 'arn:aws:s3:us-east-1:111111111111:job/x')],
      [allow('s3:*', 'arn:aws:s3:us-east-1:111111111111:job/x')],
    ]),
  ],
  trust: [
    narrowed('idp.example.com:aud: ForAnyValue → ForAllValues and Null false', 'a token may have several audiences', [
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAnyValue:StringEquals': { 'idp.example.com:aud': 'a' },
        }),
      ],
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAllValues:StringEquals': { 'idp.example.com:aud': 'a' },
          Null: { 'idp.example.com:aud': 'false' },
        }),
      ],
    ]),
    narrowed('idp.example.com:oaud: ForAnyValue → ForAllValues and Null false', 'a token may have several audiences', [
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAnyValue:StringEquals': { 'idp.example.com:oaud': 'a' },
        }),
      ],
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAllValues:StringEquals': { 'idp.example.com:oaud': 'a' },
          Null: { 'idp.example.com:oaud': 'false' },
        }),
      ],
    ]),
    same('token.actions.githubusercontent.com:aud: ForAnyValue → ForAllValues and Null false', 'it has one value', [
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAnyValue:StringEquals': { 'token.actions.githubusercontent.com:aud': 'a' },
        }),
      ],
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAllValues:StringEquals': { 'token.actions.githubusercontent.com:aud': 'a' },
          Null: { 'token.actions.githubusercontent.com:aud': 'false' },
        }),
      ],
    ]),
    same('accounts.google.com:aud: ForAnyValue → ForAllValues and Null false', 'it has one value', [
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAnyValue:StringEquals': { 'accounts.google.com:aud': 'a' },
        }),
      ],
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAllValues:StringEquals': { 'accounts.google.com:aud': 'a' },
          Null: { 'accounts.google.com:aud': 'false' },
        }),
      ],
    ]),
    same('accounts.google.com:oaud: ForAnyValue → ForAllValues and Null false', 'it has one value', [
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAnyValue:StringEquals': { 'accounts.google.com:oaud': 'a' },
        }),
      ],
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAllValues:StringEquals': { 'accounts.google.com:oaud': 'a' },
          Null: { 'accounts.google.com:oaud': 'false' },
        }),
      ],
    ]),
    same('cognito-identity.amazonaws.com:aud: ForAnyValue → ForAllValues and Null false', 'it has one value', [
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAnyValue:StringEquals': { 'cognito-identity.amazonaws.com:aud': 'a' },
        }),
      ],
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAllValues:StringEquals': { 'cognito-identity.amazonaws.com:aud': 'a' },
          Null: { 'cognito-identity.amazonaws.com:aud': 'false' },
        }),
      ],
    ]),
    same('idp.example.com:sub: ForAnyValue → ForAllValues and Null false', 'it has one value', [
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAnyValue:StringEquals': { 'idp.example.com:sub': 'a' },
        }),
      ],
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAllValues:StringEquals': { 'idp.example.com:sub': 'a' },
          Null: { 'idp.example.com:sub': 'false' },
        }),
      ],
    ]),
    same('idp.example.com:azp: ForAnyValue → ForAllValues and Null false', 'it has one value', [
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAnyValue:StringEquals': { 'idp.example.com:azp': 'a' },
        }),
      ],
      [
        trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/idp.example.com' }, 'sts:AssumeRoleWithWebIdentity', {
          'ForAllValues:StringEquals': { 'idp.example.com:azp': 'a' },
          Null: { 'idp.example.com:azp': 'false' },
        }),
      ],
    ]),
  ],
};
