import { SEVERITIES } from '../../drift/severity.ts';
import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import { ACCESS_TEXTS, accessCounts } from '../model/access-texts.ts';
import { type Fold, fold } from '../model/fold.ts';
import type { GoneFinding, IssueDiff } from '../model/issue-diff.ts';
import { severityRank } from '../model/order.ts';
import { targetsOf } from '../model/subject.ts';
import { accountSets } from '../sections/account-sets.ts';
import { causeMarkdown } from '../sections/cause-line.ts';
import { exceptionLines } from '../sections/finding-details.ts';
import { titleOfFold } from '../sections/finding-title.ts';
import { renderHeadline } from '../sections/headline.ts';
import { locationLink, reportPlace } from '../sections/links.ts';
import { code, plain, plainSentence } from '../sections/markdown.ts';
import { firstRows, fitPage, listSection, type Row, type Section } from '../sections/page.ts';
import { rememberedLine } from '../sections/remembered.ts';
import { urgentPart } from '../sections/urgent.ts';
import { BODY_LIMIT, type PageOptions } from './page-limits.ts';

/** Whom GitHub notifies when mentioned: a user, or a team of an organisation. https://docs.github.com/get-started/writing-on-github */
const HANDLE = /^@[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}(?:\/[a-z\d][\w-]{0,99})?$/i;

const MAX_TEXT = 500;
/** Entries of each list: news is to be read. */
const MOST_LISTED = 15;
const MAX_MENTIONS = 40;

/**
 * The comment on the hub's issue that lists new and gone findings; `undefined` if there are none. It mentions the owners of new findings and of
 * expired exceptions. Nothing else mentions them, so that GitHub notifies each of them once.
 */
export function renderIssueComment(diff: IssueDiff, options: PageOptions = {}): string | undefined {
  if (diff.new.length === 0 && diff.gone.length === 0 && diff.recount === null) return undefined;
  const whom = mentions(diff);
  const head = (leftOut: number): string => {
    const more =
      leftOut === 0 ? '' : `\n**${leftOut} of these are not shown here, the least severe first. All are in ${reportPlace(options)}.**\n`;
    return `${urgentPart(diff.report)}${diffLine(diff)}\n\n${renderHeadline(diff.report)}\n${more}${whom}`;
  };
  return fitPage(head, [newSection(diff, options), goneSection(diff.gone)], options.limit ?? BODY_LIMIT);
}

function diffLine({ new: found, gone, recount, standing }: IssueDiff): string {
  if (recount !== null) return `**The findings changed**: ${recount.before} before, ${recount.now} now (too many to list the changes).`;
  const parts = [
    found.length > 0 ? `${plural(found.length, 'new finding')} (${accessCounts(found)})` : '',
    gone.length > 0 ? `${gone.length} gone` : '',
    standing.length > 0 ? `${standing.length} not checked this time` : '',
  ];
  return `**${parts.filter((part) => part !== '').join(', ')}.**`;
}

function newSection({ report, new: found }: IssueDiff, options: PageOptions): Section {
  const which = accountSets(report);
  const folds = fold(found, report);
  // Of thousands a few are shown.
  const textOf = (entry: Fold): string => {
    const { first, accounts, findings } = entry;
    const { emoji } = ACCESS_TEXTS[first.access];
    const why = exceptionLines(first)
      .map((line) => ` ${line}.`)
      .join('');
    const title = `- ${emoji} **${plain(titleOfFold(entry, report))}** (${code(first.rule)}, ${locationLink(first.location, options)})`;
    const where = findings.length === 1 ? '' : ` In ${which(accounts)}.`;
    const cause = causeMarkdown(first, report);
    const by = cause === '' ? '' : ` ${cause}`;
    return `${title}: ${plainSentence(first.message, MAX_TEXT)}${where}${by}${why}\n`;
  };
  const rows = folds.map((entry): Row => ({ text: () => textOf(entry), rank: severityRank(entry.first), weight: entry.findings.length }));
  return firstRows(listSection('\n### New, worst first\n\n', rows, 'more new finding'), MOST_LISTED);
}

const WHY = { gone: 'no longer there', accepted: 'accepted by an exception', repaired: 'repaired' } as const;

function goneSection(gone: readonly GoneFinding[]): Section {
  const rows = gone
    .slice(0, MOST_LISTED)
    .map((entry): Row => ({ text: () => `- ${WHY[entry.why]}: ${rememberedLine(entry)}\n`, rank: SEVERITIES.length, weight: 1 }));
  const section: Section = {
    open: '\n### Gone\n\n',
    rows,
    close: '',
    leftOut: (number) => `_${plural(number, 'more')} resolved findings not shown here._`,
  };
  return firstRows(section, MOST_LISTED);
}

/** A line that mentions the owners; empty without owners. An owner that is not a GitHub handle is shown as code. */
function mentions({ report, new: found }: IssueDiff): string {
  const owners = new Set<string>();
  for (const finding of found) {
    for (const target of targetsOf(finding, report)) owners.add(target.owner ?? '');
    if (finding.exception?.expired === true) owners.add(finding.exception.owner);
  }
  owners.delete('');
  const live = [...owners].filter((owner) => HANDLE.test(owner));
  const others = [...owners].filter((owner) => !HANDLE.test(owner));
  // GitHub notifies nobody if a comment mentions too many.
  const shown = [
    ...live.slice(0, MAX_MENTIONS),
    ...[...live.slice(MAX_MENTIONS), ...others].slice(0, MAX_MENTIONS).map((owner) => code(cut(owner, 100))),
  ];
  return shown.length === 0 ? '' : `\nFor ${shown.join(', ')}.\n`;
}
