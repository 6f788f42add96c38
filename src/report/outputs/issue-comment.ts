import { cut, stop } from '../../text/visible.ts';
import type { Gone, News } from '../model/issue-diff.ts';
import { ACCESS_ORDER } from '../model/order.ts';
import { accountLabel } from '../sections/accounts.ts';
import { exceptionLine } from '../sections/findings.ts';
import { fitPage, type Row, type Section } from '../sections/fit.ts';
import { locationLink, reportPlace } from '../sections/links.ts';
import { code, plain } from '../sections/markdown.ts';
import { ACCESS_TEXTS, count, kinds, verdict } from '../sections/verdict.ts';
import { ISSUE_LIMIT, type IssueOptions, rememberedLine } from './issue-entry.ts';

/** Somebody whom GitHub can tell: a user, or a team of an organisation. https://docs.github.com/get-started/writing-on-github */
const HANDLE = /^@[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}(?:\/[a-z\d][\w-]{0,99})?$/i;

const MAX_TEXT = 500;
const MAX_MENTIONS = 40;

/**
 * The comment on the hub's issue that tells what is new and what is gone; `undefined` when there is nothing to tell. Owners of what is new, and
 * those whose exceptions ran out, are mentioned here and nowhere else, so that each is told once.
 */
export function renderIssueComment(news: News, options: IssueOptions = {}): string | undefined {
  if (news.new.length === 0 && news.gone.length === 0 && news.recount === null) return undefined;
  const head = (leftOut: number): string => {
    const more =
      leftOut === 0
        ? ''
        : `\n**${leftOut} of these left out here for length, the least severe first: all are in ${reportPlace(options)}.**\n`;
    return `${headline(news)}\n\n${verdict(news.report)}\n${more}${mentions(news)}`;
  };
  return fitPage(head, [newSection(news, options), goneSection(news.gone)], options.limit ?? ISSUE_LIMIT);
}

function headline({ new: found, gone, recount, standing }: News): string {
  if (recount !== null) return `**The findings changed**: ${recount.before} before, ${recount.now} now; too many to remember which.`;
  const parts = [
    found.length > 0 ? `${count(found.length, 'new finding')} (${kinds(found)})` : '',
    gone.length > 0 ? `${gone.length} gone` : '',
    standing.length > 0 ? `${standing.length} not seen this time` : '',
  ];
  return `**${parts.filter((part) => part !== '').join(', ')}.**`;
}

function newSection({ report, new: found }: News, options: IssueOptions): Section {
  const label = accountLabel(report);
  const rows = found.map((finding): Row => {
    const told = `${ACCESS_TEXTS[finding.access].emoji} **${finding.access}** ${label(finding.account)} ${code(finding.rule)}`;
    const why = exceptionLine(finding)
      .map((line) => ` ${line}.`)
      .join('');
    const text = `- ${told}: ${plain(stop(cut(finding.message, MAX_TEXT)))} Stated in ${locationLink(finding.location, options)}.${why}\n`;
    return { text: () => text, rank: ACCESS_ORDER.indexOf(finding.access), weight: 1 };
  });
  return { open: '\n### New\n\n', rows, close: '', leftOut: (number) => `_${count(number, 'more new finding')} not shown here._` };
}

const WHY = { gone: 'no longer there', accepted: 'accepted by an exception', repaired: 'repaired' } as const;

function goneSection(gone: readonly Gone[]): Section {
  const rows = gone.map(
    (entry): Row => ({ text: () => `- ${WHY[entry.why]}: ${rememberedLine(entry)}\n`, rank: ACCESS_ORDER.length, weight: 1 }),
  );
  return { open: '\n### Gone\n\n', rows, close: '', leftOut: (number) => `_${count(number, 'more')} gone not shown here._` };
}

/** A line that tells the owners; empty when there are none. What is no handle is shown as it is written. */
function mentions({ report, new: found }: News): string {
  const targetOwners = new Map(report.targets.map(({ account, owner }) => [account, owner]));
  const owners = new Set<string>();
  for (const { account, exception } of found) {
    owners.add(targetOwners.get(account) ?? '');
    if (exception?.expired === true) owners.add(exception.owner);
  }
  owners.delete('');
  const live = [...owners].filter((owner) => HANDLE.test(owner));
  const others = [...owners].filter((owner) => !HANDLE.test(owner));
  // GitHub tells nobody when a comment mentions too many.
  const shown = [
    ...live.slice(0, MAX_MENTIONS),
    ...[...live.slice(MAX_MENTIONS), ...others].slice(0, MAX_MENTIONS).map((owner) => code(cut(owner, 100))),
  ];
  return shown.length === 0 ? '' : `\nFor ${shown.join(', ')}.\n`;
}
