import type { Location } from '../../state/desired.ts';
import { code, codeLink, link } from './markdown.ts';

/** Where a page's links lead. A page leaves out what is not known. */
export interface PageLinks {
  /** The commit that holds the desired-state file. */
  readonly source?: { readonly serverUrl: string; readonly repository: string; readonly sha: string } | undefined;
  /** The workflow run. */
  readonly runUrl?: string | undefined;
  /** The report file, as the workflow names it. */
  readonly reportPath?: string | undefined;
  /** The action's page on what an audit does not look at. */
  readonly limitsUrl?: string | undefined;
}

/** `file:12`, linked to that line at the commit if the commit is known. Markdown for running text. */
export function locationLink(location: Location, { source }: PageLinks): string {
  const label = `${location.file}:${location.line}`;
  if (source === undefined) return code(label);
  const path = location.file.split('/').map(percentEncoded).join('/');
  return codeLink(label, `${source.serverUrl}/${source.repository}/blob/${percentEncoded(source.sha)}/${path}#L${location.line}`);
}

/** Where the whole report is. Markdown for the end of a sentence. */
export function reportPlace({ reportPath, runUrl }: PageLinks): string {
  const file = reportPath === undefined ? 'the JSON report' : `the JSON report ${code(reportPath)}`;
  return runUrl === undefined ? `${file} of this run` : `${file} of ${link('this workflow run', runUrl)}`;
}

/** Like `encodeURIComponent`, which throws on a lone surrogate. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
