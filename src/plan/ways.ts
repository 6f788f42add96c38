import { AssumeIndex, type Assumes, strengthOf, together } from '../drift/assumes.ts';
import { documentOf, groupSources, isMember, ownSources, type Sources, userSources } from '../drift/sources.ts';
import { letsInByName } from '../drift/trust.ts';
import { sameName } from '../iam/names.ts';
import { decide, type Policy } from '../policy/index.ts';
import { targetLabel } from '../state/entity.ts';
import type { IamProperty, PropertyChange } from '../state/property.ts';
import type { State, Target } from '../state/state.ts';
import { byTarget, sameTarget, targetKey } from '../state/targets.ts';

/**
 * Who gets into the roles of the targets that the file wants, seen from states: what a change takes from the hub user, and what it opens. An unread or
 * conditional policy is no proof of a way in, and no proof of there being none.
 */
export class Ways {
  readonly #desired: State;
  readonly #wanted: readonly Target[];
  readonly #indexes = new WeakMap<Policy, AssumeIndex>();
  readonly #unread = new AssumeIndex(undefined);
  /** States share what they have alike: it is looked through once. */
  readonly #targets = new WeakMap<State['targets'], ReturnType<typeof byTarget<Target>>>();
  readonly #sources = new WeakMap<State['hub'], Sources>();

  /** @param excused keys of targets into which an exception accepts that there is no grant: a way into these may go */
  constructor(desired: State, excused: ReadonlySet<string>) {
    this.#desired = desired;
    this.#wanted = desired.targets.filter((target) => !excused.has(targetKey(target)));
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
    // What a role may do in its account lets nobody into it.
    if (of.kind === 'Policy' && !of.isInHub) return [];
    if (of.kind === 'Role') {
      if (property.kind !== 'trust' && property.kind !== 'entity') return [];
      return this.#desired.targets.filter((target) => sameTarget(target, { account: of.account, roleName: of.name }));
    }
    const is = this.#sourcesFor(property, after);
    const was = this.#sourcesFor(property, before) ?? new Map();
    if (is === undefined) return [];
    const changed = changedKeys(was, is);
    return this.#desired.targets.filter((target) => {
      const roleArn = this.#roleArnIn(target, after) ?? target.roleArn;
      if ((property.kind === 'boundary' || property.kind === 'content') && this.#isUnbound(roleArn, before, after)) return true;
      if (!changed.some((key) => this.#about(roleArn, key, was).forms.length + this.#about(roleArn, key, is).forms.length > 0))
        return false;
      const [old, now] = [this.#join(was, roleArn), this.#join(is, roleArn)];
      return strengthOf(now) > strengthOf(old) || (strengthOf(now) === 1 && now.forms.some((form) => !old.forms.includes(form)));
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
    const [was, is] = [this.#userSources(before), this.#userSources(after)];
    const changed = changedKeys(was, is);
    return this.#wanted.filter((target) => {
      const isSame = before.hub === after.hub && this.#targetIn(target, before) === this.#targetIn(target, after);
      const roleArn = isSame ? undefined : this.#roleArnIn(target, before);
      if (roleArn === undefined) return false;
      const isTouched =
        changed.some((key) => this.#takes(roleArn, key, was, is)) ||
        this.#isBound(roleArn, before, after) ||
        this.#isShut(target, before, after) ||
        (this.#isNamed(target, before) && !this.#isNamed(target, after)) ||
        this.#roleArnIn(target, after) === undefined;
      const hadWay = strengthOf(this.#join(was, roleArn)) > 0 || this.#isNamed(target, before);
      return isTouched && hadWay && isLost(target, roleArn);
    });
  }

  /** Whether a changed policy allows less or denies more of a role than before. */
  #takes(roleArn: string, key: string, was: Sources, is: Sources): boolean {
    const [old, now] = [this.#about(roleArn, key, was), this.#about(roleArn, key, is)];
    const [allowed, denied] = [formsOf(old, 'Allow'), formsOf(now, 'Deny')];
    return allowed.some((form) => !now.forms.includes(form)) || denied.some((form) => !old.forms.includes(form));
  }

  #about(roleArn: string, key: string, sources: Sources): Assumes {
    return sources.has(key) ? this.indexOf(sources.get(key)).on(roleArn) : NONE;
  }

  #isProved(target: Target, roleArn: string, before: State, after: State): boolean {
    const [was, is] = [this.#userSources(before), this.#userSources(after)];
    const isBarred = this.#isBound(roleArn, before, after) || this.#isShut(target, before, after);
    if (isBarred || this.#roleArnIn(target, after) === undefined) return false;
    const now = this.#join(is, roleArn);
    if ((now.allow !== 'yes' && !this.#isNamed(target, after)) || now.deny === 'yes') return false;
    // What is new and was not read may deny it, as may the conditions of a group that the user comes into. What was there before denied it before, too.
    const places = new Set([...was.keys()].map(placeOf));
    return [...is].every(
      ([key, policy]) =>
        was.has(key) || (policy !== undefined && (places.has(placeOf(key)) || this.indexOf(policy).on(roleArn).deny === 'no')),
    );
  }

  #join(sources: Sources, roleArn: string): Assumes {
    return together([...sources.values()].map((policy) => this.indexOf(policy).on(roleArn)));
  }

  /** A boundary that is new, and does not let the user assume the role as far as is known. What its conditions decide is as the file wants it. */
  #isBound(roleArn: string, before: State, after: State): boolean {
    const [was, is] = [before.hub.user.value?.boundary, after.hub.user.value?.boundary];
    if (isSameBoundary(was, is, before, after) || is === null || is === undefined) return false;
    return strengthOf(this.indexOf(documentOf(is, after)).on(roleArn)) <= 0 || documentOf(is, after) === undefined;
  }

  /** A boundary that went and may have kept the user out of the role. */
  #isUnbound(roleArn: string, before: State, after: State): boolean {
    const [was, is] = [before.hub.user.value?.boundary, after.hub.user.value?.boundary];
    if (isSameBoundary(was, is, before, after) || was === null || was === undefined) return false;
    return strengthOf(this.indexOf(documentOf(was, before)).on(roleArn)) < 2;
  }

  /** The trust changed, and now certainly keeps the hub user out. */
  #isShut(target: Target, before: State, after: State): boolean {
    const [was, is] = [before, after].map((state) => this.#targetIn(target, state)?.role.value?.trust);
    if (was === is || is === undefined) return false;
    const request = { action: 'sts:AssumeRole', principal: before.hub.user.value?.arn ?? '' };
    const isIn = (trust: Policy) => !['none', 'deny'].includes(decide(trust, request));
    return !isIn(is) && (was === undefined || isIn(was));
  }

  #isNamed(target: Target, state: State): boolean {
    const found = this.#targetIn(target, state);
    return found !== undefined && letsInByName(found, state.hub);
  }

  /** ARN of the role that is there; of one that was not seen the ARN that is wanted. `undefined`: there is none. */
  #roleArnIn(target: Target, state: State): string | undefined {
    const role = this.#targetIn(target, state)?.role.value;
    return role === null ? undefined : (role?.arn ?? target.roleArn);
  }

  #targetIn(target: Target, state: State): Target | undefined {
    const known = this.#targets.get(state.targets) ?? byTarget(state.targets);
    this.#targets.set(state.targets, known);
    return known.get(target);
  }

  #userSources(state: State): Sources {
    const known = this.#sources.get(state.hub) ?? userSources(state, ({ name }) => isMemberIn(state, name, state.hub.user.name));
    this.#sources.set(state.hub, known);
    return known;
  }

  /** The policies of whom a change of the property may let in. What is known of other users than the hub's is the group that they are in. */
  #sourcesFor(property: IamProperty, state: State): Sources | undefined {
    const { of } = property;
    if (property.kind !== 'member') return this.#of(of, state);
    if (sameName(property.user, state.hub.user.name)) return this.#userSources(state);
    return isMemberIn(state, of.name, property.user) ? groupSources(of.name, state) : undefined;
  }

  #of({ kind, name }: PropertyChange['property']['of'], state: State): Sources {
    // Whoever has a policy of the hub has it as the hub user does, or by one of its groups.
    if (kind === 'Policy') return this.#userSources(state);
    return kind === 'User' ? ownSources(state) : groupSources(name, state);
  }
}

/** The same policy, and it says the same document. */
function isSameBoundary(was: string | null | undefined, is: string | null | undefined, before: State, after: State): boolean {
  return was === is && (!was || documentOf(was, before) === documentOf(was, after));
}

const MOST_NAMED = 5;

/** For sentences: `role Micetro in 222222222222, …`. */
export function namesOf(targets: readonly Target[]): string {
  const more = targets.length - MOST_NAMED;
  return targets.slice(0, MOST_NAMED).map(targetLabel).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const NONE: Assumes = { allow: 'no', deny: 'no', forms: [] };

/** The user, or one of its groups. */
function placeOf(key: string): string {
  return key.replace(/ (?:managed|inline).*$/s, '');
}

function changedKeys(was: Sources, is: Sources): readonly string[] {
  if (was === is) return [];
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => !was.has(key) || !is.has(key) || was.get(key) !== is.get(key));
}

function formsOf({ forms }: Assumes, effect: 'Allow' | 'Deny'): readonly string[] {
  return forms.filter((form) => form.startsWith('unknown') || form.startsWith(`["${effect}"`));
}

function isMemberIn({ hub }: State, group: string, user: string): boolean {
  const found = hub.groups.find(({ name }) => sameName(name, group))?.value;
  const isIn = isMember(found, user);
  if (isIn !== undefined) return isIn;
  const ofUser = sameName(hub.user.name, user) ? hub.user.value?.groups?.required : undefined;
  return ofUser === undefined || ofUser.some((name) => sameName(name, group));
}
