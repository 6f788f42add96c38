import { isAssume } from '../drift/assume-statement.ts';
import { credentialLabel } from '../drift/differences/hub-user.ts';
import type { AssumeStatement } from '../drift/group-policies.ts';
import { nameOf, roleOf, rootArn, shortName } from '../iam/arn.ts';
import { isKeyQuarantine } from '../iam/managed-policy.ts';
import { sameName } from '../iam/names.ts';
import { decide, principalsOf } from '../policy/index.ts';
import type { Hub, Role, State, User } from '../state/state.ts';
import { grouped } from '../text/grouped.ts';
import { DAY } from '../time/days.ts';
import type { Captured } from './capture-file.ts';
import { otherGroups } from './edit-other-groups.ts';
import { isOfIncident } from './without-passing.ts';

/** Something that was captured as it is, although the multi-account guide advises against it, or that was left out because it is not to stay. */
export interface Remark {
  /** One sentence for a person, unescaped, without saying where. */
  readonly text: string;
  /** The accounts that it is about. */
  readonly accounts: readonly string[];
}

/** What a person should look at before accepting the file: first what is left out, then the hub's remarks, then those of the targets, with the same remark on several accounts once. */
export function remarksOf(
  live: State,
  { captured, findings }: Pick<Captured, 'captured' | 'findings'>,
  others: readonly AssumeStatement[],
  at: Date,
): readonly Remark[] {
  const { hub } = live;
  const ofHub = [...grantRemarks(hub, others), ...userRemarks(hub, at), ...groupRemarks(hub)];
  const ofTargets = captured.flatMap(({ account, role: { value: found } }) =>
    found ? roleRemarks(found, live).map((text) => ({ text, account })) : [],
  );
  return [
    ...findings.filter(isOfIncident).map(({ message, account }) => ({
      text: `${message} The file does not contain that policy, because it is temporary.`,
      accounts: [account],
    })),
    ...ofHub.map((text) => ({ text, accounts: [hub.account] })),
    ...[...grouped(ofTargets, ({ text }) => text)].map(([text, all]) => ({
      text,
      accounts: [...new Set(all.map(({ account }) => account))],
    })),
  ];
}

function grantRemarks(hub: Hub, others: readonly AssumeStatement[]): string[] {
  const stated = others.map((part) => {
    const where = `The inline policy ${part.policy} of the group ${part.group}`;
    const { doubt } = part.statement;
    if (doubt !== null)
      return `${where} contains a statement that can't be interpreted (${doubt.place}: ${doubt.reason}). The file does not contain that policy.`;
    if (part.statement.effect === 'Deny') return `${where} denies assuming ${part.pattern}.`;
    if (roleOf(part.pattern) === undefined)
      return `${where} allows the user to assume ${part.pattern}, which is a pattern and not one role. It is stated as an inline policy.`;
    return `${where} allows the user to assume ${part.pattern}, but with conditions, other actions or a deny, which a grant cannot have. It is stated as an inline policy, and the role is not audited.`;
  });
  const managed = (hub.managedDocuments ?? [])
    .filter(({ document }) => document.statements?.some((statement) => statement.effect === 'Allow' && isAssume(statement)))
    .map(
      ({ arn }) =>
        `${arn} allows the user to assume roles in addition to the grants. A product that discovers its targets in inline policies does not find them.`,
    );
  return [...new Set([...stated, ...managed])];
}

/** Days from which a key is called old. */
const OLD_KEY = 90;

function userRemarks(hub: Hub, at: Date): string[] {
  const { name, value: found } = hub.user;
  if (!found) return [];
  const who = `The hub user ${name}`;
  const active = (found.accessKeys?.listed ?? []).filter((key) => key.active);
  const old = active.filter(({ createdAt }) => at.getTime() - Date.parse(createdAt) > OLD_KEY * DAY);
  const outside = hub.groups.filter(({ value: group }) => !group?.members?.some((member) => sameName(member.name, name)));
  return [
    ...(found.consoleLogin ? [`${who} has a console password.`] : []),
    ...(active.length === 0 ? [`${who} has no active access key, so nothing can connect as this user.`] : []),
    ...(active.length > 1 ? [`${who} has ${active.length} active access keys.`] : []),
    ...old.map(
      ({ id, createdAt }) => `The access key ${id} of the hub user is from ${createdAt.slice(0, 10)}, more than ${OLD_KEY} days ago.`,
    ),
    ...credentialRemarks(who, found),
    ...outside.map((group) => `${who} is not in the group ${group.name}, so its grants do not reach this user.`),
    ...otherGroups(hub).map((group) => `${who} is also in the group ${group}.`),
    ...policyRemarks(who, found, ['IAMReadOnlyAccess']),
    ...(found.inlinePolicies ?? []).map((policy) => `${who} has the inline policy ${policy.name}.`),
  ];
}

function credentialRemarks(who: string, { otherCredentials }: User): string[] {
  const active = otherCredentials?.listed.filter((credential) => credential.active) ?? [];
  return [
    ...active.map((credential) => `${who} has the active ${credentialLabel(credential)}.`),
    ...(otherCredentials?.isPartial
      ? [`${who} may have SSH public keys, signing certificates or service-specific credentials that could not be read.`]
      : []),
  ];
}

function groupRemarks({ user, groups, otherGroups: others = [] }: Hub): string[] {
  const ofOthers = others.flatMap(({ name, value: found }) =>
    policyRemarks(`The group ${name}, in which the hub user is,`, found ?? {}, []),
  );
  const own = groups.flatMap(({ name, value: found }) => {
    const who = `The hub group ${name}`;
    const extra = (found?.members ?? []).filter((member) => !sameName(member.name, user.name));
    return [
      ...extra.map((member) => `The user ${member.name} is in the hub group ${name} and also has all its grants.`),
      ...policyRemarks(who, found ?? {}, []),
    ];
  });
  return [...own, ...ofOthers];
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
    ...unlimited.map(
      ({ name }) => `${who} can extend its own permissions: its inline policy ${name} allows iam:PutRolePolicy on everything.`,
    ),
  ];
}

const MIGHTY = { action: 'iam:PutRolePolicy', resource: 'arn:aws:iam::000000000000:role/any' } as const;

/** AWS's own policies beyond the usual ones. A customer's policy is a choice that somebody made. */
function policyRemarks(who: string, { managedPolicies }: Pick<Partial<User>, 'managedPolicies'>, usual: readonly string[]): string[] {
  const ofAws = (managedPolicies?.required ?? []).filter((arn) => arn.split(':')[4] === 'aws' && !isKeyQuarantine(arn)).map(shortName);
  return ofAws.filter((name) => !usual.includes(name)).map((name) => `${who} has ${name} attached.`);
}
