import { grouped } from '../../text/grouped.ts';
import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import type { Report, ReportChange } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import { code, plainSentence } from './markdown.ts';
import { listSection, type Row, type Section } from './page.ts';

const MAX_TEXT = 1_000;
const MAX_NAME = 300;

export const OUTCOME_TEXTS = {
  verified: { emoji: '✅', text: 'made and verified' },
  failed: { emoji: '❌', text: 'failed' },
  unverified: { emoji: '❔', text: 'not verified' },
} as const;

/** Lists the changes that a run made in AWS, and the calls that it did not make. Empty for a run that may not write. */
export function changesSections(report: Report, ranks: { readonly problem: number; readonly made: number }): Section[] {
  const label = accountLabel(report);
  const made = report.changes.map((change): Row => {
    const { emoji, text: outcome } = OUTCOME_TEXTS[change.outcome];
    const text = `- ${emoji} ${outcome}: ${callText(change)} in ${label(change.account)}.${because(change)}\n`;
    return { text: () => text, rank: change.outcome === 'verified' ? ranks.made : ranks.problem, weight: 1 };
  });
  const notMade = [...grouped(report.notMade, ({ reason }) => reason)].map(([reason, calls]): Row => {
    const lines = calls.map((call) => `  - ${callText(call)} in ${label(call.account)}\n`).join('');
    const text = `- ${plainSentence(reason, MAX_TEXT)}\n${lines}`;
    return { text: () => text, rank: ranks.problem, weight: calls.length };
  });
  return [
    {
      open: '\n## Not attempted\n\nThese calls were not sent to AWS.\n\n',
      rows: notMade,
      close: '',
      leftOut: (number) => `_${plural(number, 'more call')} not attempted and not shown here._`,
    },
    listSection('\n## Written to AWS\n\n', made, 'more change'),
  ];
}

function because({ reason }: ReportChange): string {
  return reason === '' ? '' : ` ${plainSentence(reason, MAX_TEXT)}`;
}

/** `iam:AttachRolePolicy` with the names in its input. Documents are in the report. */
function callText({ action, input }: Pick<ReportChange, 'action' | 'input'>): string {
  return callWords({ action, input }).map(code).join(' ');
}

/** The action of a call and the names in its input. */
export function callWords({ action, input }: Pick<ReportChange, 'action' | 'input'>): readonly string[] {
  const names = ['UserName', 'GroupName', 'RoleName', 'PolicyName', 'PolicyArn', 'PermissionsBoundary'].flatMap((key) => {
    const value = input[key];
    return typeof value === 'string' ? [value] : [];
  });
  return [action, ...names].map((word) => cut(word, MAX_NAME));
}
