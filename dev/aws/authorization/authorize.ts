import type { Cloud } from '../accounts/cloud.ts';
import { readOrNothing } from '../accounts/document.ts';
import type { Identity } from '../accounts/entities.ts';
import type { Caller } from './caller.ts';
import { type Answer, evaluateIdentity, type Request } from './evaluate.ts';
import type { Context } from './pattern.ts';
import type { Policy } from './statement.ts';

/** The condition keys of every request at that moment, and those of the action itself. Everybody calls from this machine, as if over TLS. */
export function contextOf(cloud: Cloud, caller: Caller, now: number, own: readonly (readonly [string, string])[] = []): Context {
  const context = new Map(own);
  context.set('aws:currenttime', new Date(now).toISOString());
  context.set('aws:epochtime', String(Math.floor(now / 1_000)));
  context.set('aws:sourceip', '127.0.0.1');
  context.set('aws:securetransport', 'true');
  if (caller.kind !== 'anonymous') {
    context.set('aws:principalaccount', caller.account);
    context.set('aws:principalarn', caller.session === undefined ? caller.arn : roleArn(cloud, caller));
    context.set('aws:principaltype', caller.session === undefined ? 'User' : 'AssumedRole');
    context.set('aws:userid', caller.session === undefined ? caller.id : `${caller.id}:${caller.session.sessionName}`);
    if (caller.userName !== undefined) context.set('aws:username', caller.userName);
  }
  return new Map([...context].map(([key, value]) => [key, [value]]));
}

function roleArn(cloud: Cloud, caller: Caller): string {
  return cloud.principals.arnOf(caller.id, Number.POSITIVE_INFINITY) ?? caller.arn;
}

/**
 * What the caller's own policies say: attached, inline and, for a user, those of its groups, within the permissions boundary and the session policy
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html). `at`: the moment as of which they are read.
 */
export function authorize(cloud: Cloud, caller: Caller, request: Request, at: number): Answer {
  if (caller.kind === 'admin') return 'allow';
  const account = cloud.account(caller.account);
  const holder =
    caller.session === undefined
      ? account.tables.User.seen(caller.userName ?? '', at)
      : account.tables.Role.seen(caller.session.roleName, at);
  if (holder === undefined || holder.id !== caller.id) return 'none';
  const own = [...policiesOf(cloud, holder, at)];
  if (caller.userName !== undefined) {
    for (const group of account.tables.Group.all(at)) {
      if (group.members.includes(caller.userName)) own.push(...policiesOf(cloud, group, at));
    }
  }
  const limits = [boundaryOf(cloud, holder.boundary, at), sessionPolicyOf(caller)].filter((limit) => limit !== undefined);
  const answers = [own, ...limits].map((policies) => evaluateIdentity(policies, request));
  if (answers.includes('deny')) return 'deny';
  return answers.every((answer) => answer === 'allow') ? 'allow' : 'none';
}

function* policiesOf(cloud: Cloud, identity: Identity, at: number): Generator<Policy> {
  for (const document of identity.inline.values()) yield document.policy;
  for (const arn of identity.attached) yield* managedPolicyOf(cloud, arn, at);
}

function managedPolicyOf(cloud: Cloud, arn: string, at: number): Policy[] {
  const policy = cloud.managedPolicy(arn, at);
  const version = policy?.versions.find(({ id }) => id === policy.defaultVersion);
  return version === undefined ? [] : [version.document.policy];
}

function boundaryOf(cloud: Cloud, arn: string | undefined, at: number): Policy[] | undefined {
  return arn === undefined ? undefined : managedPolicyOf(cloud, arn, at);
}

function sessionPolicyOf(caller: Caller): Policy[] | undefined {
  return caller.session?.policy === undefined ? undefined : [readOrNothing(caller.session.policy)];
}
