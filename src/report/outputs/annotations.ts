import { SEVERITIES } from '../../drift/severity.ts';
import { isUrgent } from '../../state/rules.ts';
import { logLine } from '../../text/log.ts';
import { plural } from '../../text/plural.ts';
import { cut, withFullStop } from '../../text/visible.ts';
import { groupErrors } from '../model/error-groups.ts';
import { type Fold, fold } from '../model/fold.ts';
import { isOpen, severityRank, worstFirst } from '../model/order.ts';
import { remedyOf } from '../model/rule-texts.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { titleOfFold } from '../sections/finding-title.ts';

export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** A note on a line of the desired-state file. Texts are plain, on one line, and safe to print. */
export interface FileAnnotation {
  readonly level: AnnotationLevel;
  readonly title: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const LEVELS: readonly AnnotationLevel[] = ['error', 'warning', 'notice'];

/**
 * GitHub shows 10 annotations of a level for a step and silently drops the others. One error and two warnings stay free for messages of the step
 * itself: that it failed, and which of GitHub's permissions it lacks.
 */
const ROOM: Readonly<Record<AnnotationLevel, number>> = { error: 9, warning: 8, notice: 10 };

const MAX_TITLE = 200;
const MAX_MESSAGE = 1_200;
const LISTED_ACCOUNTS = 10;

/** Accounts that could not be read come after what is known to be worst, and before what merely is more than agreed: they may hold anything. */
const UNREAD_RANK = SEVERITIES.indexOf('administrator') + 0.5;

/**
 * Annotations, worst first: for the open findings, and for accounts that could not be read. The same change in many accounts is one annotation. If a level
 * has more than GitHub shows, the last one that it shows counts the rest.
 */
export function annotations(report: Report): FileAnnotation[] {
  // A pull request is not the place for what had drifted before it, unless it is urgent.
  const before = new Set(report.proposal?.live?.drifted);
  const findings = worstFirst(report, (finding) => isOpen(finding) && (isUrgent(finding.rule) || !before.has(finding.id)));
  const all = [
    ...fold(findings, report).map((entry) => ({ rank: severityRank(entry.first), annotation: annotationOf(entry, report) })),
    ...unread(report).map((annotation) => ({ rank: UNREAD_RANK, annotation })),
  ].sort((one, other) => one.rank - other.rank);
  return LEVELS.flatMap((level) =>
    bounded(
      all.flatMap(({ annotation }) => (annotation.level === level ? [annotation] : [])),
      ROOM[level],
    ),
  );
}

/** The level of a finding. Of a proposal, drift is what the change intends, so it is not an error; exceeding a quota is, and what is urgent. */
export function levelOf(finding: Pick<ReportFinding, 'access' | 'rule'>, report: Report): AnnotationLevel {
  if (finding.rule === 'quota-exceeded' || isUrgent(finding.rule)) return 'error';
  if (finding.access === 'none') return 'notice';
  return finding.access === 'narrowed' || report.run.proposal ? 'warning' : 'error';
}

function annotationOf(entry: Fold, report: Report): FileAnnotation {
  const { first, accounts } = entry;
  const scope =
    accounts.length > 1 ? `The same in ${plural(accounts.length, 'account')}: ${listed(accounts)}.` : `Account ${accounts.join()}.`;
  const texts = [withFullStop(first.message), scope, ...first.explanation.slice(0, 2).map(withFullStop), remedyOf(first)];
  return {
    level: levelOf(first, report),
    title: line(`${labelOf(first)}: ${titleOfFold(entry, report)}`, MAX_TITLE),
    message: line(texts.join(' '), MAX_MESSAGE),
    ...first.location,
  };
}

function labelOf({ access, rule }: ReportFinding): string {
  if (isUrgent(rule)) return 'urgent';
  return access === 'none' ? 'drift' : access;
}

function listed(accounts: readonly string[]): string {
  const more = accounts.length - LISTED_ACCOUNTS;
  return accounts.slice(0, LISTED_ACCOUNTS).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** For what could not be read; the same error in many accounts is one annotation. None for a run that had nothing to read. */
function unread(report: Report): FileAnnotation[] {
  const { hub, run, summary } = report;
  if (summary.expected === 0) return [];
  return groupErrors(report).map((errors) => {
    const [{ code, call, message, advice }] = errors;
    const accounts = errors.map(({ account }) => account);
    const more = accounts.length > 1 ? `The same in ${plural(accounts.length, 'account')}: ${listed(accounts)}.` : '';
    const texts = [`${code}${call === '' ? '' : ` at ${call}`}: ${message}`, more, advice].filter((text) => text !== '');
    return {
      level: run.proposal && !accounts.includes(hub.account) ? 'warning' : 'error',
      title: line(accounts[0] === '' ? 'unreadable: the organization' : `unreadable: account ${accounts[0]}`, MAX_TITLE),
      message: line(texts.map(withFullStop).join(' '), MAX_MESSAGE),
      file: run.desiredState.path,
      line: 1,
      column: 1,
    };
  });
}

function line(text: string, max: number): string {
  return logLine(cut(text, max));
}

function bounded(all: readonly FileAnnotation[], room: number): FileAnnotation[] {
  const shown = all.slice(0, room);
  const last = shown.at(-1);
  const rest = all.length - shown.length;
  if (rest === 0 || last === undefined) return shown;
  const more = `${rest} more of this kind ${rest === 1 ? 'is' : 'are'} not shown here. The job summary and the report list all of them.`;
  return [...shown.slice(0, -1), { ...last, message: `${cut(last.message, MAX_MESSAGE - more.length - 1)} ${more}` }];
}
