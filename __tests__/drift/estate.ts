import { type DesiredOrErrors, parseDesired } from '../../src/desired/index.ts';
import { type Drift, findDrift } from '../../src/drift/drift.ts';
import { nameOf, pathOf } from '../../src/iam/arn.ts';
import { Comparer, Policy, type PolicySource, parsePolicy } from '../../src/policy/index.ts';
import type { Desired } from '../../src/state/desired.ts';
import type { HubPrincipal } from '../../src/state/principals.ts';
import type { Reading } from '../../src/state/reading.ts';
import type {
  AccessKeys,
  ArnDocument,
  Group,
  InlinePolicy,
  ManagedPolicy,
  OtherCredential,
  OtherCredentials,
  Role,
  State,
  Tool,
  User,
} from '../../src/state/state.ts';

/** States to compare: what a file wants, and that as it would be live, with edits. */

export const HUB = '111111111111';
export const ONE = '222222222222';
export const TWO = '333333333333';
export const AT = new Date('2026-11-22T03:00:00Z');

export const SMALL = `
version: 1
hub:
  account: "${HUB}"
  user: micetro
  group: micetro-targets
targets:
  - "${ONE}"
  - "${TWO}"
`;

export function desiredOf(file: string): Desired {
  const parsed: DesiredOrErrors = parseDesired(file, { path: '.github/assume-role.yml' });
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors, null, 1));
  return parsed.desired;
}

export function keys(...created: readonly (string | { readonly inactive: string })[]): AccessKeys {
  const listed = created.map((key, index) => ({
    id: `AKIA${String(index).padStart(16, '0')}`,
    active: typeof key === 'string',
    createdAt: typeof key === 'string' ? key : key.inactive,
  }));
  const active = listed.filter((key) => key.active).length;
  return { min: active, max: active, maxAgeDays: undefined, listed };
}

type CredentialType = OtherCredential['type'];

export function credentials(...types: readonly (CredentialType | { readonly inactive: CredentialType })[]): OtherCredentials {
  const listed = types.map((type, index): OtherCredential => {
    const of = typeof type === 'string' ? { type, active: true } : { type: type.inactive, active: false };
    return { ...of, id: `ID${index}`, service: null, createdAt: '2026-11-01T00:00:00Z' };
  });
  return { any: listed.some(({ active }) => active), listed };
}

/** AWS's own policies that these states name, as far as it matters: the first two let their user assume roles. */
const DOCUMENTS: readonly ArnDocument[] = [
  ['AdministratorAccess', '*'],
  ['PowerUserAccess', 'sts:*'],
  ...['AmazonEC2FullAccess', 'AmazonRoute53FullAccess', 'IAMReadOnlyAccess', 'ReadOnlyAccess', 'SecurityAudit'].map((name) => [
    name,
    's3:Get*',
  ]),
].map(([name = '', Action]) => ({
  arn: managed(name),
  document: identityPolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } }),
}));

/** The desired state as a reading finds it when all is well, with the documents that are read once something drifts. */
export function liveOf({ state }: Desired): State {
  const user = state.hub.user.value;
  const live = { ...state, hub: { ...state.hub, driftedDocuments: DOCUMENTS } };
  return editUser(live, {
    path: '/',
    accessKeys: keys('2026-11-01T00:00:00Z'),
    ...(user?.groups ? { groups: { required: user.groups.required, optional: [] } } : {}),
  });
}

/** An edit of a part of a state, in which policies may stand as they are written. */
export type Written<T> = {
  readonly [K in keyof T]?: K extends 'trust' ? WrittenPolicy | undefined : K extends 'inlinePolicies' ? WrittenPolicies | undefined : T[K];
};

export type WrittenPolicy = Policy | PolicySource;
export type WrittenPolicies = readonly { readonly name: string; readonly document: WrittenPolicy }[];

/** As the code that reads AWS makes it. */
export function identityPolicy(document: WrittenPolicy): Policy {
  return document instanceof Policy ? document : parsePolicy(document, 'identity');
}

/** As the code that reads AWS makes it. */
export function trustPolicy(document: WrittenPolicy, account = ONE): Policy {
  return document instanceof Policy ? document : parsePolicy(document, 'trust', { partition: 'aws', account });
}

export function inlineOf(policies: WrittenPolicies): readonly InlinePolicy[] {
  return policies.map(({ name, document }) => ({ name, document: identityPolicy(document) }));
}

type InlineEdit = Pick<Written<Group>, 'inlinePolicies'>;

function inlineEdit(edit: InlineEdit): Partial<Pick<Group, 'inlinePolicies'>> {
  return 'inlinePolicies' in edit ? { inlinePolicies: edit.inlinePolicies && inlineOf(edit.inlinePolicies) } : {};
}

export function editUser(state: State, edit: Written<User>): State {
  const { user } = state.hub;
  const { inlinePolicies: _written, ...rest } = edit;
  const value = user.value && { ...user.value, ...rest, ...inlineEdit(edit) };
  return { ...state, hub: { ...state.hub, user: { ...user, value } } };
}

export function editGroup(state: State, edit: Written<Group>, name = state.hub.groups[0]?.name): State {
  const { inlinePolicies: _written, ...rest } = edit;
  const groups = state.hub.groups.map((group) =>
    group.name === name ? { ...group, value: group.value && { ...group.value, ...rest, ...inlineEdit(edit) } } : group,
  );
  return { ...state, hub: { ...state.hub, groups } };
}

/** @param roleName of an account with several; else all of them are edited */
export function editRole(state: State, edit: Written<Role>, account = ONE, roleName?: string): State {
  const { inlinePolicies: _written, trust: document, ...rest } = edit;
  const policies = {
    ...inlineEdit(edit),
    ...('trust' in edit ? { trust: document === undefined ? undefined : trustPolicy(document, account) } : {}),
  };
  const targets = state.targets.map((target) =>
    target.account === account && (roleName ?? target.roleName) === target.roleName
      ? { ...target, role: { ...target.role, value: target.role.value && { ...target.role.value, ...rest, ...policies } } }
      : target,
  );
  return { ...state, targets };
}

/** The state in which a managed policy says something else. */
export function editContent(state: State, arn: string, content: ManagedPolicy['content']): State {
  const edited = <T extends { readonly policies?: readonly ManagedPolicy[] }>(owner: T): T =>
    owner.policies === undefined
      ? owner
      : { ...owner, policies: owner.policies.map((policy) => (policy.arn === arn ? { arn, content } : policy)) };
  return { ...state, hub: edited(state.hub), accounts: state.accounts.map(edited) };
}

/** @param document the live trust; `null`: there is no such role, `undefined`: it was not read */
export function editToolTrust(state: State, tool: Tool, document: WrittenPolicy | null | undefined, account = ONE): State {
  const edited = document === null || document === undefined ? document : trustPolicy(document);
  const accounts = state.accounts.map((one) =>
    one.account === account && one.toolTrusts !== undefined
      ? { ...one, toolTrusts: one.toolTrusts.map((role) => (role.tool === tool ? { ...role, trust: edited } : role)) }
      : one,
  );
  return { ...state, accounts };
}

/** A user or role of the hub with what it holds; policies by name, or by ARN where they are managed. */
export interface WrittenPrincipal {
  readonly policies?: Readonly<Record<string, WrittenPolicy | undefined>>;
  readonly ofGroup?: Readonly<Record<string, WrittenPolicy>>;
  readonly boundary?: WrittenPolicy | null | undefined;
  readonly tags?: Readonly<Record<string, string>>;
  readonly id?: string;
}

/** @param entity `role/team/Admin`, `user/ann` */
export function principal(entity: string, written: WrittenPrincipal = {}): HubPrincipal {
  const { policies = {}, ofGroup = {}, tags = {}, id = 'AROAEXAMPLE' } = written;
  const boundary = 'boundary' in written ? written.boundary : null;
  const arn = `arn:aws:iam::${HUB}:${entity}`;
  const policyOf = (owner: string, group: string | undefined) => (entry: readonly [string, WrittenPolicy | undefined]) => {
    const [name, document] = entry;
    return {
      arn: name.startsWith('arn:') ? name : `${owner}/policy/${name}`,
      group,
      document: document === undefined ? undefined : identityPolicy(document),
    };
  };
  return {
    kind: entity.startsWith('user/') ? 'User' : 'Role',
    name: nameOf(arn),
    path: pathOf(arn),
    arn,
    id,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    policies: [
      ...Object.entries(policies).map(policyOf(arn, undefined)),
      ...Object.entries(ofGroup).map(policyOf(`arn:aws:iam::${HUB}:group/team`, 'team')),
    ],
    boundary: boundary === null || boundary === undefined ? boundary : identityPolicy(boundary),
  };
}

/** The state in which the hub has these users and roles. */
export function withPrincipals(state: State, ...principals: readonly HubPrincipal[]): State {
  return { ...state, hub: { ...state.hub, principals } };
}

export function driftOf(desired: Desired, live: State, errors: Reading['errors'] = []): Drift {
  return findDrift(desired, { state: live, errors }, { at: AT, comparer: new Comparer() });
}

/** `rule access resource` of each finding, for tables. */
export function told({ findings }: Pick<Drift, 'findings'>): string[] {
  return findings.map(({ rule, access, resource }) => `${rule} ${access} ${resource}`);
}

export function roleArn(account: string, name = 'Micetro'): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

export function managed(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

/** An inline policy's document that lets its group assume something. */
export function assume(resource: unknown, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: [{ Sid: '', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resource, ...more }] };
}

export function trust(principal: unknown, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }] };
}
