import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, deny, not } from '../statements.ts';

export const DENY: CaseTable = {
  identity: [
    narrowed('a Deny more', 'what was allowed is denied', [[allow('s3:*')], [allow('s3:*'), deny('s3:DeleteBucket')]]),
    narrowed('a Deny of what was not allowed', 'from no opinion to deny is less', [[allow('s3:*')], [allow('s3:*'), deny('iam:*')]]),
    same('a Deny inside a Deny', 'covered', [
      [allow('*'), deny('iam:*')],
      [allow('*'), deny('iam:*'), deny('iam:PassRole')],
    ]),
    same('an Allow under a Deny', 'the Deny wins', [
      [deny('iam:*'), allow('s3:*')],
      [deny('iam:*'), allow(['s3:*', 'iam:GetUser'])],
    ]),
    widened('an Allow partly under a Deny', 'iam:PassRole is new', [
      [deny('iam:Get*'), allow('s3:*')],
      [deny('iam:Get*'), allow(['s3:*', 'iam:*'])],
    ]),
    widened('allow but, by Deny or by NotAction', 'no longer denied, though not allowed either', [
      [allow('*'), deny('iam:*')],
      [allow(not('iam:*'))],
    ]),
    widened('a Deny narrowed in resources', 'the other buckets', [
      [allow('*'), deny('s3:*', 'arn:aws:s3:::*')],
      [allow('*'), deny('s3:*', 'arn:aws:s3:::a')],
    ]),
    narrowed('a Deny widened in actions', 'more is denied', [
      [allow('*'), deny('s3:Get*')],
      [allow('*'), deny('s3:*')],
    ]),
    changed('Deny moved', 'one is freed, another denied', [
      [allow('*'), deny('s3:Get*')],
      [allow('*'), deny('s3:Put*')],
    ]),
    changed('allow more and deny more', 'Put is new, Delete is denied', [[allow('s3:Get*')], [allow('s3:*'), deny('s3:Delete*')]]),
    widened('a conditional Deny dropped', 'plain HTTP is let in', [
      [allow('*'), deny('*', '*', { Bool: { 'aws:SecureTransport': 'false' } })],
      [allow('*')],
    ]),
    narrowed('a conditional Deny made unconditional', 'denied always', [
      [allow('*'), deny('s3:*', '*', { Bool: { 'aws:SecureTransport': 'false' } })],
      [allow('*'), deny('s3:*')],
    ]),
    same('a conditional Deny under an unconditional one', 'covered', [
      [allow('*'), deny('s3:*')],
      [allow('*'), deny('s3:*'), deny('s3:Get*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    same('a conditional Allow under an unconditional one', 'covered', [
      [allow('s3:*')],
      [allow('s3:*'), allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    narrowed('a condition from Allow to Deny', 'allowed alike, denied instead of left', [
      [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
      [allow('s3:*'), deny('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    narrowed('deny everything', 'nothing is left', [[allow('s3:*')], [deny('*')]]),
    same('deny everything, however written', 'the Deny covers all', [
      [deny('*')],
      [deny('*'), allow('s3:*'), deny('iam:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } })],
    ]),
    same('Deny split by condition', 'either is denied', [
      [deny('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': ['x', 'y'] } })],
      [
        deny('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } }),
        deny('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'y' } }),
      ],
    ]),
    same('Deny by complementary conditions', 'one of them always holds', [
      [deny('s3:*')],
      [
        deny('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'x' } }),
        deny('s3:*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': 'x' } }),
      ],
    ]),
    widened('allow where the Deny leaves a gap', '11 to 20', [
      [allow('s3:*'), deny('s3:*', '*', { NumericGreaterThan: { 's3:max-keys': 10 } })],
      [allow('s3:*'), deny('s3:*', '*', { NumericGreaterThan: { 's3:max-keys': 20 } })],
    ]),
  ],
};
