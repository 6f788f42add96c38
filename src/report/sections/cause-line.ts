import { plural } from '../../text/plural.ts';
import { cut, singleLine } from '../../text/visible.ts';
import { utcMinute } from '../../time/days.ts';
import { isMasked } from '../model/masked-account.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { code, plain } from './markdown.ts';

type Attributed = Pick<ReportFinding, 'cause' | 'use'>;

/** How what comes from CloudTrail is written: whoever made a call, and other texts. */
interface Writing {
  readonly actor: (text: string) => string;
  readonly text: (text: string) => string;
}

/** Callers that are named in a line. */
const MOST_CALLERS = 3;
const MAX_ACTOR = 200;
const MAX_TEXT = 400;

const PLAIN: Writing = { actor: (text) => singleLine(cut(text, MAX_ACTOR)), text: (text) => singleLine(cut(text, MAX_TEXT)) };

/**
 * Who changed it, when, and whether it was used since, as plain text on one line: `Changed by … on 29 Nov 2026 03:12 UTC (UpdateAssumeRolePolicy, console). Used
 * since: 3 times by 999999999999.` Empty where nothing was found.
 */
export function causeText({ cause, use }: Attributed): string {
  return joined([changedSentence(cause, PLAIN), againSentence(cause), useSentence({ cause, use }, PLAIN)]);
}

/** The same with why it is not known who changed it, for a record. Empty where nobody asked. */
export function causeRecord(attributed: Attributed): string {
  return causeWithDoubts(attributed, PLAIN);
}

/** The same in Markdown. */
export function causeMarkdown({ cause, use }: Attributed, report: Report): string {
  const writing = markdownWriting(report);
  return joined([changedSentence(cause, writing), againSentence(cause), useSentence({ cause, use }, writing)]);
}

/** The same for where a finding has all its details: also why it is not known who changed it. Empty where nobody asked. */
export function causeDetails(attributed: Attributed, report: Report): string {
  return causeWithDoubts(attributed, markdownWriting(report));
}

function causeWithDoubts({ cause, use }: Attributed, writing: Writing): string {
  const unknown = cause.match === 'unknown' ? `Changed by: unknown. ${writing.text(cause.reason)}` : '';
  const doubt = cause.match === 'likely' ? writing.text(cause.reason) : '';
  return joined([changedSentence(cause, writing), doubt, unknown, againSentence(cause), useSentence({ cause, use }, writing)]);
}

/** In a masked report actors are words of ours. */
function markdownWriting(report: Report): Writing {
  return { actor: (text) => (isMasked(report) ? plain(text) : code(cut(text, MAX_ACTOR))), text: (text) => plain(cut(text, MAX_TEXT)) };
}

function joined(sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function changedSentence({ match, actor, at, event, via }: Attributed['cause'], { actor: write, text }: Writing): string {
  if (actor === null || at === null) return '';
  const how = [event, via === null ? null : VIA[via]].flatMap((part) => (part === null ? [] : [text(part)]));
  const verb = match === 'exact' ? 'Changed by' : 'Probably changed by';
  return `${verb} ${write(actor)} on ${utcMinute(Date.parse(at))} (${how.join(', ')}).`;
}

/** Whoever deploys what is drift undoes a repair of it. That a call came from Terraform is the caller's own word: AWS vouches for CloudFormation alone. */
function againSentence({ match, via }: Attributed['cause']): string {
  if (match !== 'exact') return '';
  const keep = 'To keep the change, state it in the file. To undo it for good, correct the';
  if (via === 'CloudFormation') return `The next deployment can make this change again. ${keep} template.`;
  if (via === 'Terraform') return `The caller says that it is Terraform, whose next run makes this change again. ${keep} configuration.`;
  return '';
}

const VIA: Readonly<Record<NonNullable<Attributed['cause']['via']>, string>> = {
  console: 'console',
  cli: 'CLI',
  sdk: 'SDK',
  CloudFormation: 'CloudFormation',
  Terraform: 'Terraform',
  service: 'an AWS service',
  'this-action': 'a run of this action',
};

function useSentence({ cause, use }: Attributed, { actor, text }: Writing): string {
  if (use === null) return '';
  const regions = use.regions.map(text).join(', ');
  const last = use.lastAt === null ? '' : utcMinute(Date.parse(use.lastAt));
  if (use.count === null) return last === '' ? 'Never used.' : `Last used on ${last}${regions === '' ? '' : ` (${regions})`}.`;
  const since = cause.at === null ? `since ${utcMinute(Date.parse(use.since))}` : 'since';
  const atLeast = use.atLeast ? 'at least ' : '';
  if (use.count === 0) {
    // Of a change of which nothing is known it would say little.
    if (cause.at === null) return '';
    return `${use.atLeast ? 'No use seen' : 'Not used'} since (AssumeRole in ${regions}).`;
  }
  const more = use.by.length - MOST_CALLERS;
  const others = more > 0 ? ` and ${more.toLocaleString('en-US')} more` : '';
  const callers = use.by.slice(0, MOST_CALLERS).map(actor).join(', ');
  return `Used ${since}: ${atLeast}${plural(use.count, 'time')} by ${callers}${others}, last on ${last} (AssumeRole in ${regions}).`;
}
