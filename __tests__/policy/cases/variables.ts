// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, deny, not } from '../statements.ts';

export const VARIABLES: CaseTable = {
  identity: [
    same('the same variable', 'equal to itself', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*', ['arn:aws:s3:::b/${aws:username}/*'])],
    ]),
    same('variable names ignore case', 'names of variables ignore case', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*', 'arn:aws:s3:::b/${AWS:UserName}/*')],
    ]),
    changed('another variable', 'stands for something else', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:userid}/*')],
    ]),
    widened('variable against a star', 'whatever the variable stands for is in the star', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*', 'arn:aws:s3:::b/*')],
    ]),
    changed('variable against a name', 'it may be ann, or somebody else', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*', 'arn:aws:s3:::b/ann/*')],
    ]),
    changed('variable against another bucket', 'nothing in common', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*', 'arn:aws:s3:::c/*')],
    ]),
    same('a variable beside a star that covers it', 'covered whatever it stands for', [
      [allow('s3:*', 'arn:aws:s3:::b/*')],
      [allow('s3:*', ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/${aws:username}/*'])],
    ]),
    changed('Version decides what a variable is', 'plain text in the older version', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      { Version: '2008-10-17', Statement: [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')] },
    ]),
    changed('no Version, with a variable', 'plain text without Version', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      { Statement: [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')] },
    ]),
    same('older version on both sides', 'plain text on both sides', [
      { Version: '2008-10-17', Statement: [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')] },
      { Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::b/${aws:username}/*' } },
    ]),
    widened('an escaped star', 'the escaped star is a star', [[allow('s3:*', 'arn:aws:s3:::a${*}')], [allow('s3:*', 'arn:aws:s3:::a*')]]),
    changed('an escaped star against its text', 'a star against a question mark', [
      [allow('s3:*', 'arn:aws:s3:::a${*}')],
      [allow('s3:*', 'arn:aws:s3:::a${?}')],
    ]),
    changed('a default value', 'AWS writes one blank behind the comma; whether it may be missing is not said', [
      [allow('s3:*', "arn:aws:s3:::${aws:PrincipalTag/t, 'x'}")],
      [allow('s3:*', "arn:aws:s3:::${aws:PrincipalTag/t,'x'}")],
    ]),
    changed('another default value', 'another default', [
      [allow('s3:*', "arn:aws:s3:::${aws:PrincipalTag/t, 'x'}")],
      [allow('s3:*', "arn:aws:s3:::${aws:PrincipalTag/t, 'y'}")],
    ]),
    widened('a variable in a Deny', 'no longer denied elsewhere', [
      [allow('s3:*'), deny('s3:*', not('arn:aws:s3:::b/${aws:username}/*'))],
      [allow('s3:*')],
    ]),
    widened('a variable with more after it', 'whatever it stands for, the star takes nothing and more', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}')],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}*')],
    ]),
    widened('another variable beside it', 'two variables can stand for different texts', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}')],
      [allow('s3:*', ['arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/${aws:userid}'])],
    ]),
    widened('a variable twice in one pattern', 'whatever it stands for is in the stars', [
      [allow('s3:*', 'arn:aws:s3:::${aws:username}/${aws:username}')],
      [allow('s3:*', 'arn:aws:s3:::*/*')],
    ]),
    changed('blanks in a variable', "nobody says that they don't count", [
      [allow('s3:*', 'arn:aws:s3:::${ aws:username }')],
      [allow('s3:*', 'arn:aws:s3:::${aws:username}')],
    ]),
    changed('braces in braces, two versions', 'text in one version, who knows what in the other', [
      [allow('s3:*', 'arn:aws:s3:::${aws:a{b}}')],
      { Version: '2008-10-17', Statement: [allow('s3:*', 'arn:aws:s3:::${aws:a{b}}')] },
    ]),
    same('braces in braces, twice', 'whatever it is, it is the same', [
      [allow('s3:*', 'arn:aws:s3:::${aws:a{b}}')],
      [allow('s3:*', 'arn:aws:s3:::${aws:a{b}}')],
    ]),
    changed('nothing in braces, two versions', 'text in one version, who knows what in the other', [
      [allow('s3:*', 'arn:aws:s3:::${}')],
      { Version: '2008-10-17', Statement: [allow('s3:*', 'arn:aws:s3:::${}')] },
    ]),
    same('nothing in braces, twice', 'whatever it is, it is the same', [
      [allow('s3:*', 'arn:aws:s3:::${}')],
      [allow('s3:*', 'arn:aws:s3:::${}')],
    ]),
    changed('a brace that is never closed, two versions', 'text in one version, who knows what in the other', [
      [allow('s3:*', 'arn:aws:s3:::${aws:username')],
      { Version: '2008-10-17', Statement: [allow('s3:*', 'arn:aws:s3:::${aws:username')] },
    ]),
    same('a brace that is never closed, twice', 'whatever it is, it is the same', [
      [allow('s3:*', 'arn:aws:s3:::${aws:username')],
      [allow('s3:*', 'arn:aws:s3:::${aws:username')],
    ]),
    changed('two defaults, two versions', 'text in one version, who knows what in the other', [
      [allow('s3:*', "arn:aws:s3:::${aws:x, 'a', 'b'}")],
      { Version: '2008-10-17', Statement: [allow('s3:*', "arn:aws:s3:::${aws:x, 'a', 'b'}")] },
    ]),
    same('two defaults, twice', 'whatever it is, it is the same', [
      [allow('s3:*', "arn:aws:s3:::${aws:x, 'a', 'b'}")],
      [allow('s3:*', "arn:aws:s3:::${aws:x, 'a', 'b'}")],
    ]),
    changed('braces never closed, then closed', 'known by its writing alone', [
      [allow('s3:*', 'arn:aws:s3:::${aws:username')],
      [allow('s3:*', 'arn:aws:s3:::${aws:username}')],
    ]),
    changed('odd variables differ by case', 'known by its writing alone', [
      [allow('s3:*', 'arn:aws:s3:::${aws:a{b}}')],
      [allow('s3:*', 'arn:aws:s3:::${aws:a{B}}')],
    ]),
    widened('an odd variable under *', 'it stands for some text at most', [
      [allow('s3:*', 'arn:aws:s3:::a${}')],
      [allow('s3:*', 'arn:aws:s3:::a*')],
    ]),
    changed('a variable after nothing in braces', 'read from the left', [
      [allow('s3:GetObject', 'arn:aws:s3:::${}${aws:x}')],
      [allow('s3:GetObject', 'arn:aws:s3:::${aws:x}x}')],
    ]),
    changed('a star in braces after nothing in braces', 'read from the left', [
      [allow('s3:GetObject', 'arn:aws:s3:::${}${*}')],
      [allow('s3:GetObject', 'arn:aws:s3:::${*}{*}')],
    ]),
    widened('a variable without default and with an empty one', 'where the variable is absent the default stands in', [
      [allow('s3:GetObject', 'arn:aws:s3:::${aws:x}')],
      [allow('s3:GetObject', "arn:aws:s3:::${aws:x, ''}")],
    ]),
    same('a variable with default, its name in another case', 'names ignore case', [
      [allow('s3:GetObject', "arn:aws:s3:::${aws:username, 'ab'}")],
      [allow('s3:GetObject', "arn:aws:s3:::${AWS:UserName, 'ab'}")],
    ]),
    changed('defaults in another case', "defaults don't", [
      [allow('s3:GetObject', "arn:aws:s3:::${aws:username, 'ab'}")],
      [allow('s3:GetObject', "arn:aws:s3:::${aws:username, 'AB'}")],
    ]),
    changed('blanks after a default', "nobody says that they don't count", [
      [allow('s3:GetObject', "arn:aws:s3:::${aws:username, 'ab'}")],
      [allow('s3:GetObject', "arn:aws:s3:::${aws:username, 'ab' }")],
    ]),
    widened('an odd variable may be any text', 'not only what ends like its writing', [
      [allow('s3:GetObject', 'arn:aws:s3:::*c')],
      [allow('s3:GetObject', ['arn:aws:s3:::*c', 'arn:aws:s3:::${a{bc'])],
    ]),
    same('a variable, and the same before a star', 'covered, whatever it stands for', [
      [allow('s3:GetObject', 'arn:aws:s3:::${aws:x}*')],
      [allow('s3:GetObject', ['arn:aws:s3:::${aws:x}*', 'arn:aws:s3:::${aws:x}'])],
    ]),
    narrowed(
      'two patterns that share a variable, of which a text may match one alone',
      'of a name that ends with b only the first is asked, and it can be that name',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::base'),
          allow('s3:GetObject', ['arn:aws:s3:::a${aws:username}', 'arn:aws:s3:::${aws:username}a']),
        ],
        [allow('s3:GetObject', 'arn:aws:s3:::base')],
      ],
    ),
    widened('a folder of a user, and one file in it', 'more in the same folder', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/a')],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
    ]),
    widened('a folder of a user in any bucket', 'whatever it stands for, it is the same on both sides', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*', 'arn:aws:s3:::*/${aws:username}/*')],
    ]),
    widened('a folder and all in it, joined by a star', 'also what only begins with the name', [
      [allow('s3:*', ['arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/${aws:username}/*'])],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}*')],
    ]),
    same('a file beside the folder it is in', 'covered, whatever it stands for', [
      [allow('s3:*', ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/${aws:username}/x'])],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
    ]),
    narrowed('a Deny within the folder of a user', 'what is private is denied now, and nothing is allowed', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*'), deny('s3:*', 'arn:aws:s3:::b/${aws:username}/private/*')],
    ]),
    widened('a Deny of all but a folder lets in one more', 'the name itself is no longer denied', [
      [allow('s3:*'), deny('s3:*', not('arn:aws:s3:::b/${aws:username}/*'))],
      [allow('s3:*'), deny('s3:*', not(['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/${aws:username}']))],
    ]),
    changed('a question mark for a variable', 'it may stand for more or less than one character', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}')],
      [allow('s3:*', 'arn:aws:s3:::b/?')],
    ]),
    widened('a question mark beside a variable', 'any character before the same text', [
      [allow('s3:*', 'arn:aws:s3:::b/a${aws:username}')],
      [allow('s3:*', 'arn:aws:s3:::b/?${aws:username}')],
    ]),
    widened('a question mark before a variable, and a star', 'any text before the same', [
      [allow('s3:*', 'arn:aws:s3:::b/?${aws:username}')],
      [allow('s3:*', 'arn:aws:s3:::b/*${aws:username}')],
    ]),
    changed('two variables in another order', 'they stand for different texts', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}${aws:userid}')],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:userid}${aws:username}')],
    ]),
    widened('a variable twice, and once between stars', 'the same text between others', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}${aws:username}')],
      [allow('s3:*', 'arn:aws:s3:::b/*${aws:username}*')],
    ]),
    same('a variable between stars, and another beside it', 'covered: the first star takes whatever the other stands for', [
      [allow('s3:*', 'arn:aws:s3:::b/*${aws:username}*')],
      [allow('s3:*', ['arn:aws:s3:::b/*${aws:username}*', 'arn:aws:s3:::b/*${aws:userid}${aws:username}*'])],
    ]),
    widened('a name or the like of a variable', 'it may be somebody else', [
      [allow('s3:*', 'arn:aws:s3:::b/bob/*')],
      [allow('s3:*', ['arn:aws:s3:::b/bob/*', 'arn:aws:s3:::b/${aws:username}/*'])],
    ]),
    widened('a variable with a default where it had none', 'who has no tag gets the default now', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:PrincipalTag/team}/*')],
      [allow('s3:*', "arn:aws:s3:::b/${aws:PrincipalTag/team, 'all'}/*")],
    ]),
    changed('a default with a star in it', 'whether the star is one is not said', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:PrincipalTag/team}/*')],
      [allow('s3:*', "arn:aws:s3:::b/${aws:PrincipalTag/team, '*'}/*")],
    ]),
    same('all but a folder, and the folder', 'one or the other, whatever the variable stands for', [
      [allow('s3:*', not(['arn:aws:s3:::b/${aws:username}/*'])), allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*')],
    ]),
    same('all but a folder, and more than the folder', 'the folder is in it', [
      [allow('s3:*', not(['arn:aws:s3:::b/${aws:username}/*'])), allow('s3:*', 'arn:aws:s3:::b/${aws:username}*')],
      [allow('s3:*')],
    ]),
    widened('all but what begins with a name, and the folder', 'what begins with the name outside of the folder', [
      [allow('s3:*', not(['arn:aws:s3:::b/${aws:username}*'])), allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*')],
    ]),
    same('an Allow of what a Deny leaves, by a variable', 'all else is denied anyway', [
      [allow('s3:*'), deny('s3:*', not('arn:aws:s3:::b/${aws:username}/*'))],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*'), deny('s3:*', not('arn:aws:s3:::b/${aws:username}/*'))],
    ]),
    narrowed('an open prefix against two folders of a user', 'two folders of it', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}/*')],
      [allow('s3:*', ['arn:aws:s3:::b/${aws:username}/a/*', 'arn:aws:s3:::b/${aws:username}/b/*'])],
    ]),
    widened('two tags in one path, one of them dropped', 'anything below the first', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:PrincipalTag/a}/${aws:PrincipalTag/b}/*')],
      [allow('s3:*', 'arn:aws:s3:::b/${aws:PrincipalTag/a}/*')],
    ]),
    changed('a question mark in the place of a variable, and a star', 'a name may be longer than one character', [
      [allow('s3:*', 'arn:aws:s3:::b/${aws:username}${aws:userid}c')],
      [allow('s3:*', 'arn:aws:s3:::b/?${aws:userid}*')],
    ]),
    changed('what is no variable and has one in it', 'nobody says what IAM makes of it', [
      [allow('s3:GetObject', "arn:aws:s3:::b/${'${aws:u}")],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:u}:u}')],
    ]),
    widened('what is no variable, beside one and not in the other document', 'whatever it is, the star is more', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/${}')],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}*')],
    ]),
    widened('a star for the rest, where the text that comes to mind is named', 'the user may be called something else', [
      [allow('s3:GetObject', ['arn:aws:s3:::b/${aws:username}/a', 'arn:aws:s3:::b/some-username/*'])],
      [allow('s3:GetObject', ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/some-username/*'])],
    ]),
    widened('one more default value', 'xx may be read where the tag is absent', [
      [allow('s3:GetObject', ["arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}", 'arn:aws:s3:::b/x'])],
      [
        allow('s3:GetObject', [
          "arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}",
          "arn:aws:s3:::b/${aws:PrincipalTag/t, 'xx'}",
          'arn:aws:s3:::b/x',
        ]),
      ],
    ]),
    changed('one more default value, with a wildcard', 'nobody says whether a star in a default value is a wildcard', [
      [allow('s3:GetObject', ["arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}", 'arn:aws:s3:::b/x'])],
      [
        allow('s3:GetObject', [
          "arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}",
          "arn:aws:s3:::b/${aws:PrincipalTag/t, 'x*'}",
          'arn:aws:s3:::b/x',
        ]),
      ],
    ]),
    changed('one more default value, with a dollar sign', 'nobody says what a dollar sign in a default value is', [
      [allow('s3:GetObject', ["arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}", 'arn:aws:s3:::b/x'])],
      [
        allow('s3:GetObject', [
          "arn:aws:s3:::b/${aws:PrincipalTag/t, 'x'}",
          "arn:aws:s3:::b/${aws:PrincipalTag/t, 'x$'}",
          'arn:aws:s3:::b/x',
        ]),
      ],
    ]),
    same('a dollar sign, written plainly and escaped', 'both are a dollar sign', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/a$b')],
      [allow('s3:GetObject', 'arn:aws:s3:::b/a${$}b')],
    ]),
    widened('a star escaped, and a wildcard', 'the first is a star alone', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/a${*}b')],
      [allow('s3:GetObject', 'arn:aws:s3:::b/a*b')],
    ]),
    widened('a long variable and a wildcard before its end', 'the tag may hold any text', [
      [allow('s3:GetObject', "arn:aws:s3:::b/*z'}")],
      [
        allow('s3:GetObject', [
          "arn:aws:s3:::b/*z'}",
          "arn:aws:s3:::b/${aws:PrincipalTag/tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt, 'ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddz'}",
        ]),
      ],
    ]),
    changed('a Deny of a long variable', 'the tag may hold any text', [
      [
        allow('s3:GetObject'),
        deny(
          's3:GetObject',
          "arn:aws:s3:::b/${aws:PrincipalTag/tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt, 'ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddz'}",
        ),
        deny('s3:GetObject', 'arn:aws:s3:::b/alice'),
      ],
      [allow('s3:GetObject'), deny('s3:GetObject', "arn:aws:s3:::b/*z'}"), deny('s3:GetObject', 'arn:aws:s3:::b/alice')],
    ]),
    changed('a variable twice, where it would have to stand for two texts', 'a is not b, but that is not followed', [
      [allow('s3:GetObject', 'arn:aws:s3:::a/mid/b'), deny('s3:GetObject', not('arn:aws:s3:::a/mid/b'))],
      [
        allow('s3:GetObject', 'arn:aws:s3:::a/mid/b'),
        deny('s3:GetObject', not('arn:aws:s3:::a/mid/b')),
        deny('s3:GetObject', 'arn:aws:s3:::${aws:username}/mid/${aws:username}'),
      ],
    ]),
    widened('a variable twice, where it stands for one text', 'the user may be called anything', [
      [allow('s3:GetObject', 'arn:aws:s3:::x')],
      [allow('s3:GetObject', 'arn:aws:s3:::x'), allow('s3:GetObject', 'arn:aws:s3:::${aws:username}/mid/${aws:username}')],
    ]),
    changed('a variable of a key that is true or false, beside both', 'nothing else can be filled in, but that is not followed', [
      [allow('s3:GetObject', ['arn:aws:s3:::b/true', 'arn:aws:s3:::b/false', 'arn:aws:s3:::b/${aws:SecureTransport}'])],
      [allow('s3:GetObject', ['arn:aws:s3:::b/true', 'arn:aws:s3:::b/false'])],
    ]),
    widened('what is no variable, where the name decides', 'whatever it is, the star is more', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/${}')],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/*')],
    ]),
    same('a default value with a star, twice', 'the same text', [
      [allow('s3:GetObject', "arn:aws:s3:::b/${aws:PrincipalTag/x, 'a*'}")],
      [allow('s3:GetObject', ["arn:aws:s3:::b/${aws:PrincipalTag/x, 'a*'}", "arn:aws:s3:::b/${aws:PrincipalTag/x, 'a*'}"])],
    ]),
    changed('a variable with blanks around its name', 'nobody says whether blanks count', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}')],
      [allow('s3:GetObject', 'arn:aws:s3:::b/${ aws:username}')],
    ]),
    widened('a variable with a blank in its name', 'names of tags may have blanks', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${aws:PrincipalTag/cost center}')],
      [allow('s3:GetObject', 'arn:aws:s3:::b/*')],
    ]),
    changed('incomplete ARNs that end in two variables', 'Nothing says that both tags hold the same.', [
      [allow('s3:GetObject', 'arn:aws:sns:${aws:PrincipalTag/s}')],
      [allow('s3:GetObject', 'arn:aws:sns:${aws:PrincipalTag/t}')],
    ]),
    changed('incomplete ARNs that differ behind a variable', 'Each has an account that the other has not.', [
      [allow('s3:GetObject', 'arn:aws:sns:${aws:PrincipalTag/s}:111111111111')],
      [allow('s3:GetObject', 'arn:aws:sns:${aws:PrincipalTag/s}:222222222222')],
    ]),
    same(
      'an incomplete ARN with a variable is of its service',
      'Whatever the tag is, that is a resource of sns, and all but queues are denied already.',
      [
        [allow('s3:GetObject'), deny('s3:GetObject', not('arn:aws:sqs:*:*:*'))],
        [allow('s3:GetObject'), deny('s3:GetObject', not('arn:aws:sqs:*:*:*')), deny('s3:GetObject', 'arn:aws:sns:${aws:PrincipalTag/s}')],
      ],
    ),
    changed(
      'an incomplete ARN of another account, around one with a variable at its end',
      'The first is about another account, unless its variable holds colons.',
      [
        [
          deny('s3:GetObject', not('arn:aws:sns:${aws:PrincipalTag/x}:222222222222')),
          allow('s3:GetObject', 'arn:aws:sns:us:111111111111:${aws:PrincipalTag/y}'),
        ],
        [deny('s3:GetObject', not('arn:aws:sns:${aws:PrincipalTag/x}:222222222222'))],
      ],
    ),
  ],
};
