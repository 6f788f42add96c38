import { placeOf, type Rule } from '../../state/rules.ts';
import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import { targetOf } from '../model/accounts.ts';
import type { Fold } from '../model/fold.ts';
import { ruleTitleOf } from '../model/rule-texts.ts';
import type { Report, ReportFinding } from '../model/schema.ts';

const MAX_TITLE = 200;
const MAX_NAME = 80;

/** The fact and where it is, as plain text that is not escaped: `Anyone (*) can assume Micetro in production`, `… in 12 accounts`. The hub is not named. */
export function titleOfFold({ first, findings }: Fold, report: Report): string {
  if (findings.length === 1) return titleWithPlace(first, report);
  const many = MANY[first.rule];
  if (many !== undefined) return `${findings.length.toLocaleString('en-US')} ${many}`;
  // It names what is called otherwise elsewhere.
  if (findings.some(({ title }) => title !== first.title)) {
    return `${titleOf(first)}, and the same in ${plural(findings.length - 1, 'more account')}`;
  }
  return `${titleOf(first)} in ${plural(findings.length, 'account')}`;
}

/** Of findings that are about accounts as a whole. */
const MANY: Readonly<Partial<Record<Rule, string>>> = {
  'target-undeclared': 'accounts of the organization are not in the file',
  'target-not-active': 'target accounts are not active',
  'target-left-organization': 'target accounts are not in the organization',
};

/** The same of one finding. */
export function titleWithPlace(finding: ReportFinding, report: Report): string {
  return isOfHub(finding, report) ? titleOf(finding) : `${titleOf(finding)} in ${placeName(finding, report)}`;
}

/** A finding of an earlier version's report has no title. */
function titleOf(finding: ReportFinding): string {
  return cut(finding.title === '' ? ruleTitleOf(finding) : finding.title, MAX_TITLE);
}

function isOfHub(finding: ReportFinding, { hub }: Report): boolean {
  return placeOf(finding, hub.account) === 'hub' && finding.account === hub.account;
}

/** The target's name if it has one and no target of another account is called the same, else the account's id. */
function placeName(finding: ReportFinding, report: Report): string {
  const { account } = finding;
  if (account === report.hub.account) return 'the hub';
  const name = targetOf(finding, report)?.name ?? null;
  const isShared = report.targets.some((other) => other.account !== account && other.name === name);
  return cut(name === null || isShared ? account : name, MAX_NAME);
}
