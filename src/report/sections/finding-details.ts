import { isDeepStrictEqual } from 'node:util';
import { plural } from '../../text/plural.ts';
import { cut, singleLine } from '../../text/visible.ts';
import { ACCESS_TEXTS } from '../model/access-texts.ts';
import type { Fold } from '../model/fold.ts';
import { isMasked } from '../model/masked-account.ts';
import { meaningOf, remedyOf } from '../model/rule-texts.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { organizationName } from '../model/subject.ts';
import { accountSets } from './account-sets.ts';
import { accountLabel } from './accounts.ts';
import { causeDetails } from './cause-line.ts';
import { type DiffBounds, difference } from './diff.ts';
import { exceptionBlock } from './exception-block.ts';
import { titleOfFold } from './finding-title.ts';
import { locationLink, type PageLinks } from './links.ts';
import { code, details, fenced, htmlCode, htmlText, plain, plainSentence } from './markdown.ts';

/** How much of each finding is shown. A job summary has room for more than an issue. */
export interface FindingBounds {
  readonly diff: DiffBounds;
  /** Lines of explanation. */
  readonly explanation: number;
  /** Accounts of a folded finding that are listed, each with its line in the file. */
  readonly accounts: number;
  /** Accounts of a folded finding whose repair commands are shown. */
  readonly commands: number;
  /** UTF-16 units of any single text. */
  readonly text: number;
}

/**
 * Renders folds of findings as `<details>` with everything that somebody on call needs. Markdown. What a rule means, and what to do about it, stands with
 * the first of its findings alone.
 */
export function findingRenderer(report: Report, links: PageLinks, bounds: FindingBounds): (fold: Fold, isFirstOfRule: boolean) => string {
  const label = accountLabel(report);
  return (fold, isFirstOfRule) => {
    const { first } = fold;
    const parts = [
      `${plainSentence(first.message, bounds.text)}\n`,
      isFirstOfRule ? `${meaningOf(first)} **What to do:** ${remedyOf(first)}\n` : '',
      bulletList([
        `Access: **${first.access}** (${ACCESS_TEXTS[first.access].meaning})`,
        `Resource: ${code(cut(first.resource, bounds.text))}${fold.findings.length > 1 ? ` and ${plural(fold.findings.length - 1, 'other')}` : ''}`,
        ...accountLines(fold, report, links, bounds),
        ...causeLines(fold, report, label),
        ...explanationLines(first, bounds),
        ...exceptionLines(first),
        ...repairLine(first),
        ...values(first),
      ]),
      comparison(first, bounds),
      commandBlock(fold, report, bounds),
      exceptionBlock(fold, report, bounds.commands),
    ];
    return `${details(title(fold, report), parts.filter((part) => part !== '').join('\n'))}\n`;
  };
}

/** One line of HTML: the fact, where it is, access and rule. */
function title(fold: Fold, report: Report): string {
  const { access, rule } = fold.first;
  return `${ACCESS_TEXTS[access].emoji} <b>${htmlText(titleOfFold(fold, report))}</b>: ${access} (${htmlCode(rule)})`;
}

function bulletList(lines: readonly string[]): string {
  return `${lines.map((line) => `- ${line}`).join('\n')}\n`;
}

function accountLines({ first, findings, accounts }: Fold, report: Report, links: PageLinks, bounds: FindingBounds): string[] {
  const label = accountLabel(report);
  const stated = ({ location }: ReportFinding) => ` (stated in ${locationLink(location, links)})`;
  if (findings.length === 1) return [`Account: ${accountText(first, label, accounts[0])}${stated(first)}`];
  const count = `The same in ${plural(findings.length, 'account')}`;
  // What a class or the defaults state is stated once.
  const isOnce = findings.every(({ location }) => isDeepStrictEqual(location, first.location));
  const isNamed = findings.some((finding) => organizationName(finding) !== undefined);
  if (isOnce && !isNamed) return [`${count}${stated(first)}: ${accountSets(report, bounds.accounts)(accounts)}`];
  const shown = findings.slice(0, bounds.accounts);
  const more = findings.length - shown.length;
  const list = shown.map((finding, index) => `${accountText(finding, label, accounts[index])}${isOnce ? '' : stated(finding)}`).join(', ');
  return [`${count}${isOnce ? stated(first) : ''}: ${list}${more > 0 ? ` and ${plural(more, 'more account')}` : ''}`];
}

/** The account that a finding is about, with the name that AWS has for it where the file has none. */
function accountText(finding: ReportFinding, label: (account: string) => string, account = finding.account): string {
  const name = organizationName(finding);
  return `${name === undefined ? '' : `${code(cut(name, MAX_LABEL))} `}${label(account)}`;
}

/** Accounts of a folded finding whose causes are shown, where they differ. */
const MOST_CAUSES = 3;

/** Once where it is the same in all the accounts, such as one deployment; else of the first few, each with its account. */
function causeLines({ findings }: Fold, report: Report, label: (account: string) => string): string[] {
  const texts = findings.flatMap((finding) => {
    const text = causeDetails(finding, report);
    return text === '' ? [] : [{ account: finding.account, text }];
  });
  const [first] = texts;
  if (first === undefined) return [];
  if (texts.every(({ text }) => text === first.text)) return [first.text];
  const more = texts.length - MOST_CAUSES;
  return [
    ...texts.slice(0, MOST_CAUSES).map(({ account, text }) => `${label(account)}: ${text}`),
    ...(more > 0 ? [`The report contains the cause for ${plural(more, 'more account')}`] : []),
  ];
}

function explanationLines({ explanation, witness }: ReportFinding, bounds: FindingBounds): string[] {
  const more = explanation.length - bounds.explanation;
  return [
    ...explanation.slice(0, bounds.explanation).map((line) => plain(cut(line, bounds.text))),
    ...(more > 0 ? [`… ${plural(more, 'more line')} of explanation in the report`] : []),
    ...(witness === null || witness === '' ? [] : [`For example, ${code(cut(witness, bounds.text))}`]),
  ];
}

/** Says whether the finding's exception accepts it; empty without an exception. */
export function exceptionLines({ exception }: ReportFinding): string[] {
  if (exception === null) return [];
  const who = `${code(cut(exception.owner, MAX_LABEL))}: ${plain(cut(exception.reason, MAX_REASON))}`;
  return [
    exception.expired
      ? `**The exception expired on ${plain(exception.expires)}** (${who})`
      : `Accepted until ${plain(exception.expires)} by ${who}`,
  ];
}

/** UTF-16 units. The repair of a role takes several commands that contain whole documents. */
const MAX_COMMAND = 6_000;
const MAX_LABEL = 100;
const MAX_REASON = 500;

export const REPAIR_TEXTS = {
  none: 'No automatic repair',
  planned: 'A repair run would repair this',
  applied: 'Repaired, but not yet visible in AWS',
  verified: 'Repaired and verified',
  failed: 'The repair failed',
  refused: 'The repair was refused',
} as const;

function repairLine({ fix }: ReportFinding): string[] {
  const text = REPAIR_TEXTS[fix.status];
  const stressed = fix.status === 'failed' || fix.status === 'refused' ? `**${text}**` : text;
  if (fix.reason === '') return fix.status === 'none' ? [] : [stressed];
  return [`${stressed}: ${plain(cut(fix.reason, MAX_REASON))}`];
}

function values({ desired, live }: ReportFinding): string[] {
  if (!isShort(desired) || !isShort(live) || isNothing(desired ?? live)) return [];
  return [`Expected: ${scalar(desired)}`, `Found: ${scalar(live)}`];
}

/** Documents and long texts. Of what else has more than one value (a key, a tag, a quota) the message says enough. */
function comparison(finding: ReportFinding, bounds: FindingBounds): string {
  if (![finding.desired, finding.live].some(isComparable)) return '';
  const diff = difference(finding, bounds.diff);
  return diff === '' ? '' : `Expected (\`-\`) and found (\`+\`):\n\n${fenced(diff, 'diff')}`;
}

function isComparable(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return 'Statement' in value || 'document' in value;
  return !isShort(value);
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

function commandBlock({ findings }: Fold, report: Report, bounds: FindingBounds): string {
  const repairable = findings.filter(({ fix }) => fix.command !== '' && fix.status !== 'verified');
  if (repairable.length === 0) return '';
  // Several findings may be repaired by the same call.
  const texts = [...new Set(repairable.map(({ fix }) => wholeCommand(fix)))];
  const shown = texts.slice(0, bounds.commands);
  const more = texts.length - shown.length;
  const masked = isMasked(report) ? ' (account ids are shortened here; the report contains them in full)' : '';
  const rest = more > 0 ? `The report contains the commands for ${plural(more, 'more account')}.\n` : '';
  return `To repair by hand, use credentials of the account in the comment${masked}:\n\n${fenced(shown.join('\n'), 'sh')}${rest === '' ? '' : `\n${rest}`}`;
}

/** Half a command would be worse than no command. */
function wholeCommand({ calls, command }: ReportFinding['fix']): string {
  if (command.length <= MAX_COMMAND) return command;
  const accounts = new Set(calls.map(({ account }) => singleLine(account)));
  return `# in account ${[...accounts].join(', ')}\n# too long for this page, see the report`;
}
