import { isExcepted } from '../../drift/exceptions.ts';
import { placeOf } from '../../state/rules.ts';
import { grouped } from '../../text/grouped.ts';
import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import { utcDay } from '../../time/days.ts';
import { accessCounts } from '../model/access-texts.ts';
import { type OpenByAccount, openByAccount, problemsFirst } from '../model/order.ts';
import type { Report, ReportFinding, ReportTarget } from '../model/schema.ts';
import { cellCode, code, detailsFrame, plain, tableHead, tableRow } from './markdown.ts';
import { listSection, type Row, type Section } from './page.ts';

const TITLES: readonly string[] = ['Account', 'Connection', 'Grant', 'Trust', 'Permissions', 'Status', 'Owner', 'Last used'];
/** Accounts that need attention and are shown at once; the others are collapsed. */
const MOST_SHOWN = 15;
/** Accounts without drift that are not worth a fold. */
const FEW_CLEAN = 3;
const MAX_NAME = 80;

/**
 * The table of accounts: the hub first, then the accounts that need attention, the worst first and at once, then the others, which are collapsed.
 *
 * @param ranks of the rows that need attention, and of the others
 */
export function accountSections(report: Report, ranks: { problem: number; other: number }): Section[] {
  const open = openByAccount(report);
  const { problems, others } = problemsFirst(report, open);
  const writeRow = rowWriter(report, open);
  const hub = { text: writeRow.hub, rank: ranks.problem, weight: 1 };
  const rows = (targets: readonly ReportTarget[], rank: number): Row[] =>
    targets.map((target) => ({ text: () => writeRow.target(target), rank, weight: 1 }));
  const head = tableHead(TITLES);
  if (others.length <= FEW_CLEAN && problems.length <= MOST_SHOWN) {
    const all = [hub, ...rows(problems, ranks.problem), ...rows(others, ranks.other)];
    return [listSection(`\n## Accounts\n\n${head}`, all, 'more account')];
  }
  const folded = (title: string, targets: readonly ReportTarget[], rank: number): Section => {
    const frame = detailsFrame(title);
    return listSection(`\n${frame.open}${head}`, rows(targets, rank), 'more account', frame.close);
  };
  const further = problems.slice(MOST_SHOWN);
  return [
    listSection(`\n## Accounts\n\n${head}`, [hub, ...rows(problems.slice(0, MOST_SHOWN), ranks.problem)], 'more account'),
    folded(`${plural(further.length, 'more account')} with drift`, further, ranks.problem),
    folded(`${plural(others.length, 'account')} without drift`, others, ranks.other),
  ];
}

/**
 * The account's name and id, both as code.
 *
 * @param show writes code where the label goes: `code`, or `cellCode` in a table
 */
export function accountLabel(report: Report, show: (text: string) => string = code): (account: string) => string {
  const names = new Map(report.targets.map((target) => [target.account, target.name]));
  return (account) => {
    if (account === report.hub.account) return `${show(account)} (hub)`;
    const name = names.get(account) ?? null;
    return name === null ? show(account) : `${show(cut(name, MAX_NAME))} ${show(account)}`;
  };
}

function rowWriter(report: Report, open: OpenByAccount): { hub: () => string; target: (target: ReportTarget) => string } {
  const accepted = grouped(report.findings.filter(isExcepted), ({ account }) => account);
  const label = accountLabel(report, cellCode);
  const state = (
    entry: Pick<ReportTarget, 'account' | 'status' | 'error'>,
    place: 'hub' | 'target',
    connection?: ReportTarget['connection'],
  ): string => {
    // The hub may be a target too: then it has two rows.
    const isOfRow = (finding: ReportFinding) => placeOf(finding, report.hub.account) === place || entry.account !== report.hub.account;
    const own = (by: OpenByAccount): ReportFinding[] => (by.get(entry.account) ?? []).filter(isOfRow);
    return status(entry, own(open), own(accepted).length, connection, open.has(report.hub.account));
  };
  return {
    hub: () => tableRow([label(report.hub.account), '–', '–', '–', '–', state(report.hub, 'hub'), '', '–']),
    target: (target) =>
      tableRow([
        label(target.account),
        CONNECTION[target.connection],
        CHECK[target.checks.grant],
        CHECK[target.checks.trust],
        CHECK[target.checks.permissions],
        state(target, 'target', target.connection),
        target.owner === null ? '' : cellCode(cut(target.owner, MAX_NAME)),
        target.lastUsed === null ? '–' : utcDay(new Date(target.lastUsed)),
      ]),
  };
}

const CONNECTION = { works: '✅', broken: '❌ broken', unknown: '❔ unknown' } as const;
const CHECK = { ok: '✅', drifted: '❌ drift', unknown: '❔ unknown' } as const;

/** An account that has drifted says so, even where the findings are the hub's: a missing group takes the grants of all its targets along. */
function status(
  { status: own, error }: Pick<ReportTarget, 'status' | 'error'>,
  open: readonly ReportFinding[],
  accepted: number,
  connection: ReportTarget['connection'] | undefined,
  isHubDrifted: boolean,
): string {
  const found = open.length === 0 ? '' : `${plural(open.length, 'finding')}: ${accessCounts(open)}`;
  const extra = accepted === 0 ? '' : `; ${accepted} accepted`;
  if (own === 'unreadable') {
    const why = error === null ? '' : `: ${plain(cut(error.code, MAX_NAME))}`;
    return `⚠️ **unreadable**${why}${found === '' ? '' : `; ${found}`}${extra}`;
  }
  if (found !== '') return `❌ ${found}${extra}`;
  if (connection === 'broken') return `❌ cannot be reached${accepted === 0 && isHubDrifted ? ': see the hub' : ''}${extra}`;
  return own === 'drifted' ? `❌ drift: see the hub${extra}` : `✅ no drift${extra}`;
}
