import type { Location } from '../state/desired.ts';
import type { AccessKey, AccessKeys } from '../state/state.ts';
import type { Draft } from './draft.ts';

/** The hub user, as far as its keys need it. */
interface KeyOwner {
  readonly account: string;
  readonly arn: string;
  readonly name: string;
  readonly location: Location;
}

const DAY = 24 * 60 * 60 * 1000;

/** Rules `hub-user-key-missing`, `-extra`, `-old`. Only active keys count; of too many, the newest are the extra ones. */
export function accessKeyDrift(owner: KeyOwner, desired: AccessKeys | undefined, live: AccessKeys | undefined, at: Date): Draft[] {
  if (desired === undefined || live === undefined) return [];
  const active = live.listed.filter((key) => key.active).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  const drafts = live.min > desired.max ? active.slice(desired.max).map((key) => extraKey(owner, key, desired.max)) : [];
  if (live.max < desired.min) drafts.push(missingKey(owner, live.max, desired.min));
  const { maxAgeDays } = desired;
  if (maxAgeDays === undefined) return drafts;
  return [...drafts, ...active.filter((key) => ageInDays(key, at) > maxAgeDays).map((key) => oldKey(owner, key, maxAgeDays, at))];
}

function about(owner: KeyOwner, key: AccessKey): Pick<Draft, 'account' | 'resource' | 'entity' | 'location' | 'live' | 'identity'> {
  const live = { id: key.id, createdAt: key.createdAt };
  return {
    account: owner.account,
    entity: owner.arn,
    resource: `${owner.arn}/key/${key.id}`,
    location: owner.location,
    live,
    identity: key.id,
  };
}

function missingKey(owner: KeyOwner, there: number, min: number): Draft {
  const message = `The hub user ${owner.name} has ${count(there)}; at least ${min} wanted, or nothing can connect as this user.`;
  const about = { account: owner.account, resource: owner.arn, location: owner.location };
  return { ...about, rule: 'hub-user-key-missing', access: 'narrowed', message, desired: { min }, live: { active: there } };
}

function extraKey(owner: KeyOwner, key: AccessKey, max: number): Draft {
  const message = `The hub user ${owner.name} has the active access key ${key.id} beyond the ${max} that may be there.`;
  return { ...about(owner, key), rule: 'hub-user-key-extra', access: 'widened', message, desired: { max } };
}

function oldKey(owner: KeyOwner, key: AccessKey, maxAgeDays: number, at: Date): Draft {
  const message = `The access key ${key.id} of the hub user ${owner.name} is ${ageInDays(key, at)} days old; ${maxAgeDays} are allowed.`;
  return { ...about(owner, key), rule: 'hub-user-key-old', access: 'none', message, desired: { maxAgeDays } };
}

/** Whole days: a key is old from the day after the last that is allowed. */
function ageInDays(key: AccessKey, at: Date): number {
  return Math.floor((at.getTime() - Date.parse(key.createdAt)) / DAY);
}

function count(keys: number): string {
  if (keys === 0) return 'no active access key';
  return keys === 1 ? '1 active access key' : `${keys} active access keys`;
}
