import { grouped } from '../../text/grouped.ts';
import type { Report, ReportFinding } from './schema.ts';
import { isOfOrganization } from './subject.ts';

/** The same change in one or more accounts. */
export interface Fold {
  /** The one whose texts are shown. */
  readonly first: ReportFinding;
  readonly findings: readonly [ReportFinding, ...ReportFinding[]];
}

/**
 * Groups findings that report the same change: same rule, access, exception and state of repair, and the same resource, desired and live
 * values once each account's own id and role ARN are replaced by placeholders. Those of the hub are never the same. Keeps the order of first appearance.
 */
export function fold(findings: readonly ReportFinding[], report: Report): Fold[] {
  const neutral = neutralizers(report);
  const keyOf = (finding: ReportFinding): string => {
    const { desired, live } = finding.canonical;
    const content = JSON.stringify(isOfOrganization(finding) ? [] : [finding.resource, desired, live]);
    return JSON.stringify([
      finding.rule,
      finding.access,
      finding.exception,
      finding.fix.status,
      // Each of the hub's findings stands alone, but those about accounts: two groups may have the same policy too much, and that is no second account.
      finding.account === report.hub.account && !isOfOrganization(finding) ? finding.id : '',
      neutral(finding.account, content),
    ]);
  };
  return [...grouped(findings, keyOf).values()].map((group) => ({ first: group[0], findings: group }));
}

/** Replaces an account's own id and role ARN in a text by placeholders. */
export function neutralizers(report: Report): (account: string, text: string) => string {
  const roleArns = new Map(report.targets.map((target) => [target.account, target.roleArn]));
  const patterns = new Map<string, readonly [RegExp, RegExp]>();
  return (account, text) => {
    let pair = patterns.get(account);
    if (pair === undefined) {
      // A masked id may go on with `·2`: that is another account.
      const id = new RegExp(`(?<!\\d)${literal(account)}(?![\\d·])`, 'g');
      pair = [new RegExp(`${literal(roleArns.get(account) ?? account)}(?![\\w+=,.@·-])`, 'g'), id];
      patterns.set(account, pair);
    }
    return text.replace(pair[0], '{role}').replace(pair[1], '{account}');
  };
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
