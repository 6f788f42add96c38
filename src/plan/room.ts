import { nameOf } from '../iam/arn.ts';
import { policySize, QUOTAS } from '../iam/quotas.ts';
import type { Group, Role, State, User } from '../state/state.ts';
import { fields } from './call-for.ts';
import type { Entity, Part } from './part.ts';
import { find, isSource } from './value-in.ts';
import { withValue } from './with-value.ts';

const INLINE = { User: QUOTAS.userInline, Group: QUOTAS.groupInline, Role: QUOTAS.roleInline } as const;
const ATTACHED = { User: QUOTAS.userPolicies, Group: QUOTAS.groupPolicies, Role: QUOTAS.rolePolicies } as const;

/**
 * Why AWS is sure to refuse a value, `undefined` if it is not. Quotas that AWS raises count with the highest value that it grants: less would be
 * guessed. What makes something smaller is never refused, as it may be too large already.
 */
export function quotaProblem(part: Part, state: State, after: unknown): string | undefined {
  const next = withValue(part, state, after);
  const use = useOf(part, next, after);
  if (use === undefined || use.used <= use.limit || use.used <= (useOf(part, state, null)?.used ?? 0)) return undefined;
  return `AWS would refuse it: ${use.what} would be ${number(use.used)} ${use.unit}, and ${number(use.limit)} is the most.`;
}

interface Use {
  readonly what: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
}

function useOf(part: Part, state: State, after: unknown): Use | undefined {
  const { of } = part;
  const found = find(of, state);
  const label = `${of.kind.toLowerCase()} ${of.name}`;
  switch (part.kind) {
    case 'inline':
      return found
        ? { what: `the inline policies of ${label}`, used: inlineSize(found), limit: INLINE[of.kind], unit: 'characters' }
        : undefined;
    case 'attached':
      return found
        ? { what: `the policies attached to ${label}`, used: attachedCount(found), limit: ATTACHED[of.kind], unit: 'policies' }
        : undefined;
    case 'trust':
    case 'entity':
      return of.kind === 'Role' ? trustUse(label, part.kind === 'trust' ? after : fields(after).trust) : undefined;
    case 'tags':
      return found && 'tags' in found
        ? { what: `the tags of ${label}`, used: found.tags?.length ?? 0, limit: QUOTAS.tags, unit: 'tags' }
        : undefined;
    case 'member':
      return membershipUse(part.user, state);
    default:
      return undefined;
  }
}

/** Characters of a user's, group's or role's inline policies, as IAM counts them. */
export function inlineSize({ inlinePolicies = [] }: Pick<User | Group | Role, 'inlinePolicies'>): number {
  return inlinePolicies.reduce((sum, { document }) => sum + policySize(document), 0);
}

function attachedCount({ managedPolicies }: Pick<User | Group | Role, 'managedPolicies'>): number {
  return managedPolicies?.required.length ?? 0;
}

function trustUse(label: string, trust: unknown): Use {
  const used = isSource(trust) ? policySize(trust) : 0;
  return { what: `the trust policy of ${label}`, used, limit: QUOTAS.trustPolicy, unit: 'characters' };
}

function membershipUse(name: string, state: State): Use | undefined {
  const of: Entity = { kind: 'User', account: state.hub.account, name };
  const user = find(of, state);
  if (!user || !('groups' in user)) return undefined;
  return {
    what: `the groups of user ${nameOf(user.arn)}`,
    used: user.groups?.required.length ?? 0,
    limit: QUOTAS.groupsOfUser,
    unit: 'groups',
  };
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
