import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import type { Report } from '../model/schema.ts';
import { renderHeadline } from './headline.ts';
import { type PageLinks, reportPlace } from './links.ts';
import { code } from './markdown.ts';
import { urgentPart } from './urgent.ts';

/** What is urgent, the headline, where the whole report is, and how much of it the page leaves out. */
export function pageHead(report: Report, links: PageLinks, leftOut: number): string {
  const place = reportPlace(links);
  const more =
    leftOut === 0
      ? `Everything is in ${place}.`
      : `**${plural(leftOut, 'entry').replace(/entrys$/, 'entries')} left out here for length, the least severe first: all are in ${place}.**`;
  return `${urgentPart(report)}${renderHeadline(report)}\n\nDesired state: ${code(cut(report.run.desiredState.path, 300))}. ${more}\n`;
}
