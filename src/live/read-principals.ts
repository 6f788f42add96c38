import { GetAccountAuthorizationDetailsCommand, type GetAccountAuthorizationDetailsResponse } from '@aws-sdk/client-iam';
import { checkAnsweredBy } from '../aws/answers.ts';
import { allPages } from '../aws/pages.ts';
import type { Session } from '../aws/session.ts';
import type { HubPrincipal } from '../state/state.ts';
import { readOrUndefined } from './account-reader.ts';
import { defaultContentOf, type HubCache } from './hub-cache.ts';
import { type AuthorizationDetails, policiesOfAws, principalsOf } from './principal-details.ts';
import { type SharedRead, sharedRead } from './shared-read.ts';

/**
 * All users and roles of the hub account with their policies: one call for each page of them, and two for each of AWS's own policies that is in use.
 *
 * @returns with `undefined` where they could not be read
 */
export function readPrincipals(cache: HubCache): Promise<SharedRead<readonly HubPrincipal[] | undefined>> {
  return sharedRead(cache.reader, async (apart) => {
    const outcome = await apart.read('iam:GetAccountAuthorizationDetails', '*', async () => {
      const details = await readDetails(apart.session);
      const contents = await Promise.all(policiesOfAws(details).map(async (arn) => ({ arn, content: await defaultContentOf(cache, arn) })));
      for (const { content } of contents) apart.record(content.errors);
      return principalsOf(details, new Map(contents.map(({ arn, content: { value } }) => [arn, value?.document])));
    });
    return readOrUndefined(outcome);
  });
}

/** What IAM gives on one page at most. */
const MOST_ITEMS = 1_000;

async function readDetails(session: Session): Promise<AuthorizationDetails> {
  const pages = await allPages(
    (Marker) =>
      // Without AWS's own policies: the answer would hold hundreds that are in use nowhere.
      session.iam(
        new GetAccountAuthorizationDetailsCommand({
          Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy'],
          MaxItems: MOST_ITEMS,
          Marker,
        }),
      ),
    (page) => (isOfDetails(page) ? [page] : undefined),
  );
  const details: AuthorizationDetails = {
    users: pages.flatMap(({ UserDetailList = [] }) => UserDetailList),
    roles: pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList),
    groups: pages.flatMap(({ GroupDetailList = [] }) => GroupDetailList),
    policies: pages.flatMap(({ Policies = [] }) => Policies),
  };
  // There is somebody in the account: whoever reads it.
  checkAnsweredBy(session.account, [...details.users, ...details.roles][0]?.Arn);
  return details;
}

function isOfDetails({ UserDetailList, RoleDetailList, GroupDetailList, Policies }: GetAccountAuthorizationDetailsResponse): boolean {
  return [UserDetailList, RoleDetailList, GroupDetailList, Policies].some((list) => list !== undefined);
}
