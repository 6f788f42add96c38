import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, deny, not } from '../statements.ts';

export const COMPLEMENTS: CaseTable = {
  identity: [
    narrowed('NotAction with one more', 'more is left out', [[allow(not('iam:*'))], [allow(not(['iam:*', 's3:*']))]]),
    same('NotAction repeated and covered', 'covered', [[allow(not('iam:*'))], [allow(not(['iam:*', 'iam:PassRole']))]]),
    same('Action and NotAction of the same', 'one or the other', [[allow('iam:*'), allow(not('iam:*'))], [allow('*')]]),
    same('NotAction of everything', 'leaves nothing', [[allow(not('*')), allow('s3:*')], [allow('s3:*')]]),
    narrowed('NotAction against a list', 'all other services are gone', [[allow(not('iam:*'))], [allow(['s3:*', 'ec2:*'])]]),
    changed('NotAction against its opposite', 'the opposite', [[allow(not('iam:*'))], [allow('iam:*')]]),
    same('two NotActions are an Allow of all but both', 'no action is both of iam and of s3', [
      [allow(not('iam:*')), allow(not('s3:*'))],
      [allow('*')],
    ]),
    same('two overlapping NotActions', 'only s3 is left out by both', [
      [allow(not(['iam:*', 's3:*'])), allow(not(['s3:*', 'ec2:*']))],
      [allow(not('s3:*'))],
    ]),
    narrowed('NotAction with a pattern', 'more is left out', [[allow(not('s3:Get*'))], [allow(not('s3:Ge*'))]]),
    same('NotAction in another case', 'actions ignore case', [[allow(not('IAM:passrole'))], [allow(not('iam:PassRole'))]]),
    narrowed('NotResource with one more', 'more is left out', [
      [allow('s3:*', not('arn:aws:s3:::a'))],
      [allow('s3:*', not(['arn:aws:s3:::a', 'arn:aws:s3:::b']))],
    ]),
    same('Resource and NotResource of the same', 'one or the other', [
      [allow('s3:*', 'arn:aws:s3:::a'), allow('s3:*', not('arn:aws:s3:::a'))],
      [allow('s3:*')],
    ]),
    same('NotResource of everything', 'leaves nothing', [[allow('s3:*', not('*')), allow('iam:*')], [allow('iam:*')]]),
    same('NotResource covered', 'covered', [
      [allow('s3:*', not(['arn:aws:s3:::a*']))],
      [allow('s3:*', not(['arn:aws:s3:::a*', 'arn:aws:s3:::ab']))],
    ]),
    narrowed('NotResource against Deny', 'denied instead of left', [
      [allow('s3:*', not('arn:aws:s3:::a'))],
      [allow('s3:*'), deny('s3:*', 'arn:aws:s3:::a')],
    ]),
    narrowed('NotAction in a Deny', 'iam is denied now', [
      [allow('*'), deny(not(['iam:*', 's3:*']))],
      [allow('*'), deny(not('s3:*'))],
    ]),
    same('Deny all but, and allow just that', 'the Deny takes back the rest', [
      [allow('s3:*'), deny(not('s3:*'))],
      [allow('*'), deny(not('s3:*'))],
    ]),
    widened('NotAction and NotResource', 'a is let in', [[allow(not('iam:*'), not('arn:aws:s3:::a'))], [allow(not('iam:*'))]]),
    same('NotAction on one bucket, list on another', 'Get on a is in it', [
      [allow(not('s3:Delete*'), 'arn:aws:s3:::a')],
      [allow(not('s3:Delete*'), 'arn:aws:s3:::a'), allow('s3:Get*', 'arn:aws:s3:::a')],
    ]),
    widened(
      'all but an action of one letter, on one more resource',
      'What begins like the action is none, so all that is left is found by itself.',
      [[allow(not('s3:a'), 'arn:aws:s3:::1')], [allow(not('s3:a'), 'arn:aws:s3:::1'), allow(not('s3:a'), 'arn:aws:s3:::2')]],
    ),
    narrowed('all but an action of one letter, under a condition', 'Without TLS nothing is allowed any more.', [
      [allow(not('s3:a'))],
      [allow(not('s3:a'), '*', { Bool: { 'aws:SecureTransport': 'true' } })],
    ]),
  ],
};
