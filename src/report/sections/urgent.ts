import { isUrgent, RULES } from '../../state/rules.ts';
import { cut, singleLine } from '../../text/visible.ts';
import { isMasked } from '../model/masked-account.ts';
import { isOpen } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { plain, plainSentence } from './markdown.ts';

const MAX_TEXT = 500;
/** As it stands in the head of a page, which nothing shortens. All findings are in the list below. */
const MOST = 3;

/** The open findings that stand above everything else on a page: what happened and what to do now. Markdown; empty without any. */
export function urgentPart(report: Report): string {
  return urgentFindings(report)
    .map(({ rule, message, explanation }) => {
      const lines = explanation.slice(0, MOST).map((line) => `- ${plain(cut(line, MAX_TEXT))}\n`);
      const parts = [
        `## 🚨 ${RULES[rule].title}\n`,
        `${plainSentence(message, MAX_TEXT)}\n`,
        lines.join(''),
        `**What to do now:** ${RULES[rule].remedy}\n`,
        isMasked(report) ? 'Account and key ids are shortened here. The report contains them in full.\n' : '',
      ];
      return `${parts.filter((part) => part !== '').join('\n')}\n`;
    })
    .join('');
}

/** Their titles as sentences of plain text, for a line by itself. None of the texts comes from outside. */
export function urgentSentences(report: Report): readonly string[] {
  return [...new Set(urgentFindings(report).map(({ rule }) => `${RULES[rule].title}.`))];
}

/** The same as plain text for a log, one thing a line. */
export function urgentLines(report: Report): readonly string[] {
  return urgentFindings(report).flatMap(({ rule, message, explanation }) => {
    const { title, remedy } = RULES[rule];
    return [`${title}. ${message}`, ...explanation, `What to do now: ${remedy}`].map((line) => `urgent   ${singleLine(line)}`);
  });
}

/** At most as many as belong into the head of a page. */
export function urgentFindings({ findings }: Report): ReportFinding[] {
  return findings.filter((finding) => isUrgent(finding.rule) && isOpen(finding)).slice(0, MOST);
}
