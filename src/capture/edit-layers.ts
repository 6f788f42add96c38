import type { Path } from '../desired/file-node.ts';
import { grouped } from '../text/grouped.ts';
import type { DesiredDocument } from './desired-document.ts';
import type { Placed } from './edit-targets.ts';
import { classNames, classOf, settingAt, withoutOwnKeys } from './own-keys.ts';
import type { CaptureRequest } from './request.ts';
import { Mismatches } from './role-mismatches.ts';
import { commonContent, ROLE_KEYS, type RoleKey, type Setting } from './role-settings.ts';

/** A target of the file, and where it is in the list. */
interface Member {
  readonly index: number;
  readonly entry: Placed;
}

/**
 * Edits the defaults, then the classes of a file: if more of their targets have come to have one other value than have the stated one, it takes its place. What
 * the file says of a target that was not read stays, so what such a target has from there can't become another. New targets have no say.
 */
export function editLayers(document: DesiredDocument, request: CaptureRequest, placed: readonly Placed[]): void {
  const members = placed.map((entry, index): Member => ({ index, entry })).filter(({ entry }) => entry.known !== undefined);
  const isFromDefaults = ({ index }: Member, key: RoleKey) => {
    const name = classOf(document, index);
    return name === undefined || !document.has(['classes', name, key]);
  };
  const comparison = () => ({
    byLayers: new Mismatches(withoutOwnKeys(document, placed), request, placed),
    stated: new Mismatches(document, request, placed),
  });
  const before = comparison();
  for (const key of ROLE_KEYS) {
    const users = members.filter((member) => isFromDefaults(member, key));
    editLayer(document, ['defaults', key], users, before, request);
  }
  const names = classNames(document);
  if (names.length === 0) return;
  const now = comparison();
  for (const name of names) {
    const users = members.filter(({ index }) => classOf(document, index) === name);
    for (const key of ROLE_KEYS) editLayer(document, ['classes', name, key], users, now, request);
  }
}

function editLayer(
  document: DesiredDocument,
  place: Path,
  users: readonly Member[],
  { byLayers, stated }: { readonly byLayers: Mismatches; readonly stated: Mismatches },
  request: CaptureRequest,
): void {
  const key = ROLE_KEYS.find((one) => one === place.at(-1));
  if (key === undefined) return;
  if (users.some(({ index, entry }) => !entry.isCaptured && !document.has(['targets', index, key]))) return;
  const captured = users.filter(({ entry }) => entry.isCaptured);
  const fitting = captured.filter(({ entry }) => !byLayers.has(entry.target, key));
  const others = captured.filter(({ entry }) => stated.has(entry.target, key) && byLayers.has(entry.target, key));
  const settings = others.flatMap(({ index, entry }) => {
    const { setting, path } = settingAt(document, place, entry.target, byLayers.desired[index], request);
    return setting === undefined ? [] : [{ setting, path }];
  });
  const usual = mostUsualSetting(settings.map(({ setting }) => setting));
  const [first] = settings;
  if (usual === undefined || first === undefined || usual.length <= fitting.length) return;
  document.set(first.path, commonContent(usual));
}

/** Those of the most roles; of several the first by their text. */
function mostUsualSetting(settings: readonly Setting[]): readonly [Setting, ...Setting[]] | undefined {
  const alike = [...grouped(settings, ({ id }) => id)];
  return alike.toSorted(([one, all], [other, rest]) => rest.length - all.length || (one < other ? -1 : 1))[0]?.[1];
}
