import { GetAccountAuthorizationDetailsCommand, type GetAccountAuthorizationDetailsResponse } from '@aws-sdk/client-iam';
import type { AwsAccess } from '../aws/access.ts';
import { checkAnsweredBy } from '../aws/answers.ts';
import { allPages } from '../aws/pages.ts';
import type { Session } from '../aws/session.ts';
import type { HubPrincipal } from '../state/principals.ts';
import type { ReadError } from '../state/reading.ts';
import { readOrUndefined } from './account-reader.ts';
import { defaultContentOf, type HubCache, hubCache } from './hub-cache.ts';
import { type AuthorizationDetails, policiesOfAws, principalsIn } from './principal-details.ts';
import { ifReadable, type SharedRead, sharedRead } from './shared-read.ts';

/**
 * All users and roles of the hub account with their policies: one call for each page of them, and two for each of AWS's own policies that is in use.
 *
 * @returns with `undefined` where they could not be read
 */
export function readHubPrincipals(cache: HubCache): Promise<SharedRead<readonly HubPrincipal[] | undefined>> {
  return sharedRead(cache.reader, async (apart) => {
    const outcome = await apart.read('iam:GetAccountAuthorizationDetails', '*', async () => {
      const details = await readDetails(apart.session);
      const contents = await Promise.all(policiesOfAws(details).map(async (arn) => ({ arn, content: await defaultContentOf(cache, arn) })));
      for (const { content } of contents) apart.record(content.errors);
      return principalsIn(details, new Map(contents.map(({ arn, content: { value } }) => [arn, value?.document])));
    });
    return readOrUndefined(outcome);
  });
}

/**
 * The same, all of it or nothing, as far as the auditor may.
 *
 * @returns with the errors that are more than a refusal
 */
export async function readReadablePrincipals(
  access: AwsAccess,
): Promise<{ readonly principals: readonly HubPrincipal[] | undefined; readonly errors: readonly ReadError[] }> {
  const cache = hubCache(access);
  const shared = await readHubPrincipals(cache);
  const principals = ifReadable(cache.reader, shared);
  return { principals: shared.errors.length === 0 ? principals : undefined, errors: cache.reader.errors };
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
