import { plural } from '../../text/plural.ts';
import { accountsOfTargets } from '../model/accounts.ts';
import { neutralizers } from '../model/fold.ts';
import { isOpen } from '../model/order.ts';
import type { Report, ReportCall } from '../model/schema.ts';
import { accountSets } from './account-sets.ts';
import { code, detailsFrame, html, plainSentence } from './markdown.ts';
import { listSection, type Row, type Section } from './page.ts';

type ReportPlan = NonNullable<Report['plan']>;

const EFFECT: Readonly<Record<ReportCall['effect'], string>> = {
  grant: 'grants',
  revoke: 'revokes',
  both: 'grants and revokes',
  neither: 'no change in access',
};
const MAX_PURPOSE = 600;
const MAX_REFUSAL = 1_000;

/**
 * The calls of the report's plan, collapsed, in the order in which they are made, each under its account. Targets with the same calls are one entry.
 * The reason for refusing the plan stands before the collapsed part. Without calls the section has no rows.
 *
 * @param rank of the rows
 * @param heading in Markdown, with its `#` marks
 */
export function planSection(report: Report, rank: number, heading = '## What a repair run would do'): Section {
  const { plan } = report;
  const frame = detailsFrame(plan === null ? '' : html(planCounts(plan)));
  const which = accountSets(report);
  const rows = stretches(report, plan?.calls ?? []).flatMap(({ accounts, calls }, position) =>
    calls.map((call, index): Row => {
      const title = index === 0 ? `${position === 0 ? '' : '\n'}${stretchTitle(accounts, which(accounts))}\n\n` : '';
      return { text: () => `${title}${callLine(call)}`, rank, weight: accounts.length };
    }),
  );
  const open = `\n${heading}\n\n${plan === null ? '' : refusalLine(plan)}${leftLine(report)}${frame.open}`;
  return listSection(open, rows, 'more call', frame.close);
}

/** Shown are the calls of the first account. */
function stretchTitle({ length }: readonly string[], which: string): string {
  return length === 1 ? `**${which}**` : `**${plural(length, 'account')}** (${which}), the same calls in each, shown for the first:`;
}

/** Consecutive calls in one account, and in every account with the same calls. */
interface Stretch {
  readonly accounts: string[];
  /** The calls of the first account. */
  readonly calls: ReportCall[];
}

function stretches(report: Report, calls: readonly ReportCall[]): readonly Stretch[] {
  const runs: Stretch[] = [];
  for (const call of calls) {
    const last = runs.at(-1);
    if (last?.accounts[0] === call.account) last.calls.push(call);
    else runs.push({ accounts: [call.account], calls: [call] });
  }
  const alike = new Map<string, Stretch>();
  const keyOf = neutralKeys(report);
  for (const run of runs) {
    const key = keyOf(run, alike.size);
    const first = alike.get(key);
    if (first === undefined) alike.set(key, run);
    else first.accounts.push(...run.accounts);
  }
  return [...alike.values()];
}

/** A key that is the same for targets with the same calls, leaving out each target's own id, name and role. Stretches in the hub are never grouped. */
function neutralKeys(report: Report): (stretch: Stretch, turn: number) => string {
  const neutral = neutralizers(report);
  const inAccounts = new Map(accountsOfTargets(report.targets).map(({ account, targets }) => [account, targets]));
  return ({ accounts: [account = ''], calls }, turn) => {
    if (account === report.hub.account) return String(turn);
    const text = JSON.stringify(calls.map(({ action, effect, purpose }) => [action, effect, purpose]));
    const labels = (inAccounts.get(account) ?? []).map(({ name }) => `${name ?? ''} (${account})`);
    return neutral(
      account,
      labels.reduce((unnamed, label) => unnamed.replaceAll(label, account), text),
    );
  };
}

/** `5 calls in 3 accounts; roles that get access: 2 of at most 20, roles that lose it: 3 of at most 20`. */
function planCounts({ calls, grants, revocations, limits }: ReportPlan): string {
  const accounts = new Set(calls.map(({ account }) => account)).size;
  const used = `roles that gain access: ${grants} of at most ${limits.maxGrants}; roles that lose access: ${revocations} of at most ${limits.maxRevocations}`;
  return `${plural(calls.length, 'call')} in ${plural(accounts, 'account')}; ${used}`;
}

function refusalLine({ refusal }: ReportPlan): string {
  return refusal === null ? '' : `**It would make none of these calls:** ${plainSentence(refusal, MAX_REFUSAL)}\n\n`;
}

function leftLine({ plan, findings }: Report): string {
  const repaired = new Set(plan?.calls.flatMap((call) => call.findings));
  const left = findings.filter((finding) => isOpen(finding) && !repaired.has(finding.id)).length;
  return left === 0 ? '' : `It would not repair ${plural(left, 'finding')}. Each finding states the reason.\n\n`;
}

function callLine({ action, effect, purpose, condition }: ReportCall): string {
  const only = condition === '' ? '' : ` ${plainSentence(condition, MAX_PURPOSE)}`;
  return `- ${EFFECT[effect]}: ${plainSentence(purpose, MAX_PURPOSE)} ${code(action)}${only}\n`;
}
