import { policyArn } from '../iam/managed-policy.ts';
import { type Entity, policyEntity } from '../state/entity.ts';
import { isMapping } from '../state/json.ts';
import { type IamProperty, type PropertyChange, valueFromJson } from '../state/property.ts';
import type { IamCall } from './call.ts';

/** What an earlier run wrote, as its report has it. */
export interface RecordedCall extends IamCall {
  /** JSON values of the property that the call sets. */
  readonly before: unknown;
  readonly after: unknown;
  readonly findings: readonly string[];
  readonly at: string;
}

/**
 * The change that a recorded call made. This is the only place where calls are read back: within a run, a call knows what it changes.
 *
 * @returns `undefined` for a call, or a value, that no run makes
 */
export function recordedChange(call: RecordedCall, at: RecordedPlace): PropertyChange | undefined {
  const { before, after } = call;
  const { partition } = at;
  const property = recordedProperty(call, at);
  if (property === undefined) return undefined;
  const [from, to] = [valueFromJson(property, before, partition), valueFromJson(property, after, partition)];
  return from === undefined || to === undefined ? undefined : { property, before: from, after: to };
}

/** The property that a recorded call set; `undefined` for a call that no run makes. */
export function recordedProperty(call: IamCall, at: RecordedPlace): IamProperty | undefined {
  return policyProperty(call, at) ?? entityProperty(call);
}

/** Where a recorded call was made, beside its account. */
export interface RecordedPlace {
  readonly partition: string;
  readonly hub: { readonly account: string };
}

function policyProperty({ action, account, input }: IamCall, { partition, hub }: RecordedPlace): IamProperty | undefined {
  switch (action.slice('iam:'.length)) {
    case 'CreatePolicy': {
      const name = `policy${textIn(input, 'Path') || '/'}${textIn(input, 'PolicyName')}`;
      return { kind: 'content', of: policyEntity(policyArn(name, partition, account), account, hub.account) };
    }
    case 'CreatePolicyVersion':
    case 'SetDefaultPolicyVersion':
    case 'DeletePolicy':
      return { kind: 'content', of: policyEntity(textIn(input, 'PolicyArn'), account, hub.account) };
    case 'DeletePolicyVersion':
      return { kind: 'version', of: policyEntity(textIn(input, 'PolicyArn'), account, hub.account), id: textIn(input, 'VersionId') };
    default:
      return undefined;
  }
}

function entityProperty({ action, account, input }: IamCall): IamProperty | undefined {
  const verb = action.slice('iam:'.length);
  const kind = (['User', 'Group', 'Role'] as const).find((each) => typeof input[`${each}Name`] === 'string' && !isMembership(verb, each));
  if (kind === undefined) return undefined;
  const of: Entity = { kind, account, name: textIn(input, `${kind}Name`) };
  switch (verb) {
    case `Create${kind}`:
    case `Delete${kind}`:
      return { kind: 'entity', of };
    case 'UpdateAssumeRolePolicy':
      return { kind: 'trust', of };
    case `Attach${kind}Policy`:
    case `Detach${kind}Policy`:
      return { kind: 'attached', of, arn: textIn(input, 'PolicyArn') };
    case `Put${kind}Policy`:
    case `Delete${kind}Policy`:
      return { kind: 'inline', of, name: textIn(input, 'PolicyName') };
    case `Put${kind}PermissionsBoundary`:
    case `Delete${kind}PermissionsBoundary`:
      return { kind: 'boundary', of };
    case 'UpdateRole':
      return { kind: 'settings', of };
    case 'TagRole':
      return { kind: 'tags', of, keys: listIn(input, 'Tags').flatMap((tag) => (isMapping(tag) ? [String(tag.Key)] : [])) };
    case 'UntagRole':
      return { kind: 'tags', of, keys: listIn(input, 'TagKeys').map(String) };
    case 'AddUserToGroup':
    case 'RemoveUserFromGroup':
      return { kind: 'member', of, user: textIn(input, 'UserName') };
    default:
      return undefined;
  }
}

/** A membership names a user and is the group's property. */
function isMembership(verb: string, kind: Entity['kind']): boolean {
  return kind === 'User' && verb.endsWith('Group');
}

function textIn(input: IamCall['input'], key: string): string {
  const value = input[key];
  return typeof value === 'string' ? value : '';
}

function listIn(input: IamCall['input'], key: string): readonly unknown[] {
  const value = input[key];
  return Array.isArray(value) ? value : [];
}
