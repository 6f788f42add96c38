import type { Access } from '../../drift/access.ts';
import { isExcepted } from '../../drift/exceptions.ts';
import { SEVERITIES } from '../../drift/severity.ts';
import { RULE_NAMES } from '../../state/rules.ts';
import { compareText } from '../../text/compare-text.ts';
import { grouped } from '../../text/grouped.ts';
import { placeKey, type ReportAccount } from './accounts.ts';
import type { Report, ReportFinding, ReportTarget } from './schema.ts';

/** Worst first. */
export const ACCESS_ORDER: readonly Access[] = ['widened', 'changed', 'narrowed', 'none'];

/** Whether the finding counts: no exception accepts it at present, and it was not repaired and verified. */
export function isOpen(finding: ReportFinding): boolean {
  return !isExcepted(finding) && finding.fix.status !== 'verified';
}

/** Place of a finding among the severities: the lower, the worse. */
export function severityRank({ severity }: Pick<ReportFinding, 'severity'>): number {
  return SEVERITIES.indexOf(severity);
}

/** The findings of a report that `isWanted` selects: by severity, then the hub before the targets, then in the order of the rules, accounts and resources. */
export function worstFirst({ findings, hub }: Report, isWanted: (finding: ReportFinding) => boolean): ReportFinding[] {
  return findings
    .filter(isWanted)
    .sort(
      (a, b) =>
        severityRank(a) - severityRank(b) ||
        Number(a.account !== hub.account) - Number(b.account !== hub.account) ||
        RULE_NAMES.indexOf(a.rule) - RULE_NAMES.indexOf(b.rule) ||
        compareText(a.account, b.account) ||
        compareText(a.resource, b.resource),
    );
}

/** Open findings by what they are of: a target, or the hub. Worst first. */
export type OpenByPlace = ReadonlyMap<string, readonly ReportFinding[]>;

export function openByPlace(report: Report): OpenByPlace {
  return grouped(worstFirst(report, isOpen), placeKey);
}

/** `problems`: accounts of targets that need attention, unreadable ones first, then by their worst finding. `others` stay in the order of the file. */
export function problemsFirst(
  accounts: readonly ReportAccount[],
  open: OpenByPlace,
): { problems: readonly ReportAccount[]; others: readonly ReportAccount[] } {
  const weightOf = (target: ReportTarget): number => {
    const worst = open.get(placeKey(target))?.[0];
    if (target.status === 'unreadable') return -1;
    return worst === undefined ? SEVERITIES.length : severityRank(worst);
  };
  const isProblem = (target: ReportTarget): boolean =>
    target.status !== 'clean' || target.connection === 'broken' || open.has(placeKey(target));
  const weight = ({ targets }: ReportAccount) => Math.min(...targets.map(weightOf));
  return {
    problems: accounts.filter(({ targets }) => targets.some(isProblem)).sort((a, b) => weight(a) - weight(b)),
    others: accounts.filter(({ targets }) => !targets.some(isProblem)),
  };
}
