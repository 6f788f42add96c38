import { cut, stop } from '../../text/visible.ts';
import type { Report, ReportChange } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import type { Row, Section } from './fit.ts';
import { code, plain } from './markdown.ts';
import { count } from './verdict.ts';

const MAX_TEXT = 1_000;
const MAX_NAME = 300;

const OUTCOME = {
  verified: '✅ made, and seen to be in effect',
  failed: '❌ failed',
  unverified: '❔ not seen to be in effect',
} as const;

/** What was written to AWS and what of the plan was not, for a run that may write; nothing for others. */
export function writtenSections(report: Report, ranks: { readonly problem: number; readonly made: number }): Section[] {
  const label = accountLabel(report);
  const made = report.changes.map((change): Row => {
    const text = `- ${OUTCOME[change.outcome]}: ${callText(change)} in ${label(change.account)}.${because(change)}\n`;
    return { text: () => text, rank: change.outcome === 'verified' ? ranks.made : ranks.problem, weight: 1 };
  });
  const left = byReason(report.notMade).map(({ reason, calls }): Row => {
    const lines = calls.map((call) => `  - ${callText(call)} in ${label(call.account)}\n`).join('');
    const text = `- ${plain(stop(cut(reason, MAX_TEXT)))}\n${lines}`;
    return { text: () => text, rank: ranks.problem, weight: calls.length };
  });
  return [
    {
      open: '\n## Not made\n\nThese calls were not sent to AWS.\n\n',
      rows: left,
      close: '',
      leftOut: (number) => `_${count(number, 'more call')} that were not made, not shown here._`,
    },
    { open: '\n## Written to AWS\n\n', rows: made, close: '', leftOut: (number) => `_${count(number, 'more change')} not shown here._` },
  ];
}

function because({ reason }: ReportChange): string {
  return reason === '' ? '' : ` ${plain(stop(cut(reason, MAX_TEXT)))}`;
}

/** `iam:AttachRolePolicy` with the names that say what of: documents are in the report. */
function callText({ action, input }: Pick<ReportChange, 'action' | 'input'>): string {
  const names = ['UserName', 'GroupName', 'RoleName', 'PolicyName', 'PolicyArn', 'PermissionsBoundary'].flatMap((key) => {
    const value = input[key];
    return typeof value === 'string' ? [code(cut(value, MAX_NAME))] : [];
  });
  return [code(cut(action, MAX_NAME)), ...names].join(' ');
}

interface Together {
  readonly reason: string;
  readonly calls: readonly Report['notMade'][number][];
}

function byReason(left: Report['notMade']): Together[] {
  return [...new Set(left.map(({ reason }) => reason))].map((reason) => ({ reason, calls: left.filter((call) => call.reason === reason) }));
}
