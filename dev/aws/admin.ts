import type { Account } from './accounts/account.ts';
import type { Cloud } from './accounts/cloud.ts';
import { PolicyDocument } from './accounts/document.ts';
import type { Group, Role, User } from './accounts/entities.ts';
import { TrustDocument } from './accounts/trust.ts';
import { answer } from './api.ts';
import { adminOf } from './authorization/caller.ts';
import { Acting, type Occasion } from './cloudtrail/acting.ts';
import type { Actor } from './cloudtrail/actors.ts';
import type { CloudTrailRecord } from './cloudtrail/event.ts';
import { AwsError } from './protocol/errors.ts';
import { type ParamInput, Params } from './protocol/query.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

const NEWEST = Number.POSITIVE_INFINITY;
const NEVER_EQUAL: ReadonlySet<string> = new Set(['id', 'secret', 'createdAt', 'updatedAt', 'loginCreatedAt', 'newestVersion']);

/** Reads and changes an account from the inside: without authorization, delays, throttling or records. */
export class AccountAdmin {
  readonly id: string;
  readonly #cloud: Cloud;
  readonly #account: Account;
  readonly #settings: Pick<Settings, 'eventDelayMs'>;
  readonly #now: () => number;

  constructor(cloud: Cloud, id: string, settings: Pick<Settings, 'eventDelayMs'>, now: () => number) {
    this.id = id;
    this.#cloud = cloud;
    this.#account = cloud.account(id);
    this.#settings = settings;
    this.#now = now;
  }

  /** Makes any IAM call by its name, with its input in the SDK's form. Returns the XML of the result. Throws `AwsError`. */
  call(action: string, input: ParamInput = {}): string {
    const request = {
      service: 'iam',
      action,
      params: Params.from(input),
      caller: adminOf(this.#cloud, this.id),
      account: this.id,
      region: this.#cloud.iamRegion,
    } as const;
    return answer(this.#cloud, DEFAULT_SETTINGS, request, this.#now()) ?? '';
  }

  /** Somebody of this account, whom CloudTrail then knows as who makes the calls. Nothing is authorized. */
  as(actor: Actor, occasion: Occasion = {}): Acting {
    const { at = this.#now(), region = this.#cloud.iamRegion } = occasion;
    return new Acting(this.#cloud, this.id, actor, { at, region, visibleFrom: at + this.#settings.eventDelayMs });
  }

  /** The account's events of a region (default: IAM's), newest first, however new. */
  events(region = this.#cloud.iamRegion): CloudTrailRecord[] {
    return this.#cloud.trail.events(this.id, region).map(({ record }) => record);
  }

  /** The ARN of something in the account: `policy/network`. */
  arn(resource: string): string {
    return this.#cloud.iamArn(this.id, resource);
  }

  user(name: string): User | undefined {
    return this.#account.tables.User.newest(name);
  }

  group(name: string): Group | undefined {
    return this.#account.tables.Group.newest(name);
  }

  role(name: string): Role | undefined {
    return this.#account.tables.Role.newest(name);
  }

  /** Whether a user of the account gets into a role anywhere, as AWS sees it now. */
  mayAssume(userName: string, RoleArn: string): boolean {
    const user = this.user(userName);
    if (user === undefined) return false;
    const caller = { kind: 'user', arn: user.arn, account: this.id, id: user.id, userName } as const;
    const params = Params.from({ RoleArn, RoleSessionName: 'admin' });
    try {
      answer(
        this.#cloud,
        DEFAULT_SETTINGS,
        { service: 'sts', action: 'AssumeRole', params, caller, account: this.id, region: this.#cloud.iamRegion },
        this.#now(),
      );
      return true;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'AccessDenied') return false;
      throw error;
    }
  }

  /** A role's trust policy as readers see it, as JSON text; `undefined` without the role. */
  trust(roleName: string): string | undefined {
    return this.role(roleName)?.trust.text(this.#cloud.principals, Number.MAX_SAFE_INTEGER);
  }

  /** Changes the date of a user's keys; ISO 8601. */
  dateAccessKeys(userName: string, createdAt: string): void {
    const user = this.user(userName);
    if (user === undefined) throw new RangeError(`No user ${userName} in ${this.id}`);
    this.#account.tables.User.put(
      { ...user, keys: user.keys.map((key) => ({ ...key, createdAt })) },
      Number.NEGATIVE_INFINITY,
      this.#now(),
    );
  }

  /** Stores any text as an inline policy of a role, valid or not. */
  storeRolePolicy(roleName: string, policyName: string, text: string): void {
    const role = this.#role(roleName);
    this.#put({ ...role, inline: new Map(role.inline).set(policyName, new PolicyDocument(text)) });
  }

  /** Stores any text as an inline policy of a group, valid or not. */
  storeGroupPolicy(groupName: string, policyName: string, text: string): void {
    const group = this.group(groupName);
    if (group === undefined) throw new RangeError(`No group ${groupName} in ${this.id}`);
    const inline = new Map(group.inline).set(policyName, new PolicyDocument(text));
    this.#account.tables.Group.put({ ...group, inline }, Number.NEGATIVE_INFINITY, this.#now());
  }

  /** Stores any text as a role's trust policy, valid or not. Unique ids in it show as they are, or as the ARN of a principal that exists. */
  storeTrust(roleName: string, text: string): void {
    this.#put({ ...this.#role(roleName), trust: new TrustDocument(text, text.length, Number.NEGATIVE_INFINITY) });
  }

  /** Names of everything in the account. */
  names(): { users: string[]; groups: string[]; roles: string[] } {
    const { User: users, Group: groups, Role: roles } = this.#account.tables;
    const named = (entities: readonly { readonly name: string }[]) => entities.map(({ name }) => name).sort();
    return { users: named(users.all(NEWEST)), groups: named(groups.all(NEWEST)), roles: named(roles.all(NEWEST)) };
  }

  /**
   * Everything in the account, to be compared with the same at another time: documents as they are written, lists in one order, as IAM's have none, and
   * without unique ids, secrets and dates.
   */
  content(): unknown {
    const { tables, policies, oidcProviders } = this.#account;
    const all = { ...tables, policies, oidcProviders };
    return Object.fromEntries(Object.entries(all).map(([kind, table]) => [kind, this.#comparable(table.all(NEWEST))]));
  }

  #comparable(value: unknown): unknown {
    if (value instanceof PolicyDocument) return value.text;
    if (value instanceof TrustDocument) return value.text(this.#cloud.principals, Number.MAX_SAFE_INTEGER);
    if (value instanceof Map) return this.#comparable([...value].map(([name, one]) => ({ name, value: one })));
    if (Array.isArray(value)) return value.map((item) => this.#comparable(item)).sort(byJson);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([name]) => !NEVER_EQUAL.has(name));
    return Object.fromEntries(kept.map(([name, item]) => [name, this.#comparable(item)]));
  }

  #role(name: string): Role {
    const role = this.role(name);
    if (role === undefined) throw new RangeError(`No role ${name} in ${this.id}`);
    return role;
  }

  #put(role: Role): void {
    this.#account.tables.Role.put(role, Number.NEGATIVE_INFINITY, this.#now());
  }
}

function byJson(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
