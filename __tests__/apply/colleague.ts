import { awsPolicy, trustAccount } from '../../dev/aws/guide.ts';
import type { EmbeddedAws } from '../../dev/aws/server.ts';
import { Policy } from '../../src/policy/index.ts';
import { isMapping } from '../../src/state/json.ts';
import type { IamProperty, PropertyValue } from '../../src/state/property.ts';

/** Somebody else who writes while a run does: makes the property something that neither the plan nor the run knows. */
export function writeAsColleague(aws: EmbeddedAws, property: IamProperty, now: PropertyValue): void {
  const { kind, account, name } = property.of;
  const call = (action: string, input: object = {}) => aws.account(account).call(action, { [`${kind}Name`]: name, ...input });
  switch (property.kind) {
    case 'inline':
      return void call(`Put${kind}Policy`, { PolicyName: property.name, PolicyDocument: JSON.stringify(edited(now)) });
    case 'trust':
      return void call('UpdateAssumeRolePolicy', { PolicyDocument: JSON.stringify(trustAccount('aws', '999999999999')) });
    case 'boundary':
      return void call(`Put${kind}PermissionsBoundary`, { PermissionsBoundary: awsPolicy('aws', 'AmazonS3ReadOnlyAccess') });
    case 'settings':
      return void call('UpdateRole', { Description: 'A colleague’s', MaxSessionDuration: 7_200 });
    case 'tags':
      return void call('TagRole', { Tags: property.keys.map((Key) => ({ Key, Value: 'a colleague’s' })) });
    case 'attached':
      return void call(`${now === null ? 'Attach' : 'Detach'}${kind}Policy`, { PolicyArn: property.arn });
    case 'member':
      return void call(now === null ? 'AddUserToGroup' : 'RemoveUserFromGroup', { UserName: property.user });
    case 'entity':
      return void call(kind === 'Role' ? 'UpdateRole' : `Delete${kind}`, kind === 'Role' ? { Description: 'A colleague’s' } : {});
  }
}

/** Another Sid where there is a document, so that it says the same; else another document. */
function edited(now: PropertyValue): unknown {
  const json = now instanceof Policy ? now.json : undefined;
  const [first, ...rest] = isMapping(json) ? [json.Statement].flat() : [];
  if (isMapping(json) && isMapping(first)) return { ...json, Statement: [{ ...first, Sid: 'Colleague' }, ...rest] };
  return { Version: '2012-10-17', Statement: [{ Sid: 'Colleague', Effect: 'Deny', Action: 'sqs:*', Resource: '*' }] };
}
