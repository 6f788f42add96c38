import type { Access } from '../../drift/access.ts';
import { isExcepted } from '../../drift/exceptions.ts';
import type { Rule } from '../../state/rules.ts';
import { RULE_NAMES } from '../../state/rules.ts';
import { compareText } from '../../text/compare-text.ts';
import type { Report, ReportFinding, ReportTarget } from './schema.ts';

/** Worst first. */
export const ACCESS_ORDER: readonly Access[] = ['widened', 'changed', 'narrowed', 'none'];

const RULE_RANK: ReadonlyMap<string, number> = new Map(RULE_NAMES.map((rule, index) => [rule, index]));

/** Whether the finding counts: no exception accepts it at present, and it was not repaired and verified. */
export function isOpen(finding: ReportFinding): boolean {
  return !isExcepted(finding) && finding.fix.status !== 'verified';
}

/** A sorted copy: by access, then the hub before the targets, then in the order of the rules, accounts and resources. */
export function worstFirst(findings: readonly ReportFinding[], hubAccount: string): ReportFinding[] {
  return [...findings].sort(
    (a, b) =>
      ACCESS_ORDER.indexOf(a.access) - ACCESS_ORDER.indexOf(b.access) ||
      Number(a.account !== hubAccount) - Number(b.account !== hubAccount) ||
      rank(a.rule) - rank(b.rule) ||
      compareText(a.account, b.account) ||
      compareText(a.resource, b.resource),
  );
}

/** Open findings by account, worst first. */
export function openByAccount(report: Report): ReadonlyMap<string, readonly ReportFinding[]> {
  const open = new Map<string, ReportFinding[]>();
  for (const finding of worstFirst(report.findings.filter(isOpen), report.hub.account)) {
    const own = open.get(finding.account);
    if (own === undefined) open.set(finding.account, [finding]);
    else own.push(finding);
  }
  return open;
}

/** `problems`: targets that need attention, unreadable ones first, then by their worst finding. `others` stay in the order of the file. */
export function problemsFirst(report: Report): { problems: ReportTarget[]; others: ReportTarget[] } {
  const open = openByAccount(report);
  const weight = (target: ReportTarget): number => {
    const worst = open.get(target.account)?.[0];
    if (target.status === 'unreadable') return 0;
    return worst === undefined ? ACCESS_ORDER.length + 1 : ACCESS_ORDER.indexOf(worst.access) + 1;
  };
  const isProblem = (target: ReportTarget): boolean =>
    target.status !== 'clean' || target.connection === 'broken' || open.has(target.account);
  return {
    problems: report.targets.filter(isProblem).sort((a, b) => weight(a) - weight(b)),
    others: report.targets.filter((target) => !isProblem(target)),
  };
}

function rank(rule: Rule): number {
  return RULE_RANK.get(rule) ?? RULE_RANK.size;
}
