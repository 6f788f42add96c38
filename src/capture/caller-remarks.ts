import type { Desired } from '../state/desired.ts';
import type { Hub } from '../state/state.ts';
import type { Remark } from './remarks.ts';

/** Most callers that a remark names. */
const MOST_NAMED = 10;

/** What to look at about the list: whom it lets in, or why there is none. */
export function callerRemarks({ principals, account }: Hub, desired: Desired): readonly Remark[] {
  const accounts = [account];
  if (principals === undefined) {
    return [
      {
        text: 'The other users and roles of the hub account that may assume the roles could not be read, so hub.otherCallers was not captured. Allow the auditor role in the hub account to call iam:GetAccountAuthorizationDetails, iam:GetPolicy and iam:GetPolicyVersion, and capture again.',
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
      text: `In addition to the hub user and the members of its groups, hub.otherCallers accepts other callers of the hub account: ${names}.`,
      accounts,
    },
  ];
}
