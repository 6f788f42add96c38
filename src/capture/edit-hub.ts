import type { Path } from '../desired/file-node.ts';
import { fits, GROUP_NAME } from '../desired/syntax.ts';
import type { Difference } from '../drift/difference.ts';
import { shortName } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { Group, InlinePolicy, Lookup, NameSet, User } from '../state/state.ts';
import type { DesiredDocument } from './desired-document.ts';
import { besideGrants } from './granted-roles.ts';
import { policiesPath } from './policies-path.ts';
import { type CaptureRequest, driftOf } from './request.ts';
import { boundaryContent, type ContentOwner, documentContent, policiesContent } from './role-content.ts';

/** Adds the user and the groups that the file does not name yet. Groups that it names stay where they are. */
export function nameHub(document: DesiredDocument, { live, existing }: CaptureRequest): void {
  const { user, groups } = live.hub;
  if (existing?.user === undefined) document.set(['hub', 'user'], nameInFile(user));
  const known = existing?.desired.state.hub.groups.map(({ name }) => name) ?? [];
  const further = groups.filter(({ name }) => !known.some((other) => sameName(other, name))).map(nameInFile);
  if (further.length === 0) return;
  if (known.length === 0) {
    const [only, ...more] = further;
    if (more.length === 0) document.set(['hub', 'group'], only);
    else document.set(['hub', 'groups'], further);
    return;
  }
  if (document.has(['hub', 'group'])) {
    document.set(['hub', 'group'], [document.value(['hub', 'group'])]);
    document.rename(['hub', 'group'], 'groups');
  }
  for (const [index, name] of further.entries()) document.insert(['hub', 'groups'], known.length + index, name);
}

/** With the path, unless the file could not hold it: the name alone stands for any path. */
function nameInFile({ name, value }: Lookup<User | Group>): string {
  const whole = value ? shortName(value.arn) : name;
  return fits(whole, GROUP_NAME) ? whole : name;
}

/**
 * Edits the file to state the live hub. What already states it is left as it is written.
 *
 * @param left ARNs of roles whose grants are stated in another way: they are neither targets nor inline policies
 */
export function editHub(document: DesiredDocument, request: CaptureRequest, left: ReadonlySet<string>): void {
  const { desired, findings } = driftOf(document, request);
  const differences = findings.map(({ difference }) => difference);
  const { user, groups } = request.live.hub;
  const ofUser = differences.filter((difference) => 'of' in difference && difference.of.kind === 'User');
  const agreed = desired.state.hub.user.value?.managedPolicies;
  if (user.value) editUser({ document, path: ['hub', 'user'], request, differences: ofUser, agreed }, user.value);
  const grants = new Set([...desired.state.targets.map(({ roleArn }) => roleArn), ...left]);
  const unstated = differences.flatMap((difference) =>
    difference.kind === 'extra-grant' && !grants.has(difference.pattern) ? difference.places : [],
  );
  for (const [index, { name, value }] of desired.state.hub.groups.entries()) {
    const group = groups.find((other) => sameName(other.name, name));
    if (!group?.value) continue;
    const { arn } = group.value;
    const path = document.has(['hub', 'groups']) ? ['hub', 'groups', index] : ['hub', 'group'];
    const own = differences.filter((difference) => 'of' in difference && difference.of.kind === 'Group' && difference.of.arn === arn);
    const edit = { document, path, request, differences: own, agreed: value?.managedPolicies };
    editGroup(edit, group.value);
    const withExtra = unstated.filter((place) => sameName(place.group, group.name)).map(({ policy }) => policy);
    editInlinePolicies(edit, [...new Set([...inlineNames(own), ...withExtra])], besideGrants(group, grants));
  }
}

/** What is to be edited of the user or of a group. */
export interface OwnerEdit {
  readonly document: DesiredDocument;
  /** Of the user or group. */
  readonly path: Path;
  readonly request: CaptureRequest;
  /** Those of the user or group. */
  readonly differences: readonly Difference[];
  /** The managed policies that the file states. */
  readonly agreed: NameSet | undefined;
}

function editUser(edit: OwnerEdit, user: User): void {
  const { document, path, request, differences } = edit;
  const set = (keys: Path, content: unknown) => {
    if (content !== undefined) document.set([...path, ...keys], content);
  };
  editManagedPolicies(edit, user);
  if (hasKind(edit, 'boundary') && user.boundary !== undefined)
    set(['permissionsBoundary'], boundaryContent(user.boundary, ownerOf(request)));
  if (hasKind(edit, 'credential')) set(['otherCredentials'], true);
  if (hasKind(edit, 'console-login')) set(['consoleLogin'], true);
  if (hasKind(edit, 'key-count')) set(['accessKeys', 'min'], user.accessKeys?.max);
  if (hasKind(edit, 'key')) set(['accessKeys', 'max'], user.accessKeys?.min);
  editInlinePolicies(edit, inlineNames(differences), user.inlinePolicies ?? []);
}

function editGroup(edit: OwnerEdit, group: Group): void {
  if (hasKind(edit, 'member')) {
    const names = group.members?.map(({ name }) => name);
    edit.document.set([...edit.path, 'members'], names);
  }
  editManagedPolicies(edit, group);
}

export function hasKind({ differences }: OwnerEdit, kind: Difference['kind']): boolean {
  return differences.some((difference) => difference.kind === kind);
}

/** The inline policies that are not as the file says. */
export function inlineNames(differences: readonly Difference[]): readonly string[] {
  return differences.flatMap((difference) => (difference.kind === 'inline' ? [difference.name] : []));
}

export function ownerOf({ live }: CaptureRequest): ContentOwner {
  return { partition: live.partition, account: live.hub.account };
}

export function editManagedPolicies(edit: OwnerEdit, { managedPolicies }: User | Group): void {
  const { document, path, request, agreed } = edit;
  if (!hasKind(edit, 'attached') || managedPolicies === undefined) return;
  const at = policiesPath(document, [...path, 'managedPolicies']);
  const content = policiesContent(managedPolicies, ownerOf(request), at.keepsOptional ? agreed?.optional : []);
  if (content !== undefined) document.set(at.path, content);
}

/** Rewrites only the policies that changed. */
export function editInlinePolicies(
  { document, path, request }: OwnerEdit,
  changed: readonly string[],
  live: readonly InlinePolicy[],
): void {
  const all = [...path, 'inlinePolicies'];
  const written = live
    .filter(({ name }) => changed.includes(name))
    .map((policy) => [policy.name, documentContent(policy.document, request.comparer)] as const)
    .filter(([, content]) => content !== undefined);
  if (!document.has(all) && written.length > 0) document.set(all, new Map(written));
  else for (const [name, content] of written) document.set([...all, name], content);
  for (const name of changed) if (!live.some((policy) => policy.name === name)) document.delete([...all, name]);
}
