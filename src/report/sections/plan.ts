import { cut, stop } from '../../text/visible.ts';
import { neutralizers } from '../model/fold.ts';
import { isOpen } from '../model/order.ts';
import type { Report, ReportCall } from '../model/schema.ts';
import type { Row, Section } from './fit.ts';
import { code, detailsFrame, html, plain } from './markdown.ts';
import { accountList } from './requested-access.ts';
import { count } from './verdict.ts';

type ReportPlan = NonNullable<Report['plan']>;

const EFFECT: Readonly<Record<ReportCall['effect'], string>> = {
  grant: 'gives',
  revoke: 'takes',
  both: 'gives and takes',
  neither: 'nobody’s access differs',
};
const MAX_PURPOSE = 600;
const MAX_REFUSAL = 1_000;

/**
 * The calls of the report's plan, folded, in the order in which they are made and under the account in which each is made; targets with the same
 * calls are told as one. What refuses the plan stands before the fold. No rows where there is no call.
 *
 * @param report masked already where that is wanted
 * @param rank of its rows
 * @param heading with its marks
 */
export function planSection(report: Report, rank: number, heading = '## What a repair run would do'): Section {
  const { plan } = report;
  const fold = detailsFrame(plan === null ? '' : html(counts(plan)));
  const listed = accountList(report);
  const rows = stretches(report, plan?.calls ?? []).flatMap(({ accounts, calls }, place) =>
    calls.map((call, index): Row => {
      const title =
        index === 0
          ? `${place === 0 ? '' : '\n'}**${listed(accounts)}**${accounts.length > 1 ? ', each alike; told for the first:' : ''}\n\n`
          : '';
      return { text: () => `${title}${callLine(call)}`, rank, weight: accounts.length };
    }),
  );
  return {
    open: `\n${heading}\n\n${plan === null ? '' : refusalLine(plan)}${leftLine(report)}${fold.open}`,
    rows,
    close: fold.close,
    leftOut: (number) => `_${count(number, 'more call')} not shown here._`,
  };
}

/** Calls that follow one another in one account, or side by side in several. */
interface Stretch {
  readonly accounts: string[];
  /** Of the first account. */
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

/** The same for targets with the same calls, once each one's own id, name and role are left out. Each turn of the hub is told by itself. */
function neutralKeys(report: Report): (stretch: Stretch, turn: number) => string {
  const neutral = neutralizers(report);
  const names = new Map(report.targets.map(({ account, name }) => [account, name]));
  return ({ accounts: [account = ''], calls }, turn) => {
    if (account === report.hub.account) return String(turn);
    const told = JSON.stringify(calls.map(({ action, effect, purpose }) => [action, effect, purpose]));
    return neutral(account, told.replaceAll(`${names.get(account) ?? ''} (${account})`, account));
  };
}

/** `5 calls in 3 accounts: 2 of at most 20 give access, 3 of at most 20 take it away`. */
function counts({ calls, grants, revocations, limits }: ReportPlan): string {
  const accounts = new Set(calls.map(({ account }) => account)).size;
  const used = `${grants} of at most ${limits.maxGrants} give access, ${revocations} of at most ${limits.maxRevocations} take it away`;
  return `${count(calls.length, 'call')} in ${count(accounts, 'account')}: ${used}`;
}

function refusalLine({ refusal }: ReportPlan): string {
  return refusal === null ? '' : `**It would make none of these calls:** ${plain(stop(cut(refusal, MAX_REFUSAL)))}\n\n`;
}

function leftLine({ plan, findings }: Report): string {
  const repaired = new Set(plan?.calls.flatMap((call) => call.findings));
  const left = findings.filter((finding) => isOpen(finding) && !repaired.has(finding.id)).length;
  return left === 0 ? '' : `It would leave ${count(left, 'finding')} to people; each says why.\n\n`;
}

function callLine({ action, effect, purpose }: ReportCall): string {
  return `- ${EFFECT[effect]}: ${plain(stop(cut(purpose, MAX_PURPOSE)))} ${code(action)}\n`;
}
