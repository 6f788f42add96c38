import { type CaseTable, changed, narrowed, same, widened } from '../case.ts';
import { allow, trust } from '../statements.ts';

export const ACTIONS: CaseTable = {
  identity: [
    widened('s3:GetObject → s3:GetObject + s3:PutObject', 'one action more', [
      [allow('s3:GetObject')],
      [allow(['s3:GetObject', 's3:PutObject'])],
    ]),
    widened('s3:Get* → s3:*', 's3:* covers s3:Get*', [[allow('s3:Get*')], [allow('s3:*')]]),
    widened('s3:GetObject → s3:Get*', 'the pattern covers the action', [[allow('s3:GetObject')], [allow('s3:Get*')]]),
    changed('s3:Get* → s3:Put*', 'neither covers the other', [[allow('s3:Get*')], [allow('s3:Put*')]]),
    changed('s3:GetObject → iam:GetUser', 'two different actions', [[allow('s3:GetObject')], [allow('iam:GetUser')]]),
    widened('s3:* → *', '* covers s3:*', [[allow('s3:*')], [allow('*')]]),
    widened('s3:Get?bject → s3:Get*', '* covers ?', [[allow('s3:Get?bject')], [allow('s3:Get*')]]),
    narrowed('s3:?etObject → s3:GetObject', '? takes more than G', [[allow('s3:?etObject')], [allow('s3:GetObject')]]),
    widened('s3:*Object → s3:*Object*', 'more may follow', [[allow('s3:*Object')], [allow('s3:*Object*')]]),
    same('s3:*Object → s3:*Object + s3:GetObject', 'GetObject ends in Object', [
      [allow('s3:*Object')],
      [allow(['s3:*Object', 's3:GetObject'])],
    ]),
    same('s3:Get* → s3:Get* + s3:Get*Acl', 'Get*Acl is in Get*', [[allow('s3:Get*')], [allow(['s3:Get*', 's3:Get*Acl'])]]),
    same('s3:Get* + s3:*Acl → s3:*Acl + s3:Get* + s3:Get*Acl', 'covered twice', [
      [allow(['s3:Get*', 's3:*Acl'])],
      [allow(['s3:*Acl', 's3:Get*', 's3:Get*Acl'])],
    ]),
    narrowed('s3:a*b → s3:a*b*b', 'a*b*b asks for a second b', [[allow('s3:a*b')], [allow('s3:a*b*b')]]),
    same('s3:a*b* → s3:a*b + s3:a*b?*', 'ends in b, or goes on after a b', [[allow('s3:a*b*')], [allow(['s3:a*b', 's3:a*b?*'])]]),
    same('s3:* → s3:?*', 'no action has an empty name', [[allow('s3:*')], [allow(['s3:?*'])]]),
    same('s3:?* → s3:? + s3:??*', 'one character, or two and more', [[allow('s3:?*')], [allow(['s3:?', 's3:??*'])]]),
    changed('s3:*a*b* → s3:*b*a*', 'ab and ba are told apart', [[allow('s3:*a*b*')], [allow('s3:*b*a*')]]),
    same('s3:*a* → s3:a* + s3:?*a*', 'a first, or later', [[allow('s3:*a*')], [allow(['s3:a*', 's3:?*a*'])]]),
    same('s3:Get* → s3:Get* + S3:GETOBJECT', 'case is ignored in covering too', [[allow('s3:Get*')], [allow(['s3:Get*', 'S3:GETOBJECT'])]]),
    widened('ec2:Describe* → ec2:Describe* + ec2:Run*', 'one pattern more', [
      [allow('ec2:Describe*')],
      [allow(['ec2:Describe*', 'ec2:Run*'])],
    ]),
    narrowed('s3:Get* + s3:List* → s3:List*', 'one pattern less', [[allow(['s3:Get*', 's3:List*'])], [allow(['s3:List*'])]]),
    narrowed('* → iam:* + s3:*', 'not every service', [[allow('*')], [allow(['iam:*', 's3:*'])]]),
    changed('s3:GetObject → s3:GetObjectVersion', 'another name, no prefix rule', [
      [allow('s3:GetObject')],
      [allow('s3:GetObjectVersion')],
    ]),
    narrowed('s3:GetObject* → s3:GetObject + s3:GetObjectVersion', 'GetObjectAcl is gone', [
      [allow('s3:GetObject*')],
      [allow(['s3:GetObject', 's3:GetObjectVersion'])],
    ]),
  ],
  trust: [
    widened('sts:AssumeRole → sts:AssumeRole + sts:TagSession', 'one action more', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }, ['sts:AssumeRole', 'sts:TagSession'])],
    ]),
    widened('sts:AssumeRole → sts:*', 'the pattern covers it', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }, 'sts:*')],
    ]),
    changed('sts:AssumeRole → sts:AssumeRoleWithSAML', 'another action', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }, 'sts:AssumeRoleWithSAML')],
    ]),
    narrowed('sts:AssumeRole* → sts:AssumeRole', 'WithSAML is gone', [
      [trust({ AWS: '222222222222' }, 'sts:AssumeRole*')],
      [trust({ AWS: '222222222222' })],
    ]),
    same('sts:AssumeRole + sts:SetSourceIdentity → sts:setsourceidentity + STS:AssumeRole', 'order and case', [
      [trust({ AWS: '222222222222' }, ['sts:AssumeRole', 'sts:SetSourceIdentity'])],
      [trust({ AWS: '222222222222' }, ['sts:setsourceidentity', 'STS:AssumeRole'])],
    ]),
  ],
};
