import type { Json, JsonFields } from '../protocol/json.ts';
import type { CloudTrailRecord, EventResource } from './event.ts';

/** Fields of the request, and of what a Create call returns, by which a write to IAM is found. */
const WRITE_FIELDS = new Map([
  ['accessKeyId', 'AWS::IAM::AccessKey'],
  ['groupName', 'AWS::IAM::Group'],
  ['permissionsBoundary', 'AWS::IAM::Policy'],
  ['policyArn', 'AWS::IAM::Policy'],
  ['policyName', 'AWS::IAM::Policy'],
  ['roleName', 'AWS::IAM::Role'],
  ['userName', 'AWS::IAM::User'],
]);

/** The thing that a Create call returns, with the field that holds its id. */
const CREATED = new Map([
  ['accessKey', { type: 'AWS::IAM::AccessKey', id: 'accessKeyId' }],
  ['group', { type: 'AWS::IAM::Group', id: 'groupId' }],
  ['policy', { type: 'AWS::IAM::Policy', id: 'policyId' }],
  ['role', { type: 'AWS::IAM::Role', id: 'roleId' }],
  ['user', { type: 'AWS::IAM::User', id: 'userId' }],
]);

/**
 * What an event is found by: writes to IAM by the names and ARNs of the request, and Create calls by ARN and id of what they made; the AssumeRole calls by
 * the role's ARN and the session. Refused calls and reads are found by nothing.
 */
export function resourcesOf(record: Omit<CloudTrailRecord, 'eventID' | 'recipientAccountId'>): EventResource[] {
  if (record.errorCode !== undefined) return [];
  if (record.resources !== undefined) return [...sessionOf(record.responseElements), ...record.resources.map(role)];
  if (record.readOnly) return [];
  return unique([...named(record.requestParameters), ...created(record.responseElements)]);
}

function role({ type, ARN }: { readonly type: string; readonly ARN: string }): EventResource {
  return { ResourceType: type, ResourceName: ARN };
}

function sessionOf(response: JsonFields | null): EventResource[] {
  const { accessKeyId } = fieldsIn(response?.credentials);
  const { assumedRoleId, arn } = fieldsIn(response?.assumedRoleUser);
  const session = typeof arn === 'string' ? arn.slice(arn.lastIndexOf('/') + 1) : undefined;
  return [
    ...resource('AWS::IAM::AccessKey', accessKeyId),
    ...[session, assumedRoleId, arn].flatMap((name) => resource('AWS::STS::AssumedRole', name)),
  ];
}

function named(request: JsonFields | null): EventResource[] {
  return Object.entries(request ?? {}).flatMap(([name, value]) => {
    const type = WRITE_FIELDS.get(name);
    return type === undefined ? [] : resource(type, value);
  });
}

function created(response: JsonFields | null): EventResource[] {
  return Object.entries(response ?? {}).flatMap(([name, value]) => {
    const what = CREATED.get(name);
    if (what === undefined) return [];
    const { arn, [what.id]: id } = fieldsIn(value);
    return [...resource(what.type, arn), ...resource(what.type, id)];
  });
}

function resource(ResourceType: string, name: Json | undefined): EventResource[] {
  return typeof name === 'string' ? [{ ResourceType, ResourceName: name }] : [];
}

function fieldsIn(value: Json | undefined): JsonFields {
  return isFields(value) ? value : {};
}

function isFields(value: Json | undefined): value is JsonFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unique(resources: readonly EventResource[]): EventResource[] {
  return [...new Map(resources.map((item) => [`${item.ResourceType} ${item.ResourceName}`, item])).values()];
}
