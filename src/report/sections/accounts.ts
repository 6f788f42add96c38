import { cut } from '../../text/visible.ts';
import { isExcepted, openByAccount, problemsFirst } from '../model/order.ts';
import type { Report, ReportFinding, ReportTarget } from '../model/schema.ts';
import type { Row, Section } from './fit.ts';
import { cellCode, code, detailsFrame, plain, tableHead, tableRow } from './markdown.ts';
import { count, kinds } from './verdict.ts';

const TITLES: readonly string[] = ['Account', 'Connection', 'Grant', 'Trust', 'Permissions', 'Status', 'Owner'];
/** A table of that many accounts is read without folding. */
const FOLD_ABOVE = 15;
const MAX_NAME = 80;

/**
 * The table of accounts, a row each: the hub and what needs a look first; the others folded away where there are many.
 *
 * @param ranks of a row that needs a look and of one that doesn't
 */
export function accountSections(report: Report, ranks: { problem: number; other: number }): Section[] {
  const { problems, others } = problemsFirst(report);
  const writeRow = rowWriter(report);
  const hub = { text: writeRow.hub, rank: ranks.problem, weight: 1 };
  const rows = (targets: readonly ReportTarget[], rank: number): Row[] =>
    targets.map((target) => ({ text: () => writeRow.target(target), rank, weight: 1 }));
  const head = tableHead(TITLES);
  const leftOut = (number: number): string => `_${count(number, 'more account')} not shown here._`;
  if (report.targets.length <= FOLD_ABOVE) {
    const all = [hub, ...rows(problems, ranks.problem), ...rows(others, ranks.other)];
    return [{ open: `\n## Accounts\n\n${head}`, rows: all, close: '', leftOut }];
  }
  const folded = detailsFrame(`${count(others.length, 'account')} without drift`);
  return [
    { open: `\n## Accounts\n\n${head}`, rows: [hub, ...rows(problems, ranks.problem)], close: '', leftOut },
    { open: `\n${folded.open}${head}`, rows: rows(others, ranks.other), close: folded.close, leftOut },
  ];
}

/**
 * `production` with the account id, both in code.
 *
 * @param show how code is written where the label goes: `code`, or `cellCode` in a table
 */
export function accountLabel(report: Report, show: (text: string) => string = code): (account: string) => string {
  const names = new Map(report.targets.map((target) => [target.account, target.name]));
  return (account) => {
    if (account === report.hub.account) return `${show(account)} (hub)`;
    const name = names.get(account) ?? null;
    return name === null ? show(account) : `${show(cut(name, MAX_NAME))} ${show(account)}`;
  };
}

function rowWriter(report: Report): { hub: () => string; target: (target: ReportTarget) => string } {
  const open = openByAccount(report);
  const accepted = new Map<string, number>();
  for (const { account } of report.findings.filter(isExcepted)) accepted.set(account, (accepted.get(account) ?? 0) + 1);
  const label = accountLabel(report, cellCode);
  const state = (entry: Pick<ReportTarget, 'account' | 'status' | 'error'>): string =>
    status(entry, open.get(entry.account) ?? [], accepted.get(entry.account) ?? 0);
  return {
    hub: () => tableRow([label(report.hub.account), '–', '–', '–', '–', isToldElsewhere(report) ? '– see shard 1' : state(report.hub), '']),
    target: (target) =>
      tableRow([
        label(target.account),
        CONNECTION[target.connection],
        CHECK[target.checks.grant],
        CHECK[target.checks.trust],
        CHECK[target.checks.permissions],
        state(target),
        target.owner === null ? '' : cellCode(cut(target.owner, MAX_NAME)),
      ]),
  };
}

/** The hub's findings belong to the first shard: without them another one must not call the hub clean. */
function isToldElsewhere({ hub, run: { shard } }: Report): boolean {
  return shard !== null && shard.index !== 1 && hub.status !== 'unreadable';
}

const CONNECTION = { works: '✅ works', broken: '❌ broken', unknown: '❔ unknown' } as const;
const CHECK = { ok: '✅ as agreed', drifted: '❌ drift', unknown: '❔ unknown' } as const;

function status({ status: own, error }: Pick<ReportTarget, 'status' | 'error'>, open: readonly ReportFinding[], accepted: number): string {
  const found = open.length === 0 ? '' : `${count(open.length, 'finding')}: ${kinds(open)}`;
  const extra = accepted === 0 ? '' : `; ${accepted} accepted`;
  if (own === 'unreadable') {
    const why = error === null ? '' : `: ${plain(cut(error.code, MAX_NAME))}`;
    return `⚠️ **unreadable**${why}${found === '' ? '' : `; ${found}`}${extra}`;
  }
  return found === '' ? `✅ no drift${extra}` : `❌ ${found}${extra}`;
}
