import { accountList } from './asked-section.ts';
import type { Row, Section } from './fit.ts';
import { neutralizers } from './fold.ts';
import { plain } from './markdown.ts';
import type { Report } from './schema.ts';
import { count } from './verdict.ts';
import { cut } from './visible.ts';

type Plan = NonNullable<Report['plan']>;
type Call = Plan['calls'][number];

const MAX_TEXT = 300;
const CALLS = 12;
const MARK = { grant: '➕', revoke: '➖', both: '🔀', neither: '📝' } as const;

/** What a repair run would do: calls grouped by account, accounts with the same calls as one; and how many give and take access. */
export function planSection(report: Report, plan: Plan, rank: number): Section {
  const groups = byAccount(report, plan.calls);
  const rows = groups.map((group): Row => ({ text: () => row(group, report), rank, weight: group.accounts.length * group.calls.length }));
  const hint = plan.calls.length === 0 ? '' : '\n➕ gives access, ➖ takes it away, 🔀 does both, 📝 neither.\n';
  return {
    open: `\n### What a repair run would do after the merge\n\n${planText(plan)}\n${hint}\n`,
    rows,
    close: '',
    leftOut: (number) => `_${count(number, 'more call')} not shown here._`,
  };
}

function planText({ calls, grants, revocations, refusal }: Plan): string {
  const counted = `${count(calls.length, 'call')}: ${grants} that give access, ${revocations} that take it away.`;
  return refusal === null ? counted : `⚠️ **It would be refused:** ${plain(cut(refusal, MAX_TEXT))} (${counted})`;
}

interface Group {
  readonly accounts: string[];
  /** Of the first account. */
  readonly calls: readonly Call[];
}

function byAccount(report: Report, calls: readonly Call[]): readonly Group[] {
  const own = new Map<string, Call[]>();
  for (const call of calls) own.set(call.account, [...(own.get(call.account) ?? []), call]);
  const neutral = neutralizers(report);
  const groups = new Map<string, Group>();
  for (const [account, made] of own) {
    const told = JSON.stringify(made.map(({ effect, purpose }) => [effect, purpose]));
    const key = account === report.hub.account ? `${told} hub` : neutral(account, told);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { accounts: [account], calls: made });
    else group.accounts.push(account);
  }
  return [...groups.values()];
}

function row({ accounts, calls }: Group, report: Report): string {
  const where = accounts.length === 1 ? '' : `in **${count(accounts.length, 'account')}** each: `;
  const lines = calls.slice(0, CALLS).map(({ effect, purpose }) => `  - ${MARK[effect]} ${plain(cut(purpose, MAX_TEXT))}\n`);
  const more = calls.length - CALLS;
  const rest = more > 0 ? [`  - … ${count(more, 'more call')} in the report\n`] : [];
  return [`- ${where}${accountList(report)(accounts)}: ${count(calls.length, 'call')}\n`, ...lines, ...rest].join('');
}
