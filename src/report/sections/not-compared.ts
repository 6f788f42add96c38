import { grouped } from '../../text/grouped.ts';
import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import type { Report } from '../model/schema.ts';
import type { PageLinks } from './links.ts';
import { code, link } from './markdown.ts';

type NotCompared = Report['notCompared'][number];

const MOST = 3;
const MAX_NAME = 120;
/** In the place of a resource: all of the organization. */
const WHOLE = 'organization';

/** Entries of one kind, with what they stand for. */
interface NotComparedKind {
  readonly text: string;
  /** Whether the resources mean something to people beside the text. */
  readonly isNamed: boolean;
  readonly why: 'not in the file' | 'could not be read';
  readonly entries: readonly NotCompared[];
}

/** What the entries of each kind stand for, in the order in which they are listed. */
const WHAT: Readonly<Record<NotCompared['what'], { readonly text: (number: number) => string; readonly isNamed: boolean }>> = {
  'policy-content': {
    text: (number) => `the content of ${plural(number, 'managed policy').replace(/policys$/, 'policies')}`,
    isNamed: true,
  },
  'group-policies': { text: (number) => `the policies of ${plural(number, 'other group')} of the hub user`, isNamed: true },
  credentials: { text: () => 'the hub user’s SSH keys, signing certificates and service-specific credentials', isNamed: false },
  callers: { text: () => 'other callers', isNamed: false },
  organization: {
    text: (number) => plural(number, 'unit of the organization').replace(/unit of the organizations$/, 'units of the organization'),
    isNamed: true,
  },
};

/** What decides access and was not compared, as the file does not state it; and what of the organization could not be read. */
export function notComparedKinds({ notCompared }: Report): readonly NotComparedKind[] {
  const kinds = Object.keys(WHAT).filter((what): what is NotCompared['what'] => Object.hasOwn(WHAT, what));
  return kinds.flatMap((kind) => {
    const entries = notCompared.filter(({ what }) => what === kind);
    const { text, isNamed } = WHAT[kind];
    const why = kind === 'organization' ? 'could not be read' : 'not in the file';
    if (entries.some(({ resource }) => resource === WHOLE)) return [{ text: 'the organization', isNamed: false, why, entries }];
    return entries.length === 0 ? [] : [{ text: text(entries.length), isNamed, why, entries }];
  });
}

/** The same in one line of Markdown; empty where there is nothing of the kind. */
export function notComparedLine(report: Report, { limitsUrl }: PageLinks): string {
  const lists = [...grouped(notComparedKinds(report), ({ why }) => why)].map(([why, kinds]) => {
    const parts = kinds.map(({ text, isNamed, entries }) => (isNamed ? `${text} (${names(entries)})` : text));
    return `(${why}): ${parts.join('; ')}`;
  });
  if (lists.length === 0) return '';
  const more = limitsUrl === undefined ? '' : ` ${link('What audits do not cover', limitsUrl)}`;
  return `**Not compared** ${lists.join('; ')}.${more}\n\n`;
}

function names(entries: readonly NotCompared[]): string {
  const more = entries.length - MOST;
  const shown = entries.slice(0, MOST).map(({ resource }) => code(cut(resource, MAX_NAME)));
  return `${shown.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}`;
}
