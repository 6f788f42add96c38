import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import { type ErrorGroup, groupErrors } from '../model/error-groups.ts';
import type { Report } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import { code, plainSentence } from './markdown.ts';
import { listSection, type Row, type Section } from './page.ts';

export const UNREAD_INTRO = 'The state of these is unknown until they can be read. Earlier findings in them remain open.';
const MAX_WORD = 200;
const MAX_TEXT = 1_000;
const MAX_ACCOUNTS = 200;

/** Lists accounts that could not be read, with what to do about it. The same error in many accounts is one line. */
export function unreadSection(report: Report, rank: number): Section {
  const label = accountLabel(report);
  const rows = groupErrors(report).map((errors): Row => ({ text: () => line(errors, label), rank, weight: errors.length }));
  return listSection(
    report.summary.expected === 0 ? '\n## Errors\n\n' : `\n## Could not be read\n\n${UNREAD_INTRO}\n\n`,
    rows,
    'more error',
  );
}

function line(errors: ErrorGroup, label: (account: string) => string): string {
  const [{ code: name, message, call, advice }] = errors;
  const accounts = errors.flatMap(({ account }) => (account === '' ? [] : [label(account)]));
  const more = accounts.length > MAX_ACCOUNTS ? ` and ${plural(accounts.length - MAX_ACCOUNTS, 'more account')}` : '';
  const whose = accounts.length === 0 ? '' : `${accounts.slice(0, MAX_ACCOUNTS).join(', ')}${more}: `;
  const at = call === '' ? '' : ` at ${code(cut(call, MAX_WORD))}`;
  const help = advice === '' ? '' : ` **What to do:** ${plainSentence(advice, MAX_TEXT)}`;
  return `- ${whose}${code(cut(name, MAX_WORD))}${at}: ${plainSentence(message, MAX_TEXT)}${help}\n`;
}
