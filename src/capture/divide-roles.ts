import { Document } from 'yaml';
import type { Path } from '../desired/file-node.ts';
import type { Role } from '../state/state.ts';
import { nameClasses } from './class-names.ts';
import type { DesiredDocument } from './desired-document.ts';
import { divide, type FoundClass, type LinesOf, type Settings } from './division.ts';
import type { Placed } from './edit-targets.ts';
import { newNode } from './new-nodes.ts';
import { classNames, settingAt, withoutOwnKeys } from './own-keys.ts';
import { policiesPath } from './policies-path.ts';
import type { CaptureRequest } from './request.ts';
import { Mismatches } from './role-mismatches.ts';
import { commonContent, DESCRIBING, ROLE_KEYS, type RoleKey, type Setting } from './role-settings.ts';

/** Writes defaults and classes for targets that are all new. */
export function divideRoles(document: DesiredDocument, request: CaptureRequest, placed: readonly Placed[]): void {
  const captured = capturedRoles(document, request, placed, ['defaults']);
  const { defaults, classes } = divide(
    captured.map(({ ids, differing }) => ({ settings: ids, said: new Set(ROLE_KEYS.filter((key) => !differing.has(key))) })),
    linesOfSettings(captured),
  );
  for (const key of ROLE_KEYS) {
    const common = commonSetting(captured, key, defaults);
    if (common !== undefined) document.set(policiesPath(document, ['defaults', key]).path, common);
  }
  writeClasses(document, captured, classes);
}

/** A captured target with its settings. */
export interface CapturedRole {
  readonly index: number;
  readonly role: Role;
  readonly settings: ReadonlyMap<RoleKey, Setting>;
  readonly ids: Settings;
  /** Keys of which defaults and class do not say what is live. */
  readonly differing: ReadonlySet<string>;
}

/** The captured targets as they would have to be stated in a class, or in the defaults. */
export function capturedRoles(
  document: DesiredDocument,
  request: CaptureRequest,
  placed: readonly Placed[],
  layer: Path,
): readonly CapturedRole[] {
  const mismatches = new Mismatches(withoutOwnKeys(document, placed), request, placed);
  return placed.flatMap(({ target, isCaptured }, index): CapturedRole[] => {
    const role = target.role.value;
    if (!isCaptured || !role) return [];
    const differing = mismatches.of(target);
    const settings = ROLE_KEYS.filter((key) => !DESCRIBING.has(key) || differing.includes(key)).flatMap((key): [RoleKey, Setting][] => {
      const { setting } = settingAt(document, [...layer, key], target, mismatches.desired[index], request);
      return setting === undefined ? [] : [[key, setting]];
    });
    const ids = new Map(settings.map(([key, { id }]) => [key, id]));
    return [{ index, role, settings: new Map(settings), ids, differing: new Set(differing) }];
  });
}

/** The lines of each setting as it is written under a key. */
export function linesOfSettings(captured: readonly CapturedRole[]): LinesOf {
  const contents = new Map<string, unknown>(
    captured.flatMap(({ settings }) => [...settings].map(([key, { id, content }]) => [`${key} ${id}`, { [key]: content }] as const)),
  );
  const lines = new Map<string, number>();
  return (key, id) => {
    const name = `${key} ${id}`;
    const known = lines.get(name) ?? linesOf(contents.get(name));
    lines.set(name, known);
    return known;
  };
}

function linesOf(content: unknown): number {
  const document = new Document();
  document.contents = newNode(document, content);
  return document.toString({ lineWidth: 0 }).trimEnd().split('\n').length;
}

/**
 * Writes classes under names of their own, and names them at their targets.
 *
 * @param divided the roles that the positions of the members are of
 * @param further other roles of the estate
 */
export function writeClasses(
  document: DesiredDocument,
  divided: readonly CapturedRole[],
  classes: readonly FoundClass[],
  further: readonly CapturedRole[] = [],
): void {
  const found = classes.map(({ settings, members }) => ({ settings, members: members.flatMap((member) => divided[member] ?? []) }));
  const others = [...divided, ...further].filter((one) => found.every(({ members }) => !members.includes(one)));
  const names = nameClasses(
    found.map(({ members }) => members.map(({ role }) => role)),
    others.map(({ role }) => role),
    new Set(classNames(document)),
  );
  const written = found.map((one, number) => ({ ...one, name: names[number] ?? '' }));
  for (const { name, settings, members } of written.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const contents = ROLE_KEYS.flatMap((key): [string, unknown][] => {
      const content = commonSetting(members, key, settings);
      return content === undefined ? [] : [[key, content]];
    });
    document.set(['classes', name], new Map(contents));
    for (const { index } of members) document.set(['targets', index, 'class'], name, 'account');
  }
}

/** What is to be written of a setting that several roles have. */
function commonSetting(captured: readonly CapturedRole[], key: RoleKey, settings: Settings): unknown {
  const [first, ...more] = captured.flatMap((one) => {
    const setting = one.settings.get(key);
    return setting !== undefined && setting.id === settings.get(key) ? [setting] : [];
  });
  return first && commonContent([first, ...more]);
}
