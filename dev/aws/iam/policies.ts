import { PolicyDocument } from '../accounts/document.ts';
import type { ManagedPolicy, PolicyVersion } from '../accounts/entities.ts';
import { timestamp, uniqueId } from '../accounts/ids.ts';
import { checkName, checkPath } from '../accounts/names.ts';
import { checkQuota, type Quotas } from '../accounts/quotas.ts';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import type { Action, Actions, Call } from './call.ts';
import { page } from './page.ts';

const resource: NonNullable<Action['resource']> = (call) => call.params.text('PolicyArn') ?? newArn(call);

export const policyActions: Actions = {
  GetPolicy: { resource, run: (call) => `<Policy>${policyXml(call, seenPolicy(call))}</Policy>` },
  GetPolicyVersion: { resource, run: getPolicyVersion },
  ListPolicies: { resource: () => '*', run: listPolicies },
  ListPolicyVersions: { resource, run: listPolicyVersions },
  ListEntitiesForPolicy: { resource, run: listEntitiesForPolicy },
  CreatePolicy: { resource, run: createPolicy },
  DeletePolicy: { resource, run: deletePolicy },
  CreatePolicyVersion: { resource, run: createPolicyVersion },
  DeletePolicyVersion: { resource, run: deletePolicyVersion },
  SetDefaultPolicyVersion: { resource, run: setDefaultPolicyVersion },
};

function newArn(call: Call): string {
  return call.cloud.iamArn(call.account.id, `policy${call.params.text('Path') ?? '/'}${call.params.text('PolicyName') ?? ''}`);
}

function notFound(arn: string): Error {
  return noSuchEntity(`Policy ${arn} was not found.`);
}

function seenPolicy(call: Call): ManagedPolicy {
  const arn = call.params.required('PolicyArn');
  const policy = call.cloud.managedPolicy(arn, call.readAt);
  if (policy === undefined) throw notFound(arn);
  return policy;
}

/** Only customers' own policies can be changed. */
function ownPolicy(call: Call): ManagedPolicy {
  const arn = call.params.required('PolicyArn');
  const policy = call.account.policies.newest(arn.slice(arn.lastIndexOf('/') + 1));
  if (policy?.arn !== arn) throw notFound(arn);
  return policy;
}

function put(call: Call, policy: ManagedPolicy): void {
  call.account.policies.put({ ...policy, updatedAt: timestamp(call.now) }, call.shownFrom, call.now);
}

function attachments(call: Call, arn: string): { users: number; boundaries: number } {
  const { User: users, Group: groups, Role: roles } = call.account.tables;
  const bounded = [...users.all(call.readAt), ...roles.all(call.readAt)];
  const attaching = [...bounded, ...groups.all(call.readAt)].filter(({ attached }) => attached.includes(arn));
  return { users: attaching.length, boundaries: bounded.filter(({ boundary }) => boundary === arn).length };
}

function listPolicies(call: Call): string {
  const scope = call.params.text('Scope') ?? 'All';
  const ofAws = scope === 'Local' ? [] : [...call.cloud.managed.values()];
  const own = scope === 'AWS' ? [] : call.account.policies.all(call.readAt);
  const { items, xml } = page(call, [...ofAws, ...own]);
  return `<Policies>${items.map((policy) => `<member>${policyXml(call, policy)}</member>`).join('')}</Policies>${xml}`;
}

export function policyXml(call: Call, policy: ManagedPolicy): string {
  const { users, boundaries } = attachments(call, policy.arn);
  return (
    element('PolicyName', policy.name) +
    element('PolicyId', policy.id) +
    element('Arn', policy.arn) +
    element('Path', policy.path) +
    element('DefaultVersionId', policy.defaultVersion) +
    element('AttachmentCount', users) +
    element('PermissionsBoundaryUsageCount', boundaries) +
    element('IsAttachable', true) +
    element('Description', policy.description) +
    element('CreateDate', policy.createdAt) +
    element('UpdateDate', policy.updatedAt)
  );
}

/** Versions in lists, and new ones, come without their document. */
export function versionXml(policy: ManagedPolicy, version: PolicyVersion, whole: boolean): string {
  return (
    (whole ? element('Document', version.document.encoded) : '') +
    element('VersionId', version.id) +
    element('IsDefaultVersion', version.id === policy.defaultVersion) +
    element('CreateDate', version.createdAt)
  );
}

function versionOf(call: Call, policy: ManagedPolicy): PolicyVersion {
  const id = call.params.required('VersionId');
  const version = policy.versions.find((candidate) => candidate.id === id);
  if (version === undefined) throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
  return version;
}

function getPolicyVersion(call: Call): string {
  const policy = seenPolicy(call);
  return `<PolicyVersion>${versionXml(policy, versionOf(call, policy), true)}</PolicyVersion>`;
}

function listPolicyVersions(call: Call): string {
  const policy = seenPolicy(call);
  const { items, xml } = page(call, policy.versions.toReversed());
  return `<Versions>${items.map((version) => `<member>${versionXml(policy, version, false)}</member>`).join('')}</Versions>${xml}`;
}

const KINDS = ['Group', 'User', 'Role'] as const;

/** Who has the policy attached or as a boundary, in the account of the caller alone; a PolicyUsageFilter leaves out one of the two. */
function listEntitiesForPolicy(call: Call): string {
  const { arn } = seenPolicy(call);
  const asked = call.params.text('EntityFilter');
  const usage = call.params.text('PolicyUsageFilter');
  const isAttached = (attached: readonly string[]) => usage !== 'PermissionsBoundary' && attached.includes(arn);
  const isBoundary = (entity: object) => usage !== 'PermissionsPolicy' && 'boundary' in entity && entity.boundary === arn;
  const all = KINDS.filter((kind) => asked === undefined || asked === kind).flatMap((kind) =>
    call.account.tables[kind]
      .all(call.readAt)
      .filter((entity) => isAttached(entity.attached) || isBoundary(entity))
      .map(({ name, id }) => ({ kind, name, id })),
  );
  const { items, xml } = page(call, all);
  const ofKind = (kind: (typeof KINDS)[number]) =>
    items
      .filter((item) => item.kind === kind)
      .map(({ name, id }) => `<member>${element(`${kind}Name`, name)}${element(`${kind}Id`, id)}</member>`)
      .join('');
  return KINDS.map((kind) => `<Policy${kind}s>${ofKind(kind)}</Policy${kind}s>`).join('') + xml;
}

function newDocument(call: Call, quotas: Quotas): PolicyDocument {
  const document = PolicyDocument.checked(call.params.required('PolicyDocument'));
  checkQuota(document.size, quotas.policyCharacters, 'PolicySize');
  return document;
}

function createPolicy(call: Call): string {
  const { quotas, policies } = call.account;
  const name = checkName('policyName', call.params.required('PolicyName'));
  const path = checkPath(call.params.text('Path') ?? '/');
  const document = newDocument(call, quotas);
  if (policies.taken(name)) throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  checkQuota(policies.all(Number.POSITIVE_INFINITY).length + 1, quotas.policies, 'PoliciesPerAccount');
  const createdAt = timestamp(call.now);
  const policy: ManagedPolicy = {
    name,
    path,
    id: uniqueId('ANPA'),
    arn: newArn(call),
    createdAt,
    updatedAt: createdAt,
    description: call.params.text('Description'),
    defaultVersion: 'v1',
    newestVersion: 1,
    versions: [{ id: 'v1', document, createdAt }],
  };
  put(call, policy);
  return `<Policy>${policyXml(call, policy)}</Policy>`;
}

function deletePolicy(call: Call): undefined {
  const policy = ownPolicy(call);
  const { users, boundaries } = attachments(call, policy.arn);
  if (users + boundaries > 0) throw deleteConflict('Cannot delete a policy attached to entities.');
  if (policy.versions.length > 1)
    throw deleteConflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions.");
  call.account.policies.remove(policy.name, call.shownFrom, call.now);
  return undefined;
}

function createPolicyVersion(call: Call): string {
  const policy = ownPolicy(call);
  const { quotas } = call.account;
  const document = newDocument(call, quotas);
  if (policy.versions.length >= quotas.policyVersions) {
    throw limitExceeded(
      `A managed policy can have up to ${quotas.policyVersions} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const newestVersion = policy.newestVersion + 1;
  const version = { id: `v${newestVersion}`, document, createdAt: timestamp(call.now) };
  const defaultVersion = call.params.text('SetAsDefault') === 'true' ? version.id : policy.defaultVersion;
  const changed = { ...policy, defaultVersion, newestVersion, versions: [...policy.versions, version] };
  put(call, changed);
  return `<PolicyVersion>${versionXml(changed, version, false)}</PolicyVersion>`;
}

function deletePolicyVersion(call: Call): undefined {
  const policy = ownPolicy(call);
  const version = versionOf(call, policy);
  if (version.id === policy.defaultVersion) throw deleteConflict('Cannot delete the default version of a policy.');
  put(call, { ...policy, versions: policy.versions.filter(({ id }) => id !== version.id) });
  return undefined;
}

function setDefaultPolicyVersion(call: Call): undefined {
  const policy = ownPolicy(call);
  put(call, { ...policy, defaultVersion: versionOf(call, policy).id });
  return undefined;
}
