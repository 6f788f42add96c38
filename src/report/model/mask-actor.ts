import { accountOf } from '../../iam/arn.ts';
import type { ReportFinding } from './schema.ts';

type Attributed = Pick<ReportFinding, 'cause' | 'use'>;

/** Who made the calls by kind and account, for pages that anybody can read: names of people and sessions are in the report file alone. */
export function withoutActors({ cause, use }: Attributed): Attributed {
  const by = [...new Set(use?.by.map(kindOfActor))];
  return { cause: { ...cause, actor: cause.actor === null ? null : kindOfActor(cause.actor) }, use: use && { ...use, by } };
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^arn:[^:]*:sts::\d*:assumed-role\//, 'an assumed role in'],
  [/^arn:[^:]*:iam::\d*:user\/|\(AIDA/, 'an IAM user in'],
  [/^arn:[^:]*:iam::\d*:root$/, 'the root user of'],
  [/^arn:[^:]*:sts::\d*:federated-user\//, 'a federated user in'],
  [/^arn:[^:]*:iam::\d*:role\/|\(AROA/, 'a role in'],
];

/** @param actor an ARN, `ACCOUNT (PRINCIPAL-ID)`, or the name of a service. The account id is still whole. */
function kindOfActor(actor: string): string {
  if (/^[\w-]+(\.[\w-]+)*\.amazonaws\.com(\.cn)?$/.test(actor)) return `the service ${actor}`;
  const account = accountOf(actor) ?? /^\d{12}(?= \(|$)/.exec(actor)?.[0];
  if (account === undefined || !/^\d{12}$/.test(account)) return 'somebody';
  const kind = KINDS.find(([form]) => form.test(actor))?.[1] ?? 'a principal in';
  return `${kind} ${account}`;
}
