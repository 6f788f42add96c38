import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import type { IssueDiff } from '../model/issue-diff.ts';
import type { Report } from '../model/schema.ts';
import { digest } from './digest.ts';
import { renderHeadline } from './headline.ts';
import { type PageLinks, reportPlace } from './links.ts';
import { code } from './markdown.ts';
import { notComparedLine } from './not-compared.ts';
import { urgentPart } from './urgent.ts';

/**
 * The first screen of a page: what is urgent, the headline, the digest, where the whole report is, and how much of it the page leaves out.
 *
 * @param diff against what the issue remembers, where there is one
 */
export function pageHead(report: Report, links: PageLinks, leftOut: number, diff?: Pick<IssueDiff, 'new' | 'gone' | 'recount'>): string {
  const place = reportPlace(links);
  const more =
    leftOut === 0
      ? `Everything is in ${place}.`
      : `**${plural(leftOut, 'entry').replace(/entrys$/, 'entries')} not shown here, the least severe first. All are in ${place}.**`;
  const short = digest(report, diff);
  return `${urgentPart(report)}${renderHeadline(report)}\n\n${short}${short === '' ? '' : '\n'}${notComparedLine(report, links)}Desired state: ${code(cut(report.run.desiredState.path, 300))}. ${more}\n`;
}
