// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, deny } from '../statements.ts';

export const RESOURCES: CaseTable = {
  identity: [
    widened('arn:aws:s3:::a → arn:aws:s3:::a + arn:aws:s3:::b', 'one bucket more', [
      [allow('s3:*', 'arn:aws:s3:::a')],
      [allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::b'])],
    ]),
    changed('arn:aws:s3:::a → arn:aws:s3:::A', 'ARNs keep case', [[allow('s3:*', 'arn:aws:s3:::a')], [allow('s3:*', 'arn:aws:s3:::A')]]),
    widened('arn:aws:s3:::a/* → arn:aws:s3:::a*', 'a* covers a/*', [
      [allow('s3:*', 'arn:aws:s3:::a/*')],
      [allow('s3:*', 'arn:aws:s3:::a*')],
    ]),
    changed('arn:aws:s3:::a → arn:aws:s3:::a/*', 'the bucket is not in itself', [
      [allow('s3:*', 'arn:aws:s3:::a')],
      [allow('s3:*', 'arn:aws:s3:::a/*')],
    ]),
    widened('arn:aws:s3:::* → *', '* is every resource, and no resource at all', [[allow('s3:*', 'arn:aws:s3:::*')], [allow('s3:*')]]),
    same('arn:aws:s3:::a* → arn:aws:s3:::a + arn:aws:s3:::a?*', 'a, or a and more', [
      [allow('s3:*', 'arn:aws:s3:::a*')],
      [allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::a?*'])],
    ]),
    widened('arn:aws:s3:::a*b → arn:aws:s3:::a*', 'anything may end it', [
      [allow('s3:*', 'arn:aws:s3:::a*b')],
      [allow('s3:*', 'arn:aws:s3:::a*')],
    ]),
    widened('arn:aws:s3:::a? → arn:aws:s3:::a*', '* covers ?', [[allow('s3:*', 'arn:aws:s3:::a?')], [allow('s3:*', 'arn:aws:s3:::a*')]]),
    narrowed('arn:aws:s3:::? → arn:aws:s3:::a + arn:aws:s3:::b', 'two of all the characters', [
      [allow('s3:*', 'arn:aws:s3:::?')],
      [allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::b'])],
    ]),
    same('arn:aws:s3:::*a* → arn:aws:s3:::*a* + arn:aws:s3:::b*a*', 'covered', [
      [allow('s3:*', 'arn:aws:s3:::*a*')],
      [allow('s3:*', ['arn:aws:s3:::*a*', 'arn:aws:s3:::b*a*'])],
    ]),
    widened('arn:aws:s3:::*a*b* → arn:aws:s3:::*a*b* + arn:aws:s3:::*b*', 'b without a before it', [
      [allow('s3:*', 'arn:aws:s3:::*a*b*')],
      [allow('s3:*', ['arn:aws:s3:::*a*b*', 'arn:aws:s3:::*b*'])],
    ]),
    same('arn:aws:iam::*:role/Micetro → arn:aws:iam::111111111111:role/Micetro + arn:aws:iam::*:role/Micetro', 'covered', [
      [allow('s3:*', 'arn:aws:iam::*:role/Micetro')],
      [allow('s3:*', ['arn:aws:iam::111111111111:role/Micetro', 'arn:aws:iam::*:role/Micetro'])],
    ]),
    widened('arn:aws:iam::222222222222:role/Micetro → arn:aws:iam::*:role/Micetro', 'any account', [
      [allow('s3:*', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('s3:*', 'arn:aws:iam::*:role/Micetro')],
    ]),
    widened('arn:aws:iam::222222222222:role/Micetro → arn:aws:iam::222222222222:role/*', 'any role', [
      [allow('s3:*', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('s3:*', 'arn:aws:iam::222222222222:role/*')],
    ]),
    changed('arn:aws:iam::222222222222:role/Micetro → arn:aws:iam::222222222222:role/path/Micetro', 'the path is part of the ARN', [
      [allow('s3:*', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('s3:*', 'arn:aws:iam::222222222222:role/path/Micetro')],
    ]),
    changed('arn:aws:iam::222222222222:role/Micetro → arn:aws:iam::333333333333:role/Micetro', 'another account', [
      [allow('s3:*', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('s3:*', 'arn:aws:iam::333333333333:role/Micetro')],
    ]),
    changed('arn:aws:iam::222222222222:role/Micetro → arn:aws-cn:iam::222222222222:role/Micetro', 'another partition', [
      [allow('s3:*', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('s3:*', 'arn:aws-cn:iam::222222222222:role/Micetro')],
    ]),
    widened('arn:aws:iam::222222222222:role/Micetro → arn:*:iam::222222222222:role/Micetro', 'any partition', [
      [allow('s3:*', 'arn:aws:iam::222222222222:role/Micetro')],
      [allow('s3:*', 'arn:*:iam::222222222222:role/Micetro')],
    ]),
    widened(
      'arn:aws:iam::222222222222:role/M + arn:aws:iam::333333333333:role/M → arn:aws:iam::????????????:role/M',
      'every account of twelve characters',
      [
        [allow('s3:*', ['arn:aws:iam::222222222222:role/M', 'arn:aws:iam::333333333333:role/M'])],
        [allow('s3:*', 'arn:aws:iam::????????????:role/M')],
      ],
    ),
    same('arn:aws:iam::* → arn:aws:iam::*:*', 'the missing segment is any', [
      [allow('s3:*', 'arn:aws:iam::*')],
      [allow('s3:*', 'arn:aws:iam::*:*')],
    ]),
    same('arn:aws:s3:::a*a → arn:aws:s3:::a*a + arn:aws:s3:::aa', 'aa is in a*a', [
      [allow('s3:*', 'arn:aws:s3:::a*a')],
      [allow('s3:*', ['arn:aws:s3:::a*a', 'arn:aws:s3:::aa'])],
    ]),
    widened('arn:aws:s3:::a*a → arn:aws:s3:::a + arn:aws:s3:::a*a', 'a alone is not in a*a', [
      [allow('s3:*', 'arn:aws:s3:::a*a')],
      [allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::a*a'])],
    ]),
    widened('arn:aws:s3:::a* + arn:aws:s3:::b* → arn:aws:s3:::?*', 'more first letters', [
      [allow('s3:*', ['arn:aws:s3:::a*', 'arn:aws:s3:::b*'])],
      [allow('s3:*', 'arn:aws:s3:::?*')],
    ]),
    widened('arn:aws:s3:::ab* → arn:aws:s3:::a?*', '? covers b', [
      [allow('s3:*', 'arn:aws:s3:::ab*')],
      [allow('s3:*', 'arn:aws:s3:::a?*')],
    ]),
    widened('arn:aws:s3:::logs-*-x → arn:aws:s3:::logs-*', 'any ending', [
      [allow('s3:*', 'arn:aws:s3:::logs-*-x')],
      [allow('s3:*', 'arn:aws:s3:::logs-*')],
    ]),
    same('arn:aws:waf::*:ipset/* → arn:aws:waf::*:ipset/* + arn:aws:waf::*:ipset/*/rule/*', 'covered', [
      [allow('s3:*', 'arn:aws:waf::*:ipset/*')],
      [allow('s3:*', ['arn:aws:waf::*:ipset/*', 'arn:aws:waf::*:ipset/*/rule/*'])],
    ]),
    narrowed('arn:aws:ec2:*:*:instance/* → arn:aws:ec2:eu-west-1:*:instance/*', 'one region', [
      [allow('s3:*', 'arn:aws:ec2:*:*:instance/*')],
      [allow('s3:*', 'arn:aws:ec2:eu-west-1:*:instance/*')],
    ]),
    widened('actions and resources crossed', 'Get on b and Put on a are new', [
      [allow('s3:Get*', 'arn:aws:s3:::a'), allow('s3:Put*', 'arn:aws:s3:::b')],
      [allow(['s3:Get*', 's3:Put*'], ['arn:aws:s3:::a', 'arn:aws:s3:::b'])],
    ]),
    same('merged where it is the same', 'one statement for two', [
      [allow('s3:Get*', 'arn:aws:s3:::a'), allow('s3:Get*', 'arn:aws:s3:::b')],
      [allow('s3:Get*', ['arn:aws:s3:::a', 'arn:aws:s3:::b'])],
    ]),
    widened('one cell more', 'Get on b', [
      [allow(['s3:Get*', 's3:Put*'], 'arn:aws:s3:::a')],
      [allow(['s3:Get*', 's3:Put*'], 'arn:aws:s3:::a'), allow('s3:Get*', 'arn:aws:s3:::b')],
    ]),
    changed('a cell moved', 'each on the other bucket', [
      [allow('s3:Get*', 'arn:aws:s3:::a'), allow('s3:Put*', 'arn:aws:s3:::b')],
      [allow('s3:Get*', 'arn:aws:s3:::b'), allow('s3:Put*', 'arn:aws:s3:::a')],
    ]),
    same('by diagonal', 'Put on a is in s3:* on a', [
      [allow('s3:Get*'), allow('s3:*', 'arn:aws:s3:::a')],
      [allow('s3:Get*'), allow('s3:Put*', 'arn:aws:s3:::a'), allow('s3:*', 'arn:aws:s3:::a')],
    ]),
    narrowed('? may be a colon', 'any single character', [
      [allow('s3:GetObject', 'arn:aws:s3:::a?b')],
      [allow('s3:GetObject', 'arn:aws:s3:::a:b')],
    ]),
    narrowed('* may hold colons', 'AWS: it can match beyond the colon', [
      [allow('s3:GetObject', 'arn:aws:s3:::a*b')],
      [allow('s3:GetObject', 'arn:aws:s3:::a:x:b')],
    ]),
    narrowed('IAM resources by a wildcard for the type', 'roles, reports and the root are left', [
      [allow('iam:*', 'arn:aws:iam::222222222222:*')],
      [allow('iam:*', 'arn:aws:iam::222222222222:r*')],
    ]),
    widened('IAM resources of one account, and of all', 'any account', [
      [allow('iam:*', 'arn:aws:iam::222222222222:role/*')],
      [allow('iam:*', 'arn:aws:iam::*:role/*')],
    ]),
    narrowed('managed policies of AWS', 'the account of AWS itself is named aws', [
      [allow('iam:*', 'arn:aws:iam::aws:policy/*')],
      [allow('iam:*', 'arn:aws:iam::aws:policy/Read*')],
    ]),
    same('arn:aws:sqs → arn:aws:sqs:*:*:*', 'missing segments are any', [
      [allow('sqs:*', 'arn:aws:sqs')],
      [allow('sqs:*', 'arn:aws:sqs:*:*:*')],
    ]),
    same('arn:aws:sqs:* → arn:aws:sqs:*:*:*', 'missing segments are any', [
      [allow('sqs:*', 'arn:aws:sqs:*')],
      [allow('sqs:*', 'arn:aws:sqs:*:*:*')],
    ]),
    same('arn:aws:sqs:us-east-1 → with one queue named', 'the queue is of the region', [
      [allow('sqs:*', 'arn:aws:sqs:us-east-1')],
      [allow('sqs:*', ['arn:aws:sqs:us-east-1', 'arn:aws:sqs:us-east-1:111111111111:q'])],
    ]),
    widened('arn:aws:sqs:us-east-1 → arn:aws:sqs', 'every region', [
      [allow('sqs:*', 'arn:aws:sqs:us-east-1')],
      [allow('sqs:*', 'arn:aws:sqs')],
    ]),
    changed('arn:aws:sqs:us-*-1 → a queue of that name', 'segments come after the region, so the queue is none of the first', [
      [allow('sqs:*', 'arn:aws:sqs:us-*-1')],
      [allow('sqs:*', 'arn:aws:sqs:us-a:b:c-1')],
    ]),
    widened('arn:aws:sqs denied → one region denied', 'other regions are no longer denied', [
      [allow('sqs:*'), deny('sqs:*', 'arn:aws:sqs')],
      [allow('sqs:*'), deny('sqs:*', 'arn:aws:sqs:us-east-1')],
    ]),
    same('an incomplete ARN with a variable', 'equal to itself', [
      [allow('sqs:*', 'arn:aws:sqs:${aws:RequestedRegion}')],
      [allow('sqs:*', 'arn:aws:sqs:${aws:RequestedRegion}')],
    ]),
    changed('an incomplete ARN with a variable → the whole', 'the variable may hold colons', [
      [allow('sqs:*', 'arn:aws:sqs:${aws:RequestedRegion}')],
      [allow('sqs:*', 'arn:aws:sqs:${aws:RequestedRegion}:*:*')],
    ]),
  ],
};
