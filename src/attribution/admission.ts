import { accountOf, rootArn } from '../iam/arn.ts';
import { type Decision, decide, type Policy, principalsOf, type Statement } from '../policy/index.ts';
import type { User } from '../state/state.ts';
import { type TrailEvent, type TrailIdentity, textField } from './trail-event.ts';

/** Whether a trust policy lets somebody in; `unknown`: the event does not say enough of the caller. */
export type Admission = 'yes' | 'no' | 'unknown';

/**
 * Whether the file's trust would have let in who assumed the role. In the role's account an event shows a caller of another account by its account and its
 * unique id alone.
 *
 * @param hubUser whose unique id is known
 */
export function admissionOf(event: TrailEvent, trust: Policy, hubUser: User | null | undefined): Admission {
  const { identity } = event;
  const action = `sts:${event.name}`;
  const callers = callersOf(identity, trust, hubUser);
  if (callers === undefined) return 'unknown';
  const decisions = callers.map((principal) => decide(trust, { action, principal }));
  const decision = (['allow', 'unknown'] as const).find((one) => decisions.includes(one)) ?? 'none';
  return decision === 'unknown' ? withExternalId(trust, textField(event.request, 'externalId')) : ADMISSIONS[decision];
}

const ADMISSIONS: Readonly<Record<Exclude<Decision, 'unknown'>, Admission>> = { allow: 'yes', deny: 'no', none: 'no' };

/** As a trust policy would name them; `undefined`: it names some that may be them, or not. */
function callersOf(identity: TrailIdentity, trust: Policy, hubUser: User | null | undefined): readonly string[] | undefined {
  const { arn, accountId, principalId = '', identityProvider, invokedBy, type } = identity;
  if (arn !== undefined) return [arn];
  if (identityProvider !== undefined) return [identityProvider];
  if (type === 'AWSService' || accountId === undefined) return invokedBy === undefined ? undefined : [invokedBy];
  if (principalId !== '' && principalId === hubUser?.uniqueId) return [hubUser.arn];
  // The account as a whole stands for anybody in it; those who are named by themselves, only for themselves.
  const root = rootArn(trust.partition, accountId);
  const kind = principalId.startsWith('AIDA') ? ':user/' : ':role/';
  const named = principalsOf(trust).filter(({ id }) => accountOf(id) === accountId && id.includes(kind) && id !== hubUser?.arn);
  const isRootIn = decide(trust, { action: 'sts:AssumeRole', principal: root }) !== 'none';
  return isRootIn || named.length === 0 ? [root] : undefined;
}

/** Where nothing but the external id decides, the event has it. */
function withExternalId({ statements }: Policy, externalId: string | undefined): Admission {
  const allows = (statements ?? []).filter(({ effect }) => effect === 'Allow');
  const answers = allows.map((statement) => externalIdMatches(statement, externalId));
  if (answers.length === 0 || answers.includes(undefined)) return 'unknown';
  return answers.includes(true) ? 'yes' : 'no';
}

function externalIdMatches({ conditions, doubt }: Statement, externalId: string | undefined): boolean | undefined {
  const [only, ...others] = conditions;
  if (only === undefined || others.length > 0 || doubt !== null) return undefined;
  const { key, values, operator } = only;
  const isEqual = operator.test === 'string' && !operator.negated && !operator.ifExists && operator.quantifier === null;
  return isEqual && key.toLowerCase() === 'sts:externalid' ? values.includes(externalId ?? '') : undefined;
}
