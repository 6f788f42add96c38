import { EXTERNAL_ID, fits, TRUSTED_PRINCIPAL } from '../desired/syntax.ts';
import { rootArn } from '../iam/arn.ts';
import { trustPolicy } from '../iam/grant-document.ts';
import { type Comparer, type Policy, principalsOf } from '../policy/index.ts';
import { compareText } from '../text/compare-text.ts';

/** What the hub is called in trust policies. */
export interface HubArns {
  readonly root: string;
  readonly user: string;
}

export interface ShortTrust {
  readonly principals: readonly string[];
  readonly externalId?: string;
}

/** A trust policy as a word or as its principals and external id; `undefined` if those do not say exactly the same. */
export function shortTrust(policy: Policy, hub: HubArns, comparer: Comparer): 'hub-account' | 'hub-user' | ShortTrust | undefined {
  if (comparer.isSame(trustPolicy(hub.root, policy), policy)) return 'hub-account';
  if (comparer.isSame(trustPolicy(hub.user, policy), policy)) return 'hub-user';
  const principals = principalsOf(policy);
  const [externalId, ...others] = externalIdsIn(policy);
  const arns = principals.map(({ id }) => id);
  const isStatable = principals.every(({ kind, id }) => kind === 'AWS' && fits(id, TRUSTED_PRINCIPAL));
  if (arns.length === 0 || !isStatable || others.length > 0) return undefined;
  if (externalId !== undefined && !fits(externalId, EXTERNAL_ID)) return undefined;
  if (!comparer.isSame(trustPolicy(arns, policy, externalId), policy)) return undefined;
  const words = arns.map((arn) => wordOf(arn, policy.partition, hub)).toSorted(compareText);
  return { principals: words, ...(externalId !== undefined && { externalId }) };
}

function wordOf(arn: string, partition: string, hub: HubArns): string {
  if (arn === hub.root) return 'hub-account';
  if (arn === hub.user) return 'hub-user';
  const [, , , , account = ''] = arn.split(':');
  return arn === rootArn(partition, account) ? account : arn;
}

function externalIdsIn({ statements }: Policy): readonly string[] {
  const conditions = (statements ?? []).flatMap((statement) => statement.conditions);
  const ids = conditions.filter(({ key }) => key.toLowerCase() === 'sts:externalid').flatMap(({ values }) => values);
  return [...new Set(ids)];
}
