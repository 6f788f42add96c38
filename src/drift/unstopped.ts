import type { Policy } from '../policy/index.ts';
import type { State, Target, User } from '../state/state.ts';
import { isAssume } from './assume-statement.ts';
import { AssumeIndex } from './assumes.ts';
import { allHold, type Holds } from './holds.ts';
import { documentOf, isMember, userSources } from './sources.ts';
import { letsInByName } from './trust.ts';

/** Whether something leaves the hub user the role that is wanted in a target. */
type Check = (roleArn: string, live: Target) => Holds;

/**
 * Whether the hub user is left what its grants allow: no policy of it or of its groups denies it, and no permissions boundary keeps it from it. The content of
 * a managed policy, of a boundary or of another group counts as far as it was read. Conditions leave it open, as do documents that can't be understood, and what
 * every audit reads, where that was refused.
 */
export function unstopped(live: State): Check {
  const { value: user } = live.hub.user;
  if (!user) return () => undefined;
  const isRead = isAllRead(live, user) || undefined;
  const checks = [...deniers(live), ...bounds(live, user)];
  return (roleArn, target) => allHold([isRead, ...checks.map((check) => check(roleArn, target))]);
}

function isAllRead({ hub }: State, user: User): boolean {
  const groups = hub.groups.map(({ value }) => value).filter((group) => isMember(group, hub.user.name) !== false);
  const policies = [user, ...groups].flatMap((owner) => [owner?.inlinePolicies, owner?.managedPolicies]);
  return ![user.groups, user.boundary, ...policies].includes(undefined);
}

/** Few documents deny anything of this kind: the others are not asked about each role. */
function deniers(live: State): readonly Check[] {
  const { name } = live.hub.user;
  const certain = userSources(live, ({ value }) => isMember(value, name) === true);
  const possible = userSources(live, ({ value }) => isMember(value, name) !== false);
  return [...possible].flatMap(([place, policy]): Check[] => {
    if (policy === undefined || !mayDeny(policy)) return [];
    const index = new AssumeIndex(policy);
    return [
      (roleArn) => {
        const { deny } = index.on(roleArn);
        if (deny === 'no') return true;
        return deny === 'yes' && certain.has(place) ? false : undefined;
      },
    ];
  });
}

function mayDeny({ statements }: Policy): boolean {
  return statements === null || statements.some((statement) => statement.effect === 'Deny' && isAssume(statement));
}

/**
 * What a boundary does not allow is denied, unless the role's trust lets the user in by itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
function bounds(live: State, { boundary }: User): readonly Check[] {
  const document = boundary ? documentOf(boundary, live) : undefined;
  if (document === undefined) return [];
  const index = new AssumeIndex(document);
  return [
    (roleArn, target) => {
      const { allow, deny } = index.on(roleArn);
      const isAllowed = allow === 'yes' || letsInByName(target, live.hub);
      if (deny === 'yes' || (allow === 'no' && !isAllowed)) return false;
      return (isAllowed && deny === 'no') || undefined;
    },
  ];
}
