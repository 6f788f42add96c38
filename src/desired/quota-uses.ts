import { policySize, QUOTAS } from '../iam/quotas.ts';
import type { Location, Locator, QuotaUse } from '../state/desired.ts';
import { type ExistingEntity, entitiesOf, inlineSize, locateIn } from '../state/entities.ts';
import { entityLabel } from '../state/entity.ts';
import type { State } from '../state/state.ts';

/** How much of each quota the desired state uses. Quotas that it does not use at all are left out. */
export function quotaUses(state: State, locate: Locator): readonly QuotaUse[] {
  return entitiesOf(state)
    .flatMap((entity) => usesOf(entity, locate))
    .filter(({ used }) => used > 0);
}

function usesOf({ of, found }: ExistingEntity, locate: Locator): QuotaUse[] {
  const owner = of.kind === 'Role' ? entityLabel(of) : `${of.kind.toLowerCase()} ${of.name}`;
  const locateKey = locateIn(locate, of);
  const use = (what: string, used: number, unit: QuotaUse['unit'], limit: number, location: Location): QuotaUse => ({
    what: `${what} of ${owner}`,
    resource: found.arn,
    used,
    unit,
    limit,
    location,
  });
  // Most of a group's inline policies are grants, which the file does not state one by one.
  const inlineLocation = of.kind === 'Group' ? locate.group(of.name) : locateKey('inlinePolicies');
  const inline = use('inline policies', inlineSize(found), 'characters', QUOTAS.inline[of.kind], inlineLocation);
  // Optional policies do not count, because they need not be attached.
  const attached = found.managedPolicies?.required.length ?? 0;
  const managed = use('managed policies', attached, 'policies', QUOTAS.managed[of.kind], locateKey('managedPolicies'));
  if ('trust' in found) {
    const size = found.trust === undefined ? 0 : policySize(found.trust.source);
    return [inline, use('trust policy', size, 'characters', QUOTAS.trustPolicy, locateKey('trust')), managed];
  }
  if (!('groups' in found)) return [inline, managed];
  return [inline, managed, use('groups', found.groups?.required.length ?? 0, 'groups', QUOTAS.groupsOfUser, locate.hub('user'))];
}
