import type { Cloud } from '../accounts/cloud.ts';
import { answer } from '../api.ts';
import { adminOf } from '../authorization/caller.ts';
import { AwsError, accessDenied } from '../protocol/errors.ts';
import { type ParamInput, Params } from '../protocol/query.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { type Actor, clientOf } from './actors.ts';
import { type Outcome, recordCall } from './record.ts';

/** When and where somebody makes a call. */
export interface Occasion {
  /** Milliseconds since the epoch. Default now. */
  readonly at?: number;
  /** Of STS; IAM has one. Default IAM's. */
  readonly region?: string;
}

interface Moment extends Required<Occasion> {
  readonly visibleFrom: number;
}

/** Makes calls for an actor of an account: all of IAM's, and STS's, which reach every role. */
export class Acting {
  readonly #cloud: Cloud;
  readonly #account: string;
  readonly #actor: Actor;
  readonly #moment: Moment;

  constructor(cloud: Cloud, account: string, actor: Actor, moment: Moment) {
    this.#cloud = cloud;
    this.#account = account;
    this.#actor = actor;
    this.#moment = moment;
  }

  /** Input in the SDK's form. Returns the XML of the result. Throws `AwsError`, which is recorded as well. */
  call(action: string, input: ParamInput = {}): string {
    const { at, region } = this.#moment;
    const params = Params.from(input);
    const caller = adminOf(this.#cloud, this.#account);
    this.#useRole(action);
    try {
      const request = { service: serviceOf(action), action, params, caller, account: this.#account, region };
      const result = answer(this.#cloud, DEFAULT_SETTINGS, request, at);
      this.#record(action, params, { result });
      return result ?? '';
    } catch (error) {
      if (error instanceof AwsError) this.#record(action, params, { error });
      throw error;
    }
  }

  /** A call that the actor was not allowed to make: nothing happens, but CloudTrail knows of it. */
  refused(action: string, input: ParamInput = {}): void {
    const { arn = '' } = clientOf(this.#cloud, this.#account, this.#actor, this.#moment.at).identity;
    const error = accessDenied(`User: ${arn} is not authorized to perform: ${serviceOf(action)}:${action}`);
    this.#record(action, Params.from(input), { error });
  }

  /** What a role's session does counts as a use of the role. */
  #useRole(action: string): void {
    const { who } = this.#actor;
    const role = who.kind === 'role' ? this.#cloud.account(this.#account).tables.Role.newest(who.name) : undefined;
    const { at, region } = this.#moment;
    if (role !== undefined) this.#cloud.roleUses.set(role.id, { at, region, service: serviceOf(action) });
  }

  #record(action: string, params: Params, outcome: Outcome): void {
    const { at } = this.#moment;
    const [, account = this.#account] = /^arn:[^:]*:iam::(\d{12}):role\//.exec(params.text('RoleArn') ?? '') ?? [];
    const client = clientOf(this.#cloud, this.#account, this.#actor, at);
    recordCall(this.#cloud, { service: serviceOf(action), action, params, account, client, outcome, ...this.#moment });
  }
}

function serviceOf(action: string): 'iam' | 'sts' {
  return action.startsWith('AssumeRole') || action === 'GetCallerIdentity' ? 'sts' : 'iam';
}
