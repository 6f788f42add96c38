import { policySize, QUOTAS } from '../iam/quotas.ts';
import type { Locator, QuotaUse } from '../state/desired.ts';
import type { Group, InlinePolicy, Lookup, State, Target, User } from '../state/state.ts';

/** How much of each quota the desired state uses. Quotas that it does not use at all are left out. */
export function quotaUses(state: State, locate: Locator): readonly QuotaUse[] {
  const { user, groups } = state.hub;
  return [
    ...userUses(user, locate),
    ...groups.flatMap((group) => groupUses(group, locate)),
    ...state.targets.flatMap((target) => targetUses(target, locate)),
  ].filter((use) => use.used > 0);
}

function userUses({ name, value: found }: Lookup<User>, locate: Locator): QuotaUse[] {
  if (found === null || found === undefined) return [];
  const about = { resource: found.arn };
  return [
    {
      ...about,
      what: `inline policies of user ${name}`,
      ...inlineUse(found.inlinePolicies),
      limit: QUOTAS.userInline,
      location: locate.hub('user.inlinePolicies'),
    },
    {
      ...about,
      what: `managed policies of user ${name}`,
      ...attachedUse(found.managedPolicies),
      limit: QUOTAS.userPolicies,
      location: locate.hub('user.managedPolicies'),
    },
    {
      ...about,
      what: `groups of user ${name}`,
      used: found.groups?.required.length ?? 0,
      unit: 'groups',
      limit: QUOTAS.groupsOfUser,
      location: locate.hub('user'),
    },
  ];
}

function groupUses({ name, value: found }: Lookup<Group>, locate: Locator): QuotaUse[] {
  if (found === null || found === undefined) return [];
  const about = { resource: found.arn };
  return [
    {
      ...about,
      what: `inline policies of group ${name}`,
      ...inlineUse(found.inlinePolicies),
      limit: QUOTAS.groupInline,
      location: locate.group(name),
    },
    {
      ...about,
      what: `managed policies of group ${name}`,
      ...attachedUse(found.managedPolicies),
      limit: QUOTAS.groupPolicies,
      location: locate.group(name, 'managedPolicies'),
    },
  ];
}

function targetUses({ account, role: { name, value: found } }: Target, locate: Locator): QuotaUse[] {
  if (found === null || found === undefined) return [];
  const about = { resource: found.arn };
  const of = `of role ${name} in ${account}`;
  const trust = found.trust === undefined ? 0 : policySize(found.trust.source);
  return [
    {
      ...about,
      what: `inline policies ${of}`,
      ...inlineUse(found.inlinePolicies),
      limit: QUOTAS.roleInline,
      location: locate.target(account, 'inlinePolicies'),
    },
    {
      ...about,
      what: `trust policy ${of}`,
      used: trust,
      unit: 'characters',
      limit: QUOTAS.trustPolicy,
      location: locate.target(account, 'trust'),
    },
    {
      ...about,
      what: `managed policies ${of}`,
      ...attachedUse(found.managedPolicies),
      limit: QUOTAS.rolePolicies,
      location: locate.target(account, 'managedPolicies'),
    },
  ];
}

function inlineUse(policies: readonly InlinePolicy[] | undefined): { used: number; unit: 'characters' } {
  return { used: (policies ?? []).reduce((sum, policy) => sum + policySize(policy.document.source), 0), unit: 'characters' };
}

/** Optional policies do not count, because they need not be attached. */
function attachedUse(policies: { readonly required: readonly string[] } | undefined): { used: number; unit: 'policies' } {
  return { used: policies?.required.length ?? 0, unit: 'policies' };
}
