// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { type Captured, captureFile, grantedRoles } from '../../src/capture/index.ts';
import { parseStarterFile } from '../../src/desired/index.ts';
import { isAccepted } from '../../src/drift/exceptions.ts';
import { asRead } from '../../src/live/read-role.ts';
import { Comparer } from '../../src/policy/index.ts';
import type { Exception } from '../../src/state/desired.ts';
import type { HubPrincipal } from '../../src/state/principals.ts';
import type { ReadError } from '../../src/state/reading.ts';
import type { Rule } from '../../src/state/rules.ts';
import type { Group, Hub, ManagedPolicy, Role, State, User } from '../../src/state/state.ts';
import { inlineOf, trustPolicy, type Written, type WrittenPolicies } from '../drift/estate.ts';

/** Live states put together by hand, and what is captured of them. */

export const HUB = '111111111111';
/** A variable of IAM's, which is no placeholder. */
export const VARIABLE = '${aws:username}';
export const AT = new Date('2026-11-22T03:00:00Z');
export const PATH = '.github/assume-role.yml';

export function arnOf(account: string, role = 'Micetro', path = '/'): string {
  return `arn:aws:iam::${account}:role${path}${role}`;
}

export function managed(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

export function statement(more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] };
}

export function assume(resource: string | readonly string[], more: Readonly<Record<string, unknown>> = {}) {
  return statement({ Action: 'sts:AssumeRole', Resource: resource, ...more });
}

export function trust(principal: string, more: Readonly<Record<string, unknown>> = {}) {
  return statement({ Principal: { AWS: principal }, Action: 'sts:AssumeRole', ...more });
}

export function grant(account: string, name = `assume-${account}-Micetro`): WrittenPolicies[number] {
  return { name, document: assume(arnOf(account)) };
}

export function user({ inlinePolicies = [], ...edit }: Written<User> = {}): User {
  const groups = edit.groups?.required ?? ['micetro-targets'];
  return {
    path: '/',
    arn: `arn:aws:iam::${HUB}:user/micetro`,
    managedPolicies: { required: [managed('IAMReadOnlyAccess')], optional: [] },
    inlinePolicies: inlineOf(inlinePolicies),
    boundary: null,
    groups: { required: groups, optional: [] },
    groupArns: groups.map((name) => ({ name, arn: `arn:aws:iam::${HUB}:group/${name}` })),
    accessKeys: {
      min: 1,
      max: 1,
      maxAgeDays: undefined,
      listed: [{ id: 'AKIA0000000000000001', active: true, createdAt: '2026-11-01T00:00:00Z' }],
    },
    otherCredentials: { any: false, listed: [] },
    consoleLogin: false,
    ...edit,
  };
}

export function group(inlinePolicies: WrittenPolicies, edit: Partial<Group> = {}, name = 'micetro-targets') {
  const found: Group = {
    path: '/',
    arn: `arn:aws:iam::${HUB}:group/${name}`,
    members: [{ name: 'micetro', arn: `arn:aws:iam::${HUB}:user/micetro` }],
    managedPolicies: { required: [], optional: [] },
    inlinePolicies: inlineOf(inlinePolicies),
    ...edit,
  };
  return { name, value: found };
}

export function role(account: string, { trust: document, inlinePolicies = [], ...edit }: Written<Role> = {}, name = 'Micetro'): Role {
  const path = edit.path ?? '/';
  return {
    path,
    arn: arnOf(account, name, path),
    trust: trustPolicy(document ?? trust(`arn:aws:iam::${HUB}:root`)),
    managedPolicies: { required: ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'].map(managed), optional: [] },
    inlinePolicies: inlineOf(inlinePolicies),
    boundary: null,
    maxSessionDuration: 3600,
    description: '',
    tags: [],
    ...edit,
  };
}

export interface LiveHub {
  readonly user?: Written<User>;
  readonly groups: readonly ReturnType<typeof group>[];
  /** Those that the user is in beside them. */
  readonly otherGroups?: readonly ReturnType<typeof group>[];
  /** By ARN. A role that a grant names and that is not here does not exist. */
  readonly roles: readonly Role[];
  readonly errors?: readonly ReadError[];
  /** All users and roles of the account; left out, they could not be read. */
  readonly principals?: readonly HubPrincipal[];
  /** What managed policies say. */
  readonly policies?: readonly ManagedPolicy[];
}

/** What is captured of it, over an existing file or none. */
export function captureOf(hub: LiveHub, file?: string): Captured {
  const outcome = tryCapture(hub, file);
  if ('errors' in outcome) throw new Error(outcome.errors.join('\n'));
  return outcome;
}

export function tryCapture(hub: LiveHub, file?: string): ReturnType<typeof captureFile> {
  const frame = file === undefined ? undefined : parseStarterFile(file, { path: PATH });
  if (frame && 'errors' in frame) throw new Error(JSON.stringify(frame.errors, null, 1));
  const existing = file === undefined || frame === undefined ? undefined : { text: file, ...frame };
  const live = stateOf(hub, existing?.desired.state, existing?.desired.exceptions);
  return captureFile({ path: PATH, existing, header: ['Captured.'], live, errors: hub.errors ?? [], at: AT, comparer: new Comparer() });
}

/** The state as a capture reads it: the hub, and the roles that the grants name. */
export function stateOf(
  { user: edit, groups, otherGroups = [], roles, errors = [], policies = [], principals }: LiveHub,
  known?: State,
  exceptions: readonly Exception[] = [],
): State {
  const accepts = (rule: Rule, resource: string) =>
    isAccepted(exceptions, { rule, account: rule === 'grant-extra' ? HUB : (resource.split(':')[4] ?? ''), resource }, AT);
  const names = groups.map(({ name }) => name);
  const found = user({ groups: { required: names, optional: [] }, ...edit });
  const inHub = policies.filter(({ arn }) => [HUB, 'aws'].includes(arn.split(':')[4] ?? ''));
  const hub: Hub = {
    account: HUB,
    user: { name: 'micetro', value: found },
    groups,
    otherGroups,
    policies: inHub,
    ...(principals && { principals }),
  };
  const { targets } = grantedRoles(groups, 'aws', { known: known?.targets ?? [], accepts, comparer: new Comparer() });
  return {
    partition: 'aws',
    hub,
    targets: targets.map((target) => {
      const unread = errors.some(({ account }) => account === target.account);
      const there = roles.find(({ arn }) => arn.split(':')[4] === target.account && arn.endsWith(`/${target.roleName}`));
      return asRead(target, unread ? undefined : (there ?? null));
    }),
    accounts: [...new Set(targets.map(({ account }) => account))].map((account) => ({
      account,
      policies: policies.filter(({ arn }) => arn.split(':')[4] === account),
    })),
  };
}

export function denied(account: string): ReadError {
  const call = 'sts:AssumeRole';
  return { scope: 'target', account, code: 'AccessDenied', message: `not in run drift-1-1\n- "${account}"`, call, advice: '' };
}
