import { Trail } from '../cloudtrail/trail.ts';
import type { Organization } from '../organizations/organization.ts';
import { Account } from './account.ts';
import type { ManagedPolicy } from './entities.ts';
import { awsManagedPolicies } from './managed.ts';
import { Principals } from './principals.ts';
import type { Quotas } from './quotas.ts';

/** Temporary credentials of an assumed role. */
export interface Session {
  readonly accessKeyId: string;
  readonly token: string;
  readonly account: string;
  readonly roleName: string;
  readonly roleId: string;
  readonly sessionName: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Text of the session policy that came with the call. */
  readonly policy: string | undefined;
  /** ARN of the identity provider whose token opened the session. */
  readonly federatedProvider: string | undefined;
}

/** When a key, or a role's credentials, were last used. AWS tracks that separately from them. */
export interface LastUse {
  readonly at: number;
  readonly service: string;
  readonly region: string;
}

/** All accounts of one partition, with what is looked up across accounts. */
export class Cloud {
  readonly partition: string;
  readonly principals = new Principals();
  /** AWS's own policies, by ARN. */
  readonly managed: Map<string, ManagedPolicy>;
  readonly sessions = new Map<string, Session>();
  /** Owners of access keys, by key id. */
  readonly keyOwners = new Map<string, { readonly account: string; readonly userName: string }>();
  readonly keyUses = new Map<string, LastUse>();
  /** By the role's id. */
  readonly roleUses = new Map<string, LastUse>();
  readonly trail = new Trail();
  /** `undefined`: no account is in one. */
  organization: Organization | undefined;
  readonly #accounts = new Map<string, Account>();
  readonly #quotas: Quotas;

  constructor(partition: string, quotas: Quotas) {
    this.partition = partition;
    this.#quotas = quotas;
    this.managed = awsManagedPolicies(partition);
  }

  /** Any twelve digits are an account, which exists from its first use on. */
  account(id: string): Account {
    let account = this.#accounts.get(id);
    if (account === undefined) {
      if (!/^\d{12}$/.test(id)) throw new RangeError(`An account id has twelve digits: ${id}`);
      account = new Account(id, this.#quotas);
      this.#accounts.set(id, account);
    }
    return account;
  }

  accounts(): Account[] {
    return [...this.#accounts.values()];
  }

  /** The region in which IAM is, and its events (https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html). */
  get iamRegion(): string {
    if (this.partition === 'aws-us-gov') return 'us-gov-west-1';
    return this.partition === 'aws-cn' ? 'cn-north-1' : 'us-east-1';
  }

  iamArn(account: string, resource: string): string {
    return `arn:${this.partition}:iam::${account}:${resource}`;
  }

  /** A policy, AWS's or a customer's, as a reader sees it at that moment. */
  managedPolicy(arn: string, at: number): ManagedPolicy | undefined {
    const ofAws = this.managed.get(arn);
    if (ofAws !== undefined) return ofAws;
    const [, account = '', path = ''] = /^arn:[^:]*:iam::(\d{12}):policy(\/.*)$/.exec(arn) ?? [];
    const policy = this.#accounts.get(account)?.policies.seen(path.slice(path.lastIndexOf('/') + 1), at);
    return policy?.arn === arn ? policy : undefined;
  }
}
