import { type AssumeStatement, takeApart } from '../drift/group-policies.ts';
import { roleOf } from '../iam/arn.ts';
import { grantPolicy } from '../iam/grant-document.ts';
import { sameName } from '../iam/names.ts';
import { type Comparer, policyOf } from '../policy/index.ts';
import type { Rule } from '../state/rules.ts';
import type { Group, InlinePolicy, Lookup, Target } from '../state/state.ts';
import { grouped } from '../text/grouped.ts';
import { mostUsual } from './counting.ts';

/** What the hub groups' inline policies say of roles to assume, seen as grants of a desired state. */
export interface GrantedRoles {
  /** One for each account, in the order of the accounts; of an account that the file has as a target already, all that the file says of it. */
  readonly targets: readonly Target[];
  /** Accounts that the file has as targets, and that no grant names any more. */
  readonly ungranted: readonly string[];
  /** What a list of targets can't say: patterns, grants with conditions or other actions, denials, and a second role in an account. */
  readonly others: readonly AssumeStatement[];
}

/** What is known when the grants are looked through. */
export interface GrantSearch {
  /** The file's targets. */
  readonly known: readonly Target[];
  /** ARNs of roles that are known not to exist: another one of the account goes before them. */
  readonly missing: ReadonlySet<string>;
  /** What the file's exceptions accept: an extra grant that is accepted until a day makes no target, and a target whose grant may be missing stays. */
  readonly accepts: (rule: Rule, resource: string) => boolean;
  readonly comparer: Comparer;
}

/**
 * Finds the targets. A grant is one that names the role's very ARN and allows assuming it, no less and no more, as the file's own grants do; whatever else
 * lets the user assume something can only be stated as an inline policy of the group.
 */
export function grantedRoles(
  groups: readonly Lookup<Group>[],
  partition: string,
  { known, missing, accepts, comparer }: GrantSearch,
): GrantedRoles {
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
  const usual = mostUsual(plain.flatMap((arn) => roleOf(arn)?.name ?? []))?.text;
  const found = [...grouped(plain, (arn) => roleOf(arn)?.account ?? '')].flatMap(([account, arns]) => {
    if (kept.some((target) => target.account === account)) return [];
    const there = arns.filter((candidate) => !missing.has(candidate));
    const candidates = there.length > 0 ? there : arns;
    const arn = candidates.find((candidate) => roleOf(candidate)?.name === usual) ?? candidates.toSorted()[0] ?? '';
    return [targetOf(account, arn, known)];
  });
  const targets = [...kept, ...found].toSorted((one, other) => (one.account < other.account ? -1 : 1));
  const wanted = new Set(targets.map(({ roleArn }) => roleArn));
  return {
    targets,
    ungranted: known.filter(({ account }) => !targets.some((target) => target.account === account)).map(({ account }) => account),
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

/** A role that is to be read. What the file says of the account stays with it, another role or not. */
function targetOf(account: string, arn: string, known: readonly Target[]): Target {
  const { name, owner } = known.find((target) => target.account === account) ?? { name: undefined, owner: undefined };
  const roleName = roleOf(arn)?.name ?? '';
  return { account, name, owner, roleName, roleArn: arn, grantGroup: undefined, role: { name: roleName, value: undefined } };
}
