import { grantDocument, grantPolicy } from '../iam/grant-document.ts';
import { policySize, QUOTAS } from '../iam/quotas.ts';
import type { GrantForm } from '../state/desired.ts';
import type { InlinePolicy, Target } from '../state/state.ts';
import type { Path } from './file-node.ts';
import { expandText, type PlaceholderValues, placeholdersIn, TARGET_PLACEHOLDERS } from './placeholders.ts';

/** A target, with what its grant's name may be made of. */
export interface Grantee {
  readonly target: Target;
  readonly values: PlaceholderValues;
  /** Where the file states it. */
  readonly path: Path;
}

/** A hub group with what it holds beside the grants. */
export interface GrantingGroup {
  readonly name: string;
  /** Characters that the stated inline policies take. */
  readonly used: number;
}

/** How grants are named and laid out where the file does not say. */
export const DEFAULT_FORM: GrantForm = { policyName: 'assume-{account}-{roleName}', layout: 'one-per-account' };

/** The name of a packed policy whose template differs by target, as the default one does: it stands for all of them. */
export const PACKED_NAME = 'assume-roles';

/** Which group carries which targets' grants, in the groups' order. */
export function allocate(groups: readonly GrantingGroup[], grantees: readonly Grantee[], form: GrantForm): readonly (readonly Grantee[])[] {
  const shares = groups.map((group) => ({ group, used: group.used, grantees: new Set<Grantee>() }));
  const give = (share: (typeof shares)[number], grantee: Grantee) => {
    share.used += costOf(grantee, share.grantees.size, form);
    share.grantees.add(grantee);
  };
  // Those that state their group come first, so that they find the room they need.
  for (const grantee of grantees) {
    const stated = shares.find(({ group }) => group.name === grantee.target.grantGroup);
    if (stated !== undefined) give(stated, grantee);
  }
  for (const grantee of grantees) {
    if (grantee.target.grantGroup !== undefined) continue;
    const roomy = shares.find((share) => share.used + costOf(grantee, share.grantees.size, form) <= QUOTAS.inline.Group);
    // With no room anywhere the first group overflows, and its quota is reported as exceeded.
    const share = roomy ?? shares[0];
    if (share !== undefined) give(share, grantee);
  }
  return shares.map((share) => grantees.filter((grantee) => share.grantees.has(grantee)));
}

/** The grants of one group written out as inline policies. */
export function grantPolicies(grantees: readonly Grantee[], form: GrantForm): readonly InlinePolicy[] {
  if (form.layout === 'one-per-account') {
    return grantees.map(({ target, values }) => ({ name: expandText(form.policyName, values), document: grantPolicy(target.roleArn) }));
  }
  const [first] = grantees;
  if (first === undefined) return [];
  return [{ name: packedName(form.policyName, first.values), document: grantPolicy(grantees.map(({ target }) => target.roleArn)) }];
}

function packedName(template: string, values: PlaceholderValues): string {
  const differs = placeholdersIn(template).some((name) => TARGET_PLACEHOLDERS.some((placeholder) => placeholder === name));
  return differs ? PACKED_NAME : expandText(template, values);
}

/** Characters that one more grant takes in a group that has `before` of them. */
function costOf({ target }: Grantee, before: number, form: GrantForm): number {
  if (form.layout === 'one-per-account') return policySize(grantDocument(target.roleArn));
  const item = JSON.stringify(target.roleArn).length;
  return before === 0 ? policySize(grantDocument([target.roleArn])) : item + 1;
}
