import { rootArn } from '../iam/arn.ts';
import { withoutUniqueIds } from '../policy/index.ts';
import { isMapping } from '../state/json.ts';
import type { Role, Target } from '../state/state.ts';
import type { Tag } from '../state/tag.ts';
import type { CaptureRequest } from './request.ts';
import { boundaryContent, descriptionContent, inlineContent, policiesContent, tagsContent, trustContent } from './role-content.ts';
import { contentId, forAnyAccount, forAnyRole } from './with-placeholders.ts';

/** The keys of a role, in the order of the file. */
export const ROLE_KEYS = [
  'roleName',
  'path',
  'trust',
  'managedPolicies',
  'inlinePolicies',
  'permissionsBoundary',
  'maxSessionDuration',
  'description',
  'tags',
] as const;
export type RoleKey = (typeof ROLE_KEYS)[number];

/** Keys that are compared only if they are stated. */
export const DESCRIBING: ReadonlySet<RoleKey> = new Set(['maxSessionDuration', 'description', 'tags']);

/** A live value as the file states it. */
export interface Setting {
  /** Equal for values that mean the same, each for its own account and role. */
  readonly id: string;
  readonly roleName: string;
  /** For any account; the name of the role stands where it stands. */
  readonly content: unknown;
  /** For any account and any role. */
  readonly general: unknown;
}

/** What the file states already, and goes on to. */
export interface Stated {
  /** ARNs that may be attached. */
  readonly optional?: readonly string[];
  /** Tags whose values it states. */
  readonly tags?: readonly Tag[];
}

/** The live value of a key; `undefined` if the file can't state it, or if it was not read. */
export function settingOf(key: RoleKey, target: Target, request: CaptureRequest, stated: Stated = {}): Setting | undefined {
  const role = target.role.value;
  const content = role ? contentOf(key, target, role, request, stated) : undefined;
  if (!role || content === undefined) return undefined;
  const { account, roleName } = target;
  const names = { account, roleName, hubAccount: request.live.hub.account };
  const of = key === 'trust' ? 'trust' : 'other';
  const written = forAnyAccount(content, names, of);
  const id = contentId(forAnyRole(forAnyAccount(meaningOf(key, content, role), names, of), names));
  return { id, roleName, content: written, general: forAnyRole(written, names) };
}

/** What states the settings of all the roles, which have one id. */
export function commonContent([first, ...others]: readonly [Setting, ...Setting[]]): unknown {
  return others.every(({ roleName }) => roleName === first.roleName) ? first.content : first.general;
}

function contentOf(key: RoleKey, target: Target, role: Role, { live, comparer }: CaptureRequest, stated: Stated): unknown {
  const place = { partition: live.partition, account: target.account };
  const principals = { root: rootArn(live.partition, live.hub.account), user: live.hub.user.value?.arn ?? '' };
  const contents: Readonly<Record<RoleKey, () => unknown>> = {
    roleName: () => target.roleName,
    path: () => descriptionContent(role.path),
    trust: () => role.trust && trustContent(role.trust, principals, comparer),
    managedPolicies: () => role.managedPolicies && policiesContent(role.managedPolicies, place, stated.optional),
    inlinePolicies: () => role.inlinePolicies && inlineContent(role.inlinePolicies, comparer),
    permissionsBoundary: () => (role.boundary === undefined ? undefined : boundaryContent(role.boundary, place)),
    maxSessionDuration: () => role.maxSessionDuration,
    description: () => role.description && descriptionContent(role.description),
    tags: () => tagsContent(role, stated.tags ?? []),
  };
  return contents[key]();
}

/** The content with its documents in the one form of all that mean the same. A document that is text, as it holds literal braces, stays text. */
function meaningOf(key: RoleKey, content: unknown, role: Role): unknown {
  if (key === 'trust' && isMapping(content) && 'Statement' in content) return role.trust && withoutUniqueIds(role.trust).policy?.canonical;
  if (key !== 'inlinePolicies' || !(content instanceof Map)) return content;
  const canonical = new Map(role.inlinePolicies?.map(({ name, document }) => [name, document.canonical]));
  return new Map([...content].map(([name, document]) => [name, isMapping(document) ? canonical.get(name) : document]));
}
