import type { Finding } from '../drift/finding.ts';
import { nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { Rule } from '../state/rules.ts';
import type { Group, InlinePolicy, Lookup, NameSet, State } from '../state/state.ts';
import type { DesiredDocument } from './desired-document.ts';
import { besideGrants } from './granted-roles.ts';
import { placeOf } from './policy-place.ts';
import { type CaptureRequest, driftOf } from './request.ts';
import { boundaryContent, documentContent, type Place, policiesContent } from './role-content.ts';

type Step = string | number;

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
 * @param left ARNs of roles whose grants are told in another way: they are neither targets nor stated
 */
export function editHub(document: DesiredDocument, request: CaptureRequest, left: ReadonlySet<string>): void {
  const { desired, findings } = driftOf(document, request);
  const ofHub = findings.filter(({ rule }) => rule.startsWith('hub-') || rule === 'grant-extra');
  editUser(document, request.live, ofHub, desired.state.hub.user.value?.managedPolicies);
  const grants = new Set([...desired.state.targets.map(({ roleArn }) => roleArn), ...left]);
  for (const [index, { name, value: found }] of desired.state.hub.groups.entries()) {
    const group = request.live.hub.groups.find((other) => sameName(other.name, name));
    const path = document.has(['hub', 'groups']) ? ['hub', 'groups', index] : ['hub', 'group'];
    if (group !== undefined)
      editGroup({ document, path, live: request.live, findings: ofHub, grants, wanted: found?.managedPolicies }, group);
  }
}

function editUser(document: DesiredDocument, live: State, findings: readonly Finding[], wanted: NameSet | undefined): void {
  const { partition, hub } = live;
  const found = hub.user.value;
  if (!found) return;
  const place = { partition, account: hub.account };
  const has = (...rules: Rule[]) => findings.some(({ rule }) => rules.includes(rule));
  const set = (keys: readonly Step[], content: unknown) => {
    if (content !== undefined) document.set(['hub', 'user', ...keys], content);
  };
  if (has('hub-user-policy-missing', 'hub-user-policy-extra'))
    editPolicies(document, ['hub', 'user', 'managedPolicies'], found.managedPolicies, wanted, place);
  if (has('hub-user-boundary-missing', 'hub-user-boundary-extra', 'hub-user-boundary-changed')) {
    set(['permissionsBoundary'], found.boundary === undefined ? undefined : boundaryContent(found.boundary, place));
  }
  if (has('hub-user-group-extra')) set(['otherGroups'], otherGroups(live));
  if (has('hub-user-login-extra')) set(['consoleLogin'], true);
  if (has('hub-user-key-missing')) set(['accessKeys', 'min'], found.accessKeys?.max);
  if (has('hub-user-key-extra')) set(['accessKeys', 'max'], found.accessKeys?.min);
  const changed = findings.filter(({ rule }) => rule.startsWith('hub-user-inline-policy-')).map(({ resource }) => nameOf(resource));
  editInlinePolicies(document, ['hub', 'user'], changed, found.inlinePolicies ?? [], partition);
}

/** The user's groups beside those that carry grants. */
export function otherGroups({ hub }: State): readonly string[] {
  const all = hub.user.value?.groups?.required ?? [];
  return all.filter((name) => !hub.groups.some((group) => sameName(group.name, name)));
}

interface GroupEdit {
  readonly document: DesiredDocument;
  readonly path: readonly Step[];
  readonly live: State;
  readonly findings: readonly Finding[];
  /** ARNs of the roles whose grants are told as targets. */
  readonly grants: ReadonlySet<string>;
  /** As the file has them. */
  readonly wanted: NameSet | undefined;
}

function editGroup({ document, path, live, findings, grants, wanted }: GroupEdit, group: Lookup<Group>): void {
  const { value: found } = group;
  if (!found) return;
  const own = findings.filter(({ entity }) => entity === found.arn);
  const has = (...rules: Rule[]) => own.some(({ rule }) => rules.includes(rule));
  if (has('hub-group-member-missing', 'hub-group-member-extra')) {
    document.set(
      [...path, 'members'],
      found.members?.map(({ name }) => name),
    );
  }
  if (has('hub-group-policy-missing', 'hub-group-policy-extra')) {
    const place = { partition: live.partition, account: live.hub.account };
    editPolicies(document, [...path, 'managedPolicies'], found.managedPolicies, wanted, place);
  }
  const changed = new Set([
    ...own.filter(({ rule }) => rule.startsWith('hub-group-inline-policy-')).map(({ resource }) => nameOf(resource)),
    ...findings
      .filter(({ rule, resource }) => rule === 'grant-extra' && !grants.has(resource))
      .flatMap((finding) => policiesOf(finding, group.name)),
  ]);
  editInlinePolicies(document, path, [...changed], besideGrants(group, grants), live.partition);
}

function editPolicies(
  document: DesiredDocument,
  path: readonly Step[],
  live: NameSet | undefined,
  wanted: NameSet | undefined,
  place: Place,
): void {
  const at = placeOf(document, path);
  const content = live && policiesContent(live, place, at.keepsOptional ? wanted?.optional : []);
  if (content !== undefined) document.set(at.path, content);
}

/** The policies of the group in which an extra grant stands. */
function policiesOf({ live }: Finding, group: string): readonly string[] {
  const policies: unknown = typeof live === 'object' && live !== null && 'policies' in live ? live.policies : [];
  if (!Array.isArray(policies)) return [];
  return policies.flatMap((place: { group: string; policy: string }) => (sameName(place.group, group) ? [place.policy] : []));
}

/** Only those that changed are written anew. */
function editInlinePolicies(
  document: DesiredDocument,
  owner: readonly Step[],
  changed: readonly string[],
  live: readonly InlinePolicy[],
  partition: string,
): void {
  const all = [...owner, 'inlinePolicies'];
  const written = live
    .filter(({ name }) => changed.includes(name))
    .map((policy) => [policy.name, documentContent(policy.document, 'identity', partition)] as const)
    .filter(([, content]) => content !== undefined);
  if (!document.has(all) && written.length > 0) document.set(all, new Map(written));
  else for (const [name, content] of written) document.set([...all, name], content);
  for (const name of changed) if (!live.some((policy) => policy.name === name)) document.delete([...all, name]);
}
