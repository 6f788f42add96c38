import { sameName } from '../iam/names.ts';
import type { IamCall } from './call.ts';

/**
 * What one call sets: a part of a user, group or role. Planning, verifying and undoing all go by parts, so that there is one way of reading
 * (`valueIn`) and one of writing (`callFor`) each.
 *
 * Values are JSON, and `null` stands for a part that is not there: of `entity` what it was created with; of `trust` and `inline` the document, as
 * text where it does not parse; of `attached` and `boundary` an ARN; of `settings` a role's description and session duration; of `tags` those of
 * the keys that are there; of `member` true.
 */
export type Part =
  | { readonly kind: 'entity' | 'trust' | 'boundary' | 'settings'; readonly of: Entity }
  | { readonly kind: 'attached'; readonly of: Entity; readonly arn: string }
  | { readonly kind: 'inline'; readonly of: Entity; readonly name: string }
  | { readonly kind: 'tags'; readonly of: Entity; readonly keys: readonly string[] }
  | { readonly kind: 'member'; readonly of: Entity; readonly user: string };

/** A user, group or role to write to. */
export interface Entity {
  readonly kind: 'User' | 'Group' | 'Role';
  readonly account: string;
  readonly name: string;
}

/** Which part a call sets, a planned one or one of a report; `undefined` for a call that no plan makes. */
export function partOf({ action, account, input }: Pick<IamCall, 'account' | 'input'> & { readonly action: string }): Part | undefined {
  const verb = action.slice('iam:'.length);
  const kind = (['User', 'Group', 'Role'] as const).find((each) => typeof input[`${each}Name`] === 'string' && !isOfGroup(verb, each));
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
      return { kind: 'tags', of, keys: tagsIn(input.Tags).map(({ Key }) => Key) };
    case 'UntagRole':
      return { kind: 'tags', of, keys: Array.isArray(input.TagKeys) ? input.TagKeys.map(String) : [] };
    case 'AddUserToGroup':
    case 'RemoveUserFromGroup':
      return { kind: 'member', of, user: textIn(input, 'UserName') };
    default:
      return undefined;
  }
}

/** A membership names a user and is the group's part. */
function isOfGroup(verb: string, kind: Entity['kind']): boolean {
  return kind === 'User' && verb.endsWith('Group');
}

function textIn(input: IamCall['input'], key: string): string {
  const value = input[key];
  return typeof value === 'string' ? value : '';
}

function tagsIn(value: unknown): readonly { readonly Key: string; readonly Value: string }[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((tag) =>
    typeof tag === 'object' && tag !== null && 'Key' in tag && 'Value' in tag ? [{ Key: String(tag.Key), Value: String(tag.Value) }] : [],
  );
}

/** Equal for parts that are the same; tags of the same role differ by their keys. */
export function partKey(part: Part): string {
  const { kind, account, name } = part.of;
  return JSON.stringify([part.kind, kind, account, name.toLowerCase(), detailOf(part)]);
}

function detailOf(part: Part): unknown {
  switch (part.kind) {
    case 'attached':
      return part.arn;
    case 'inline':
      return part.name;
    case 'tags':
      return part.keys.map((key) => key.toLowerCase()).toSorted();
    case 'member':
      return part.user.toLowerCase();
    default:
      return '';
  }
}

export function sameEntity(a: Entity, b: Entity): boolean {
  return a.kind === b.kind && a.account === b.account && sameName(a.name, b.name);
}
