import { isExcepted } from '../drift/exceptions.ts';
import type { Finding } from '../drift/finding.ts';
import { nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { Reading } from '../state/reading.ts';
import { RULES } from '../state/rules.ts';
import type { State } from '../state/state.ts';

/** One desired state held against what is live: the head's of a pull request, or the base's. */
export interface Held {
  /** By what `findDrift` says, exceptions included. */
  readonly findings: readonly Finding[];
  readonly reading: Pick<Reading, 'errors'>;
  /** The desired state: whom it names is watched. */
  readonly state: State;
}

/**
 * What a change of the file means for what is live. A finding is in one of the lists at most. Those of one list are in the order in which they came, worst
 * first.
 */
export interface AgainstLive {
  /** Open with the head's file and not with the base's: drift from the merge on, until it is rolled out. */
  readonly causes: readonly Finding[];
  /** Open with the base's file and no longer with the head's. */
  readonly resolves: readonly Resolved[];
  /** Open with both: drift that the change has no part in. The head's. */
  readonly drifted: readonly Finding[];
  /** Open with the head's file, in an account that could not be read whole: what the base's would say is not known. */
  readonly unsure: readonly Finding[];
}

/** `desired`: what is live is what the head's file wants. `excepted`: the head's file accepts it. `unwatched`: the head's file no longer names whose it is, or says nothing of it. */
export interface Resolved {
  readonly finding: Finding;
  readonly why: 'desired' | 'excepted' | 'unwatched';
}

/** A finding is the same on both sides when its id is: that hangs on what is live, not on what is wanted. Pure. */
export function againstLive(head: Held, base: Held): AgainstLive {
  const [after, before] = [openIds(head), openIds(base)];
  const isSure = seenByBoth(head, base);
  const fresh = head.findings.filter(({ id }) => after.has(id) && !before.has(id));
  return {
    causes: fresh.filter(isSure),
    resolves: base.findings
      .filter((finding) => before.has(finding.id) && !after.has(finding.id) && isSure(finding))
      .map((finding) => ({ finding, why: reason(finding, head, base) })),
    drifted: head.findings.filter(({ id }) => after.has(id) && before.has(id)),
    unsure: fresh.filter((finding) => !isSure(finding)),
  };
}

/** The same without a base's file. `isNew`: there was no file, so the change is the cause of all; else nothing is known of the time before. */
export function withoutBase(head: Held, isNew: boolean): AgainstLive {
  const nothing: Held = { findings: [], reading: { errors: [] }, state: head.state };
  const all = againstLive(head, nothing);
  return isNew ? all : { ...all, causes: [], unsure: head.findings.filter((finding) => !isExcepted(finding)) };
}

function openIds({ findings }: Held): ReadonlySet<string> {
  return new Set(findings.filter((finding) => !isExcepted(finding)).map(({ id }) => id));
}

/** Whether both sides could have seen it: a finding that one side lacks may be lacking because that side did not look. */
function seenByBoth(head: Held, base: Held): (finding: Finding) => boolean {
  const errors = [...head.reading.errors, ...base.reading.errors];
  const unread = new Set(errors.map(({ account }) => account));
  const isHubUnread = errors.some(({ scope }) => scope === 'hub');
  return ({ rule, account }) => {
    // Told from the file alone.
    if (rule === 'quota-exceeded') return true;
    if (RULES[rule].of === 'hub') return !isHubUnread;
    return !unread.has(account) && !(isHubUnread && rule.startsWith('grant-'));
  };
}

function reason(finding: Finding, head: Held, base: Held): Resolved['why'] {
  if (head.findings.some(({ id }) => id === finding.id)) return 'excepted';
  return isNamed(finding, head.state, base.state) && isStated(finding, head.state) ? 'desired' : 'unwatched';
}

/** Whether the head's file says anything of it: what only describes is compared where it is stated alone. */
function isStated({ rule, account, desired }: Finding, { hub, targets }: State): boolean {
  const role = targets.find((target) => target.account === account)?.role.value;
  switch (rule) {
    case 'hub-user-key-old':
      return hub.user.value?.accessKeys?.maxAgeDays !== undefined;
    case 'role-session-duration-changed':
      return role?.maxSessionDuration !== undefined;
    case 'role-description-changed':
      return role?.description !== undefined;
    case 'role-tag-missing':
    case 'role-tag-changed':
      return role?.tags?.some(({ key }) => sameName(key, keyOf(desired))) === true;
    default:
      return true;
  }
}

function keyOf(tag: unknown): string {
  return typeof tag === 'object' && tag !== null && 'key' in tag ? String(tag.key) : '';
}

/** Whether the head's file still names the role, user or group that a finding of the base's is about: another name in its place says nothing of what it had. */
function isNamed({ rule, account, entity, live }: Finding, head: State, base: State): boolean {
  if (rule === 'quota-exceeded') return true;
  if (RULES[rule].of === 'target') {
    const roleIn = ({ targets }: State) => targets.find((target) => target.account === account)?.roleName;
    return sameName(roleIn(head) ?? '', roleIn(base) ?? '');
  }
  if (rule.startsWith('hub-user-')) return sameName(head.hub.user.name, nameOf(entity));
  const groups = rule === 'grant-extra' ? groupsIn(live) : [nameOf(entity)];
  return groups.every((name) => head.hub.groups.some((group) => sameName(group.name, name)));
}

/** The groups whose policies hold a grant that nobody wants. */
function groupsIn(live: unknown): readonly string[] {
  const policies: unknown = typeof live === 'object' && live !== null && 'policies' in live ? live.policies : undefined;
  if (!Array.isArray(policies)) return [];
  return policies.flatMap((policy: unknown) =>
    typeof policy === 'object' && policy !== null && 'group' in policy && typeof policy.group === 'string' ? [policy.group] : [],
  );
}
