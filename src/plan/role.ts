import { shown } from '../drift/documents.ts';
import { withUserPath } from '../drift/trust.ts';
import type { Role, Target } from '../state/state.ts';
import { fields, tagList } from './call-for.ts';
import type { Attempt } from './draft.ts';
import { roleLabel } from './grant.ts';
import type { Entity } from './part.ts';
import type { Broken, RepairRule } from './repair-context.ts';
import { setPolicies, sharedRepair } from './shared-repair.ts';
import { valueIn } from './value-in.ts';

/** Repairs of a target's role. */
export const roleRepair: RepairRule = (broken, attempt) => {
  const { finding, desired, phase } = broken;
  const target = desired.state.targets.find(({ account }) => account === finding.account);
  const wanted = target?.role.value;
  if (target === undefined || !wanted) return undefined;
  const entity: Entity = { kind: 'Role', account: target.account, name: target.roleName };
  switch (finding.rule) {
    case 'role-missing':
      return createRole(broken, target, wanted, attempt);
    case 'trust-changed':
    case 'trust-orphaned':
      attempt.set(
        phase,
        { kind: 'trust', of: entity },
        trustOf(broken, wanted),
        `Let the ${roleLabel(target)} trust whom the file names, and nobody else`,
      );
      return '';
    case 'role-session-duration-changed':
      return setSettings(broken, target, { maxSessionDuration: wanted.maxSessionDuration }, attempt);
    case 'role-description-changed':
      return setSettings(broken, target, { description: wanted.description }, attempt);
    case 'role-tag-missing':
    case 'role-tag-changed':
      return setTag(broken, target, wanted, attempt);
    default:
      return sharedRepair(entity, broken, attempt, wanted.inlinePolicies ?? []);
  }
};

/** The hub user's ARN in it is the one that the user has, path included. */
function trustOf({ desired, live }: Broken, { trust }: Role): unknown {
  return trust === undefined ? null : shown(withUserPath(trust, { desired: desired.state, live }));
}

function createRole(broken: Broken, target: Target, role: Role, attempt: Attempt): string {
  const of: Entity = { kind: 'Role', account: target.account, name: target.roleName };
  const value = {
    path: role.path,
    trust: trustOf(broken, role),
    description: role.description ?? '',
    maxSessionDuration: role.maxSessionDuration ?? 3600,
    boundary: role.boundary ?? null,
    tags: tagList(role.tags),
  };
  attempt.set(broken.phase, { kind: 'entity', of }, value, `Create the ${roleLabel(target)}`);
  setPolicies(broken.phase, of, role, attempt);
  return '';
}

/** One call sets description and duration, so that the one which is not wanted is told as it is. */
function setSettings({ phase }: Broken, target: Target, wanted: Partial<Role>, attempt: Attempt): string {
  const of: Entity = { kind: 'Role', account: target.account, name: target.roleName };
  const there = valueIn({ kind: 'settings', of }, attempt.state);
  const what = Object.keys(wanted).map((key) => (key === 'description' ? 'Describe' : 'Set how long sessions may last of'));
  attempt.set(
    phase,
    { kind: 'settings', of },
    { ...fields(there), ...wanted },
    `${what.join('')} the ${roleLabel(target)} as the file does`,
  );
  return '';
}

function setTag({ finding, phase }: Broken, target: Target, wanted: Role, attempt: Attempt): string {
  const of: Entity = { kind: 'Role', account: target.account, name: target.roleName };
  const tag = wanted.tags?.find((other) => other === finding.desired);
  if (tag === undefined) return '';
  attempt.set(phase, { kind: 'tags', of, keys: [tag.key] }, [tag], `Tag the ${roleLabel(target)} with ${tag.key}=${tag.value}`);
  return '';
}
