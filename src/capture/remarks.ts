import { isAssume } from '../drift/assume-statement.ts';
import type { AssumeStatement } from '../drift/group-policies.ts';
import { nameOf, roleOf, rootArn, shortName } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import { decide, principalsOf } from '../policy/index.ts';
import type { Hub, Role, State, Target, User } from '../state/state.ts';
import { grouped } from '../text/grouped.ts';
import { DAY } from '../time/days.ts';
import { otherGroups } from './edit-hub.ts';

/** Something that is captured as it is and looks wrong by the multi-account guide. */
export interface Remark {
  /** One sentence for a person, unescaped, without saying where. */
  readonly text: string;
  /** The accounts that it is about. */
  readonly accounts: readonly string[];
}

/** What a person should look at before accepting the file: the hub's first, then the targets', what several accounts share told once. */
export function remarksOf(live: State, captured: readonly Target[], others: readonly AssumeStatement[], at: Date): readonly Remark[] {
  const { hub } = live;
  const ofHub = [...grantRemarks(hub, others, captured), ...userRemarks(hub, at), ...groupRemarks(hub)];
  const ofTargets = captured.flatMap(({ account, role: { value: found } }) =>
    found ? roleRemarks(found, live).map((text) => ({ text, account })) : [],
  );
  return [
    ...ofHub.map((text) => ({ text, accounts: [hub.account] })),
    ...[...grouped(ofTargets, ({ text }) => text)].map(([text, all]) => ({ text, accounts: all.map(({ account }) => account) })),
  ];
}

function grantRemarks(hub: Hub, others: readonly AssumeStatement[], captured: readonly Target[]): string[] {
  const stated = others.map((part) => {
    const where = `The inline policy ${part.policy} of the group ${part.group}`;
    if (part.statement.effect === 'Deny') return `${where} denies assuming ${part.pattern}.`;
    const role = roleOf(part.pattern);
    if (role === undefined)
      return `${where} lets the user assume ${part.pattern}: a pattern, not one role. It is stated as an inline policy.`;
    const hint = captured.some(({ account }) => account === role.account)
      ? 'a second role in an account that is a target with another one'
      : 'but with conditions, other actions or a denial, as no target of the file is granted';
    return `${where} lets the user assume ${part.pattern}: ${hint}. It is stated as an inline policy, and the role is not audited.`;
  });
  const managed = (hub.managedDocuments ?? [])
    .filter(({ document }) => document.statements?.some((statement) => statement.effect === 'Allow' && isAssume(statement)))
    .map(
      ({ arn }) =>
        `${arn} lets the user assume roles beside the grants; a product that discovers its targets in inline policies won't find these.`,
    );
  return [...new Set([...stated, ...managed])];
}

/** Days from which a key is called old. */
const OLD_KEY = 90;

function userRemarks({ user: { name, value: found }, groups, ...hub }: Hub, at: Date): string[] {
  if (!found) return [];
  const who = `The hub user ${name}`;
  const active = (found.accessKeys?.listed ?? []).filter((key) => key.active);
  const old = active.filter(({ createdAt }) => at.getTime() - Date.parse(createdAt) > OLD_KEY * DAY);
  const outside = groups.filter(({ value: group }) => !group?.members?.some((member) => sameName(member.name, name)));
  const further = otherGroups({ partition: '', hub: { ...hub, user: { name, value: found }, groups }, targets: [] });
  return [
    ...(found.consoleLogin ? [`${who} has a console password.`] : []),
    ...(active.length === 0 ? [`${who} has no active access key, so nothing can connect as this user.`] : []),
    ...(active.length > 1 ? [`${who} has ${active.length} active access keys.`] : []),
    ...old.map(
      ({ id, createdAt }) => `The access key ${id} of the hub user is from ${createdAt.slice(0, 10)}, more than ${OLD_KEY} days ago.`,
    ),
    ...outside.map((group) => `${who} is not in the group ${group.name}, so its grants do not reach this user.`),
    ...further.map((group) => `${who} is in the group ${group} as well.`),
    ...policyRemarks(who, found, ['IAMReadOnlyAccess']),
    ...(found.inlinePolicies ?? []).map((policy) => `${who} has the inline policy ${policy.name}.`),
  ];
}

function groupRemarks({ user, groups }: Hub): string[] {
  return groups.flatMap(({ name, value: found }) => {
    const who = `The hub group ${name}`;
    const extra = (found?.members ?? []).filter((member) => !sameName(member.name, user.name));
    return [
      ...extra.map((member) => `The user ${member.name} is in the hub group ${name} and has all its grants, too.`),
      ...policyRemarks(who, found ?? {}, []),
    ];
  });
}

/** What the guide attaches to a role. */
const GUIDE_POLICIES: readonly string[] = ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', 'IAMReadOnlyAccess'];

function roleRemarks(role: Role, { hub, partition }: State): string[] {
  const who = `The role ${nameOf(role.arn)}`;
  const own = new Set([rootArn(partition, hub.account), hub.user.value?.arn]);
  const strangers = role.trust === undefined ? [] : principalsOf(role.trust).filter(({ id }) => !own.has(id));
  const unlimited = (role.inlinePolicies ?? []).filter(({ document }) => decide(document, MIGHTY) === 'allow');
  return [
    ...strangers.map(({ id }) => (id === '*' ? `${who} trusts everybody.` : `${who} trusts ${id}.`)),
    ...policyRemarks(who, role, GUIDE_POLICIES),
    ...unlimited.map(({ name }) => `${who} may give itself more: its inline policy ${name} allows iam:PutRolePolicy on everything.`),
  ];
}

const MIGHTY = { action: 'iam:PutRolePolicy', resource: 'arn:aws:iam::000000000000:role/any' } as const;

/** AWS's own policies beyond the usual ones. A customer's policy is a choice that somebody made. */
function policyRemarks(who: string, { managedPolicies }: Pick<Partial<User>, 'managedPolicies'>, usual: readonly string[]): string[] {
  const ofAws = (managedPolicies?.required ?? []).filter((arn) => arn.split(':')[4] === 'aws').map(shortName);
  return ofAws.filter((name) => !usual.includes(name)).map((name) => `${who} has ${name} attached.`);
}
