import { accountOf } from '../../iam/arn.ts';
import type { Rule } from '../../state/rules.ts';
import { targetOf } from './accounts.ts';
import type { Report, ReportFinding, ReportTarget } from './schema.ts';

/** Findings of the hub that are about another account as a whole. */
const OF_ORGANIZATION: readonly Rule[] = ['target-undeclared', 'target-not-active', 'target-left-organization'];

/** Whether the resource of such a finding is the id of an account. @param rule may be one that only another version knows */
export function isAboutAccount({ rule }: { readonly rule: string }): boolean {
  return OF_ORGANIZATION.some((other) => other === rule);
}

/** The account that a finding is about: its own, or the one that its resource names. */
export function subjectOf(finding: Pick<ReportFinding, 'rule' | 'account' | 'resource'>): string {
  return isAboutAccount(finding) ? finding.resource : finding.account;
}

/** The ARN of one role, also where its account is masked. */
const ONE_ROLE = /^arn:[^:*?$]+:iam::[^:*?$]+:role\/[^*?$]+$/;

/** The account whose access a finding is about: of a grant in the hub that no target wants, that of the one role that it names; else its subject. */
export function affectedAccount(finding: Pick<ReportFinding, 'rule' | 'account' | 'resource'>, { hub }: Pick<Report, 'hub'>): string {
  const { rule, account, resource } = finding;
  if (rule !== 'grant-extra' || account !== hub.account || !ONE_ROLE.test(resource)) return subjectOf(finding);
  return accountOf(resource) ?? account;
}

/** The targets that a finding is about: its own, or all of the account that its resource names. Empty: it is the hub's. */
export function targetsOf(finding: ReportFinding, report: Pick<Report, 'targets'>): readonly ReportTarget[] {
  if (isAboutAccount(finding)) return report.targets.filter(({ account }) => account === finding.resource);
  const target = targetOf(finding, report);
  return target === undefined ? [] : [target];
}

/** The name that AWS Organizations has for an account that the file does not name; `undefined` where it is not shown. */
export function organizationName({ rule, live }: Pick<ReportFinding, 'rule' | 'live'>): string | undefined {
  if (rule !== 'target-undeclared' || typeof live !== 'object' || live === null || !('name' in live)) return undefined;
  return typeof live.name === 'string' && live.name !== '' ? live.name : undefined;
}

/** A finding for pages that anybody can read: names of accounts that the file does not name are in the report file alone. */
export function withoutOrganizationName<T extends Pick<ReportFinding, 'rule' | 'desired' | 'live' | 'canonical'>>(finding: T): T {
  if (organizationName(finding) === undefined) return finding;
  const unnamed = (live: unknown) => (typeof live === 'object' && live !== null ? { ...live, name: null } : live);
  return { ...finding, live: unnamed(finding.live), canonical: { ...finding.canonical, live: unnamed(finding.canonical.live) } };
}
