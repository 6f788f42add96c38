import { accountOf } from '../../iam/arn.ts';
import type { Report, ReportFinding } from './schema.ts';

/** The ARN of one role, also where its account is masked. */
const ONE_ROLE = /^arn:[^:*?$]+:iam::[^:*?$]+:role\/[^*?$]+$/;

/** The account that a finding is about: the one that it is in, or, of a grant in the hub that no target wants, the one of the role that it names. */
export function accountOfFinding(
  { rule, account, resource }: Pick<ReportFinding, 'rule' | 'account' | 'resource'>,
  { hub }: Pick<Report, 'hub'>,
): string {
  if (rule !== 'grant-extra' || account !== hub.account || !ONE_ROLE.test(resource)) return account;
  return accountOf(resource) ?? account;
}
