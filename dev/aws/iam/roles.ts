import type { Role } from '../accounts/entities.ts';
import { timestamp, uniqueId } from '../accounts/ids.ts';
import { checkName, checkPath } from '../accounts/names.ts';
import { checkQuota } from '../accounts/quotas.ts';
import { type TrustDocument, writeTrust } from '../accounts/trust.ts';
import { alreadyExists, deleteConflict, validationError } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { boundaryXml, requireBoundary } from './boundaries.ts';
import { type Actions, arnOf, boundaryContext, type Call, count, discard, existing, isTaken, seen, store } from './call.ts';
import { page } from './page.ts';
import { checkTags, tagging, tagsXml } from './tags.ts';

const resource = arnOf('Role');
const TRACKED_MS = 400 * 86_400_000;

export const roleActions: Actions = {
  GetRole: { resource, run: (call) => `<Role>${roleXml(call, seen(call, 'Role', call.params.required('RoleName')), true)}</Role>` },
  ListRoles: { resource, run: listRoles },
  CreateRole: { resource, context: boundaryContext('Role'), besides: tagging('Role'), run: createRole },
  DeleteRole: { resource, run: deleteRole },
  UpdateAssumeRolePolicy: { resource, run: updateAssumeRolePolicy },
  UpdateRole: { resource, run: updateRole },
  UpdateRoleDescription: { resource, run: updateRoleDescription },
};

/** Lists omit tags, boundary and last use (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html). */
function roleXml(call: Call, role: Role, whole: boolean): string {
  const identity =
    element('Path', role.path) +
    element('RoleName', role.name) +
    element('RoleId', role.id) +
    element('Arn', role.arn) +
    element('CreateDate', role.createdAt) +
    trustXml(call, role) +
    element('Description', role.description) +
    element('MaxSessionDuration', role.maxSessionDuration);
  return whole
    ? identity + boundaryXml(role.boundary) + (role.tags.length === 0 ? '' : tagsXml(role.tags)) + lastUsedXml(call, role)
    : identity;
}

export function trustXml({ cloud, readAt, now }: Call, { trust }: Role): string {
  return element(
    'AssumeRolePolicyDocument',
    trust.encoded(cloud.principals, readAt === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : now),
  );
}

/** Tracked for 400 days (https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html). */
export function lastUsedXml({ cloud, now }: Call, { id }: Role): string {
  const use = cloud.roleUses.get(id);
  if (use === undefined || use.at < now - TRACKED_MS) return '<RoleLastUsed/>';
  return `<RoleLastUsed>${element('LastUsedDate', timestamp(use.at))}${element('Region', use.region)}</RoleLastUsed>`;
}

function listRoles(call: Call): string {
  const prefix = call.params.text('PathPrefix') ?? '/';
  const { items, xml } = page(
    call,
    call.account.tables.Role.all(call.readAt).filter((role) => role.path.startsWith(prefix)),
  );
  return `<Roles>${items.map((role) => `<member>${roleXml(call, role, false)}</member>`).join('')}</Roles>${xml}`;
}

function createRole(call: Call): string {
  const name = checkName('roleName', call.params.required('RoleName'));
  const path = checkPath(call.params.text('Path') ?? '/');
  const maxSessionDuration = call.params.integer('MaxSessionDuration', 3_600, 43_200) ?? 3_600;
  const description = checkDescription(call.params.text('Description'));
  const boundary = call.params.text('PermissionsBoundary');
  const tags = checkTags(call, [], call.params.tags());
  const trust = trustFrom(call, call.params.required('AssumeRolePolicyDocument'));
  if (boundary !== undefined) requireBoundary(call, boundary);
  if (isTaken(call, 'Role', name)) throw alreadyExists(`Role with name ${name} already exists.`);
  checkQuota(count(call, 'Role') + 1, call.account.quotas.roles, 'RolesPerAccount');
  const role: Role = {
    name,
    path,
    id: uniqueId('AROA'),
    arn: call.cloud.iamArn(call.account.id, `role${path}${name}`),
    createdAt: timestamp(call.now),
    inline: new Map(),
    attached: [],
    trust,
    boundary,
    tags,
    description,
    maxSessionDuration,
  };
  store(call, 'Role', role);
  call.cloud.principals.add(role.arn, role.id, call.shownFrom, call.now);
  return `<Role>${roleXml(call, role, true)}</Role>`;
}

/** Principals must already be visible: right after they were created, IAM still answers that they are invalid. */
function trustFrom(call: Call, text: string): TrustDocument {
  const trust = writeTrust(text, {
    partition: call.cloud.partition,
    principals: call.cloud.principals,
    at: call.readAt,
    settlesAt: call.principalsSettleAt,
  });
  checkQuota(trust.size, call.account.quotas.trustCharacters, 'ACLSizePerRole');
  return trust;
}

function checkDescription(text: string | undefined): string | undefined {
  if (text !== undefined && text.length > 1_000) {
    throw validationError(
      `1 validation error detected: Value '${text}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 1000`,
    );
  }
  return text;
}

function deleteRole(call: Call): undefined {
  const role = existing(call, 'Role', call.params.required('RoleName'));
  if (role.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (role.inline.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
  discard(call, 'Role', role);
  call.cloud.principals.remove(role.arn, role.id, call.shownFrom, call.now);
  return undefined;
}

function updateAssumeRolePolicy(call: Call): undefined {
  const role = existing(call, 'Role', call.params.required('RoleName'));
  store(call, 'Role', { ...role, trust: trustFrom(call, call.params.required('PolicyDocument')) });
  return undefined;
}

/** What the call does not name stays as it is. */
function updateRole(call: Call): string {
  const role = existing(call, 'Role', call.params.required('RoleName'));
  const maxSessionDuration = call.params.integer('MaxSessionDuration', 3_600, 43_200) ?? role.maxSessionDuration;
  const description = checkDescription(call.params.text('Description')) ?? role.description;
  store(call, 'Role', { ...role, maxSessionDuration, description });
  return '';
}

function updateRoleDescription(call: Call): string {
  const role = existing(call, 'Role', call.params.required('RoleName'));
  const changed = { ...role, description: checkDescription(call.params.required('Description')) };
  store(call, 'Role', changed);
  return `<Role>${roleXml(call, changed, true)}</Role>`;
}
