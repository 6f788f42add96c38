import { sameName } from '../iam/names.ts';
import type { Policy } from '../policy/index.ts';
import type { Creation } from '../state/creation.ts';
import type { Entity, PolicyEntity } from '../state/entity.ts';
import type { IamProperty, PropertyChange, PropertyKind, PropertyValue } from '../state/property.ts';
import type { Tag } from '../state/tag.ts';
import type { IamCall } from './call.ts';

type CallOf<K extends PropertyKind> = (property: IamProperty<K>, after: PropertyValue<K>, before: PropertyValue<K>) => IamCall | undefined;

/** The call that sets each kind of property. */
const CALLS: { readonly [K in PropertyKind]: CallOf<K> } = {
  entity: ({ of }, after, before) => {
    // A user is neither created nor deleted, and nothing is created to be as it is already.
    if (of.kind === 'User') return undefined;
    if (after === null) return call(of, `Delete${of.kind}`);
    return before === null ? call(of, `Create${of.kind}`, creationInput(after)) : undefined;
  },
  trust: ({ of }, policy) => (policy === null ? undefined : call(of, 'UpdateAssumeRolePolicy', { PolicyDocument: documentText(policy) })),
  boundary: ({ of }, arn) =>
    arn === null
      ? call(of, `Delete${of.kind}PermissionsBoundary`)
      : call(of, `Put${of.kind}PermissionsBoundary`, { PermissionsBoundary: arn }),
  // Both values, so that neither can be taken for one to be cleared.
  settings: ({ of }, settings) =>
    settings === null
      ? undefined
      : call(of, 'UpdateRole', { Description: settings.description, MaxSessionDuration: settings.maxSessionDuration }),
  attached: ({ of, arn }, after) => call(of, `${after === null ? 'Detach' : 'Attach'}${of.kind}Policy`, { PolicyArn: arn }),
  inline: ({ of, name }, policy) =>
    policy === null
      ? call(of, `Delete${of.kind}Policy`, { PolicyName: name })
      : call(of, `Put${of.kind}Policy`, { PolicyName: name, PolicyDocument: documentText(policy) }),
  // A report that is read back may claim tags which its call never set.
  tags: ({ of, keys }, after) => {
    const tags = (after ?? []).filter(({ key }) => keys.some((other) => sameName(key, other)));
    return tags.length === 0 ? call(of, 'UntagRole', { TagKeys: keys }) : call(of, 'TagRole', { Tags: tags.map(tagInput) });
  },
  member: ({ of, user }, after) => call(of, after === null ? 'RemoveUserFromGroup' : 'AddUserToGroup', { UserName: user }),
  content: ({ of }, after, before) => {
    if (after === null) return policyCall(of, 'DeletePolicy');
    const PolicyDocument = documentText(after.document);
    if (before === null) return { action: 'iam:CreatePolicy', account: of.account, input: { ...nameInput(of), PolicyDocument } };
    if (after.id !== undefined) return policyCall(of, 'SetDefaultPolicyVersion', { VersionId: after.id });
    return policyCall(of, 'CreatePolicyVersion', { PolicyDocument, SetAsDefault: true });
  },
  // A version comes into being with the content that it is created for.
  version: ({ of, id }, after) => (after === null ? policyCall(of, 'DeletePolicyVersion', { VersionId: id }) : undefined),
};

/** The call that makes a change; `undefined` where none does, or none that this program makes. */
export function callFor<K extends PropertyKind>({ property, before, after }: PropertyChange<K>): IamCall | undefined {
  const make: CallOf<K> = CALLS[property.kind];
  return make(property, after, before);
}

function call(of: Entity, verb: string, input: IamCall['input'] = {}): IamCall {
  return { action: `iam:${verb}`, account: of.account, input: { [`${of.kind}Name`]: of.name, ...input } };
}

function policyCall({ account, arn }: PolicyEntity, verb: string, input: IamCall['input'] = {}): IamCall {
  return { action: `iam:${verb}`, account, input: { PolicyArn: arn, ...input } };
}

function nameInput({ name }: PolicyEntity): IamCall['input'] {
  const end = name.lastIndexOf('/') + 1;
  return { PolicyName: name.slice(end), ...(end === 0 ? {} : { Path: `/${name.slice(0, end)}` }) };
}

function creationInput(creation: Creation): IamCall['input'] {
  const { kind, path } = creation;
  const role =
    creation.kind === 'Role'
      ? {
          AssumeRolePolicyDocument: documentText(creation.trust),
          ...(creation.description === '' ? {} : { Description: creation.description }),
          MaxSessionDuration: creation.maxSessionDuration,
        }
      : {};
  return {
    ...(path !== '/' || kind === 'Role' ? { Path: path } : {}),
    ...role,
    ...(creation.kind !== 'Group' && creation.boundary !== null ? { PermissionsBoundary: creation.boundary } : {}),
    ...(creation.kind === 'Role' && creation.tags.length > 0 ? { Tags: creation.tags.map(tagInput) } : {}),
  };
}

/** A document as IAM takes it: JSON text, without white space where it parses. */
function documentText({ json, text }: Policy): string {
  return typeof json === 'string' ? text : JSON.stringify(json);
}

function tagInput({ key, value }: Tag): { readonly Key: string; readonly Value: string } {
  return { Key: key, Value: value };
}
