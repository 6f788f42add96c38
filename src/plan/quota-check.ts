import { nameOf } from '../iam/arn.ts';
import { policySize, QUOTAS } from '../iam/quotas.ts';
import { findEntity } from '../state/edit.ts';
import { inlineSize } from '../state/entities.ts';
import type { Entity } from '../state/entity.ts';
import { type IamProperty, type PropertyValue, writeProperty } from '../state/property.ts';
import type { State } from '../state/state.ts';

/**
 * Why AWS is sure to refuse a value, `undefined` if it is not. Quotas that AWS raises count with the highest value that it grants: less would be
 * guessed. What makes something smaller is never refused, as it may be too large already.
 */
export function quotaProblem(property: IamProperty, state: State, after: PropertyValue): string | undefined {
  const use = useOf(property, writeProperty(property, state, after));
  if (use === undefined || use.used <= use.limit || use.used <= (useOf(property, state)?.used ?? 0)) return undefined;
  return `AWS would reject it: ${use.what} would be ${number(use.used)} ${use.unit}, ${number(use.limit)} allowed.`;
}

interface Use {
  readonly what: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
}

function useOf(property: IamProperty, state: State): Use | undefined {
  if (property.kind === 'member') return groupsUse(property.user, state);
  // How large a document may be is checked in the file, and how many versions there may be when the repair is planned.
  if (property.kind === 'content' || property.kind === 'version') return undefined;
  const { of } = property;
  const found = findEntity(of, state);
  if (!found) return undefined;
  const label = `${of.kind.toLowerCase()} ${of.name}`;
  switch (property.kind) {
    case 'inline':
      return { what: `the inline policies of ${label}`, used: inlineSize(found), limit: QUOTAS.inline[of.kind], unit: 'characters' };
    case 'attached': {
      const used = found.managedPolicies?.required.length ?? 0;
      return { what: `the policies attached to ${label}`, used, limit: QUOTAS.managed[of.kind], unit: 'policies' };
    }
    case 'trust':
    case 'entity':
      return 'trust' in found && found.trust !== undefined
        ? { what: `the trust policy of ${label}`, used: policySize(found.trust.source), limit: QUOTAS.trustPolicy, unit: 'characters' }
        : undefined;
    case 'tags':
      return 'tags' in found
        ? { what: `the tags of ${label}`, used: found.tags?.length ?? 0, limit: QUOTAS.tags, unit: 'tags' }
        : undefined;
    default:
      return undefined;
  }
}

function groupsUse(name: string, state: State): Use | undefined {
  const of: Entity = { kind: 'User', account: state.hub.account, name };
  const user = findEntity(of, state);
  if (!user || !('groups' in user)) return undefined;
  const used = user.groups?.required.length ?? 0;
  return { what: `the groups of user ${nameOf(user.arn)}`, used, limit: QUOTAS.groupsOfUser, unit: 'groups' };
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
