// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, allowWhen, deny, denyWhen, not, trust } from '../statements.ts';

export const VARIABLES_IN_CONDITIONS: CaseTable = {
  identity: [
    same('a variable in a condition', 'equal to itself', [
      [allow('ec2:*', '*', { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } })],
      [allow('ec2:*', '*', { StringEquals: { 'aws:ResourceTag/owner': '${AWS:username}' } })],
    ]),
    widened('a variable in a condition dropped', 'a condition less', [
      [allow('ec2:*', '*', { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } })],
      [allow('ec2:*')],
    ]),
    widened('a variable in a condition against a star', 'any owner', [
      [allow('ec2:*', '*', { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } })],
      [allow('ec2:*', '*', { StringLike: { 'aws:ResourceTag/owner': '*' } })],
    ]),
    changed('a variable in a condition against a name', 'it may be ann, or somebody else', [
      [allow('ec2:*', '*', { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } })],
      [allow('ec2:*', '*', { StringEquals: { 'aws:ResourceTag/owner': 'ann' } })],
    ]),
    widened('one name more beside a variable', 'a name more', [
      [allow('ec2:*', '*', { StringEquals: { 'aws:ResourceTag/owner': '${aws:username}' } })],
      [allow('ec2:*', '*', { StringEquals: { 'aws:ResourceTag/owner': ['${aws:username}', 'everyone'] } })],
    ]),
    changed('a variable in an action is none', 'plain text in the older version', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': '${aws:x}' } })],
      { Version: '2008-10-17', Statement: [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': '${aws:x}' } })] },
    ]),
    same('tag matching, by variable', 'Where the resource has no such tag, nothing is equal to it.', [
      [allow('s3:*', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })],
      [
        allow('s3:*', '*', {
          StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' },
          Null: { 'aws:ResourceTag/team': 'false' },
        }),
      ],
    ]),
    narrowed('tag matching, with the tag bound', 'the other teams are gone', [
      [allow('s3:*', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}', 'aws:PrincipalTag/team': 'red' } })],
    ]),
    changed('tag matching, against another tag', 'another tag of the resource', [
      [allow('s3:*', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:ResourceTag/owner': '${aws:PrincipalTag/team}' } })],
    ]),
    widened('two tags matched, one dropped', 'a condition less', [
      [
        allow('s3:*', '*', {
          StringEquals: { 'aws:ResourceTag/a': '${aws:PrincipalTag/a}', 'aws:ResourceTag/b': '${aws:PrincipalTag/b}' },
        }),
      ],
      [allow('s3:*', '*', { StringEquals: { 'aws:ResourceTag/a': '${aws:PrincipalTag/a}' } })],
    ]),
    narrowed('a variable among the values of a set', 'a value less', [
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', '${aws:username}'] } })],
      [allow('s3:*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } })],
    ]),
    widened('a variable in a pattern for ARNs', 'any name', [
      [allow('s3:*', '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${aws:username}' } })],
      [allow('s3:*', '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } })],
    ]),
    same('a variable where only a star is asked', 'covered', [
      [allow('s3:*', '*', { StringLike: { 'aws:x': ['*', '${aws:username}'] } })],
      [allow('s3:*', '*', { StringLike: { 'aws:x': '*' } })],
    ]),
    narrowed('a variable of an ignored case', 'other case is asked no more', [
      [allow('s3:*', '*', { StringEqualsIgnoreCase: { 'aws:x': '${aws:username}' } })],
      [allow('s3:*', '*', { StringEquals: { 'aws:x': '${aws:username}' } })],
    ]),
    changed('a variable for Bool, two versions', 'text in one version, who knows what in the other', [
      [allowWhen({ Bool: { 'aws:SecureTransport': '${aws:x}' } })],
      { Version: '2008-10-17', Statement: [allowWhen({ Bool: { 'aws:SecureTransport': '${aws:x}' } })] },
    ]),
    same('a variable for Bool, twice', 'whatever it is, it is the same', [
      [allowWhen({ Bool: { 'aws:SecureTransport': '${aws:x}' } })],
      [allowWhen({ Bool: { 'aws:SecureTransport': '${aws:x}' } })],
    ]),
    changed('a variable for a number, two versions', 'text in one version, who knows what in the other', [
      [allowWhen({ NumericEquals: { 's3:max-keys': '${aws:x}' } })],
      { Version: '2008-10-17', Statement: [allowWhen({ NumericEquals: { 's3:max-keys': '${aws:x}' } })] },
    ]),
    same('a variable for a number, twice', 'whatever it is, it is the same', [
      [allowWhen({ NumericEquals: { 's3:max-keys': '${aws:x}' } })],
      [allowWhen({ NumericEquals: { 's3:max-keys': '${aws:x}' } })],
    ]),
    changed('a variable for a date, two versions', 'text in one version, who knows what in the other', [
      [allowWhen({ DateEquals: { 'aws:CurrentTime': '${aws:x}' } })],
      { Version: '2008-10-17', Statement: [allowWhen({ DateEquals: { 'aws:CurrentTime': '${aws:x}' } })] },
    ]),
    same('a variable for a date, twice', 'whatever it is, it is the same', [
      [allowWhen({ DateEquals: { 'aws:CurrentTime': '${aws:x}' } })],
      [allowWhen({ DateEquals: { 'aws:CurrentTime': '${aws:x}' } })],
    ]),
    changed('a variable for an address, two versions', 'text in one version, who knows what in the other', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': '${aws:x}' } })],
      { Version: '2008-10-17', Statement: [allowWhen({ IpAddress: { 'aws:SourceIp': '${aws:x}' } })] },
    ]),
    same('a variable for an address, twice', 'whatever it is, it is the same', [
      [allowWhen({ IpAddress: { 'aws:SourceIp': '${aws:x}' } })],
      [allowWhen({ IpAddress: { 'aws:SourceIp': '${aws:x}' } })],
    ]),
    changed('a variable for a whole ARN, two versions', 'text in one version, who knows what in the other', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': '${aws:x}' } })],
      { Version: '2008-10-17', Statement: [allowWhen({ ArnLike: { 'aws:SourceArn': '${aws:x}' } })] },
    ]),
    same('a variable for a whole ARN, twice', 'whatever it is, it is the same', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': '${aws:x}' } })],
      [allowWhen({ ArnLike: { 'aws:SourceArn': '${aws:x}' } })],
    ]),
    changed('ArnLike with a variable, two versions', 'plain text in the older one', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${aws:x}' } })],
      { Version: '2008-10-17', Statement: [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${aws:x}' } })] },
    ]),
    widened('ArnLike with a variable under *', 'the variable is one text at a time', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${aws:x}' } })],
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } })],
    ]),
    changed('ArnLike with a variable before the last segment', 'the variable may hold colons', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:${aws:x}::a' } })],
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*::a' } })],
    ]),
    widened('ArnLike with plain text of the older version', 'plain text in the older one', [
      { Version: '2008-10-17', Statement: [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${aws:x}' } })] },
      { Version: '2008-10-17', Statement: [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } })] },
    ]),
    changed('a key that is compared with itself', 'always equal in truth; a variable that is a key of conditions is not followed', [
      [allowWhen({ StringEquals: { 'aws:username': '${aws:username}' } })],
      [allowWhen({ Null: { 'aws:username': 'false' } })],
    ]),
    same('a value with a variable that is absent', 'neither is ever true', [
      [allowWhen({ StringEquals: { 'aws:x': '${aws:y}' }, Null: { 'aws:y': 'true' } })],
      [allowWhen({ StringEquals: { 'aws:x': 'x' }, Null: { 'aws:x': 'true' } })],
    ]),
    widened(
      'a value with a variable between other text, the variable bound by another condition',
      "whatever the principal's tag is, the resource's can be that with team- before it",
      [
        [allow('s3:GetObject', 'arn:aws:s3:::base')],
        [
          allow('s3:GetObject', 'arn:aws:s3:::base'),
          allowWhen({ StringEquals: { 'aws:ResourceTag/team': 'team-${aws:PrincipalTag/team}', 'aws:PrincipalTag/team': 'ddi' } }),
        ],
      ],
    ),
    widened('a value of two variables, both bound by other conditions', 'the value can be the two put together', [
      [allow('s3:GetObject', 'arn:aws:s3:::base')],
      [
        allow('s3:GetObject', 'arn:aws:s3:::base'),
        allowWhen({ StringEquals: { 'aws:x': '${aws:y}-${aws:z}', 'aws:y': 'a', 'aws:z': 'b' } }),
      ],
    ]),
    changed('the value of a bound variable is taken away', 'each allows what the other does not', [
      [allowWhen({ StringEquals: { 'aws:x': ['a-${aws:y}'], 'aws:y': 'q' } })],
      [allowWhen({ StringNotEquals: { 'aws:x': 'a-${aws:y}' }, StringEquals: { 'aws:y': 'q' } })],
    ]),
    narrowed(
      'two values that share a variable, of which a text may match one alone',
      'of a value that ends with b only the first is asked, and it can be that',
      [
        [allow('s3:GetObject', 'arn:aws:s3:::base'), allowWhen({ StringLike: { 'aws:x': ['a${aws:username}', '${aws:username}a'] } })],
        [allow('s3:GetObject', 'arn:aws:s3:::base')],
      ],
    ),
    widened('a prefix with a variable, and its star dropped', 'also what only begins with the name', [
      [allow('s3:ListBucket', '*', { StringLike: { 's3:prefix': 'home/${aws:username}/*' } })],
      [allow('s3:ListBucket', '*', { StringLike: { 's3:prefix': 'home/${aws:username}*' } })],
    ]),
    widened('an exact value with a variable, and a pattern around it', 'the same text and more after it', [
      [allow('s3:ListBucket', '*', { StringEquals: { 's3:prefix': 'home/${aws:username}' } })],
      [allow('s3:ListBucket', '*', { StringLike: { 's3:prefix': 'home/${aws:username}*' } })],
    ]),
    widened('a Deny of all prefixes but those with a variable', 'one prefix less is denied', [
      [allow('s3:*'), deny('s3:ListBucket', '*', { StringNotLike: { 's3:prefix': 'home/${aws:username}/*' } })],
      [allow('s3:*'), deny('s3:ListBucket', '*', { StringNotLike: { 's3:prefix': ['home/${aws:username}/*', 'home/${aws:username}'] } })],
    ]),
    widened('an ARN with a variable in its last segment, and any account', 'the same name in any account', [
      [allow('sts:AssumeRole', '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:${aws:username}' } })],
      [allow('sts:AssumeRole', '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:*:${aws:username}' } })],
    ]),
    narrowed(
      'an ARN with a variable in its last segment, and text over two segments',
      'in text a star takes colons, and in an ARN it does not',
      [
        [allow('sts:AssumeRole', '*', { StringLike: { 'aws:SourceArn': 'arn:aws:sns:*:${aws:username}' } })],
        [allow('sts:AssumeRole', '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:${aws:username}' } })],
      ],
    ),
    narrowed('a Deny of a tag that is not that of the principal, or not another', 'what only begins with the tag is denied, too', [
      [allow('s3:*'), deny('s3:*', '*', { StringNotLike: { 'aws:ResourceTag/o': '${aws:PrincipalTag/o}*' } })],
      [allow('s3:*'), deny('s3:*', '*', { StringNotLike: { 'aws:ResourceTag/o': '${aws:PrincipalTag/o}' } })],
    ]),
    narrowed('what is no variable, in two conditions of a Deny, beside one', 'whatever it is, another value is another', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/*')],
      [
        allow('s3:GetObject', 'arn:aws:s3:::b/*'),
        deny('s3:GetObject', 'arn:aws:s3:::b/${aws:u}', {
          StringNotEquals: { 'aws:k': '${}', 'aws:j': '${}${aws:u}' },
          Null: { 'aws:k': 'false', 'aws:j': 'false' },
        }),
      ],
    ]),
    changed('a variable in an ARN, bound to a text with a colon', 'nobody says whether its colon ends a segment', [
      [
        allowWhen({
          StringEquals: { 'aws:PrincipalTag/t': 'a:b' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:${aws:PrincipalTag/t}' },
        }),
      ],
      [
        allowWhen({
          StringEquals: { 'aws:PrincipalTag/t': 'a:b' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:a:b' },
        }),
      ],
    ]),
    same('a variable in an ARN, bound to a text without a colon', 'the tag is a', [
      [
        allowWhen({
          StringEquals: { 'aws:PrincipalTag/t': 'a' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:${aws:PrincipalTag/t}' },
        }),
      ],
      [allowWhen({ StringEquals: { 'aws:PrincipalTag/t': 'a' }, ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:a' } })],
    ]),
    changed('a variable in an ARN of which only a text with a colon is known', 'nobody says whether its colon ends a segment', [
      [
        allowWhen({
          ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:${aws:PrincipalTag/t}/a' },
          StringLike: { 'aws:PrincipalTag/t': ':' },
        }),
      ],
      [
        allowWhen({
          ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:${aws:PrincipalTag/t}/*' },
          StringLike: { 'aws:PrincipalTag/t': ':' },
        }),
      ],
    ]),
    changed('a variable among numbers, bound to one', 'whether a variable is read among numbers is not documented', [
      [allowWhen({ StringEquals: { 'aws:PrincipalTag/t': '5' }, NumericEquals: { 's3:max-keys': '${aws:PrincipalTag/t}' } })],
      [allowWhen({ StringEquals: { 'aws:PrincipalTag/t': '5' }, NumericEquals: { 's3:max-keys': '5' } })],
    ]),
    same('a variable in a text, bound to a text with a colon', 'a colon is a letter there', [
      [allowWhen({ StringEquals: { 'aws:PrincipalTag/t': 'a:b' }, StringLike: { 'aws:UserAgent': 'x${aws:PrincipalTag/t}' } })],
      [allowWhen({ StringEquals: { 'aws:PrincipalTag/t': 'a:b' }, StringLike: { 'aws:UserAgent': 'xa:b' } })],
    ]),
    changed('what has no end and the name of a condition key', 'it is no variable of that key', [
      [allow('s3:GetObject', 'arn:aws:s3:::b/${a.b:sub', { StringEquals: { '${a.b:sub': 'x' } })],
      [allow('s3:GetObject', 'arn:aws:s3:::b/x', { StringEquals: { '${a.b:sub': 'x' } })],
    ]),
    changed('a variable that would have to stand for two texts, in a resource and in a condition', 'q is not r, but that is not followed', [
      [deny('s3:GetObject', 'arn:aws:s3:::b/*', { StringNotEquals: { 'aws:k': 'r' } }), deny('s3:GetObject', not('arn:aws:s3:::b/q'))],
      [
        deny('s3:GetObject', 'arn:aws:s3:::b/*', { StringNotEquals: { 'aws:k': 'r' } }),
        deny('s3:GetObject', not('arn:aws:s3:::b/q')),
        allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}', { StringEquals: { 'aws:k': '${aws:username}' } }),
      ],
    ]),
    changed('a default value with a star, like it or equal to it', 'nobody says whether a star in a default value is a wildcard', [
      [allowWhen({ StringLike: { 'x:k': "${aws:PrincipalTag/x, 'a*'}" } })],
      [allowWhen({ StringEquals: { 'x:k': "${aws:PrincipalTag/x, 'a*'}" } })],
    ]),
    changed(
      'a Deny of a default value with a star, like it or equal to it',
      'nobody says whether a star in a default value is a wildcard',
      [
        [allow('s3:GetObject'), denyWhen({ StringLike: { 'x:k': "${aws:PrincipalTag/x, 'a*'}" } })],
        [allow('s3:GetObject'), denyWhen({ StringEquals: { 'x:k': "${aws:PrincipalTag/x, 'a*'}" } })],
      ],
    ),
    changed(
      'a default value with a star, in one statement and like it in the other',
      'nobody says whether a star in a default value is a wildcard',
      [
        [allowWhen({ StringEquals: { 'x:k': "${aws:PrincipalTag/x, 'a*'}" } }), allowWhen({ StringLike: { 'x:k': 'q' } })],
        [allowWhen({ StringLike: { 'x:k': "${aws:PrincipalTag/x, 'a*'}" } })],
      ],
    ),
    widened(
      'a condition key that is written like what has no end beside it',
      'no variable of that key: the resource may match where the key is absent',
      [
        [allow('s3:GetObject', 'arn:aws:s3:::b/${a.b:sub', { StringEquals: { '${a.b:sub': 'x' } })],
        [allow('s3:GetObject', 'arn:aws:s3:::b/${a.b:sub', { StringEqualsIfExists: { '${a.b:sub': 'x' } })],
      ],
    ),
    changed('a condition key that is written like what is no variable beside it', 'two keys', [
      [allow('s3:GetObject', "arn:aws:s3:::b/${a.b:s'}", { StringEquals: { '${a.b:s}': 'x' } })],
      [allow('s3:GetObject', "arn:aws:s3:::b/${a.b:s'}", { StringEqualsIfExists: { "${a.b:s'}": 'x' } })],
    ]),
    narrowed(
      'a Deny, and an Allow that hangs on a variable among numbers',
      'whichever document names a key first: where the tag is absent the Deny alone is left',
      [
        [allowWhen({ StringEquals: { 'aws:PrincipalTag/t': '5' }, NumericEquals: { 's3:max-keys': '${aws:PrincipalTag/t}' } })],
        [denyWhen({ NumericLessThan: { 's3:max-keys': 3600 } })],
      ],
    ),
    changed('a variable in a pattern, and in a text', 'whether a star in what it stands for is a wildcard is not said', [
      [allowWhen({ StringLike: { 's3:prefix': '${aws:UserAgent}' } })],
      [allowWhen({ StringEquals: { 's3:prefix': '${aws:UserAgent}' } })],
    ]),
    changed('a variable in a pattern, and in one of two texts', 'whether a star in what it stands for is a wildcard is not said', [
      [allowWhen({ StringLike: { 's3:prefix': '${aws:UserAgent}' } })],
      [allowWhen({ StringEquals: { 's3:prefix': ['${aws:UserAgent}', 'x'] } })],
    ]),
    changed('a variable in an ARN, and in a text', 'whether a star in what it stands for is a wildcard is not said', [
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::${aws:UserAgent}' } })],
      [allowWhen({ StringEquals: { 'aws:SourceArn': 'arn:aws:s3:::${aws:UserAgent}' } })],
    ]),
    same('a name in a pattern, and in a text', 'names have no wildcards', [
      [allowWhen({ StringLike: { 'sts:RoleSessionName': '${aws:username}' } })],
      [allowWhen({ StringEquals: { 'sts:RoleSessionName': '${aws:username}' } })],
    ]),
    same('a tag of the caller in a pattern, and in a text', 'tags of IAM have no wildcards', [
      [allowWhen({ StringLike: { 'aws:ResourceTag/t': '${aws:PrincipalTag/t}' } })],
      [allowWhen({ StringEquals: { 'aws:ResourceTag/t': '${aws:PrincipalTag/t}' } })],
    ]),
    changed('two keys compared with one another, and once', 'they hang together', [
      [allowWhen({ StringEquals: { 'aws:ResourceTag/t': '${aws:PrincipalTag/t}', 'aws:PrincipalTag/t': '${aws:ResourceTag/t}' } })],
      [allowWhen({ StringEquals: { 'aws:PrincipalTag/t': '${aws:ResourceTag/t}' } })],
    ]),
    changed('a word compared with a tag', 'the key holds a word', [
      [allowWhen({ StringEquals: { 'aws:SecureTransport': '${aws:PrincipalTag/x}' } })],
      [allowWhen({ StringEquals: { 'aws:SecureTransport': '${aws:PrincipalTag/x}', 'aws:PrincipalTag/x': 'foo' } })],
    ]),
    changed('a variable in the middle of an ARN whose wildcard would have to take a colon', 'wildcards stay in their segment', [
      [
        allowWhen({
          ArnLike: { 'aws:SourceArn': 'arn:*:s3:${aws:PrincipalTag/r}::b' },
          StringNotEquals: { 'aws:SourceArn': 'arn:a:b:s3:r::b' },
        }),
      ],
      [allowWhen({ ArnLike: { 'aws:SourceArn': 'arn:*:s3:${aws:PrincipalTag/r}::b' } })],
    ]),
    narrowed(
      'a value that ignores case, with an absent variable between stars',
      'where the variable is there all is allowed, and where it is absent its value takes nothing',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::a', { StringEquals: { 'aws:x': "${aws:UserAgent, 'a'}" } }),
          allow('s3:GetObject', 'arn:aws:s3:::a', { StringLike: { 'aws:UserAgent': '*' } }),
        ],
        [
          allow('s3:GetObject', 'arn:aws:s3:::a', { StringLike: { 'aws:UserAgent': '*' } }),
          allow('s3:GetObject', 'arn:aws:s3:::a', { StringEqualsIgnoreCase: { 'aws:x': ['*${aws:UserAgent}*'] } }),
        ],
      ],
    ),
    same(
      'an empty value beside an absent variable, where a quantifier finds none',
      'Without the tag nothing is like it. So the tag keys have to be none, or an empty text, in which neither finds a value.',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::other'),
          allow('s3:GetObject', 'arn:aws:s3:::b', {
            Null: { 'aws:PrincipalTag/x': 'true' },
            'ForAllValues:StringEquals': { 'aws:TagKeys': '${aws:PrincipalTag/x}' },
          }),
        ],
        [
          allow('s3:GetObject', 'arn:aws:s3:::other'),
          allow('s3:GetObject', 'arn:aws:s3:::b', { Null: { 'aws:PrincipalTag/x': 'true', 'aws:TagKeys': 'true' } }),
        ],
      ],
    ),
    changed(
      'an empty value that either of two variables may be',
      'One of the two is absent; the other may be empty as the prefix is, in which the set and Null may find nothing.',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::other'),
          allow('s3:GetObject', 'arn:aws:s3:::b', {
            Null: { 'aws:PrincipalTag/x': 'true', 's3:prefix': 'true' },
            StringEquals: { 's3:prefix': ['${aws:PrincipalTag/x}', '${aws:PrincipalTag/y}'] },
            'ForAllValues:StringEquals': { 's3:prefix': 'q' },
          }),
        ],
        [allow('s3:GetObject', 'arn:aws:s3:::other')],
      ],
    ),
    same('an empty value that only an absent variable could be', 'Without the variable the pattern matches nothing.', [
      [
        allow('s3:GetObject', 'arn:aws:s3:::other'),
        allow('s3:GetObject', 'arn:aws:s3:::b', {
          Null: { 'aws:PrincipalTag/x': 'true', 's3:prefix': 'true' },
          StringEquals: { 's3:prefix': ['${aws:PrincipalTag/x}'] },
          'ForAllValues:StringEquals': { 's3:prefix': 'q' },
        }),
      ],
      [allow('s3:GetObject', 'arn:aws:s3:::other')],
    ]),
    widened(
      'a value with what looks like a variable, that a condition asks for',
      'The tag is a${b}, as it is written; the folder behind it may be any.',
      [
        [
          allow('s3:GetObject', 'arn:aws:s3:::${aws:PrincipalTag/x}/${aws:PrincipalTag/x}', {
            StringLike: { 'aws:PrincipalTag/x': 'a${$}{b}' },
          }),
        ],
        [allow('s3:GetObject', 'arn:aws:s3:::${aws:PrincipalTag/x}/*', { StringLike: { 'aws:PrincipalTag/x': 'a${$}{b}' } })],
      ],
    ),
  ],
  trust: [
    widened('session names that begin with a variable', 'the name with more after it', [
      [trust({ AWS: '111111111111' }, 'sts:AssumeRole', { StringEquals: { 'sts:RoleSessionName': '${aws:username}' } })],
      [trust({ AWS: '111111111111' }, 'sts:AssumeRole', { StringLike: { 'sts:RoleSessionName': '${aws:username}*' } })],
    ]),
    same('a value of a variable that is bound', 'the name is bob', [
      [
        trust({ AWS: '111111111111' }, 'sts:AssumeRole', {
          StringEquals: { 'aws:username': 'bob', 'sts:RoleSessionName': '${aws:username}' },
        }),
      ],
      [trust({ AWS: '111111111111' }, 'sts:AssumeRole', { StringEquals: { 'aws:username': 'bob', 'sts:RoleSessionName': 'bob' } })],
    ]),
  ],
};
