import { type DesiredOrErrors, parseDesired } from '../../src/desired/index.ts';
import { type Drift, findDrift } from '../../src/drift/drift.ts';
import type { Desired } from '../../src/state/desired.ts';
import type { Reading } from '../../src/state/reading.ts';
import type { AccessKeys, Group, Role, State, User } from '../../src/state/state.ts';

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

/** The desired state as a reading finds it when all is well. */
export function liveOf({ state }: Desired): State {
  const user = state.hub.user.value;
  return editUser(state, {
    path: '/',
    accessKeys: keys('2026-11-01T00:00:00Z'),
    ...(user?.groups ? { groups: { required: user.groups.required, optional: [] } } : {}),
  });
}

export function editUser(state: State, edit: Partial<User>): State {
  const { user } = state.hub;
  return { ...state, hub: { ...state.hub, user: { ...user, value: user.value && { ...user.value, ...edit } } } };
}

export function editGroup(state: State, edit: Partial<Group>, name = state.hub.groups[0]?.name): State {
  const groups = state.hub.groups.map((group) =>
    group.name === name ? { ...group, value: group.value && { ...group.value, ...edit } } : group,
  );
  return { ...state, hub: { ...state.hub, groups } };
}

export function editRole(state: State, edit: Partial<Role>, account = ONE): State {
  const targets = state.targets.map((target) =>
    target.account === account
      ? { ...target, role: { ...target.role, value: target.role.value && { ...target.role.value, ...edit } } }
      : target,
  );
  return { ...state, targets };
}

export function driftOf(desired: Desired, live: State, errors: Reading['errors'] = []): Drift {
  return findDrift(desired, { state: live, errors }, AT);
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
