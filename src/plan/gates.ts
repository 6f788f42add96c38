import { isExcepted } from '../drift/exceptions.ts';
import type { Finding } from '../drift/finding.ts';
import type { Reading } from '../state/reading.ts';
import type { Rule } from '../state/rules.ts';
import type { Limits, Repair } from './call.ts';

/** What no repair does; for people, with what to do instead. */
const BY_PEOPLE: Readonly<Partial<Record<Rule, string>>> = {
  'hub-user-key-compromised':
    "AWS attached the quarantine policy, and asks not to detach it: deactivate the access key by hand and follow AWS's support case.",
  'hub-user-login-extra': 'A console password is never taken away by a repair: ask whoever uses it.',
  'hub-user-key-missing': 'Access keys are never touched by a repair: create, rotate or remove them by hand.',
  'hub-user-key-extra': 'Access keys are never touched by a repair: create, rotate or remove them by hand.',
  'hub-user-key-old': 'Access keys are never touched by a repair: create, rotate or remove them by hand.',
  'role-path-changed': 'A path can only be changed by deleting and re-creating the role, which a repair never does.',
  'role-sessions-revoked':
    'Somebody revoked these sessions for a reason, and a repair never undoes that: delete the policy by hand when the incident is closed.',
  'quota-exceeded': 'The desired state has to change: use more groups, packed grants or shorter names, or have AWS raise the quota.',
};

type Skipped = Pick<Repair, 'status' | 'reason'>;

/** Why a finding is left as it is whatever the rest of the plan looks like; `undefined`: it may be repaired. */
export function skipReason(finding: Finding, { scope }: Limits, isSeen: (account: string) => boolean): Skipped | undefined {
  const byPeople = BY_PEOPLE[finding.rule];
  if (byPeople !== undefined) return { status: 'none', reason: byPeople };
  if (finding.exception !== null && isExcepted(finding)) {
    return { status: 'none', reason: `Accepted by an exception until ${finding.exception.expires}.` };
  }
  if (!isInScope(finding, scope)) {
    return { status: 'none', reason: `Input fix-scope: ${scope} leaves it as it is; with fix-scope: all it is repaired, too.` };
  }
  if (!isSeen(finding.account)) {
    return { status: 'refused', reason: `Account ${finding.account} could not be read whole, and nothing is written that was not seen.` };
  }
  return undefined;
}

function isInScope({ access, rule }: Finding, scope: Limits['scope']): boolean {
  if (scope === 'all') return true;
  return scope === 'revoke' ? access === 'widened' : access === 'narrowed' || rule === 'grant-indirect';
}

/** Whether everything of an account was read, as far as it was asked for. */
export function seenIn({ errors }: Pick<Reading, 'errors'>): (account: string) => boolean {
  const unread = new Set(errors.map(({ account }) => account));
  return (account) => !unread.has(account);
}

/** Why the plan as a whole must not be carried out; `null`: it may be. */
export function refusalOf({ errors }: Reading, { maxGrants, maxRevocations }: Limits, grants: number, revocations: number): string | null {
  const hub = errors.find(({ scope }) => scope === 'hub');
  if (hub !== undefined) {
    return `The hub could not be read whole (${hub.call === '' ? hub.code : `${hub.call}: ${hub.code}`}), so nothing is written: what is there is not known.`;
  }
  const over = [
    ...(grants > maxGrants ? [`${grants} calls give access, and input max-grants allows ${maxGrants}`] : []),
    ...(revocations > maxRevocations ? [`${revocations} calls take access away, and input max-revocations allows ${maxRevocations}`] : []),
  ];
  if (over.length === 0) return null;
  return `${over.join('; ')}. Nothing is written: look at the plan, and raise the input if it is what you want.`;
}
