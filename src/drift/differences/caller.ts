import { shortName } from '../../iam/arn.ts';
import { targetLabel } from '../../state/entity.ts';
import type { PrincipalPolicy } from '../../state/principals.ts';
import type { Target } from '../../state/state.ts';
import type { Kinds, Owner } from './kind.ts';

/** Another user or role of the hub account that may assume a target's role. */
export interface CallerParts {
  readonly caller: {
    readonly of: Owner<'User' | 'Role'>;
    /** The targets whose roles it may assume. */
    readonly targets: readonly Pick<Target, 'account' | 'name' | 'roleName'>[];
    readonly ways: CallerWays;
    /** The file lists the name alone, which is that of a user and of a role. */
    readonly isAmbiguous: boolean;
    readonly desired: null;
    readonly live: CallerAccessJson;
  };
}

/** By what it gets in, all targets taken together. */
export interface CallerWays {
  readonly policies: readonly PrincipalPolicy[];
  /** Into a role of the hub account its trust policy lets it in by itself. */
  readonly isTrusted: boolean;
}

/** ARNs. An inline policy goes by its owner's + `/policy/NAME`. */
export interface CallerAccessJson {
  readonly policies: readonly string[];
  readonly roles: readonly string[];
}

/** Most targets that a message names. */
const MOST_NAMED = 3;
/** Most policies that it names. */
const MOST_POLICIES = 5;

export const CALLER: Kinds<CallerParts> = {
  caller: {
    rule: () => 'hub-caller-extra',
    title: ({ of, targets }) => `Hub ${of.kind.toLowerCase()} ${of.name} can assume ${rolesOf(targets.length)}`,
    message: ({ of, targets, ways, isAmbiguous }) => {
      const named =
        targets.length > MOST_NAMED
          ? `the roles of ${targets.length.toLocaleString('en-US')} targets`
          : listed(targets.map((target) => `the ${targetLabel(target)}`));
      const name = of.arn.slice(of.arn.indexOf('/') + 1);
      const entry = `${of.kind.toLowerCase()}/${name}`;
      const remark = isAmbiguous
        ? `hub.otherCallers lists ${of.name}, which is the name of both a user and a role. If this one is intended, write ${entry}.`
        : 'hub.otherCallers does not list it.';
      return `The ${entry.replace('/', ' ')} of the hub account can assume ${named} through ${wayText(ways)}; ${remark}`;
    },
  },
};

function rolesOf(targets: number): string {
  return targets === 1 ? 'the role of 1 target' : `the roles of ${targets.toLocaleString('en-US')} targets`;
}

function wayText({ policies, isTrusted }: CallerWays): string {
  const names = policies.map(policyText);
  const more = names.length - MOST_POLICIES;
  return listed([
    ...names.slice(0, MOST_POLICIES),
    ...(more > 0 ? [`${more} more policies`] : []),
    ...(isTrusted ? ['the trust policy of the role'] : []),
  ]);
}

function policyText({ arn, group }: PrincipalPolicy): string {
  const isInline = !arn.includes(':policy/');
  const name = isInline ? `the inline policy ${arn.slice(arn.lastIndexOf('/') + 1)}` : shortName(arn);
  return group === undefined ? name : `${name} of the group ${group}`;
}

function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
