import type { Access } from '../../drift/access.ts';
import { isExcepted } from '../../drift/exceptions.ts';
import { isUrgent, RULE_NAMES } from '../../state/rules.ts';
import { compareText } from '../../text/compare-text.ts';
import { grouped } from '../../text/grouped.ts';
import type { Report, ReportFinding, ReportTarget } from './schema.ts';

/** Worst first. */
export const ACCESS_ORDER: readonly Access[] = ['widened', 'changed', 'narrowed', 'none'];

/** Whether the finding counts: no exception accepts it at present, and it was not repaired and verified. */
export function isOpen(finding: ReportFinding): boolean {
  return !isExcepted(finding) && finding.fix.status !== 'verified';
}

/** Place of a finding among the accesses, worst first. What is urgent comes before the worst. */
export function severityOf({ access, rule }: Pick<ReportFinding, 'access' | 'rule'>): number {
  return isUrgent(rule) ? -1 : ACCESS_ORDER.indexOf(access);
}

/** The findings of a report that `isWanted` selects: what is urgent, then by access, then the hub before the targets, then in the order of the rules, accounts and resources. */
export function worstFirst({ findings, hub }: Report, isWanted: (finding: ReportFinding) => boolean): ReportFinding[] {
  return findings
    .filter(isWanted)
    .sort(
      (a, b) =>
        severityOf(a) - severityOf(b) ||
        Number(a.account !== hub.account) - Number(b.account !== hub.account) ||
        RULE_NAMES.indexOf(a.rule) - RULE_NAMES.indexOf(b.rule) ||
        compareText(a.account, b.account) ||
        compareText(a.resource, b.resource),
    );
}

/** Open findings by account, worst first. */
export type OpenByAccount = ReadonlyMap<string, readonly ReportFinding[]>;

export function openByAccount(report: Report): OpenByAccount {
  return grouped(worstFirst(report, isOpen), ({ account }) => account);
}

/** `problems`: targets that need attention, unreadable ones first, then by their worst finding. `others` stay in the order of the file. */
export function problemsFirst({ targets }: Report, open: OpenByAccount): { problems: ReportTarget[]; others: ReportTarget[] } {
  const weight = (target: ReportTarget): number => {
    const worst = open.get(target.account)?.[0];
    if (target.status === 'unreadable') return 0;
    return worst === undefined ? ACCESS_ORDER.length + 1 : ACCESS_ORDER.indexOf(worst.access) + 1;
  };
  const isProblem = (target: ReportTarget): boolean =>
    target.status !== 'clean' || target.connection === 'broken' || open.has(target.account);
  return {
    problems: targets.filter(isProblem).sort((a, b) => weight(a) - weight(b)),
    others: targets.filter((target) => !isProblem(target)),
  };
}
