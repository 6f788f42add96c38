import type { Path } from '../desired/file-node.ts';
import { hasPlaceholder } from '../desired/placeholders.ts';
import { CALLER_NAME, fits } from '../desired/syntax.ts';
import type { NamedCaller } from '../state/principals.ts';
import { compareText } from '../text/compare-text.ts';
import type { DesiredDocument } from './desired-document.ts';
import { type CaptureRequest, driftOf } from './request.ts';

const LIST: Path = ['hub', 'otherCallers'];

/**
 * Edits the file to list the users and roles of the hub that may assume the roles. Those that it lists stay where they are, whether they may or not. Where the
 * users and roles could not be read, it says what it said before.
 */
export function editCallers(document: DesiredDocument, request: CaptureRequest): void {
  if (request.live.hub.principals === undefined) return;
  if (!document.has(LIST)) document.set(LIST, []);
  const { findings } = driftOf(document, request);
  const further = findings.flatMap(({ difference }) => (difference.kind === 'caller' ? [entryOf(difference.of)] : []));
  const stated = document.value(LIST);
  if (further.length > 0) document.set(LIST, [...(Array.isArray(stated) ? stated : []), ...further.toSorted(compareText)]);
}

/** With the path, where the file can say it: the name alone is unique among the users, and among the roles. */
function entryOf({ kind, name, arn }: Pick<NamedCaller, 'name'> & { readonly kind: 'User' | 'Role'; readonly arn: string }): string {
  const whole = arn.split(':').slice(5).join(':');
  return fits(whole, CALLER_NAME) && !hasPlaceholder(whole) ? whole : `${kind.toLowerCase()}/${name}`;
}
