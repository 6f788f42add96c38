import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, allowWhen, trust } from '../statements.ts';

export const CONDITION_STRINGS: CaseTable = {
  identity: [
    widened('StringEquals x → StringEquals x|y', 'one value more', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': ['x', 'y'] } })],
    ]),
    changed('StringEquals x → StringEquals y', 'another value', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'y' } })],
    ]),
    changed('StringEquals x → StringEquals X', 'values keep case', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'X' } })],
    ]),
    widened('StringEquals x → StringEqualsIgnoreCase x', 'X too', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    same('StringEqualsIgnoreCase x → StringEqualsIgnoreCase X', 'case is ignored', [
      [allow('s3:*', '*', { StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'X' } })],
    ]),
    same('StringEquals x → StringLike x', 'no wildcard in it', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    widened('StringEquals x → StringLike x*', 'the pattern covers the value', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'x*' } })],
    ]),
    same('StringLike x* → StringLike x*|xy*', 'covered', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'x*' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': ['x*', 'xy*'] } })],
    ]),
    widened('StringLike x* → StringLike *', 'any value, but present', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'x*' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': '*' } })],
    ]),
    widened('StringLike x? → StringLike x*', '* covers ?', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'x?' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'x*' } })],
    ]),
    widened('StringLike a*b → StringLike a*', 'any ending', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'a*b' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'a*' } })],
    ]),
    changed('StringLike *a* → StringLike *b*', 'neither covers the other', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': '*a*' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': '*b*' } })],
    ]),
    same('StringLike a*|*a → StringLike *a|a*|a*a', 'covered twice', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': ['a*', '*a'] } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': ['*a', 'a*', 'a*a'] } })],
    ]),
    narrowed('StringLike * → StringLike ?*', 'an empty value is a value', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': '*' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': ['?*'] } })],
    ]),
    widened('StringEquals a* → StringLike a*', 'in StringEquals the star is a star', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'a*' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'a*' } })],
    ]),
    widened('StringEquals * → StringLike *', 'in StringEquals the star is a star', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': '*' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': '*' } })],
    ]),
    narrowed('StringNotEquals x → StringNotEquals x|y', 'negated: every value has to differ', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': ['x', 'y'] } })],
    ]),
    narrowed('StringNotEquals x → StringNotLike x*', 'more is excluded', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringNotLike: { 'aws:PrincipalOrgID': 'x*' } })],
    ]),
    narrowed('StringNotEquals x → StringNotEqualsIgnoreCase x', 'X is excluded too', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringNotEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    widened('StringNotLike * → StringNotLike x*', 'only absence passes a negated *', [
      [allow('s3:*', '*', { StringNotLike: { 'aws:PrincipalOrgID': '*' } })],
      [allow('s3:*', '*', { StringNotLike: { 'aws:PrincipalOrgID': 'x*' } })],
    ]),
    narrowed('StringNotEquals x → StringEquals y', 'y is not x', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'y' } })],
    ]),
    changed('StringNotEquals x → StringEquals x', 'the opposite', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    widened('StringEquals x → StringEqualsIfExists x', 'or absent', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    same('StringNotEquals x → StringNotEqualsIfExists x', 'a negated operator is true of an absent key', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    narrowed('StringLike arn:aws:iam::*:role/x → ArnLike arn:aws:iam::*:role/x', 'in ArnLike a * stays in its segment', [
      [allow('s3:*', '*', { StringLike: { 'aws:SourceArn': 'arn:aws:iam::*:role/x' } })],
      [allow('s3:*', '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:iam::*:role/x' } })],
    ]),
    same('ArnLike arn:aws:iam::1:role/x → ArnEquals arn:aws:iam::1:role/x', 'ArnEquals is ArnLike', [
      [allow('s3:*', '*', { ArnLike: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:role/x' } })],
      [allow('s3:*', '*', { ArnEquals: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:role/x' } })],
    ]),
    widened('ArnEquals arn:aws:iam::1:role/x* → ArnLike arn:aws:iam::1:role/*', 'ArnEquals takes wildcards', [
      [allow('s3:*', '*', { ArnEquals: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:role/x*' } })],
      [allow('s3:*', '*', { ArnLike: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:role/*' } })],
    ]),
    widened('ArnLike arn:aws:iam::*:role/x → ArnLike arn:*:iam::*:role/x', 'any partition', [
      [allow('s3:*', '*', { ArnLike: { 'aws:PrincipalOrgID': 'arn:aws:iam::*:role/x' } })],
      [allow('s3:*', '*', { ArnLike: { 'aws:PrincipalOrgID': 'arn:*:iam::*:role/x' } })],
    ]),
    narrowed('ArnLike arn:aws:s3:*:*:x → ArnLike arn:aws:s3:::x', 'no region, no account', [
      [allow('s3:*', '*', { ArnLike: { 'aws:PrincipalOrgID': 'arn:aws:s3:*:*:x' } })],
      [allow('s3:*', '*', { ArnLike: { 'aws:PrincipalOrgID': 'arn:aws:s3:::x' } })],
    ]),
    same('ArnLike arn:aws:s3:::* → StringLike arn:aws:s3:::*', 'no wildcard before the last segment', [
      [allow('s3:*', '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } })],
    ]),
    same('ArnNotLike arn:aws:iam::*:role/x → ArnNotEquals arn:aws:iam::*:role/x', 'one operator with two names', [
      [allow('s3:*', '*', { ArnNotLike: { 'aws:PrincipalOrgID': 'arn:aws:iam::*:role/x' } })],
      [allow('s3:*', '*', { ArnNotEquals: { 'aws:PrincipalOrgID': 'arn:aws:iam::*:role/x' } })],
    ]),
    same('StringEquals arn:aws:s3:::x → ArnEquals arn:aws:s3:::x', 'one ARN', [
      [allow('s3:*', '*', { StringEquals: { 'aws:SourceArn': 'arn:aws:s3:::x' } })],
      [allow('s3:*', '*', { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::x' } })],
    ]),
    changed('BinaryEquals QmluYXJ5 → BinaryEquals QmluYXJ6', 'another value', [
      [allow('s3:*', '*', { BinaryEquals: { 'aws:PrincipalOrgID': 'QmluYXJ5' } })],
      [allow('s3:*', '*', { BinaryEquals: { 'aws:PrincipalOrgID': 'QmluYXJ6' } })],
    ]),
    same('BinaryEquals QmluYXJ5 → BinaryEquals QmluYXJ5', 'a list of one', [
      [allow('s3:*', '*', { BinaryEquals: { 'aws:PrincipalOrgID': 'QmluYXJ5' } })],
      [allow('s3:*', '*', { BinaryEquals: { 'aws:PrincipalOrgID': ['QmluYXJ5'] } })],
    ]),
    same('StringEquals x|y → StringEquals y|x|x', 'values are a set', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': ['x', 'y'] } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': ['y', 'x', 'x'] } })],
    ]),
    same('StringEqualsIgnoreCase x → StringEquals x|X', 'the only two spellings', [
      [allow('s3:*', '*', { StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': ['x', 'X'] } })],
    ]),
    narrowed('StringEqualsIgnoreCase xy → StringEquals xy|XY', 'Xy is gone', [
      [allow('s3:*', '*', { StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'xy' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': ['xy', 'XY'] } })],
    ]),
    widened('StringEquals dropped', 'a condition less', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:user/x' } })],
      [allow('s3:*')],
    ]),
    widened('StringNotEquals dropped', 'a condition less', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:user/x' } })],
      [allow('s3:*')],
    ]),
    widened('StringLike dropped', 'a condition less', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:user/x' } })],
      [allow('s3:*')],
    ]),
    widened('StringNotLike dropped', 'a condition less', [
      [allow('s3:*', '*', { StringNotLike: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:user/x' } })],
      [allow('s3:*')],
    ]),
    widened('StringEqualsIgnoreCase dropped', 'a condition less', [
      [allow('s3:*', '*', { StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:user/x' } })],
      [allow('s3:*')],
    ]),
    widened('ArnLike dropped', 'a condition less', [
      [allow('s3:*', '*', { ArnLike: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:user/x' } })],
      [allow('s3:*')],
    ]),
    widened('ArnNotLike dropped', 'a condition less', [
      [allow('s3:*', '*', { ArnNotLike: { 'aws:PrincipalOrgID': 'arn:aws:iam::1:user/x' } })],
      [allow('s3:*')],
    ]),
    widened('ForAnyValue:StringEquals dropped', 'a condition less', [
      [allow('s3:*', '*', { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgID': 'arn:aws:iam::1:user/x' } })],
      [allow('s3:*')],
    ]),
    widened('ForAllValues:StringLike dropped', 'a condition less', [
      [allow('s3:*', '*', { 'ForAllValues:StringLike': { 'aws:PrincipalOrgID': 'arn:aws:iam::1:user/x' } })],
      [allow('s3:*')],
    ]),
    narrowed('a second key', 'keys are ANDed', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o', 'aws:RequestedRegion': 'eu-west-1' } })],
    ]),
    changed('another key', 'two different keys', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgPaths': 'o' } })],
    ]),
    narrowed('two conditions in one statement or in two', 'statements are ORed, keys ANDed', [
      [
        allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o' } }),
        allow('s3:*', '*', { StringEquals: { 'aws:RequestedRegion': 'r' } }),
      ],
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o', 'aws:RequestedRegion': 'r' } })],
    ]),
    same('values in one statement or in two', 'values and statements are both ORed', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': ['x', 'y'] } })],
      [
        allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } }),
        allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'y' } }),
      ],
    ]),
    widened('negated values in one statement or in two', 'two statements let x and y through: each passes the other', [
      [allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': ['x', 'y'] } })],
      [
        allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } }),
        allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'y' } }),
      ],
    ]),
    same('equals or not equals is always', 'every context passes one of them', [
      [
        allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } }),
        allow('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } }),
      ],
      [allow('s3:*')],
    ]),
    widened('like and not like', 'ab* is let in', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'a*' }, StringNotLike: { 'aws:PrincipalOrgID': 'ab*' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'a*' } })],
    ]),
    same('like and not like that does not matter', 'nothing in a* is in b*', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'a*' }, StringNotLike: { 'aws:PrincipalOrgID': 'b*' } })],
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'a*' } })],
    ]),
    same('covered statement with a stronger condition', 'weaker in action and condition', [
      [allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'a*' } })],
      [
        allow('s3:*', '*', { StringLike: { 'aws:PrincipalOrgID': 'a*' } }),
        allow('s3:Get*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'abc' } }),
      ],
    ]),
    same('a condition that can not hold', 'never true', [
      [
        allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' }, StringNotEquals: { 'aws:PrincipalOrgID': 'x' } }),
        allow('iam:GetUser'),
      ],
      [allow('iam:GetUser')],
    ]),
    same('one key in two spellings under two operators', 'one key, two operators', [
      [allowWhen({ StringEquals: { 'aws:x': 'xy' }, StringLike: { 'AWS:X': 'x*' } })],
      [allowWhen({ StringEquals: { 'aws:x': 'xy' } })],
    ]),
    changed('ArnLike and ArnNotLike of one ARN', 'complements', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::a' } })],
      [allowWhen({ ArnNotLike: { 'aws:SourceArn': 'arn:aws:s3:::a' } })],
    ]),
    changed('ArnEquals and ArnNotEquals of one ARN', 'complements', [
      [allowWhen({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::a' } })],
      [allowWhen({ ArnNotEquals: { 'aws:SourceArn': 'arn:aws:s3:::a' } })],
    ]),
    changed('? before the last segment is no colon', 'a segment ends where the next begins', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3?::a' } })],
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::a' } })],
    ]),
    narrowed('? before the last segment is any other character', 'two of many', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:?::a' } })],
      [allowWhen({ ArnLike: { 'aws:SourceArn': ['arn:aws:s3:x::a', 'arn:aws:s3:y::a'] } })],
    ]),
    widened('? under * in a segment', 'of any length', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:?:*:a' } })],
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:a' } })],
    ]),
    narrowed('? in the last segment may be a colon', 'colons belong to the last segment', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:::a?b' } })],
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:::a:b' } })],
    ]),
    changed('a short ARN and a longer one', 'AWS does not say what fewer than six segments match', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*' } })],
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:*' } })],
    ]),
    changed('short ARNs, the one a part of the other', 'AWS does not say what fewer than six segments match', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3' } })],
      [allowWhen({ ArnLike: { 'aws:SourceArn': ['arn:aws:s3', 'arn:aws:sns'] } })],
    ]),
    narrowed('? of StringLike may be a colon', 'any single character', [
      [allowWhen({ StringLike: { 'aws:x': 'a?b' } })],
      [allowWhen({ StringLike: { 'aws:x': 'a:b' } })],
    ]),
    same('ß has no capital of one letter', 'and SS is another text', [
      [allowWhen({ StringEqualsIgnoreCase: { 'aws:x': 'ß' } })],
      [allowWhen({ StringEquals: { 'aws:x': 'ß' } })],
    ]),
    changed('ß and SS', 'other texts', [
      [allowWhen({ StringEqualsIgnoreCase: { 'aws:x': 'ß' } })],
      [allowWhen({ StringEqualsIgnoreCase: { 'aws:x': 'SS' } })],
    ]),
    narrowed(
      'a wildcard in a segment of an ARN beside a text that has the segment twice',
      'the wildcard does not read the colon between q and x',
      [
        [allowWhen({ ArnLike: { 'aws:SourceArn': ['arn:aws:s3:*x:b:c', 'arn:aws:s3:q:x:b:c'] } })],
        [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*x:b:c' } })],
      ],
    ),
    widened('an empty text, or one that begins with o, or any', 'a user may be called b', [
      [allowWhen({ StringLike: { 'aws:username': ['o*', ''] } })],
      [allowWhen({ Null: { 'aws:username': 'false' } })],
    ]),
  ],
  trust: [
    widened('trust: {"StringEquals":{"sts:ExternalId":"x"}} → {}', 'the external id is no longer asked for', [
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })],
      [trust({ AWS: '222222222222' })],
    ]),
    changed('trust: {"StringEquals":{"sts:ExternalId":"x"}} → {"StringEquals":{"sts:ExternalId":"y"}}', 'another external id', [
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })],
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'y' } })],
    ]),
    widened('trust: {"StringEquals":{"sts:ExternalId":"x"}} → {"StringEquals":{"sts:ExternalId":["x","y"]}}', 'a second external id', [
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })],
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': ['x', 'y'] } })],
    ]),
    widened('trust: {"StringEquals":{"sts:ExternalId":"x"}} → {"StringLike":{"sts:ExternalId":"*"}}', 'any external id', [
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })],
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringLike: { 'sts:ExternalId': '*' } })],
    ]),
    widened(
      'trust: {"StringEquals":{"sts:ExternalId":"x"}} → {"StringEqualsIfExists":{"sts:ExternalId":"x"}}',
      'without an external id too',
      [
        [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })],
        [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEqualsIfExists: { 'sts:ExternalId': 'x' } })],
      ],
    ),
    same('trust: {"StringEquals":{"sts:ExternalId":"x"}} → {"StringEquals":{"STS:EXTERNALID":"x"}}', 'the key ignores case', [
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })],
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'STS:EXTERNALID': 'x' } })],
    ]),
    widened(
      'trust: {"StringEquals":{"token.actions.githubusercontent.com:sub":"repo:a/b:ref:refs/heads/main"}} → {"StringLike":{"token.actions.githubusercontent.com:sub":"repo:a/b:*"}}',
      'any ref of the repository',
      [
        [
          trust({ AWS: '222222222222' }, 'sts:AssumeRole', {
            StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:a/b:ref:refs/heads/main' },
          }),
        ],
        [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:a/b:*' } })],
      ],
    ),
    widened(
      'trust: {"StringLike":{"token.actions.githubusercontent.com:sub":"repo:a/b:*"}} → {"StringLike":{"token.actions.githubusercontent.com:sub":"repo:a/*"}}',
      'any repository of the owner',
      [
        [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:a/b:*' } })],
        [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:a/*' } })],
      ],
    ),
    same(
      'trust: {"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/x"}} → {"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/x"}}',
      'one ARN',
      [
        [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/x' } })],
        [trust({ AWS: '222222222222' }, 'sts:AssumeRole', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/x' } })],
      ],
    ),
  ],
};
