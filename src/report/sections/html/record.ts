import type { Element } from 'hast';
import { h } from 'hastscript';
import { plural } from '../../../text/plural.ts';
import { utcMinute } from '../../../time/days.ts';
import { groupErrors } from '../../model/error-groups.ts';
import { isMasked } from '../../model/masked-account.ts';
import type { Report } from '../../model/schema.ts';
import type { PageLinks } from '../links.ts';
import { notComparedKinds } from '../not-compared.ts';
import { UNREAD_INTRO } from '../unread.ts';
import { type Content, facts, list, mono, paragraph, section, words } from './nodes.ts';
import { accountNames } from './places.ts';

/** What identifies the run, apart from the report. */
export interface RecordOptions extends PageLinks {
  /** SHA-256 of the JSON report of the same run. */
  readonly reportSha256?: string | undefined;
}

/** When, from what and by what the report was made. */
export function recordSection(report: Report, { runUrl, source, reportPath, reportSha256 }: RecordOptions): Element {
  const { run } = report;
  const { path, sha256 } = run.desiredState;
  const digest = (value: string | null | undefined): Content => (isMasked(report) ? [MASKED_DIGEST] : value ? [mono(value)] : []);
  return section(
    'record',
    'This report',
    facts([
      ['Read', [`${time(run.startedAt)} to ${time(run.finishedAt)}`]],
      ['Mode', [`${run.mode}${run.fix ? ', with repair' : ''}, on event ${run.event}`]],
      ['Desired state', [mono(path)]],
      ['SHA-256 of it', digest(sha256)],
      ['Commit', source === undefined ? [] : [mono(source.sha)]],
      ['Workflow run', runUrl === undefined ? [] : [mono(runUrl)]],
      ['JSON report', reportPath === undefined ? [] : [mono(reportPath)]],
      ['SHA-256 of it', digest(reportSha256)],
      ['Made by', [`Assume-Role Drift ${run.toolVersion}`]],
      ['Account ids', isMasked(report) ? ['shortened in this copy; the JSON report contains them in full'] : []],
    ]),
  );
}

const MASKED_DIGEST = 'not shown in a report with shortened account ids, because the ids could be derived from it';

function time(iso: string): string {
  return utcMinute(Date.parse(iso)).replace(/ UTC$/, `:${iso.slice(17, 19)} UTC`);
}

/** What was compared, what was not, and what could not be read. None of it is clean for not having been looked at. */
export function coverageSection(report: Report, { limitsUrl }: PageLinks): Element {
  const kinds = notComparedKinds(report);
  const limits = limitsUrl === undefined ? [] : [' The page ', mono(limitsUrl), ' lists what no audit looks at.'];
  return section(
    'coverage',
    'Coverage',
    paragraph(...coverageText(report)),
    ...(kinds.length === 0
      ? [paragraph(report.summary.expected === 0 ? NOTHING_READ : ALL_COMPARED, ...limits)]
      : [h('h3', 'Not compared'), paragraph(NOT_COMPARED, ...limits), list(kinds.map(kindLine))]),
    ...unreadPart(report),
  );
}

const NOTHING_READ = 'The live state is unknown.';
const ALL_COMPARED = 'The file states everything that an audit can compare.';
const NOT_COMPARED = 'These determine access, but the desired-state file does not state them. This report makes no statement about them.';

function coverageText({ summary, hub }: Report): Content {
  if (summary.expected === 0) return [hub.account === '' ? 'Nothing was compared.' : 'Only the file was checked. AWS was not read.'];
  const all = `${summary.observed.toLocaleString('en-US')} of ${plural(summary.expected, 'account')} read completely, including the hub.`;
  const rest =
    ' In each, the hub user and its groups, or the target’s role with its trust policy, policies and boundary, were compared with the file.';
  return [all, rest];
}

function kindLine({ text, isNamed, entries }: ReturnType<typeof notComparedKinds>[number]): Content {
  if (!isNamed) return [text];
  const names = entries.map(({ resource, accounts }): Content => [mono(resource), ` in ${plural(accounts, 'account')}`]);
  return [`${text}:`, list(names)];
}

function unreadPart(report: Report): Element[] {
  const groups = groupErrors(report);
  if (groups.length === 0) return [];
  const nameOf = accountNames(report);
  const isOfFile = report.summary.expected === 0;
  const lines = groups.map((errors): Content => {
    const [{ code, call, message, advice }] = errors;
    const accounts = errors.flatMap(({ account }, index) => (account === '' ? [] : [...(index === 0 ? [] : [', ']), ...nameOf(account)]));
    return [
      ...accounts,
      ...(accounts.length === 0 ? [] : [': ']),
      mono(code),
      ...(call === '' ? [] : [' at ', mono(call)]),
      ': ',
      ...words(message),
      ...(advice === '' ? [] : [' ', h('strong', 'What to do:'), ' ', ...words(advice)]),
    ];
  });
  return [h('h3', isOfFile ? 'Errors' : 'Could not be read'), ...(isOfFile ? [] : [paragraph(UNREAD_INTRO)]), list(lines)];
}
