import { type Masker, maskText } from '../model/mask-text.ts';
import { lastDigits } from '../model/masked-account.ts';
import { percentEncoded } from '../sections/links.ts';

/** Hidden lines by which a later run finds its issue or comment again. They are the same for a masked report. */

export function issueMarker(hubAccount: string, file: string): string {
  return `<!-- assume-role-drift:issue hub=${lastDigits(hubAccount) ?? 'unknown'} file=${markerPath(file)} -->`;
}

/** First line of a pull request's comment. It names the file only: a file has one hub, which is not known if the file is invalid. */
export function pullMarker(file: string): string {
  return `<!-- assume-role-drift:pull-request file=${markerPath(file)} -->`;
}

/** The path may hold an account id, and must be the same whether the report is masked or not. Nothing in it ends the comment. */
function markerPath(file: string): string {
  const short = maskText(file, []).replace(/(…\d{4})·\d+/gu, '$1');
  return percentEncoded(short).replaceAll('-', '%2D');
}

const MARKER = /<!-- assume-role-drift:(?:issue hub=\w+|pull-request) file=[^\s<>]* -->/g;

/**
 * Whether a body has the marker. Paths are compared as `mask` shortens them: what an earlier version wrote, or a run that masks nothing, has more of an
 * account id in it.
 *
 * @param mask knows the accounts of the run, also where nothing is masked
 */
export function hasMarker(body: string, marker: string, mask: Masker): boolean {
  const wanted = comparable(marker, mask);
  return (body.match(MARKER) ?? []).some((found) => comparable(found, mask) === wanted);
}

function comparable(marker: string, mask: Masker): string {
  return marker.replace(/(?<= file=)\S*/, (path) => markerPath(mask(decoded(path))));
}

/** Anybody may have written it. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What a comment is about: the head commit, and when the run that wrote it started. */
export interface CommentStamp {
  readonly head: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Second line of a pull request's comment. */
export function stampLine({ head, at }: CommentStamp): string {
  return `<!-- assume-role-drift:head ${/^[\da-f]{1,64}$/.test(head) ? head : 'unknown'} ${at} -->`;
}

/** The stamp in the body of a comment; `undefined` if somebody removed it. */
export function readStamp(body: string): CommentStamp | undefined {
  const [, head, at] = /<!-- assume-role-drift:head ([\da-f]+|unknown) ([\d:TZ.-]+) -->/.exec(body) ?? [];
  return head === undefined || at === undefined ? undefined : { head, at };
}
