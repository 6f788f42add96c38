import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { distrust, trust } from '../statements.ts';

export const UNIQUE_IDS: CaseTable = {
  trust: [
    same('the same id', 'whoever it is, it is the same on both sides', [
      [trust({ AWS: 'AROADBQP57FF2AEXAMPLE' })],
      [trust({ AWS: 'AROADBQP57FF2AEXAMPLE' })],
    ]),
    changed('an id beside the account', 'may be of the account, of another, or nobody', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: ['222222222222', 'AROADBQP57FF2AEXAMPLE'] })],
    ]),
    changed('an id in place of a user', 'may be that user, or a deleted one', [
      [trust({ AWS: 'arn:aws:iam::222222222222:user/ann' })],
      [trust({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })],
    ]),
    changed('an id in place of the account', 'who it is is not known', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: 'AROADBQP57FF2AEXAMPLE' })],
    ]),
    changed('two ids', 'who they are is not known', [[trust({ AWS: 'AROADBQP57FF2AEXAMPLE' })], [trust({ AWS: 'AROAZZZP57FF2AEXAMPLE' })]]),
    same('an id beside everybody', 'everybody covers whoever it is', [
      [trust({ AWS: '*' })],
      [trust({ AWS: ['*', 'AROADBQP57FF2AEXAMPLE'] })],
    ]),
    widened('the same id, another account', 'the account is new, whoever the id is', [
      [trust({ AWS: ['AROADBQP57FF2AEXAMPLE', '222222222222'] })],
      [trust({ AWS: ['AROADBQP57FF2AEXAMPLE', '222222222222', '333333333333'] })],
    ]),
    changed('the same id with a condition dropped', 'the id may be nobody any more', [
      [trust({ AWS: 'AROADBQP57FF2AEXAMPLE' }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'x' } })],
      [trust({ AWS: 'AROADBQP57FF2AEXAMPLE' })],
    ]),
    changed('an id denied', 'the id may be nobody any more', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }), distrust({ AWS: 'AROADBQP57FF2AEXAMPLE' })],
    ]),
    narrowed('the id and the account lost', 'the other account is gone, whoever the id is', [
      [trust({ AWS: ['222222222222', '333333333333', 'AROADBQP57FF2AEXAMPLE'] })],
      [trust({ AWS: '222222222222' })],
    ]),
    changed('a user beside the id of a user', 'the user may be the one that the id is of, then nothing is new', [
      [trust({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })],
      [trust({ AWS: ['AIDACKCEVSQ6C2EXAMPLE', 'arn:aws:iam::222222222222:user/ann'] })],
    ]),
    widened('a user beside the id of a role', 'no user has the id of a role', [
      [trust({ AWS: 'AROADBQP57FF2AEXAMPLE' })],
      [trust({ AWS: ['AROADBQP57FF2AEXAMPLE', 'arn:aws:iam::222222222222:user/ann'] })],
    ]),
    changed('a role beside the id of a role', 'the role may be the one that the id is of', [
      [trust({ AWS: 'AROADBQP57FF2AEXAMPLE' })],
      [trust({ AWS: ['AROADBQP57FF2AEXAMPLE', 'arn:aws:iam::222222222222:role/App'] })],
    ]),
    changed('a session beside the id of a role', 'the session may be of the role that the id is of', [
      [trust({ AWS: 'AROADBQP57FF2AEXAMPLE' })],
      [trust({ AWS: ['AROADBQP57FF2AEXAMPLE', 'arn:aws:sts::222222222222:assumed-role/App/x'] })],
    ]),
    widened('a role beside the id of a user', 'no role has the id of a user', [
      [trust({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })],
      [trust({ AWS: ['AIDACKCEVSQ6C2EXAMPLE', 'arn:aws:iam::222222222222:role/App'] })],
    ]),
    changed('a user allowed and the id of a user denied', 'the user may be the one that the id is of, then the Deny wins', [
      [distrust({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })],
      [distrust({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' }), trust({ AWS: 'arn:aws:iam::222222222222:user/ann' })],
    ]),
    narrowed('a user who is named on both sides, beside an id', 'the account has no id, and nobody else moves', [
      [trust({ AWS: ['arn:aws:iam::222222222222:user/ann', 'AIDACKCEVSQ6C2EXAMPLE'] }), trust({ AWS: '333333333333' })],
      [trust({ AWS: ['arn:aws:iam::222222222222:user/ann', 'AIDACKCEVSQ6C2EXAMPLE'] })],
    ]),
    changed('a user under a condition beside an id', 'the id may be nobody any more, or the user', [
      [trust({ AWS: 'arn:aws:iam::222222222222:user/ann' }), trust({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })],
      [
        trust({ AWS: 'arn:aws:iam::222222222222:user/ann' }),
        trust({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' }, 'sts:AssumeRole', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      ],
    ]),
    changed(
      'somebody more, whom a denied id may be, beside a denied service',
      'The id may be the one of the user who is added, and then nobody is.',
      [
        [trust({ AWS: 'arn:aws:iam::111122223333:user/u' }), distrust({ AWS: 'AIDACKCEVSQ6C2EXAMPLE', Service: 'ec2.amazonaws.com' })],
        [
          trust({ AWS: ['arn:aws:iam::111122223333:user/u', 'arn:aws:iam::111122223333:user/u2'] }),
          distrust({ AWS: 'AIDACKCEVSQ6C2EXAMPLE', Service: 'ec2.amazonaws.com' }),
        ],
      ],
    ),
  ],
};
