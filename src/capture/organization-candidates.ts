import { entityArn, pathOf } from '../iam/arn.ts';
import type { OrganizationAccount } from '../state/organization.ts';
import { isErrorOf, type ReadError } from '../state/reading.ts';
import type { Target } from '../state/state.ts';
import { grouped } from '../text/grouped.ts';
import { plural } from '../text/plural.ts';

/** An account of the organization of which no role becomes a target. */
export interface NotTakenIn {
  readonly account: string;
  /** One sentence part for a person, unescaped. */
  readonly reason: string;
}

/** The share of the accounts that have to have a role of a name for it to be looked for in further accounts. */
const USUAL = 0.1;

/**
 * The roles that accounts of the organization may have: those of the names that are usual among the granted ones. The most usual name is always one of them.
 *
 * @param undeclared accounts without a granted role
 */
export function candidateTargets(
  granted: readonly Target[],
  undeclared: readonly OrganizationAccount[],
  partition: string,
): readonly Target[] {
  const accounts = new Set(granted.map(({ account }) => account)).size;
  const names = [...grouped(granted, ({ roleName }) => roleName)].toSorted(([, one], [, other]) => other.length - one.length);
  const usual = names.filter(([, all], rank) => rank === 0 || all.length >= accounts * USUAL);
  return undeclared.flatMap(({ id }) =>
    usual.map(([roleName, [first]]): Target => {
      const roleArn = entityArn(partition, id, 'role', roleName, pathOf(first.roleArn));
      const role = { name: roleName, value: undefined };
      return { account: id, name: undefined, owner: undefined, roleName, roleArn, grantGroup: undefined, role };
    }),
  );
}

/** Of the candidates, as they were read, those that exist; and why the other accounts have none. */
export function takenIn(
  candidates: readonly Target[],
  errors: readonly ReadError[],
): { readonly targets: readonly Target[]; readonly notTakenIn: readonly NotTakenIn[] } {
  const found = candidates.flatMap((target) => {
    const { value: live } = target.role;
    return live ? [{ ...target, roleArn: live.arn }] : [];
  });
  const notTakenIn = [...grouped(candidates, ({ account }) => account)].flatMap(([account, all]): NotTakenIn[] => {
    if (found.some((target) => target.account === account)) return [];
    const error = all.flatMap((target) => errors.find((one) => isErrorOf(one, target)) ?? [])[0];
    const names = all.map(({ roleName }) => roleName);
    const absent = `it has no role ${names.join(' or ')}`;
    return [
      {
        account,
        reason: error === undefined ? absent : `${plural(names.length, 'role')} could not be read: ${error.code} at ${error.call}`,
      },
    ];
  });
  return { targets: found, notTakenIn };
}
