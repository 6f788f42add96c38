import type { Finding } from '../drift/finding.ts';
import { documentOf, groupSources } from '../drift/sources.ts';
import { sameName } from '../iam/names.ts';
import { targetLabel } from '../state/entity.ts';
import type { State, Target } from '../state/state.ts';
import { usablePolicies } from '../state/used-policies.ts';
import type { StateChange } from './plan-builder.ts';
import type { Ways } from './ways.ts';

/**
 * Why changes must not be made as long as some findings are not repaired: they would let somebody into a role by a way that is wider than the file says.
 * `undefined`: they open nothing that is.
 *
 * @param wider findings of what is wider than the file and its exceptions say, and is not narrowed before
 */
export function whyTooWide(changes: readonly StateChange[], wider: () => readonly Finding[], ways: Ways): string | undefined {
  for (const { change, before, after } of changes) {
    const { property } = change;
    const opened = ways.opened(change, before, after);
    if (opened.length === 0) continue;
    const open = wider();
    const wide = opened.flatMap((target) => open.filter((finding) => isOfRole(finding, target)).map((finding) => ({ target, finding })));
    const [first] = wide;
    if (first !== undefined) return tooWide(`the ${targetLabel(first.target)}`, first.finding);
    const { kind, of } = property;
    if (of.kind === 'Role') {
      const inGroup = open.find((finding) => opened.some((target) => letsInByGroup(finding, target, after, ways)));
      if (inGroup !== undefined) return tooWide(`the role ${of.name} in ${of.account}`, inGroup);
    }
    if (of.kind !== 'Group') continue;
    const ofGroup = open.find((finding) =>
      kind === 'member' ? isExtraIn(finding, of.name, after.hub, ways) : isExtraMember(finding, of.name),
    );
    if (ofGroup !== undefined) return tooWide(`the roles that the hub group ${of.name} grants`, ofGroup);
  }
  return undefined;
}

/** Whether a finding says that the target's role may do more than it should. */
export function isOfRole({ difference }: Finding, { account, roleName, role }: Target): boolean {
  switch (difference.kind) {
    case 'policy-content':
      return (
        difference.of.account === account &&
        role.value !== null &&
        role.value !== undefined &&
        usablePolicies(role.value).includes(difference.of.arn)
      );
    case 'attached':
    case 'inline':
    case 'boundary':
      return difference.of.kind === 'Role' && difference.of.account === account && sameName(difference.of.name, roleName);
    default:
      return false;
  }
}

export function tooWide(what: string, { message }: Finding): string {
  return `It would give somebody access to ${what}, which allows more than the file, and this run does not revoke that first: ${message} Set fix-scope: all to repair both, or accept the finding with an exception.`;
}

/** Whether a finding is an extra member of a hub group that grants the target's role. */
function letsInByGroup({ difference }: Finding, { roleArn }: Target, state: State, ways: Ways): boolean {
  if (difference.kind !== 'member' || !difference.live) return false;
  return [...groupSources(difference.of.name, state).values()].some((policy) => ways.indexOf(policy).on(roleArn).allow !== 'no');
}

function isExtraMember({ difference }: Finding, group: string): boolean {
  return difference.kind === 'member' && difference.live && sameName(difference.of.name, group);
}

/** Whether a finding says that the group lets its members into more than it should. */
function isExtraIn({ difference }: Finding, group: string, hub: Parameters<typeof documentOf>[1]['hub'], ways: Ways): boolean {
  switch (difference.kind) {
    case 'extra-grant':
    case 'grant-content':
      return difference.places.some((place) => sameName(place.group, group));
    case 'attached':
      return isOfGroup(difference.of, group) && mayAssume(ways.indexOf(documentOf(difference.arn, { hub })));
    case 'inline':
      return isOfGroup(difference.of, group) && difference.live !== null && mayAssume(ways.indexOf(difference.live));
    default:
      return false;
  }
}

function isOfGroup({ kind, name }: { readonly kind: string; readonly name: string }, group: string): boolean {
  return kind === 'Group' && sameName(name, group);
}

function mayAssume({ isUnknown, named, patterns }: ReturnType<Ways['indexOf']>): boolean {
  return isUnknown || named.size > 0 || patterns.size > 0;
}
