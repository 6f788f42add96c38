import type { Difference } from '../drift/difference.ts';
import { rootArn } from '../iam/arn.ts';
import type { Desired } from '../state/desired.ts';
import type { Target } from '../state/state.ts';
import type { DesiredDocument } from './desired-document.ts';
import { mostUsual } from './most-usual.ts';
import { type PoliciesPath, policiesPath } from './policies-path.ts';
import { type CaptureDrift, type CaptureRequest, driftOf } from './request.ts';
import {
  boundaryContent,
  contentKey,
  descriptionContent,
  forAnyAccount,
  inlineContent,
  policiesContent,
  tagsContent,
  trustContent,
} from './role-content.ts';

/** The keys of a target's role, in the order of the file. */
const ROLE_KEYS = [
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
type RoleKey = (typeof ROLE_KEYS)[number];

/** Keys that are compared only if they are stated. */
const DESCRIBING: ReadonlySet<RoleKey> = new Set(['maxSessionDuration', 'description', 'tags']);

/** The key that a difference of a role is stated by. */
const KEYS: { readonly [K in Difference['kind']]?: RoleKey } = {
  trust: 'trust',
  orphans: 'trust',
  attached: 'managedPolicies',
  inline: 'inlinePolicies',
  boundary: 'permissionsBoundary',
  'session-duration': 'maxSessionDuration',
  description: 'description',
  tag: 'tags',
};

/** Which keys of which account differ from live. */
class Mismatches {
  readonly #found = new Set<string>();

  constructor({ desired, findings }: CaptureDrift, captured: readonly Target[]) {
    for (const { difference, account } of findings) {
      const key = 'of' in difference && difference.of.kind === 'Role' ? KEYS[difference.kind] : undefined;
      if (key !== undefined) this.#found.add(`${account} ${key}`);
    }
    for (const { account, roleName, role } of captured) {
      const wanted = desired.state.targets.find((target) => target.account === account);
      if (wanted?.roleName !== roleName) this.#found.add(`${account} roleName`);
      if (wanted?.role.value?.path !== role.value?.path) this.#found.add(`${account} path`);
    }
  }

  has(account: string, key: RoleKey): boolean {
    return this.#found.has(`${account} ${key}`);
  }
}

/**
 * Edits the file to state the live role of each captured target, with as few keys as possible. A value that more targets have than the present default
 * becomes the default, and targets state what differs from it. What already states it is left as it is written.
 *
 * @param captured targets that were read whole; all of them are in the file
 */
export function editRoles(document: DesiredDocument, request: CaptureRequest, captured: readonly Target[]): void {
  chooseDefaults(document, request, captured);
  const byDefault = new Mismatches(driftOf(withoutOwnKeys(document), request), captured);
  const now = driftOf(document, request);
  const stated = new Mismatches(now, captured);
  for (const target of captured) {
    const index = now.desired.state.targets.findIndex(({ account }) => account === target.account);
    for (const key of ROLE_KEYS) {
      if (!stated.has(target.account, key)) continue;
      const isSaidByDefault = !byDefault.has(target.account, key) && (!DESCRIBING.has(key) || document.has(['defaults', key]));
      if (isSaidByDefault) document.delete(['targets', index, key]);
      else {
        const place = policiesPath(document, ['targets', index, key]);
        const content = contentOf(key, target, request, now.desired, place);
        if (content !== undefined) document.set(place.path, content, 'account');
      }
    }
  }
}

function chooseDefaults(document: DesiredDocument, request: CaptureRequest, captured: readonly Target[]): void {
  const now = driftOf(withoutOwnKeys(document), request);
  const mismatches = new Mismatches(now, captured);
  const kept = now.desired.state.targets.map((target) => captured.every(({ account }) => account !== target.account));
  for (const key of ROLE_KEYS) {
    // What the file says of a target that was not read stays: its default can't become another.
    if (kept.some((isKept, index) => isKept && !document.has(['targets', index, key]))) continue;
    const others = captured.filter(({ account }) => mismatches.has(account, key));
    const place = policiesPath(document, ['defaults', key]);
    const contents = others
      .map((target) => forAnyAccount(contentOf(key, target, request, now.desired, place), target.account))
      .filter((content) => content !== undefined);
    const usual = mostUsual(contents.map(contentKey));
    if (usual === undefined || usual.count <= captured.length - others.length) continue;
    document.set(
      place.path,
      contents.find((content) => contentKey(content) === usual.text),
    );
  }
}

/** The document in which every target has what the defaults say. */
function withoutOwnKeys(document: DesiredDocument): DesiredDocument {
  const copy = document.copy();
  const targets = copy.value(['targets']);
  for (let index = 0; Array.isArray(targets) && index < targets.length; index++) {
    for (const key of ROLE_KEYS) if (copy.has(['targets', index, key])) copy.delete(['targets', index, key]);
  }
  return copy;
}

/** The live value as the file states it; `undefined` if the file can't state it, or if it was not read. */
function contentOf(
  key: RoleKey,
  target: Target,
  { live, comparer }: CaptureRequest,
  desired: Desired,
  { keepsOptional }: PoliciesPath,
): unknown {
  const role = target.role.value;
  if (!role) return undefined;
  const place = { partition: live.partition, account: target.account };
  const desiredRole = desired.state.targets.find(({ account }) => account === target.account)?.role.value;
  const principals = { root: rootArn(live.partition, live.hub.account), user: live.hub.user.value?.arn ?? '' };
  const contents: Readonly<Record<RoleKey, () => unknown>> = {
    roleName: () => target.roleName,
    path: () => descriptionContent(role.path),
    trust: () => role.trust && trustContent(role.trust, principals, comparer),
    managedPolicies: () =>
      role.managedPolicies && policiesContent(role.managedPolicies, place, keepsOptional ? desiredRole?.managedPolicies?.optional : []),
    inlinePolicies: () => role.inlinePolicies && inlineContent(role.inlinePolicies, comparer),
    permissionsBoundary: () => (role.boundary === undefined ? undefined : boundaryContent(role.boundary, place)),
    maxSessionDuration: () => role.maxSessionDuration,
    description: () => role.description && descriptionContent(role.description),
    tags: () => tagsContent(role, desiredRole?.tags ?? []),
  };
  return contents[key]();
}
