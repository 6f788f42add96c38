import { plural } from '../../text/plural.ts';
import { isOpen } from '../model/order.ts';
import { planSteps } from '../model/plan-steps.ts';
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
 * The calls of the report's plan, collapsed, in the order in which they are made, each under its account. Accounts with the same calls are one entry.
 * The reason for refusing the plan stands before the collapsed part. Without calls the section has no rows.
 *
 * @param rank of the rows
 * @param heading in Markdown, with its `#` marks
 */
export function planSection(report: Report, rank: number, heading = '## What a repair run would do'): Section {
  const { plan } = report;
  const frame = detailsFrame(plan === null ? '' : html(planCounts(plan)));
  const which = accountSets(report);
  const rows = planSteps(report, plan?.calls ?? []).flatMap(({ accounts, calls }, position) =>
    calls.map(({ first, roles }, index): Row => {
      const title = index === 0 ? `${position === 0 ? '' : '\n'}${stepTitle(accounts, which(accounts))}\n\n` : '';
      const others = roles.length === 1 ? '' : ` The same for ${which(roles)}.`;
      return { text: () => `${title}${callLine(first, others)}`, rank, weight: accounts.length * roles.length };
    }),
  );
  const open = `\n${heading}\n\n${plan === null ? '' : refusalLine(plan)}${leftLine(report)}${frame.open}`;
  return listSection(open, rows, 'more call', frame.close);
}

/** Shown are the calls of the first account. */
function stepTitle({ length }: readonly string[], which: string): string {
  return length === 1 ? `**${which}**` : `**${plural(length, 'account')}** (${which}), the same calls in each, shown for the first:`;
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

function callLine({ action, effect, purpose, condition }: ReportCall, others: string): string {
  const only = condition === '' ? '' : ` ${plainSentence(condition, MAX_PURPOSE)}`;
  return `- ${EFFECT[effect]}: ${plainSentence(purpose, MAX_PURPOSE)} ${code(action)}${only}${others}\n`;
}
