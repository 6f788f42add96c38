import { sameName } from '../iam/names.ts';
import type { Tag } from '../state/state.ts';
import type { IamCall } from './call.ts';
import type { Entity, Part } from './part.ts';

/**
 * The call that brings a part from one value to another.
 *
 * @returns `undefined` where no call does, or none that this program makes: a user is never deleted, nor is a role or group created to be as it is
 */
export function callFor(part: Part, from: unknown, to: unknown): IamCall | undefined {
  const { of } = part;
  const isGone = to === null;
  switch (part.kind) {
    case 'entity':
      return entityCall(of, from, to);
    case 'trust':
      return isGone ? undefined : call(of, 'UpdateAssumeRolePolicy', { PolicyDocument: text(to) });
    case 'attached':
      return call(of, `${isGone ? 'Detach' : 'Attach'}${of.kind}Policy`, { PolicyArn: part.arn });
    case 'inline':
      return isGone
        ? call(of, `Delete${of.kind}Policy`, { PolicyName: part.name })
        : call(of, `Put${of.kind}Policy`, { PolicyName: part.name, PolicyDocument: text(to) });
    case 'boundary':
      return isGone
        ? call(of, `Delete${of.kind}PermissionsBoundary`)
        : call(of, `Put${of.kind}PermissionsBoundary`, { PermissionsBoundary: to });
    case 'settings':
      return isGone ? undefined : settingsCall(of, to);
    case 'tags':
      return tagsCall(
        of,
        part.keys,
        tagList(to).filter(({ key }) => part.keys.some((other) => sameName(key, other))),
      );
    case 'member':
      return call(of, isGone ? 'RemoveUserFromGroup' : 'AddUserToGroup', { UserName: part.user });
  }
}

function call(of: Entity, verb: string, input: IamCall['input'] = {}): IamCall {
  return { action: `iam:${verb}`, account: of.account, input: { [`${of.kind}Name`]: of.name, ...input } };
}

function entityCall(of: Entity, from: unknown, to: unknown): IamCall | undefined {
  if (to === null) return of.kind === 'User' ? undefined : call(of, `Delete${of.kind}`);
  if (from !== null) return undefined;
  const { path, trust, description, maxSessionDuration, boundary, tags } = fields(to);
  return call(of, `Create${of.kind}`, {
    ...(typeof path === 'string' && (path !== '/' || of.kind === 'Role') ? { Path: path } : {}),
    ...(trust === undefined ? {} : { AssumeRolePolicyDocument: text(trust) }),
    ...(description ? { Description: description } : {}),
    ...(maxSessionDuration === undefined ? {} : { MaxSessionDuration: maxSessionDuration }),
    ...(boundary ? { PermissionsBoundary: boundary } : {}),
    ...(tagList(tags).length === 0 ? {} : { Tags: tagList(tags).map(apiTag) }),
  });
}

/** Both values, so that neither can be taken for one to be cleared. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
function settingsCall(of: Entity, to: unknown): IamCall {
  const { description, maxSessionDuration } = fields(to);
  return call(of, 'UpdateRole', { Description: description, MaxSessionDuration: maxSessionDuration });
}

function tagsCall(of: Entity, keys: readonly string[], tags: readonly Tag[]): IamCall {
  return tags.length === 0 ? call(of, 'UntagRole', { TagKeys: keys }) : call(of, 'TagRole', { Tags: tags.map(apiTag) });
}

/** A document as IAM takes it: JSON text. */
function text(document: unknown): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}

function apiTag({ key, value }: Tag): { Key: string; Value: string } {
  return { Key: key, Value: value };
}

/** Values come back from report files, too. */
export function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** In the order of their keys: AWS keeps none. */
export function tagList(value: unknown): readonly Tag[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const tags = list.flatMap((tag) => {
    const { key, value: of } = fields(tag);
    return typeof key === 'string' && typeof of === 'string' ? [{ key, value: of }] : [];
  });
  return tags.toSorted((a, b) => (a.key.toLowerCase() < b.key.toLowerCase() ? -1 : 1));
}
