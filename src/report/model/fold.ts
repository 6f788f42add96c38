import { grouped } from '../../text/grouped.ts';
import { hasSeveralRoles } from './accounts.ts';
import type { Report, ReportFinding } from './schema.ts';
import { isAboutAccount } from './subject.ts';

/** The same change in one or more accounts. */
export interface Fold {
  /** The one whose texts are shown. */
  readonly first: ReportFinding;
  readonly findings: readonly [ReportFinding, ...ReportFinding[]];
}

/**
 * Groups findings that report the same change: same rule, access, exception and state of repair, and the same resource, desired and live
 * values once each account's own id and role ARN are replaced by placeholders. Those of the hub are never the same, nor are those of two roles of one account,
 * so that each finding of a group is another account's. Keeps the order of first appearance.
 */
export function fold(findings: readonly ReportFinding[], report: Report): Fold[] {
  const neutral = neutralizers(report);
  const roleKeyOf = roleKeys(report);
  const keyOf = (finding: ReportFinding): string => {
    const { desired, live } = finding.canonical;
    const content = JSON.stringify(isAboutAccount(finding) ? [] : [finding.resource, desired, live]);
    return JSON.stringify([
      finding.rule,
      finding.access,
      finding.exception,
      finding.fix.status,
      // Each of the hub's findings stands alone, but those about accounts: two groups may have the same policy too much, and that is no second account.
      finding.account === report.hub.account && !isAboutAccount(finding) ? finding.id : '',
      roleKeyOf(finding),
      neutral(finding.account, content),
    ]);
  };
  return [...grouped(findings, keyOf).values()].map((group) => ({ first: group[0], findings: group }));
}

/** The name of the role, if the report has accounts with several of them. */
function roleKeys(report: Report): (finding: ReportFinding) => string {
  if (!hasSeveralRoles(report)) return () => '';
  const names = new Map(report.targets.map(({ account, roleName, roleArn }) => [roleArn, { account, roleName }]));
  return ({ roleArn }) => {
    const target = roleArn === null ? undefined : names.get(roleArn);
    // A role may be named after its account.
    return target === undefined ? '' : target.roleName.replaceAll(target.account, '{account}');
  };
}

/** Replaces an account's own id and the ARNs of its roles in a text by placeholders. Where accounts have several roles, their names stay. */
export function neutralizers(report: Report): (account: string, text: string) => string {
  const isSeveral = hasSeveralRoles(report);
  const inAccounts = grouped(report.targets, ({ account }) => account);
  const patterns = new Map<string, readonly (readonly [RegExp, string])[]>();
  const patternsOf = (account: string) => {
    const arns = (inAccounts.get(account) ?? []).map(({ roleArn, roleName }) => {
      const pattern = new RegExp(`${literal(roleArn)}(?![\\w+=,.@·-])`, 'g');
      return [pattern, isSeveral ? `{role ${roleName}}` : '{role}'] as const;
    });
    // A masked id may go on with `·2`: that is another account.
    return [...arns, [new RegExp(`(?<!\\d)${literal(account)}(?![\\d·])`, 'g'), '{account}'] as const];
  };
  return (account, text) => {
    const own = patterns.get(account) ?? patternsOf(account);
    patterns.set(account, own);
    return own.reduce((neutral, [pattern, placeholder]) => neutral.replace(pattern, () => placeholder), text);
  };
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
