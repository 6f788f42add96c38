import { cut, sentence, stop } from '../../text/visible.ts';
import type { Fold } from '../model/fold.ts';
import { RULE_TEXTS } from '../model/rule-texts.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import { type DiffBounds, difference } from './diff.ts';
import { locationLink, type Whereabouts } from './links.ts';
import { code, details, fenced, html, htmlCode, plain } from './markdown.ts';
import { ACCESS_TEXTS, count } from './verdict.ts';

/** How much is told of each finding; a job's summary has room for more than an issue. */
export interface Detail {
  readonly diff: DiffBounds;
  /** Lines of explanation. */
  readonly explanation: number;
  /** Accounts of a folded finding that are listed, with their place in the file. */
  readonly accounts: number;
  /** Accounts of a folded finding whose repair commands are shown. */
  readonly commands: number;
  /** UTF-16 units of any single text. */
  readonly text: number;
}

/** Renders folds of findings: each one a `<details>` with all that somebody needs who is woken by it. Markdown. */
export function findingWriter(report: Report, where: Whereabouts, detail: Detail): (fold: Fold) => string {
  const label = accountLabel(report);
  const names = accountLabel(report, htmlCode);
  return (fold) => {
    const { first } = fold;
    const texts = RULE_TEXTS[first.rule];
    const parts = [
      `${plain(stop(cut(first.message, detail.text)))}\n`,
      `${texts.meaning} **What to do:** ${texts.remedy}\n`,
      bullets([
        `Access: **${first.access}**, ${ACCESS_TEXTS[first.access].meaning}`,
        `Has to change: ${code(cut(first.resource, detail.text))}${fold.findings.length > 1 ? ' and its like' : ''}`,
        ...accountLines(fold, label, where, detail),
        ...explained(first, detail),
        ...exceptionLine(first),
        ...repairLine(first),
        ...values(first),
      ]),
      comparison(first, detail),
      commands(fold, report, detail),
    ];
    return `${details(title(fold, names), parts.filter((part) => part !== '').join('\n'))}\n`;
  };
}

/** One line of HTML: access, rule, and the account or how many. */
function title({ first, findings }: Fold, label: (account: string) => string): string {
  const where = findings.length > 1 ? count(findings.length, 'account') : label(first.account);
  return `${ACCESS_TEXTS[first.access].emoji} <b>${first.access}</b>: ${html(RULE_TEXTS[first.rule].title)} (${htmlCode(first.rule)}), ${where}`;
}

function bullets(lines: readonly string[]): string {
  return `${lines.map((line) => `- ${line}`).join('\n')}\n`;
}

function accountLines({ findings }: Fold, label: (account: string) => string, where: Whereabouts, detail: Detail): string[] {
  const place = (finding: ReportFinding): string => `${label(finding.account)} (stated in ${locationLink(finding.location, where)})`;
  if (findings.length === 1) return [`Account: ${place(findings[0])}`];
  const shown = findings.slice(0, detail.accounts);
  const more = findings.length - shown.length;
  return [
    `The same in ${count(findings.length, 'account')}: ${shown.map(place).join(', ')}${more > 0 ? ` and ${count(more, 'more account')}` : ''}`,
  ];
}

function explained({ explanation, witness }: ReportFinding, detail: Detail): string[] {
  const more = explanation.length - detail.explanation;
  return [
    ...explanation.slice(0, detail.explanation).map((line) => plain(cut(line, detail.text))),
    ...(more > 0 ? [`… ${count(more, 'more line')} of explanation in the report`] : []),
    ...(witness === null || witness === '' ? [] : [`For example, ${code(cut(witness, detail.text))}`]),
  ];
}

/** Why an exception does or doesn't cover it; nothing where there is none. */
export function exceptionLine({ exception }: ReportFinding): string[] {
  if (exception === null) return [];
  const who = `${code(cut(exception.owner, MAX_LABEL))}: ${plain(cut(exception.reason, MAX_REASON))}`;
  return [
    exception.expired
      ? `**The exception ran out on ${plain(exception.expires)}** (${who})`
      : `Accepted until ${plain(exception.expires)} by ${who}`,
  ];
}

/** A role's trust and policies are put back in several commands, with their documents. */
const MAX_COMMAND = 6_000;
const MAX_LABEL = 100;
const MAX_REASON = 500;

const REPAIR = {
  none: 'No automatic repair',
  planned: 'A repair run would repair this',
  applied: 'Repaired, but AWS does not show it yet',
  verified: 'Repaired, and seen to be',
  failed: '**The repair failed**',
  refused: '**The repair was refused**',
} as const;

function repairLine({ fix }: ReportFinding): string[] {
  if (fix.reason === '') return fix.status === 'none' ? [] : [REPAIR[fix.status]];
  return [`${REPAIR[fix.status]}: ${plain(cut(fix.reason, MAX_REASON))}`];
}

function values({ desired, live }: ReportFinding): string[] {
  if (!isShort(desired) || !isShort(live) || isNothing(desired ?? live)) return [];
  return [`Expected: ${scalar(desired)}`, `Found: ${scalar(live)}`];
}

function comparison(finding: ReportFinding, detail: Detail): string {
  if (isShort(finding.desired) && isShort(finding.live)) return '';
  const diff = difference(finding, detail.diff);
  return diff === '' ? '' : `Expected (\`-\`) and found (\`+\`):\n\n${fenced(diff, 'diff')}`;
}

function isShort(value: unknown): value is string | number | boolean | null | undefined {
  if (typeof value === 'string') return value.length <= MAX_LABEL && !value.includes('\n');
  return isNothing(value) || typeof value === 'number' || typeof value === 'boolean';
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function scalar(value: string | number | boolean | null | undefined): string {
  return isNothing(value) ? 'nothing' : code(String(value));
}

function commands({ findings }: Fold, report: Report, detail: Detail): string {
  const repairable = findings.filter((finding) => finding.fix.command !== '' && finding.fix.status !== 'verified');
  if (repairable.length === 0) return '';
  const shown = repairable.slice(0, detail.commands);
  const more = repairable.length - shown.length;
  // Half a command would be worse than none.
  const whole = ({ command }: ReportFinding['fix']): string =>
    command.length > MAX_COMMAND ? '# too long for this page: see the report' : command;
  const text = shown.map(({ account, fix }) => `# in account ${sentence(account)}\n${whole(fix)}`).join('\n');
  const masked = isMasked(report) ? ' (account ids are shortened here, the report has them whole)' : '';
  const rest = more > 0 ? `The report has the commands of ${count(more, 'more account')}.\n` : '';
  return `To repair by hand, with credentials of the account that is named${masked}:\n\n${fenced(text, 'sh')}${rest === '' ? '' : `\n${rest}`}`;
}

/** Whether the report went through `maskReport`. */
export function isMasked(report: Report): boolean {
  return report.hub.account.startsWith('…');
}
