import type { DesiredDocument } from './desired-document.ts';
import { divideRoles } from './divide-roles.ts';
import { editLayers } from './edit-layers.ts';
import type { Placed } from './edit-targets.ts';
import { classNames, isInLayer, settingAt, withoutOwnKeys } from './own-keys.ts';
import { placeInClasses } from './place-in-classes.ts';
import type { CaptureRequest } from './request.ts';
import { Mismatches } from './role-mismatches.ts';
import { DESCRIBING, ROLE_KEYS, type RoleKey } from './role-settings.ts';

/**
 * Edits the file to state the live role of each captured target, with as few lines as possible: what many have in common stands in the defaults or in a class,
 * and targets state what differs from it. What already states it is left as it is written, and targets stay in the class that the file gives them.
 *
 * @param placed the targets of the document
 */
export function editRoles(document: DesiredDocument, request: CaptureRequest, placed: readonly Placed[]): void {
  if (isStated(new Mismatches(document, request, placed), placed)) return;
  const isNewEstate = placed.every(({ known }) => known === undefined) && classNames(document).length === 0;
  if (isNewEstate) divideRoles(document, request, placed);
  else {
    editLayers(document, request, placed);
    placeInClasses(document, request, placed);
  }
  const byLayers = new Mismatches(withoutOwnKeys(document, placed), request, placed);
  const stated = new Mismatches(document, request, placed);
  for (const [index, entry] of placed.entries()) {
    if (!entry.isCaptured) continue;
    for (const key of ROLE_KEYS) {
      if (!stated.has(entry.target, key) && !isWrittenByUs(entry, key)) continue;
      const isSaid = !byLayers.has(entry.target, key) && (!DESCRIBING.has(key) || isInLayer(document, index, key));
      if (isSaid) document.delete(['targets', index, key]);
      else setOwn(document, request, stated, { index, entry, key });
    }
    if (entry.known === undefined) document.shortenTarget(['targets', index]);
  }
}

function isStated(mismatches: Mismatches, placed: readonly Placed[]): boolean {
  const captured = placed.filter(({ isCaptured }) => isCaptured);
  return captured.every((entry) => mismatches.of(entry.target).length === 0 && !ROLE_KEYS.some((key) => isWrittenByUs(entry, key)));
}

/** New targets state their role's name and path until here, those of a role of another name its name. */
function isWrittenByUs({ known, target }: Placed, key: RoleKey): boolean {
  return known === undefined || (key === 'roleName' && known.roleName !== target.roleName);
}

interface OwnKey {
  readonly index: number;
  readonly entry: Placed;
  readonly key: RoleKey;
}

function setOwn(document: DesiredDocument, request: CaptureRequest, stated: Mismatches, { index, entry, key }: OwnKey): void {
  if (!stated.has(entry.target, key)) return;
  const { path, setting } = settingAt(document, ['targets', index, key], entry.target, stated.desired[index], request);
  if (setting !== undefined) document.set(path, setting.content, 'account');
}
