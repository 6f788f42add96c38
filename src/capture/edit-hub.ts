import type { Path } from '../desired/file-node.ts';
import type { Difference } from '../drift/difference.ts';
import { sameName } from '../iam/names.ts';
import type { Comparer } from '../policy/index.ts';
import type { Group, Hub, InlinePolicy, Lookup, NameSet } from '../state/state.ts';
import type { DesiredDocument } from './desired-document.ts';
import { besideGrants } from './granted-roles.ts';
import { policiesPath } from './policies-path.ts';
import { type CaptureRequest, driftOf } from './request.ts';
import { boundaryContent, type ContentOwner, documentContent, policiesContent } from './role-content.ts';

/** Names whom the file does not name yet. Groups that it names stay where they are. */
export function nameHub(document: DesiredDocument, { live, existing }: CaptureRequest): void {
  const { user, groups } = live.hub;
  if (existing?.user === undefined) document.set(['hub', 'user'], user.name);
  const known = existing?.desired.state.hub.groups.map(({ name }) => name) ?? [];
  const further = groups.map(({ name }) => name).filter((name) => !known.some((other) => sameName(other, name)));
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

/**
 * Makes the file say of the hub what is live there; what says it already is left as it is written.
 *
 * @param left ARNs of roles whose grants are stated in another way: they are neither targets nor inline policies
 */
export function editHub(document: DesiredDocument, request: CaptureRequest, left: ReadonlySet<string>): void {
  const { desired, findings } = driftOf(document, request);
  const differences = findings.map(({ difference }) => difference);
  editUser(document, request, differences, desired.state.hub.user.value?.managedPolicies);
  const grants = new Set([...desired.state.targets.map(({ roleArn }) => roleArn), ...left]);
  for (const [index, { name, value }] of desired.state.hub.groups.entries()) {
    const group = request.live.hub.groups.find((other) => sameName(other.name, name));
    const path = document.has(['hub', 'groups']) ? ['hub', 'groups', index] : ['hub', 'group'];
    if (group !== undefined) editGroup({ document, path, request, differences, grants, agreed: value?.managedPolicies }, group);
  }
}

function editUser(
  document: DesiredDocument,
  { live, comparer }: CaptureRequest,
  differences: readonly Difference[],
  agreed: NameSet | undefined,
): void {
  const { partition, hub } = live;
  const user = hub.user.value;
  if (!user) return;
  const owner = { partition, account: hub.account };
  const own = differences.filter((difference) => 'of' in difference && difference.of.kind === 'User');
  const has = (kind: Difference['kind']) => own.some((difference) => difference.kind === kind);
  const set = (keys: Path, content: unknown) => {
    if (content !== undefined) document.set(['hub', 'user', ...keys], content);
  };
  if (has('attached')) editPolicies(document, ['hub', 'user', 'managedPolicies'], user.managedPolicies, agreed, owner);
  if (has('boundary')) set(['permissionsBoundary'], user.boundary === undefined ? undefined : boundaryContent(user.boundary, owner));
  if (has('other-group')) set(['otherGroups'], otherGroups(hub));
  if (has('console-login')) set(['consoleLogin'], true);
  if (has('key-count')) set(['accessKeys', 'min'], user.accessKeys?.max);
  if (has('key')) set(['accessKeys', 'max'], user.accessKeys?.min);
  editInlinePolicies({ document, path: ['hub', 'user'], comparer }, inlineNames(own), user.inlinePolicies ?? []);
}

/** The inline policies that are not as the file says. */
function inlineNames(differences: readonly Difference[]): readonly string[] {
  return differences.flatMap((difference) => (difference.kind === 'inline' ? [difference.name] : []));
}

/** The user's groups beside those that carry grants. */
export function otherGroups({ user, groups }: Hub): readonly string[] {
  const all = user.value?.groups?.required ?? [];
  return all.filter((name) => !groups.some((group) => sameName(group.name, name)));
}

interface GroupEdit {
  readonly document: DesiredDocument;
  readonly path: Path;
  readonly request: CaptureRequest;
  readonly differences: readonly Difference[];
  /** ARNs of the roles whose grants are stated as targets. */
  readonly grants: ReadonlySet<string>;
  /** As the file has them. */
  readonly agreed: NameSet | undefined;
}

function editGroup({ document, path, request, differences, grants, agreed }: GroupEdit, lookup: Lookup<Group>): void {
  const group = lookup.value;
  if (!group) return;
  const { live, comparer } = request;
  const own = differences.filter((difference) => 'of' in difference && difference.of.kind === 'Group' && difference.of.arn === group.arn);
  const has = (kind: Difference['kind']) => own.some((difference) => difference.kind === kind);
  if (has('member')) {
    const names = group.members?.map(({ name }) => name);
    document.set([...path, 'members'], names);
  }
  if (has('attached')) {
    const owner = { partition: live.partition, account: live.hub.account };
    editPolicies(document, [...path, 'managedPolicies'], group.managedPolicies, agreed, owner);
  }
  const extra = differences.flatMap((difference) =>
    difference.kind === 'extra-grant' && !grants.has(difference.pattern) ? difference.places : [],
  );
  const withExtra = extra.filter((place) => sameName(place.group, lookup.name)).map(({ policy }) => policy);
  const changed = [...new Set([...inlineNames(own), ...withExtra])];
  editInlinePolicies({ document, path, comparer }, changed, besideGrants(lookup, grants));
}

function editPolicies(
  document: DesiredDocument,
  path: Path,
  live: NameSet | undefined,
  agreed: NameSet | undefined,
  owner: ContentOwner,
): void {
  const at = policiesPath(document, path);
  const content = live && policiesContent(live, owner, at.keepsOptional ? agreed?.optional : []);
  if (content !== undefined) document.set(at.path, content);
}

interface InlineEdit {
  readonly document: DesiredDocument;
  /** Of the user or group. */
  readonly path: Path;
  readonly comparer: Comparer;
}

/** Only those that changed are written anew. */
function editInlinePolicies({ document, path, comparer }: InlineEdit, changed: readonly string[], live: readonly InlinePolicy[]): void {
  const all = [...path, 'inlinePolicies'];
  const written = live
    .filter(({ name }) => changed.includes(name))
    .map((policy) => [policy.name, documentContent(policy.document, comparer)] as const)
    .filter(([, content]) => content !== undefined);
  if (!document.has(all) && written.length > 0) document.set(all, new Map(written));
  else for (const [name, content] of written) document.set([...all, name], content);
  for (const name of changed) if (!live.some((policy) => policy.name === name)) document.delete([...all, name]);
}
