import type { Location } from '../../state/desired.ts';
import { code, codeLink, link } from './markdown.ts';

/** Where the readers of a page find more; what is not known is left out of the page. */
export interface Whereabouts {
  /** The commit that holds the desired-state file. */
  readonly source?: { readonly serverUrl: string; readonly repository: string; readonly sha: string } | undefined;
  /** The workflow run. */
  readonly runUrl?: string | undefined;
  /** The report file, as the workflow names it. */
  readonly reportPath?: string | undefined;
}

/** `file:12`, as a link to that line at the commit where the commit is known. Markdown for within a line of running text. */
export function locationLink(location: Location, { source }: Whereabouts): string {
  const label = `${location.file}:${location.line}`;
  if (source === undefined) return code(label);
  const path = location.file.split('/').map(percentEncoded).join('/');
  return codeLink(label, `${source.serverUrl}/${source.repository}/blob/${percentEncoded(source.sha)}/${path}#L${location.line}`);
}

/** Where the whole report is, as the end of a sentence, in Markdown. */
export function reportPlace({ reportPath, runUrl }: Whereabouts): string {
  const file = reportPath === undefined ? 'the JSON report' : `the JSON report ${code(reportPath)}`;
  return runUrl === undefined ? `${file} of this run` : `${file} of ${link('this workflow run', runUrl)}`;
}

/** As `encodeURIComponent`, which throws on half of a surrogate pair. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
