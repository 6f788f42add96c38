// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, deny, not } from '../statements.ts';

export const VARIABLES_AND_CONDITIONS: CaseTable = {
  identity: [
    widened('variable and condition on it', 'a condition less, where the name is b', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*', { StringLike: { 'aws:username': 'a*' } })],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
    ]),
    same('presence of what a variable needs', 'without a user name nothing matches anyway', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}')],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}', { Null: { 'aws:username': 'false' } })],
    ]),
    same('absence of what a variable needs', 'without a user name nothing matches', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}', { Null: { 'aws:username': 'true' } }), allow('s3:*', 'arn:aws:s3:::x')],
      [allow('s3:*', 'arn:aws:s3:::x')],
    ]),
    narrowed('a default value needs no presence', 'without the tag the default stands in', [
      [allow('s3:*', "arn:aws:s3:::${aws:PrincipalTag/t, 'x'}")],
      [allow('s3:*', "arn:aws:s3:::${aws:PrincipalTag/t, 'x'}", { Null: { 'aws:PrincipalTag/t': 'false' } })],
    ]),
    changed('a name written out under a condition', 'the same in truth; what a bound variable stands for is not followed', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}')],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}'), allow('s3:*', 'arn:aws:s3:::b/ann', { StringEquals: { 'aws:username': 'ann' } })],
    ]),
    widened('a pattern with a variable that has to be there', 'it can be there', [
      [allow('s3:GetObject', 'arn:aws:s3:::a')],
      [
        allow('s3:GetObject', 'arn:aws:s3:::a'),
        allow('s3:GetObject', 'arn:aws:s3:::h/${aws:username}', { Null: { 'aws:username': 'false' } }),
      ],
    ]),
    narrowed('a plain resource beside a variable that a condition binds', 'the plain resource needs nothing of the variable', [
      [
        allow('s3:GetObject', 'arn:aws:s3:::base'),
        allow('s3:GetObject', ['arn:aws:s3:::a', 'arn:aws:s3:::${aws:username}'], { StringEquals: { 'aws:username': 'x' } }),
      ],
      [allow('s3:GetObject', 'arn:aws:s3:::base')],
    ]),
    widened(
      'a Deny by a variable where all but one resource are denied anyway',
      'the variable can be a, and then a was denied under the condition',
      [
        [
          allow('s3:GetObject', ['arn:aws:s3:::a', 'arn:aws:s3:::${aws:username}']),
          deny('s3:GetObject', 'arn:aws:s3:::${aws:username}', { StringEquals: { 'aws:x': 'x' } }),
          deny('s3:GetObject', not('arn:aws:s3:::a')),
        ],
        [allow('s3:GetObject', ['arn:aws:s3:::a', 'arn:aws:s3:::${aws:username}']), deny('s3:GetObject', not('arn:aws:s3:::a'))],
      ],
    ),
    changed(
      'a default where a condition asks for the tag',
      'the same in truth, as the tag is there; that no default stands in then is not followed',
      [
        [allow('s3:*', 'arn:aws:s3:::b/${aws:PrincipalTag/team}/*', { Null: { 'aws:PrincipalTag/team': 'false' } })],
        [allow('s3:*', "arn:aws:s3:::b/${aws:PrincipalTag/team, 'all'}/*", { Null: { 'aws:PrincipalTag/team': 'false' } })],
      ],
    ),
    widened('more in the folder of one user alone', 'bob gets more of his folder', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/a', { StringEquals: { 'aws:username': 'bob' } })],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*', { StringEquals: { 'aws:username': 'bob' } })],
    ]),
    narrowed(
      'a variable that has to be there for one resource, and may be absent for another',
      'without names, and with aws:x, b was allowed',
      [
        [
          allow('s3:GetObject', not(['arn:aws:s3:::${aws:userid}']), { Null: { 'aws:x': 'false' } }),
          allow('s3:GetObject', not(['arn:aws:s3:::b', 'arn:aws:s3:::*${aws:username}*'])),
          allow('s3:GetObject', ['arn:aws:s3:::*'], { Null: { 'aws:username': 'false' } }),
        ],
        [
          allow('s3:GetObject', not(['arn:aws:s3:::b', 'arn:aws:s3:::*${aws:username}*'])),
          allow('s3:GetObject', ['arn:aws:s3:::*'], { Null: { 'aws:username': 'false' } }),
          allow('s3:GetObject', ['arn:aws:s3:::a'], { StringEquals: { 'aws:x': ['a'] } }),
        ],
      ],
    ),
    same('a variable that a condition binds, written out', 'the name is bob', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*', { StringEquals: { 'aws:username': 'bob' } })],
      [allow('s3:*', 'arn:aws:s3:::b/bob/*', { StringEquals: { 'AWS:UserName': 'bob' } })],
    ]),
    changed('a variable that a condition binds, and another name', 'the folder of somebody else', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*', { StringEquals: { 'aws:username': 'bob' } })],
      [allow('s3:*', 'arn:aws:s3:::b/ann/*', { StringEquals: { 'aws:username': 'bob' } })],
    ]),
    narrowed('a variable that a condition binds, and part of its folder', 'less of the folder of bob', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*', { StringEquals: { 'aws:username': 'bob' } })],
      [allow('s3:*', 'arn:aws:s3:::b/bob/a/*', { StringEquals: { 'aws:username': 'bob' } })],
    ]),
    changed('a variable that a condition binds to a star', 'nobody says what wildcards in a value do, in the place of a variable', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*', { StringEquals: { 'aws:username': '*' } })],
      [allow('s3:*', 'arn:aws:s3:::b/*/*', { StringEquals: { 'aws:username': '*' } })],
    ]),
    changed('a variable that a condition binds to either of two', 'the folder of ann is gone, and ann is let into the one of bob', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*', { StringEquals: { 'aws:username': ['bob', 'ann'] } })],
      [allow('s3:*', 'arn:aws:s3:::b/bob/*', { StringEquals: { 'aws:username': ['bob', 'ann'] } })],
    ]),
    changed('a variable of another key than the one that is bound', 'another key', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*', { StringEquals: { 'aws:userid': 'bob' } })],
      [allow('s3:*', 'arn:aws:s3:::b/bob/*', { StringEquals: { 'aws:userid': 'bob' } })],
    ]),
    same('a Deny of all but a variable that is bound', 'the name is bob', [
      [
        allow('s3:*'),
        {
          Effect: 'Deny',
          Action: 's3:*',
          Condition: { StringEquals: { 'aws:username': 'bob' } },
          NotResource: 'arn:aws:s3:::b/${aws:username}/*',
        },
      ],
      [
        allow('s3:*'),
        { Effect: 'Deny', Action: 's3:*', Condition: { StringEquals: { 'aws:username': 'bob' } }, NotResource: 'arn:aws:s3:::b/bob/*' },
      ],
    ]),
    widened("a condition asks for a pattern, and what the user's name opens is wider", 'the user may be called a', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/a', { StringLike: { 'aws:username': 'a*' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/*', { StringLike: { 'aws:username': 'a*' } })],
    ]),
    widened('a condition asks for a pattern with a question mark', 'the user may be called ax', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/a', { StringLike: { 'aws:username': 'a?' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/*', { StringLike: { 'aws:username': 'a?' } })],
    ]),
    changed('a bound variable whose text has a star in it', 'nobody says what wildcards in a value do, in the place of a variable', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}', { StringEquals: { 'aws:username': 'a*b' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/a${*}b', { StringEquals: { 'aws:username': 'a*b' } })],
    ]),
    changed(
      'a bound variable whose text has a star in it, and a wildcard',
      'nobody says what wildcards in a value do, in the place of a variable',
      [
        [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}', { StringEquals: { 'aws:username': 'a*b' } })],
        [allow('s3:GetObject', 'arn:aws:s3:::b/a*b', { StringEquals: { 'aws:username': 'a*b' } })],
      ],
    ),
    widened('one more default value, and a condition on the tag', 'xx may be read where the tag is absent, and then it is not z', [
      [
        allow('s3:GetObject', ["arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}", 'arn:aws:s3:::b/x'], {
          StringNotEquals: { 'aws:PrincipalTag/t': 'z' },
        }),
      ],
      [
        allow(
          's3:GetObject',
          ["arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}", "arn:aws:s3:::b/${aws:PrincipalTag/t, 'xx'}", 'arn:aws:s3:::b/x'],
          { StringNotEquals: { 'aws:PrincipalTag/t': 'z' } },
        ),
      ],
    ]),
    changed('a number is asked of the key of a variable', 'which text a number is, is not known', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${s3:max-keys}/a', { NumericLessThan: { 's3:max-keys': '10' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${s3:max-keys}/*', { NumericLessThan: { 's3:max-keys': '10' } })],
    ]),
    changed('a dollar sign before a variable whose text looks like the rest of one', 'what is filled in is text', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/$${aws:Referer}', { StringEquals: { 'aws:Referer': '{aws:userid}' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:userid}', { StringEquals: { 'aws:Referer': '{aws:userid}' } })],
    ]),
    changed('a dollar sign before a variable, before what looks like the rest of one', 'what is filled in is text', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/$${aws:PrincipalTag/x}{aws:userid}', { StringEquals: { 'aws:PrincipalTag/x': 'q' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:userid}', { StringEquals: { 'aws:PrincipalTag/x': 'q' } })],
    ]),
    changed('a bound variable of an empty tag', 'what is empty may be no value, and then nothing matches', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:PrincipalTag/x}', { StringEquals: { 'aws:PrincipalTag/x': '' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/', { StringEquals: { 'aws:PrincipalTag/x': '' } })],
    ]),
    changed('a default value that is named beside it, where the key is absent', 'the default value is d, but that is not followed', [
      [allow('s3:GetObject', ["arn:aws:s3:::b/${aws:username, 'd'}", 'arn:aws:s3:::b/d'], { Null: { 'aws:username': 'true' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/d', { Null: { 'aws:username': 'true' } })],
    ]),
    widened(
      'a star for the rest, a condition on the name, and the text that comes to mind is named',
      'the user may be called something else',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/a', { StringNotEquals: { 'aws:username': 'zz' } }),
          allow('s3:GetObject', 'arn:aws:s3:::b/some-username/*'),
        ],
        [
          allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/*', { StringNotEquals: { 'aws:username': 'zz' } }),
          allow('s3:GetObject', 'arn:aws:s3:::b/some-username/*'),
        ],
      ],
    ),
    changed(
      'two versions, and a text with a star that a condition asks for',
      'nobody says what wildcards in a value do, in the place of a variable',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/a', { StringEquals: { 'aws:username': 'a*b' } }),
          allow('s3:GetObject', 'arn:aws:s3:::b/q'),
        ],
        [
          allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/*', { StringEquals: { 'aws:username': 'a*b' } }),
          allow('s3:GetObject', 'arn:aws:s3:::b/q'),
        ],
      ],
    ),
    changed('a variable whose key is asked for by ForAllValues', 'without the tag nothing matched, and a is read now', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:PrincipalTag/x}', { 'ForAllValues:StringEquals': { 'aws:PrincipalTag/x': 'a' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/a', { 'ForAllValues:StringEquals': { 'aws:PrincipalTag/x': 'a' } })],
    ]),
    same('a dollar sign in the text around a bound variable', 'the tag is q', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/$x${aws:PrincipalTag/x}', { StringEquals: { 'aws:PrincipalTag/x': 'q' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/$xq', { StringEquals: { 'aws:PrincipalTag/x': 'q' } })],
    ]),
    same('a dollar sign before a bound variable, and escaped', 'the tag is q', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/$x${aws:PrincipalTag/x}', { StringEquals: { 'aws:PrincipalTag/x': 'q' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${$}xq', { StringEquals: { 'aws:PrincipalTag/x': 'q' } })],
    ]),
    changed('a condition key with a dollar sign, and its variable', 'whether the key may have several values is not known', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${a.b:$s}', { StringEquals: { 'a.b:$s': 'x' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/x', { StringEquals: { 'a.b:$s': 'x' } })],
    ]),
    changed(
      'one difference is sure, and one the other way may be there',
      'Of b, the first allows the folder b to those of tag b, and the second the folder a.',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::b/${aws:PrincipalTag/x}', { StringEquals: { 'aws:PrincipalTag/x': ['a', 'b'] } }),
          allow('s3:GetObject', 'arn:aws:s3:::c/${aws:PrincipalTag/y}/${aws:PrincipalTag/y}'),
        ],
        [
          allow('s3:GetObject', 'arn:aws:s3:::b/a', { StringEquals: { 'aws:PrincipalTag/x': ['a', 'b'] } }),
          allow('s3:GetObject', 'arn:aws:s3:::c/${aws:PrincipalTag/y}/*'),
        ],
      ],
    ),
  ],
};
