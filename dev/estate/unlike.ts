import { z } from 'zod';
import { compareText } from '../../src/text/compare-text.ts';
import { comparable } from '../aws/comparable.ts';
import type { AccountEstate } from '../aws/estate.ts';

/** AWS makes it in each account that an organization creates. */
const OF_AWS = 'OrganizationAccountAccessRole';

const parts = z.looseObject({
  roles: z.array(z.looseObject({ name: z.string() })),
  groups: z.array(z.looseObject({ inlinePolicies: z.array(z.string()) })),
});

/** The accounts that are not as expected, whatever way their policies are written and their grants laid out, with the parts that differ. */
export function unlike(live: readonly AccountEstate[], expected: readonly AccountEstate[]): string[] {
  return expected.flatMap((account) => {
    const other = live.find(({ id }) => id === account.id);
    if (other === undefined) return [`${account.id} was not read`];
    const [one, two] = [partsOf(other), partsOf(account)];
    return Object.keys({ ...one, ...two }).flatMap((part) => [
      ...without(one[part], two[part]).map((line) => `${account.id} ${part} has ${line}`),
      ...without(two[part], one[part]).map((line) => `${account.id} ${part} lacks ${line}`),
    ]);
  });
}

/** The entries of one list that the other does not have, as text. */
function without(list: unknown, other: unknown): string[] {
  const texts = (all: unknown) => (Array.isArray(all) ? all : [all]).map((one) => textOf(one));
  const there = texts(other);
  return texts(list).filter((text) => !there.includes(text));
}

/** JSON with the keys in one order. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part !== 'object' || part === null || Array.isArray(part)
      ? part
      : Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => compareText(one, other))),
  );
}

/** The grants are taken out of the groups: a repair may put one into another group. */
function partsOf(account: AccountEstate): Readonly<Record<string, unknown>> {
  const all = parts.parse(comparable(account));
  const isGrant = (statement: string) => statement.startsWith('["sts:AssumeRole"');
  const groups = all.groups.map((group) => ({ ...group, inlinePolicies: group.inlinePolicies.filter((one) => !isGrant(one)) }));
  const roles = all.roles.filter(({ name }) => name !== OF_AWS);
  return { ...all, roles, groups, grants: all.groups.flatMap(({ inlinePolicies }) => inlinePolicies.filter(isGrant)).toSorted() };
}
