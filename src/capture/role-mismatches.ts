import type { Path } from '../desired/file-node.ts';
import { DEFAULT_ROLE_NAME } from '../desired/file-paths.ts';
import { expandText } from '../desired/placeholders.ts';
import type { Difference } from '../drift/difference.ts';
import type { OwnedParts } from '../drift/differences/owned.ts';
import type { RoleParts } from '../drift/differences/role.ts';
import { isMapping } from '../state/json.ts';
import type { Target } from '../state/state.ts';
import { type TargetAddress, targetKey } from '../state/targets.ts';
import type { DesiredDocument } from './desired-document.ts';
import type { Placed } from './edit-targets.ts';
import { type CaptureRequest, driftOf } from './request.ts';
import { ROLE_KEYS, type RoleKey } from './role-settings.ts';

/** The key by which a difference of a role is stated; `null`: by none. The path is compared below, as text. */
const KEYS: Readonly<Record<keyof RoleParts | keyof OwnedParts, RoleKey | null>> = {
  trust: 'trust',
  orphans: 'trust',
  attached: 'managedPolicies',
  inline: 'inlinePolicies',
  boundary: 'permissionsBoundary',
  'session-duration': 'maxSessionDuration',
  description: 'description',
  tag: 'tags',
  path: null,
  'revoked-sessions': null,
};

function keyOf({ kind }: Difference): RoleKey | null {
  return isRoleKind(kind) ? KEYS[kind] : null;
}

function isRoleKind(kind: Difference['kind']): kind is keyof typeof KEYS {
  return kind in KEYS;
}

/** By which keys the file, as it is so far, differs from the live roles. */
export class Mismatches {
  readonly #found = new Set<string>();
  /** What the file says of each target by now. */
  readonly desired: readonly Target[];

  /** @param placed the targets of the document */
  constructor(document: DesiredDocument, request: CaptureRequest, placed: readonly Placed[]) {
    const { desired, findings } = driftOf(namingRoles(document, placed), request);
    this.desired = desired.state.targets;
    for (const { difference } of findings) {
      const key = 'of' in difference && difference.of.kind === 'Role' ? keyOf(difference) : null;
      if (key !== null && 'of' in difference) this.#found.add(idOf({ account: difference.of.account, roleName: difference.of.name }, key));
    }
    for (const [index, { target, isCaptured }] of placed.entries()) {
      if (!isCaptured) continue;
      for (const key of ['roleName', 'path'] as const) {
        const isSaid = statedText(document, index, target, key, request) === liveText(target, key);
        if (!isSaid) this.#found.add(idOf(target, key));
      }
    }
  }

  has(target: TargetAddress, key: RoleKey): boolean {
    return this.#found.has(idOf(target, key));
  }

  /** In the order of the file. */
  of(target: Target): readonly RoleKey[] {
    return ROLE_KEYS.filter((key) => this.has(target, key));
  }
}

function idOf(target: TargetAddress, key: RoleKey): string {
  return `${targetKey(target)} ${key}`;
}

function liveText({ roleName, role }: Target, key: 'roleName' | 'path'): string | undefined {
  return key === 'roleName' ? roleName : role.value?.path;
}

/** The document in which each target states its role's live name and path, so that it is compared with that role. */
function namingRoles(document: DesiredDocument, placed: readonly Placed[]): DesiredDocument {
  const copy = document.copy();
  for (const [index, { target, isCaptured }] of placed.entries()) {
    if (!isCaptured) continue;
    for (const key of ['roleName', 'path'] as const) copy.set(['targets', index, key], liveText(target, key), 'account');
  }
  return copy;
}

/** What the file says of a name or path: at the target, else in its class, else in the defaults. */
function statedText(
  document: DesiredDocument,
  index: number,
  { account, roleName }: Target,
  key: 'roleName' | 'path',
  { live }: CaptureRequest,
): string | undefined {
  const stated = document.value(['targets', index]);
  const target = isMapping(stated) ? stated : {};
  const places: Path[] = [
    ['targets', index, key],
    ['classes', String(target.class), key],
    ['defaults', key],
  ];
  const place = places.find((path) => document.has(path));
  const text = place === undefined ? { roleName: DEFAULT_ROLE_NAME, path: '/' }[key] : document.value(place);
  if (typeof text !== 'string') return undefined;
  const values = new Map([
    ['hubAccount', live.hub.account],
    ['partition', live.partition],
    ['account', account],
    ['roleName', roleName],
  ]);
  if (typeof target.name === 'string') values.set('targetName', expandText(target.name, values));
  return expandText(text, values);
}
