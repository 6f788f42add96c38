import { type AssumeStatement, takeApart } from '../drift/group-policies.ts';
import { roleOf } from '../iam/arn.ts';
import { grantPolicy } from '../iam/grant-document.ts';
import { sameName } from '../iam/names.ts';
import { type Comparer, policyOf } from '../policy/index.ts';
import type { Rule } from '../state/rules.ts';
import type { Group, InlinePolicy, Lookup, Target } from '../state/state.ts';
import { targetKey } from '../state/targets.ts';
import { compareText } from '../text/compare-text.ts';
import { grouped } from '../text/grouped.ts';
import { knownTargets } from './known-targets.ts';

/** What the hub groups' inline policies say of roles to assume, seen as grants of a desired state. */
export interface GrantedRoles {
  /** In the order of the accounts, those of an account in the order of their names; of a role that the file has as a target already, all that the file says of it. */
  readonly targets: readonly Target[];
  /** Targets of the file that no grant names any more, but for those whose account has a role of another name in their place. */
  readonly ungranted: readonly Target[];
  /** What a list of targets can't say: patterns, grants with conditions or other actions, and denials. */
  readonly others: readonly AssumeStatement[];
}

/** What is known when the grants are looked through. */
export interface GrantSearch {
  /** The file's targets. */
  readonly known: readonly Target[];
  /** What the file's exceptions accept: an extra grant that is accepted until a day makes no target, and a target whose grant may be missing stays. */
  readonly accepts: (rule: Rule, resource: string) => boolean;
  readonly comparer: Comparer;
}

/**
 * Finds the targets. A grant is one that names the role's very ARN and allows assuming it, no less and no more, as the file's own grants do; whatever else
 * lets the user assume something can only be stated as an inline policy of the group.
 */
export function grantedRoles(groups: readonly Lookup<Group>[], partition: string, { known, accepts, comparer }: GrantSearch): GrantedRoles {
  const wantedAlready = new Set(known.map(({ roleArn }) => roleArn));
  const all = groups
    .flatMap(({ name, value: found }) => takeApart(name, found?.inlinePolicies ?? [], () => 'extras').extras)
    .filter(({ pattern }) => wantedAlready.has(pattern) || !accepts('grant-extra', pattern));
  const named = grouped(all, ({ pattern }) => pattern);
  const plain = [...named].filter(([arn, parts]) => isPlain(arn, partition, parts, comparer)).map(([arn]) => arn);
  const kept = known.flatMap((target) => {
    const parts = named.get(target.roleArn);
    if (parts !== undefined) return [{ ...target, grantGroup: carrierOf(target, parts) }];
    return accepts('grant-missing', target.roleArn) || accepts('grant-indirect', target.roleArn) ? [target] : [];
  });
  const stays = new Set(kept.map(({ roleArn }) => roleArn));
  const found = plain.filter((arn) => !stays.has(arn)).map(targetOf);
  const targets = [...kept, ...found].toSorted(
    (one, other) => compareText(targetKey(one), targetKey(other)) || compareText(one.roleArn, other.roleArn),
  );
  const before = knownTargets(targets, known);
  const wanted = new Set(targets.map(({ roleArn }) => roleArn));
  const matched = new Set(before.values());
  return {
    targets: targets.map((target) => ({ ...target, name: before.get(target)?.name, owner: before.get(target)?.owner })),
    ungranted: known.filter((target) => !matched.has(target)),
    others: all.filter(({ pattern }) => !wanted.has(pattern)),
  };
}

/** What is left of a group's inline policies without the grants of these roles. A policy from which nothing is taken out is left as it is written. */
export function besideGrants({ name, value: found }: Lookup<Group>, roleArns: ReadonlySet<string>): readonly InlinePolicy[] {
  const policies = found?.inlinePolicies ?? [];
  const parts = takeApart(name, policies, ({ pattern }) => (roleArns.has(pattern) ? 'grants' : 'others'));
  const touched = new Set(parts.grants.map(({ policy }) => policy));
  return parts.others.map((rest) => (touched.has(rest.name) ? rest : (policies.find((policy) => policy.name === rest.name) ?? rest)));
}

/** The group that carries the grant of a target that states one; one that several carry can't state any. */
function carrierOf({ grantGroup }: Target, parts: readonly AssumeStatement[]): string | undefined {
  const [carrier, ...more] = new Set(parts.map(({ group }) => group));
  if (grantGroup === undefined || carrier === undefined || more.length > 0) return undefined;
  return sameName(carrier, grantGroup) ? grantGroup : carrier;
}

function isPlain(arn: string, partition: string, parts: readonly AssumeStatement[], comparer: Comparer): boolean {
  if (roleOf(arn)?.partition !== partition) return false;
  const statements = parts.map(({ statement }) => statement);
  return comparer.isSame(grantPolicy(arn), policyOf(statements, 'identity'));
}

/** A role that is to be read. */
function targetOf(arn: string): Target {
  const { account = '', name = '' } = roleOf(arn) ?? {};
  const labels = { name: undefined, owner: undefined };
  return { account, ...labels, roleName: name, roleArn: arn, grantGroup: undefined, role: { name, value: undefined } };
}
