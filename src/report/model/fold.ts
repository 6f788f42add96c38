import { RULES } from '../../state/rules.ts';
import { alike, disjoint } from '../../text/alike.ts';
import { hasSeveralRoles } from './accounts.ts';
import { namelessTexts, neutralizers } from './neutral-texts.ts';
import type { Report, ReportFinding } from './schema.ts';
import { affectedAccount, isAboutAccount, subjectOf } from './subject.ts';

/** The same change in one or more accounts. */
export interface Fold {
  /** The one whose texts are shown. */
  readonly first: ReportFinding;
  readonly findings: readonly [ReportFinding, ...ReportFinding[]];
  /** Where they are, in the same order; of several grants in the hub, the accounts of their roles. */
  readonly accounts: readonly string[];
}

/**
 * Groups findings that report the same change: same rule, access, exception and state of repair, and the same resource, desired and live
 * values once each account's own id and role ARN are replaced by placeholders, and, where there are many, the names of targets and roles. Those of the hub are
 * never the same, but for grants of the same role in other accounts; nor are those of two roles of one account, so that each finding of a group is another
 * account's. Keeps the order of first appearance.
 */
export function fold(findings: readonly ReportFinding[], report: Report): Fold[] {
  const keyOf = foldKeys(report);
  const nameless = namelessTexts(report);
  const entries = alike(
    findings,
    (finding) => keyOf(finding, same),
    (finding) => keyOf(finding, nameless(finding)),
  );
  const placeOf = (finding: ReportFinding) => affectedAccount(finding, report);
  return entries
    .flatMap((groups) => (groups.length === 1 ? groups : disjoint(groups, placeOf)))
    .map((group) => ({ first: group[0], findings: group, accounts: group.length === 1 ? [subjectOf(group[0])] : group.map(placeOf) }));
}

type Rewrite = (text: string) => string;

const same: Rewrite = (text) => text;

/** Equal for the same change. `rewrite` is applied to what may have names in it. */
function foldKeys(report: Report): (finding: ReportFinding, rewrite: Rewrite) => string {
  const neutral = neutralizers(report);
  const roleKeyOf = roleKeys(report);
  return (finding, rewrite) => {
    const { desired, live } = finding.canonical;
    const account = affectedAccount(finding, report);
    const content = JSON.stringify(isAboutAccount(finding) ? [] : [finding.resource, desired, live]);
    return JSON.stringify([
      finding.rule,
      finding.access,
      finding.exception,
      finding.fix.status,
      hubKey(finding, account, report),
      rewrite(roleKeyOf(finding)),
      rewrite(neutral(account, content)),
    ]);
  };
}

/** Each of the hub's findings stands alone, but those about other accounts: two groups may have the same policy too much, and that is no second account. */
function hubKey({ account, id }: ReportFinding, place: string, { hub }: Report): string {
  if (account !== hub.account) return '';
  return place === hub.account ? id : 'hub';
}

/** The name of the role that a finding is of, if the report has accounts with several of them. */
function roleKeys(report: Report): (finding: ReportFinding) => string {
  if (!hasSeveralRoles(report)) return () => '';
  const names = new Map(report.targets.map(({ account, roleName, roleArn }) => [roleArn, { account, roleName }]));
  return ({ roleArn, rule }) => {
    const target = roleArn === null || RULES[rule].ofAccount === true ? undefined : names.get(roleArn);
    // A role may be named after its account.
    return target === undefined ? '' : target.roleName.replaceAll(target.account, '{account}');
  };
}
