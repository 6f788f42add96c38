import { isExcepted } from '../../drift/exceptions.ts';
import { RULES } from '../../state/rules.ts';
import { grouped } from '../../text/grouped.ts';
import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import { utcDay } from '../../time/days.ts';
import { accessCounts } from '../model/access-texts.ts';
import { accountsOfTargets, namesOfAccounts, placeKey, type ReportAccount } from '../model/accounts.ts';
import { type OpenByPlace, openByPlace, problemsFirst } from '../model/order.ts';
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
 * The table of accounts: the hub first, then the accounts that need attention, the worst first and at once, then the others, which are collapsed. The roles of
 * an account stand together.
 *
 * @param ranks of the rows that need attention, and of the others
 */
export function accountSections(report: Report, ranks: { problem: number; other: number }): Section[] {
  const open = openByPlace(report);
  const writer = rowWriter(report, open);
  const accounts = accountsOfTargets(report.targets);
  const ofHub = accounts.find(({ account }) => account === report.hub.account);
  const { problems, others } = problemsFirst(
    accounts.filter((account) => account !== ofHub),
    open,
  );
  const hub = { text: () => writer.hub(ofHub), rank: ranks.problem, weight: 1 };
  const rows = (some: readonly ReportAccount[], rank: number): Row[] =>
    some.map((account) => ({ text: () => writer.account(account), rank, weight: 1 }));
  const head = tableHead(TITLES);
  if (others.length <= FEW_CLEAN && problems.length <= MOST_SHOWN) {
    const all = [hub, ...rows(problems, ranks.problem), ...rows(others, ranks.other)];
    return [listSection(`\n## Accounts\n\n${head}`, all, 'more account')];
  }
  const folded = (title: string, some: readonly ReportAccount[], rank: number): Section => {
    const frame = detailsFrame(title);
    return listSection(`\n${frame.open}${head}`, rows(some, rank), 'more account', frame.close);
  };
  const further = problems.slice(MOST_SHOWN);
  return [
    listSection(`\n## Accounts\n\n${head}`, [hub, ...rows(problems.slice(0, MOST_SHOWN), ranks.problem)], 'more account'),
    folded(`${plural(further.length, 'more account')} with drift`, further, ranks.problem),
    folded(`${plural(others.length, 'account')} without drift`, others, ranks.other),
  ];
}

/**
 * The account's name and id, both as code. It has a name if all its targets have the same.
 *
 * @param show writes code where the label goes: `code`, or `cellCode` in a table
 */
export function accountLabel(report: Report, show: (text: string) => string = code): (account: string) => string {
  const names = namesOfAccounts(report);
  return (account) => {
    if (account === report.hub.account) return `${show(account)} (hub)`;
    const name = names.get(account);
    return name === undefined ? show(account) : `${show(cut(name, MAX_NAME))} ${show(account)}`;
  };
}

interface RowWriter {
  /** @param ofTargets the hub account's own targets, if it has any */
  readonly hub: (ofTargets: ReportAccount | undefined) => string;
  readonly account: (account: ReportAccount) => string;
}

function rowWriter(report: Report, open: OpenByPlace): RowWriter {
  const accepted = grouped(report.findings.filter(isExcepted), placeKey);
  const label = accountLabel(report, cellCode);
  const state = (entry: RowState): string => {
    const key = placeKey(entry);
    return status(entry, open.get(key) ?? [], accepted.get(key)?.length ?? 0, open.has(HUB));
  };
  const row = (target: ReportTarget, account: string, shared: string | undefined): string =>
    tableRow([
      account,
      CONNECTION[target.connection],
      CHECK[target.checks.grant],
      CHECK[target.checks.trust],
      CHECK[target.checks.permissions],
      state({ ...target, shared }),
      target.owner === null ? '' : cellCode(cut(target.owner, MAX_NAME)),
      target.lastUsed === null ? '–' : utcDay(new Date(target.lastUsed)),
    ]);
  const roleRow = (target: ReportTarget, lead: string, inAccount: ReportAccount): string => {
    const names = new Set(inAccount.targets.map(({ name }) => name));
    const own = target.name === null || names.size === 1 ? '' : `${cellCode(cut(target.name, MAX_NAME))} `;
    return row(target, `${lead} ${own}${cellCode(target.roleName)}`, sharedBy(target, inAccount, open));
  };
  return {
    hub: (ofTargets) => {
      const hub = state({ ...report.hub, roleArn: null, connection: undefined, shared: undefined });
      const own = ofTargets?.targets.map((target) => roleRow(target, NEXT_ROLE, ofTargets)) ?? [];
      return [tableRow([label(report.hub.account), '–', '–', '–', '–', hub, '', '–']), ...own].join('');
    },
    account: (account) => {
      const [first, ...others] = account.targets;
      if (first === undefined) return '';
      if (others.length === 0) return row(first, label(account.account), undefined);
      return [roleRow(first, label(account.account), account), ...others.map((target) => roleRow(target, NEXT_ROLE, account))].join('');
    },
  };
}

/** Before a further role of the account above. */
const NEXT_ROLE = '↳';

const HUB = placeKey({ roleArn: null });

/** The role in whose row what the account has once is counted, if this one has drifted by nothing of its own. */
function sharedBy(target: ReportTarget, { account, targets }: ReportAccount, open: OpenByPlace): string | undefined {
  if (open.has(placeKey(target))) return undefined;
  const isShared = ({ rule }: ReportFinding) => RULES[rule].ofAccount === true;
  return targets.find((other) => other.account === account && open.get(placeKey(other))?.some(isShared))?.roleName;
}

/** What the status of a row is made from. */
interface RowState extends Pick<ReportTarget, 'status' | 'error'> {
  /** `null`: the hub. */
  readonly roleArn: string | null;
  readonly connection: ReportTarget['connection'] | undefined;
  readonly shared: string | undefined;
}

const CONNECTION = { works: '✅', broken: '❌ broken', unknown: '❔ unknown' } as const;
const CHECK = { ok: '✅', drifted: '❌ drift', unknown: '❔ unknown' } as const;

/** An account that has drifted says so, even where the findings are the hub's: a missing group takes the grants of all its targets along. */
function status(
  { status: own, error, connection, shared }: RowState,
  open: readonly ReportFinding[],
  accepted: number,
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
  if (own !== 'drifted') return `✅ no drift${extra}`;
  return `❌ drift: see ${shared === undefined ? 'the hub' : cellCode(shared)}${extra}`;
}
