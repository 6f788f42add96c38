import type { DesiredDocument } from './desired-document.ts';
import { type CapturedRole, capturedRoles, linesOfSettings, writeClasses } from './divide-roles.ts';
import { findClasses, type LinesOf } from './division.ts';
import type { Placed } from './edit-targets.ts';
import { classNames, classOf, withoutOwnKeys } from './own-keys.ts';
import type { CaptureRequest } from './request.ts';
import { Mismatches } from './role-mismatches.ts';
import { ROLE_KEYS } from './role-settings.ts';

/**
 * Gives new targets the class of the file with which they state least themselves, and finds further classes for new targets, and for those that state nothing
 * themselves and are not as the defaults say.
 */
export function placeInClasses(document: DesiredDocument, request: CaptureRequest, placed: readonly Placed[]): void {
  const captured = capturedRoles(document, request, placed, ['classes', '']);
  const open = captured.filter(({ index, differing }) => {
    const isNew = placed[index]?.known === undefined;
    return isNew || (differing.size > 0 && classOf(document, index) === undefined && !statesOwnKeys(document, index));
  });
  if (open.length === 0) return;
  const linesOf = linesOfSettings(captured);
  const nearest = nearestClasses(document, request, placed, open, linesOf);
  const seen = open.map(({ index, ids, differing }) => {
    const near = nearest.get(index);
    return { settings: ids, differing, ...(near && { lines: near.lines }) };
  });
  const { classes } = findClasses(seen, linesOf);
  const inNew = new Set(classes.flatMap(({ members }) => members));
  for (const [position, { index }] of open.entries()) {
    const near = nearest.get(index);
    if (near !== undefined && !inNew.has(position)) document.set(['targets', index, 'class'], near.name, 'account');
  }
  writeClasses(
    document,
    open,
    classes,
    captured.filter((one) => !open.includes(one)),
  );
}

function statesOwnKeys(document: DesiredDocument, index: number): boolean {
  return ROLE_KEYS.some((key) => document.has(['targets', index, key]));
}

/** For new targets the class that leaves fewer lines to state than none does. */
function nearestClasses(
  document: DesiredDocument,
  request: CaptureRequest,
  placed: readonly Placed[],
  open: readonly CapturedRole[],
  linesOf: LinesOf,
): ReadonlyMap<number, { readonly name: string; readonly lines: number }> {
  const nearest = new Map<number, { readonly name: string; readonly lines: number }>();
  const added = open.flatMap((one) => {
    const entry = placed[one.index];
    return entry !== undefined && entry.known === undefined ? [{ ...one, entry }] : [];
  });
  const least = new Map(added.map(({ index, ids, differing }) => [index, linesOfKeys([...differing], ids, linesOf)]));
  for (const name of added.length === 0 ? [] : classNames(document)) {
    const copy = withoutOwnKeys(document, placed);
    copy.set(
      ['targets'],
      added.map(({ entry }) => ({ account: entry.target.account, class: name })),
    );
    const mismatches = new Mismatches(
      copy,
      request,
      added.map(({ entry }) => entry),
    );
    for (const { index, ids, entry } of added) {
      const lines = linesOfKeys(mismatches.of(entry.target), ids, linesOf);
      if (lines >= (least.get(index) ?? 0)) continue;
      least.set(index, lines);
      nearest.set(index, { name, lines });
    }
  }
  return nearest;
}

function linesOfKeys(keys: readonly string[], ids: ReadonlyMap<string, string>, linesOf: LinesOf): number {
  return keys.reduce((sum, key) => sum + linesOf(key, ids.get(key) ?? ''), 0);
}
