import { type Difference, isOfOrganization } from '../drift/difference.ts';
import { isExcepted } from '../drift/exceptions.ts';
import type { Finding } from '../drift/finding.ts';
import { sameName } from '../iam/names.ts';
import { findEntity } from '../state/edit.ts';
import { type Entity, roleOfTarget } from '../state/entity.ts';
import { isErrorOf, type Reading } from '../state/reading.ts';
import { placeOf } from '../state/rules.ts';
import type { State } from '../state/state.ts';
import { findAccount, findTarget } from '../state/targets.ts';
import { findPolicy } from '../state/used-policies.ts';

/** One desired state compared with what is live: that of a pull request's head, or of its base. */
export interface ComparedState {
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
export interface Impact {
  /** Open with the head's file and not with the base's: drift from the merge on, until it is rolled out. */
  readonly causes: readonly Finding[];
  /** Open with the base's file and no longer with the head's. */
  readonly resolves: readonly Resolved[];
  /** Open with both: drift that the change has no part in. The head's. */
  readonly drifted: readonly Finding[];
  /** Open with the head's file, in an account that could not be read whole: what the base's would say is not known. */
  readonly unsure: readonly Finding[];
}

/** `desired`: what is live is what the head's file asks for. `excepted`: the head's file accepts it. `unwatched`: the head's file no longer names whose it is, or says nothing of it. */
export interface Resolved {
  readonly finding: Finding;
  readonly why: 'desired' | 'excepted' | 'unwatched';
}

/** A finding is the same on both sides when its id is: that depends on what is live, not on what is desired. Pure. */
export function impactOf(head: ComparedState, base: ComparedState): Impact {
  const [after, before] = [openIds(head), openIds(base)];
  const isSure = seenByBoth(head, base);
  const fresh = head.findings.filter(({ id }) => after.has(id) && !before.has(id));
  return {
    causes: fresh.filter(isSure),
    resolves: base.findings
      .filter((finding) => before.has(finding.id) && !after.has(finding.id) && isSure(finding))
      .map((finding) => ({ finding, why: reason(finding, head) })),
    drifted: head.findings.filter(({ id }) => after.has(id) && before.has(id)),
    unsure: fresh.filter((finding) => !isSure(finding)),
  };
}

/** The same without a base's file. `isNew`: there was no file, so the change is the cause of everything; else nothing is known of the time before. */
export function impactWithoutBase(head: ComparedState, isNew: boolean): Impact {
  const nothing: ComparedState = { findings: [], reading: { errors: [] }, state: head.state };
  const all = impactOf(head, nothing);
  return isNew ? all : { ...all, causes: [], unsure: head.findings.filter((finding) => !isExcepted(finding)) };
}

function openIds({ findings }: ComparedState): ReadonlySet<string> {
  return new Set(findings.filter((finding) => !isExcepted(finding)).map(({ id }) => id));
}

/** Whether both sides could have seen it: a finding that one side lacks may be lacking because that side did not look. */
function seenByBoth(head: ComparedState, base: ComparedState): (finding: Finding) => boolean {
  const hubAccount = head.state.hub.account;
  const errors = [...head.reading.errors, ...base.reading.errors];
  const isOrganizationUnread = errors.some(({ scope }) => scope === 'organization');
  const isHubUnread = errors.some(({ scope }) => scope === 'hub');
  return (finding) => {
    const { account, difference, targets } = finding;
    // The file alone shows it.
    if (difference.kind === 'quota') return true;
    if (isOfOrganization(difference)) return !isHubUnread && !isOrganizationUnread;
    if (placeOf(finding, hubAccount) === 'hub') return !isHubUnread;
    const isUnread = errors.some(
      (error) => error.account === account && (targets.length === 0 || targets.some((target) => isErrorOf(error, target))),
    );
    return !isUnread && !(isHubUnread && 'target' in difference);
  };
}

function reason(finding: Finding, head: ComparedState): Resolved['why'] {
  if (head.findings.some(({ id }) => id === finding.id)) return 'excepted';
  const { difference } = finding;
  return isNamed(difference, head.state) && isStated(difference, head.state) ? 'desired' : 'unwatched';
}

/** Whether the head's file says anything of it: what only describes is compared only where it is stated. */
function isStated(difference: Difference, head: State): boolean {
  const { hub, organization } = head;
  if (isOfOrganization(difference)) return organization !== undefined;
  const roleOf = ({ account, name }: Entity) => findTarget(head.targets, { account, roleName: name })?.role.value;
  switch (difference.kind) {
    case 'caller':
      return hub.otherCallers !== undefined;
    case 'key-age':
      return hub.user.value?.accessKeys?.maxAgeDays !== undefined;
    case 'session-duration':
      return roleOf(difference.of)?.maxSessionDuration !== undefined;
    case 'description':
      return roleOf(difference.of)?.description !== undefined;
    case 'tag':
      return roleOf(difference.of)?.tags?.some(({ key }) => sameName(key, difference.desired.key)) === true;
    // Compared whether the file states it or not. Each kind is named, so that the compiler asks where a new one belongs.
    case 'existence':
    case 'attached':
    case 'inline':
    case 'boundary':
    case 'trust':
    case 'orphans':
    case 'revoked-sessions':
    case 'path':
    case 'key-quarantine':
    case 'other-group':
    case 'console-login':
    case 'key':
    case 'key-count':
    case 'credential':
    case 'member':
    case 'grant':
    case 'grant-content':
    case 'extra-grant':
    case 'quota':
    case 'policy-content':
    case 'aws-policy-content':
    case 'tool-trust':
      return true;
  }
}

/** Whether the head's file still names the role, user or group that a finding of the base's is about: another name in its place says nothing of what it had. */
function isNamed(difference: Difference, head: State): boolean {
  if (difference.kind === 'tool-trust') {
    const account = findAccount(head, difference.of.account);
    return account?.toolTrusts?.some(({ tool, roleName }) => tool === difference.tool && sameName(roleName, difference.of.name)) === true;
  }
  if (isOfOrganization(difference)) return true;
  // The file names whom it lets in, and so nobody who is found.
  if (difference.kind === 'caller') return true;
  const holds = (of: Entity) => findEntity(of, head) !== undefined;
  if (difference.kind === 'policy-content' || difference.kind === 'aws-policy-content')
    return findPolicy(head, difference.of.arn) !== undefined;
  if ('of' in difference) return holds(difference.of);
  switch (difference.kind) {
    case 'quota':
      return true;
    case 'extra-grant':
      return difference.places.every(({ group }) => holds({ kind: 'Group', account: difference.hubAccount, name: group }));
    default:
      return holds(roleOfTarget(difference.target));
  }
}
