import type { Path } from '../desired/file-node.ts';
import { isMapping } from '../state/json.ts';
import type { Target } from '../state/state.ts';
import type { DesiredDocument } from './desired-document.ts';
import type { Placed } from './edit-targets.ts';
import { policiesPath } from './policies-path.ts';
import type { CaptureRequest } from './request.ts';
import { ROLE_KEYS, type RoleKey, type Setting, settingOf } from './role-settings.ts';

/*
 * Where the file states the settings of a role: at the target, in its class, or in the defaults.
 */

/** The document in which the captured targets have what their classes and the defaults say. */
export function withoutOwnKeys(document: DesiredDocument, placed: readonly Placed[]): DesiredDocument {
  const copy = document.copy();
  for (const [index, { isCaptured }] of placed.entries()) {
    if (!isCaptured) continue;
    for (const key of ROLE_KEYS) copy.delete(['targets', index, key]);
  }
  return copy;
}

/** The class of a target; `undefined` for none. */
export function classOf(document: DesiredDocument, index: number): string | undefined {
  const stated = document.value(['targets', index]);
  return isMapping(stated) && typeof stated.class === 'string' ? stated.class : undefined;
}

export function classNames(document: DesiredDocument): readonly string[] {
  const classes = document.value(['classes']);
  return isMapping(classes) ? Object.keys(classes) : [];
}

/** Whether the target's class or the defaults state the key. */
export function isInLayer(document: DesiredDocument, index: number, key: RoleKey): boolean {
  const name = classOf(document, index);
  return document.has(['defaults', key]) || (name !== undefined && document.has(['classes', name, key]));
}

/** A live value as it is to be stated at a place of the file, which may tell optional policies apart. `desired` is what the file says of the target by now. */
export function settingAt(
  document: DesiredDocument,
  place: Path,
  target: Target,
  desired: Target | undefined,
  request: CaptureRequest,
): { readonly path: Path; readonly setting: Setting | undefined } {
  const key = ROLE_KEYS.find((one) => one === place.at(-1)) ?? 'roleName';
  const { path, keepsOptional } = policiesPath(document, place);
  const optional = keepsOptional ? desired?.role.value?.managedPolicies?.optional : undefined;
  const tags = desired?.role.value?.tags;
  return { path, setting: settingOf(key, target, request, { ...(optional && { optional }), ...(tags && { tags }) }) };
}
