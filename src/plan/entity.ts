import type { Finding } from '../drift/finding.ts';
import type { InlinePolicy } from '../state/state.ts';
import { byCalls, documentText, type IamCall, type Repair } from './call.ts';

/** A user, group or role to write to: how the API's calls and keys are called for it. */
export interface Entity {
  readonly kind: 'User' | 'Group' | 'Role';
  readonly account: string;
  readonly name: string;
}

export function entityCall(
  { kind, account, name }: Entity,
  action: (kind: Entity['kind']) => `iam:${string}`,
  input: Readonly<Record<string, unknown>> = {},
): IamCall {
  return { action: action(kind), account, input: { [`${kind}Name`]: name, ...input } };
}

export function putInline(entity: Entity, { name, document }: InlinePolicy): IamCall {
  return entityCall(entity, (kind) => `iam:Put${kind}Policy`, { PolicyName: name, PolicyDocument: documentText(document) });
}

export function deleteInline(entity: Entity, name: string): IamCall {
  return entityCall(entity, (kind) => `iam:Delete${kind}Policy`, { PolicyName: name });
}

export function attach(entity: Entity, arn: string): IamCall {
  return entityCall(entity, (kind) => `iam:Attach${kind}Policy`, { PolicyArn: arn });
}

function detach(entity: Entity, arn: string): IamCall {
  return entityCall(entity, (kind) => `iam:Detach${kind}Policy`, { PolicyArn: arn });
}

/** Name of the inline policy that a finding is about: its resource is the entity's ARN + `/policy/NAME`. */
export function inlineNameOf({ resource, entity }: Finding): string {
  return resource.slice(`${entity}/policy/`.length);
}

/** Repairs of what users, groups and roles share; `undefined` for other rules. `wanted` are the inline policies as they should be. */
export function sharedRepair(entity: Entity, finding: Finding, wanted: readonly InlinePolicy[]): Repair | undefined {
  const part = finding.rule.replace(/^(?:hub-user|hub-group|role)-/, '');
  const policy = wanted.find(({ name }) => name === inlineNameOf(finding));
  switch (part) {
    case 'policy-missing':
      return byCalls(attach(entity, finding.resource));
    case 'policy-extra':
      return byCalls(detach(entity, finding.resource));
    case 'inline-policy-missing':
    case 'inline-policy-changed':
      return policy && byCalls(putInline(entity, policy));
    case 'inline-policy-extra':
      return byCalls(deleteInline(entity, inlineNameOf(finding)));
    case 'boundary-missing':
    case 'boundary-changed':
      return byCalls(entityCall(entity, (kind) => `iam:Put${kind}PermissionsBoundary`, { PermissionsBoundary: finding.desired }));
    case 'boundary-extra':
      return byCalls(entityCall(entity, (kind) => `iam:Delete${kind}PermissionsBoundary`));
    default:
      return undefined;
  }
}
