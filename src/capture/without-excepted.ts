import type { Finding } from '../drift/finding.ts';
import { nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { Rule } from '../state/rules.ts';
import type { Group, InlinePolicy, Lookup, Member, NameSet, Role, State, Tag, User } from '../state/state.ts';

/**
 * Live as it will be once everything that an exception accepts is gone. The file is written from this: a list that is written anew for another
 * difference must not take in what was accepted until a day, or it were accepted for good.
 *
 * @param excepted findings of `live` against `desired` that exceptions cover
 */
export function withoutExcepted(live: State, desired: State, excepted: readonly Finding[]): State {
  const { user, groups } = live.hub;
  const ofHub = (arn: string) => excepted.filter(({ entity, rule }) => rule.startsWith('hub-') && entity === arn);
  return {
    ...live,
    hub: {
      ...live.hub,
      user: mended(user, (found) => userWithout(found, desired.hub.user.value, ofHub(found.arn))),
      groups: groups.map((group) => {
        const wanted = desired.hub.groups.find(({ name }) => sameName(name, group.name))?.value;
        return { ...group, ...mended(group, (found) => groupWithout(found, wanted, ofHub(found.arn))) };
      }),
    },
    targets: live.targets.map((target) => {
      const wanted = desired.targets.find(({ account }) => account === target.account)?.role.value;
      const own = excepted.filter(({ account, rule }) => account === target.account && !rule.startsWith('hub-'));
      return { ...target, role: mended(target.role, (found) => roleWithout(found, wanted, own)) };
    }),
  };
}

function mended<T>(named: Lookup<T>, mend: (found: T) => T): Lookup<T> {
  return named.value ? { ...named, value: mend(named.value) } : named;
}

function userWithout(live: User, wanted: User | null | undefined, excepted: readonly Finding[]): User {
  const gone = of(excepted, 'hub-user-group-extra').map(nameOf);
  return {
    ...live,
    ...policiesWithout('hub-user', live, wanted, excepted),
    groups: live.groups && {
      ...live.groups,
      required: live.groups.required.filter((name) => !gone.some((other) => sameName(other, name))),
    },
  };
}

function groupWithout(live: Group, wanted: Group | null | undefined, excepted: readonly Finding[]): Group {
  const gone = of(excepted, 'hub-group-member-extra');
  const back = of(excepted, 'hub-group-member-missing').map((arn): Member => ({ arn, name: nameOf(arn) }));
  return {
    ...live,
    ...policiesWithout('hub-group', live, wanted, excepted),
    members: live.members && [...live.members.filter(({ arn }) => !gone.includes(arn)), ...back],
  };
}

function roleWithout(live: Role, wanted: Role | null | undefined, excepted: readonly Finding[]): Role {
  return {
    ...live,
    ...policiesWithout('role', live, wanted, excepted),
    trust: of(excepted, 'trust-changed').length > 0 ? (wanted?.trust ?? live.trust) : live.trust,
    tags: live.tags && tagsWithout(live.tags, wanted?.tags ?? [], excepted),
  };
}

function tagsWithout(live: readonly Tag[], wanted: readonly Tag[], excepted: readonly Finding[]): readonly Tag[] {
  const isKey = (one: Tag, other: Tag) => one.key.toLowerCase() === other.key.toLowerCase();
  const isBack = of(excepted, 'role-tag-changed').length > 0;
  const missing = of(excepted, 'role-tag-missing').length > 0 ? wanted.filter((tag) => !live.some((other) => isKey(tag, other))) : [];
  return [...live.map((tag) => (isBack ? (wanted.find((other) => isKey(tag, other)) ?? tag) : tag)), ...missing];
}

interface Policies {
  readonly managedPolicies: NameSet | undefined;
  readonly inlinePolicies: readonly InlinePolicy[] | undefined;
}

function policiesWithout(
  owner: 'hub-user' | 'hub-group' | 'role',
  { managedPolicies, inlinePolicies }: Policies,
  wanted: Policies | null | undefined,
  excepted: readonly Finding[],
): Policies {
  const gone = of(excepted, `${owner}-policy-extra`);
  const back = of(excepted, `${owner}-policy-missing`);
  const names = of(excepted, `${owner}-inline-policy-missing`, `${owner}-inline-policy-extra`, `${owner}-inline-policy-changed`).map(
    nameOf,
  );
  const agreed = (wanted?.inlinePolicies ?? []).filter(({ name }) => names.includes(name));
  return {
    managedPolicies: managedPolicies && {
      ...managedPolicies,
      required: [...managedPolicies.required.filter((arn) => !gone.includes(arn)), ...back],
    },
    inlinePolicies: inlinePolicies && [...inlinePolicies.filter(({ name }) => !names.includes(name)), ...agreed],
  };
}

/** The resources that the findings of these rules name. */
function of(findings: readonly Finding[], ...rules: readonly Rule[]): readonly string[] {
  return findings.filter(({ rule }) => rules.includes(rule)).map(({ resource }) => resource);
}
