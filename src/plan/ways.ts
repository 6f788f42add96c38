import { sameName } from '../iam/names.ts';
import { decide, type Policy } from '../policy/index.ts';
import { targetLabel } from '../state/entity.ts';
import type { PropertyChange } from '../state/property.ts';
import type { Group, InlinePolicy, OtherGroup, Role, State, Target } from '../state/state.ts';
import { AssumeIndex, type Assumes, strengthOf, together } from './assumes.ts';
import { targetIn } from './repair-input.ts';

/** Policies that decide what a user may assume, by where they stand; `undefined`: not read. */
export type Sources = ReadonlyMap<string, Policy | undefined>;

/**
 * Who gets into the roles of the targets that the file wants, seen from states: what a change takes from the hub user, and what it opens. An unread or
 * conditional policy is no proof of a way in, and no proof of there being none.
 */
export class Ways {
  readonly #desired: State;
  readonly #indexes = new WeakMap<Policy, AssumeIndex>();
  readonly #unread = new AssumeIndex(undefined);

  constructor(desired: State) {
    this.#desired = desired;
  }

  /** The wanted targets into which the hub user may have a way before, and has none afterwards that is proved. */
  cutOff(before: State, after: State): readonly Target[] {
    return this.#losing(before, after, (target, roleArn) => !this.#isProved(target, roleArn, before, after));
  }

  /** The wanted targets into which the hub user loses one of its ways. */
  thinned(before: State, after: State): readonly Target[] {
    return this.#losing(before, after, () => true);
  }

  /** The wanted targets into which a change lets somebody, or may: the hub user, or the members of a hub group. */
  opened({ property }: PropertyChange, before: State, after: State): readonly Target[] {
    const { of } = property;
    if (of.kind === 'Role') {
      if (property.kind !== 'trust') return [];
      return this.#desired.targets.filter(({ account, roleName }) => account === of.account && sameName(roleName, of.name));
    }
    const isIn = (state: State) => property.kind !== 'member' || isMemberIn(state, of.name, property.user);
    const was: Sources = isIn(before) ? this.#of(of, before) : new Map();
    const is: Sources = isIn(after) ? this.#of(of, after) : new Map();
    return this.#desired.targets.filter((target) => {
      const roleArn = roleArnIn(target, after) ?? target.roleArn;
      const [old, now] = [this.#join(was, roleArn), this.#join(is, roleArn)];
      const isWider = strengthOf(now) > strengthOf(old) || (strengthOf(now) === 1 && now.forms.some((form) => !old.forms.includes(form)));
      return isWider || (property.kind === 'boundary' && this.#isUnbound(roleArn, before, after));
    });
  }

  /** The index of a document; of one that was not read an index that knows nothing. */
  indexOf(policy: Policy | undefined): AssumeIndex {
    if (policy === undefined) return this.#unread;
    const known = this.#indexes.get(policy) ?? new AssumeIndex(policy);
    this.#indexes.set(policy, known);
    return known;
  }

  #losing(before: State, after: State, isLost: (target: Target, roleArn: string) => boolean): readonly Target[] {
    const was = userSources(before);
    const is = before.hub === after.hub ? was : userSources(after);
    const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
      (key) => !was.has(key) || !is.has(key) || was.get(key) !== is.get(key),
    );
    return this.#desired.targets.filter((target) => {
      const roleArn = roleArnIn(target, before);
      if (roleArn === undefined) return false;
      const isTouched =
        changed.some((key) => this.#takes(roleArn, key, was, is)) ||
        this.#isBound(roleArn, before, after) ||
        isShut(target, before, after) ||
        roleArnIn(target, after) === undefined;
      return isTouched && strengthOf(this.#join(was, roleArn)) > 0 && isLost(target, roleArn);
    });
  }

  /** Whether a changed policy allows less or denies more of a role than before. */
  #takes(roleArn: string, key: string, was: Sources, is: Sources): boolean {
    const of = (sources: Sources): Assumes => (sources.has(key) ? this.indexOf(sources.get(key)).on(roleArn) : NONE);
    const [old, now] = [of(was), of(is)];
    const [allowed, denied] = [formsOf(old, 'Allow'), formsOf(now, 'Deny')];
    return allowed.some((form) => !now.forms.includes(form)) || denied.some((form) => !old.forms.includes(form));
  }

  #isProved(target: Target, roleArn: string, before: State, after: State): boolean {
    const [was, is] = [userSources(before), userSources(after)];
    if (roleArnIn(target, after) === undefined || this.#isBound(roleArn, before, after) || isShut(target, before, after)) return false;
    const now = this.#join(is, roleArn);
    if (now.allow !== 'yes' || now.deny === 'yes') return false;
    // What is new and was not read may deny it. What was there before denied it before, too.
    return [...is].every(([key, policy]) => policy !== undefined || was.has(key));
  }

  #join(sources: Sources, roleArn: string): Assumes {
    return together([...sources.values()].map((policy) => this.indexOf(policy).on(roleArn)));
  }

  /** A boundary that is new, and does not let the user assume the role as far as is known. What its conditions decide is as the file wants it. */
  #isBound(roleArn: string, before: State, after: State): boolean {
    const [was, is] = [before.hub.user.value?.boundary, after.hub.user.value?.boundary];
    if (was === is || is === null || is === undefined) return false;
    return strengthOf(this.indexOf(documentOf(is, after)).on(roleArn)) <= 0 || documentOf(is, after) === undefined;
  }

  /** A boundary that went and may have kept the user out of the role. */
  #isUnbound(roleArn: string, before: State, after: State): boolean {
    const [was, is] = [before.hub.user.value?.boundary, after.hub.user.value?.boundary];
    if (was === is || was === null || was === undefined) return false;
    return strengthOf(this.indexOf(documentOf(was, before)).on(roleArn)) < 2;
  }

  #of({ kind, name }: PropertyChange['property']['of'], state: State): Sources {
    return kind === 'User' ? ownSources(state) : this.ofGroup(name, state);
  }

  /** The policies of a hub group, or of another group of the user, by where they stand. */
  ofGroup(name: string, state: State): Sources {
    const found = state.hub.groups.find((group) => sameName(group.name, name));
    const other = state.hub.otherGroups?.find((group) => sameName(group.name, name));
    if (found !== undefined) return found.value === null ? new Map() : new Map(groupSources(name, found.value, state));
    return new Map(otherSources(name, other, state));
  }
}

const MOST_NAMED = 5;

/** For sentences: `role Micetro in 222222222222, …`. */
export function namesOf(targets: readonly Target[]): string {
  const more = targets.length - MOST_NAMED;
  return targets.slice(0, MOST_NAMED).map(targetLabel).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const NONE: Assumes = { allow: 'no', deny: 'no', forms: [] };

function formsOf({ forms }: Assumes, effect: 'Allow' | 'Deny'): readonly string[] {
  return forms.filter((form) => form.startsWith('unknown') || form.startsWith(`["${effect}"`));
}

/** ARN of the role that is there; of one that was not seen the ARN that is wanted. `undefined`: there is none. */
function roleArnIn({ account, roleArn }: Target, state: State): string | undefined {
  const role = targetIn(state, account)?.role.value;
  return role === null ? undefined : (role?.arn ?? roleArn);
}

/** The trust changed, and now certainly keeps the hub user out. */
function isShut({ account }: Target, before: State, after: State): boolean {
  const trustIn = (state: State): Role['trust'] => targetIn(state, account)?.role.value?.trust;
  const [was, is] = [trustIn(before), trustIn(after)];
  if (was === is || is === undefined) return false;
  const request = { action: 'sts:AssumeRole', principal: before.hub.user.value?.arn ?? '' };
  const isIn = (trust: Policy) => !['none', 'deny'].includes(decide(trust, request));
  return !isIn(is) && (was === undefined || isIn(was));
}

/** All policies by which the hub user may assume roles, or may not. */
function userSources(state: State): Sources {
  const { user, groups, otherGroups } = state.hub;
  if (user.value === null) return new Map();
  const hubGroups = groups.filter(({ name }) => isMemberIn(state, name, user.name));
  const names = user.value?.groups?.required ?? [];
  const others = names.filter((name) => !groups.some((group) => sameName(group.name, name)));
  return new Map([
    ...ownSources(state),
    ...hubGroups.flatMap(({ name, value }) => (value === null ? [] : groupSources(name, value, state))),
    ...others.flatMap((name) =>
      otherSources(
        name,
        otherGroups?.find((group) => sameName(group.name, name)),
        state,
      ),
    ),
  ]);
}

function ownSources(state: State): Sources {
  const { value: user } = state.hub.user;
  return new Map(sourcesOf('user', user?.managedPolicies?.required, user?.inlinePolicies, state));
}

function isMemberIn({ hub }: State, group: string, user: string): boolean {
  const found = hub.groups.find(({ name }) => sameName(name, group))?.value;
  if (found === null) return false;
  if (found?.members !== undefined) return found.members.some(({ name }) => sameName(name, user));
  const ofUser = sameName(hub.user.name, user) ? hub.user.value?.groups?.required : undefined;
  return ofUser === undefined || ofUser.some((name) => sameName(name, group));
}

type Source = readonly [string, Policy | undefined];

function groupSources(name: string, group: Group | undefined, state: State): Source[] {
  return sourcesOf(`group ${name.toLowerCase()}`, group?.managedPolicies?.required, group?.inlinePolicies, state);
}

function otherSources(name: string, group: OtherGroup | undefined, state: State): Source[] {
  return sourcesOf(`group ${name.toLowerCase()}`, group?.managedPolicies, group?.inlinePolicies, state);
}

function sourcesOf(
  place: string,
  managed: readonly string[] | undefined,
  inline: readonly InlinePolicy[] | undefined,
  state: State,
): Source[] {
  return [
    ...(managed?.map((arn): Source => [`${place} managed ${arn}`, documentOf(arn, state)]) ?? [[`${place} managed`, undefined] as const]),
    ...(inline?.map(({ name, document }): Source => [`${place} inline ${name}`, document]) ?? [[`${place} inline`, undefined] as const]),
  ];
}

export function documentOf(arn: string, { hub: { managedDocuments = [], driftedDocuments = [] } }: Pick<State, 'hub'>): Policy | undefined {
  return [...managedDocuments, ...driftedDocuments].find((one) => one.arn === arn)?.document;
}
