import { accountLabel } from './accounts.ts';
import type { Row, Section } from './fit.ts';
import { code, detailsFrame, html, plain } from './markdown.ts';
import { isOpen } from './order.ts';
import type { Report, ReportCall } from './schema.ts';
import { count } from './verdict.ts';
import { cut, stop } from './visible.ts';

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
 * The calls of the report's plan, folded, in the order in which they are made and under the account in which each is made; what refuses the plan
 * stands before the fold. No rows where there is no call.
 *
 * @param report masked already where that is wanted
 * @param rank of its rows
 */
export function planSection(report: Report, rank: number, title = 'What a repair run would do'): Section {
  const { plan } = report;
  const fold = detailsFrame(plan === null ? '' : html(counts(plan)));
  const rows = (plan?.calls ?? []).map((call, index, all): Row => {
    const isFirst = all[index - 1]?.account !== call.account;
    return { text: () => callLine(report, call, isFirst, index === 0), rank, weight: 1 };
  });
  return {
    open: `\n## ${title}\n\n${plan === null ? '' : refusalLine(plan)}${leftLine(report)}${fold.open}`,
    rows,
    close: fold.close,
    leftOut: (number) => `_${count(number, 'more call')} not shown here._`,
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

function callLine(report: Report, { account, action, effect, purpose }: ReportCall, isFirst: boolean, isTop: boolean): string {
  const heading = isFirst ? `${isTop ? '' : '\n'}**${accountLabel(report)(account)}**\n\n` : '';
  return `${heading}- ${EFFECT[effect]}: ${plain(stop(cut(purpose, MAX_PURPOSE)))} ${code(action)}\n`;
}
