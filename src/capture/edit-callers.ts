import { hasPlaceholder } from '../desired/placeholders.ts';
import { CALLER, fits } from '../desired/syntax.ts';
import type { Desired } from '../state/desired.ts';
import type { Hub, NamedCaller } from '../state/state.ts';
import { compareText } from '../text/compare-text.ts';
import type { DesiredDocument } from './desired-document.ts';
import type { Remark } from './remarks.ts';
import { type CaptureRequest, driftOf } from './request.ts';

const LIST = ['hub', 'otherCallers'];

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
  return fits(whole, CALLER) && !hasPlaceholder(whole) ? whole : `${kind.toLowerCase()}/${name}`;
}

/** Most callers that a remark names. */
const MOST_NAMED = 10;

/** What to look at about the list: whom it lets in, or why there is none. */
export function callerRemarks({ principals, account }: Hub, desired: Desired): readonly Remark[] {
  const accounts = [account];
  if (principals === undefined) {
    return [
      {
        text: 'Who else in the hub account may assume the roles could not be read, so hub.otherCallers was not captured. Allow the auditor in the hub iam:GetAccountAuthorizationDetails, iam:GetPolicy and iam:GetPolicyVersion, and capture again.',
        accounts,
      },
    ];
  }
  const listed = (desired.state.hub.otherCallers ?? []).map(
    ({ kind, path = '/', name }) => `${kind === undefined ? '' : kind.toLowerCase() + path}${name}`,
  );
  if (listed.length === 0) return [];
  const more = listed.length - MOST_NAMED;
  const names = `${listed.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    {
      text: `Beside the hub user and the members of its groups, hub.otherCallers lets others of the hub account assume the roles: ${names}.`,
      accounts,
    },
  ];
}
