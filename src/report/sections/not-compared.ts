import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import type { Report } from '../model/schema.ts';
import type { PageLinks } from './links.ts';
import { code, link } from './markdown.ts';

type NotCompared = Report['notCompared'][number];

const MOST = 3;
const MAX_NAME = 120;

/** What one entry of each kind stands for, in the order in which they are listed. */
const WHAT: Readonly<Record<NotCompared['what'], (entries: readonly NotCompared[]) => string>> = {
  'policy-content': (entries) =>
    `the content of ${plural(entries.length, 'managed policy').replace(/policys$/, 'policies')} (${names(entries)})`,
  'group-policies': (entries) => `the policies of ${plural(entries.length, 'other group')} of the hub user (${names(entries)})`,
  credentials: () => 'the hub user’s SSH keys, signing certificates and service-specific credentials',
  callers: () => 'other callers',
  organization: (entries) =>
    entries.some(({ resource }) => resource === 'organization') ? 'the organization' : `units of the organization (${names(entries)})`,
};

/**
 * One line of Markdown with what decides access and was not compared, as the file does not state it, and whether the organization could not be read; empty where
 * there is nothing of the kind.
 */
export function notComparedLine({ notCompared }: Report, { limitsUrl }: PageLinks): string {
  const kinds = Object.keys(WHAT).filter((what): what is NotCompared['what'] => Object.hasOwn(WHAT, what));
  const partOf = (kind: NotCompared['what']): string[] => {
    const entries = notCompared.filter(({ what }) => what === kind);
    return entries.length === 0 ? [] : [WHAT[kind](entries)];
  };
  const unstated = kinds.filter((kind) => kind !== 'organization').flatMap(partOf);
  const unread = partOf('organization');
  const lists = [listed('not in the file', unstated), listed('could not be read', unread)].filter((list) => list !== '');
  if (lists.length === 0) return '';
  const more = limitsUrl === undefined || unstated.length === 0 ? '' : ` ${link('What audits leave out', limitsUrl)}`;
  return `**Not compared** ${lists.join('; ')}.${more}\n\n`;
}

function listed(why: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `(${why}): ${parts.join('; ')}`;
}

function names(entries: readonly NotCompared[]): string {
  const more = entries.length - MOST;
  const shown = entries.slice(0, MOST).map(({ resource }) => code(cut(resource, MAX_NAME)));
  return `${shown.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}`;
}
