import type { Element } from 'hast';
import { h } from 'hastscript';
import { plural } from '../../../text/plural.ts';
import { withFullStop } from '../../../text/visible.ts';
import { utcMinute } from '../../../time/days.ts';
import { isIncomplete } from '../../model/completeness.ts';
import { groupErrors } from '../../model/error-groups.ts';
import { isMasked } from '../../model/masked-account.ts';
import type { Report } from '../../model/schema.ts';
import type { PageLinks } from '../links.ts';
import { notComparedKinds } from '../not-compared.ts';
import { UNREAD_INTRO } from '../unread.ts';
import { bulletList, type Content, div, facts, mono, paragraph, section, words } from './nodes.ts';
import { accountNames } from './places.ts';

/** What identifies the run, apart from the report. */
export interface RecordOptions extends PageLinks {
  /** SHA-256 of the JSON report of the same run. */
  readonly reportSha256?: string | undefined;
}

/** When, from what and by what the report was made. */
export function recordSection(report: Report, { runUrl, source, reportPath, ...options }: RecordOptions): Element {
  const { run } = report;
  const reportSha256 = isMasked(report) ? undefined : options.reportSha256;
  const { path, sha256 } = run.desiredState;
  const digest = (value: string | null | undefined): Content => (value ? [div('sub', 'SHA-256 ', mono(value))] : []);
  return section(
    'record',
    'This report',
    facts([
      ['Read', [`${time(run.startedAt)} to ${time(run.finishedAt)}`]],
      ['Mode', [`${run.mode}${run.fix ? ', with repair' : ''}, on event ${run.event}`]],
      ['Desired state', [mono(path), ...digest(sha256)]],
      ['Commit', source === undefined ? [] : [mono(source.sha)]],
      ['Workflow run', runUrl === undefined ? [] : [mono(runUrl)]],
      ['JSON report', reportPath === undefined ? [] : [mono(reportPath), ...digest(reportSha256)]],
      ['Made by', [`Assume-Role Drift ${run.toolVersion}`]],
      ['Account ids', isMasked(report) ? [MASKED] : []],
    ]),
  );
}

const MASKED =
  'Shortened in this copy. The JSON report contains them in full. Digests are omitted, because account ids could be derived from them.';

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
      ? [paragraph(allCompared(report), ...limits)]
      : [h('h3', 'Not compared'), paragraph(NOT_COMPARED, ...limits), bulletList(kinds.map(kindLine))]),
    ...unreadPart(report),
  );
}

function allCompared(report: Report): string {
  if (report.summary.expected === 0) return 'The live state is unknown.';
  // What was not read may have something that the file does not state.
  return isIncomplete(report) ? 'The state of what could not be read is unknown.' : 'The file states everything that an audit can compare.';
}

const NOT_COMPARED =
  'These determine access, but the desired-state file does not state them, or they could not be read. This report makes no statement about them.';

function coverageText({ summary, hub }: Report): Content {
  if (summary.expected === 0) return [hub.account === '' ? 'Nothing was compared.' : 'Only the file was checked. AWS was not read.'];
  const all = `${summary.observed.toLocaleString('en-US')} of ${plural(summary.expected, 'account')} read completely, including the hub.`;
  const rest =
    ' In each of these, the hub user and its groups, or the target’s role with its trust policy, policies and boundary, were compared with the file.';
  return [all, rest];
}

function kindLine({ text: what, isNamed, why, entries }: ReturnType<typeof notComparedKinds>[number]): Content {
  const text = why === 'could not be read' ? `${what} (${why})` : what;
  if (!isNamed) return [text];
  const names = entries.map(
    ({ resource, accounts }): Content => [mono(resource), accounts === 0 ? '' : ` in ${plural(accounts, 'account')}`],
  );
  return [`${text}:`, bulletList(names)];
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
      ...words(withFullStop(message)),
      ...(advice === '' ? [] : [' ', h('strong', 'What to do:'), ' ', ...words(withFullStop(advice))]),
    ];
  });
  return [h('h3', isOfFile ? 'Errors' : 'Could not be read'), ...(isOfFile ? [] : [paragraph(UNREAD_INTRO)]), bulletList(lines)];
}
