import {
  ListAccountsCommand,
  ListAccountsForParentCommand,
  type ListAccountsForParentRequest,
  type ListAccountsForParentResponse,
  type ListAccountsRequest,
  type ListAccountsResponse,
  ListOrganizationalUnitsForParentCommand,
  type ListOrganizationalUnitsForParentRequest,
  type ListOrganizationalUnitsForParentResponse,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { type CallerOptions, createCaller } from './sdk-stack/caller.ts';
import type { Credentials } from './sdk-stack/signing.ts';

/** Calls to AWS Organizations with one identity: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html */
export interface OrganizationsCalls {
  listAccounts(input: ListAccountsRequest): Promise<ListAccountsResponse>;
  /** Those right below the unit, and not those of the units in it. */
  listAccountsForParent(input: ListAccountsForParentRequest): Promise<ListAccountsForParentResponse>;
  listUnitsForParent(input: ListOrganizationalUnitsForParentRequest): Promise<ListOrganizationalUnitsForParentResponse>;
}

export type OrganizationsAs = (credentials: Credentials) => OrganizationsCalls;

/** This module is loaded when the first call is made: most files state no organization. */
export function createOrganizations(
  where: { readonly region: string; readonly endpoint: { readonly endpoint?: string } },
  options: Omit<CallerOptions, 'service' | 'namespace'>,
): OrganizationsAs {
  const { config } = new OrganizationsClient({ region: where.region, ...where.endpoint });
  const call = createCaller(config, { ...options, service: 'organizations' });
  return (credentials) => ({
    listAccounts: (input) => call(new ListAccountsCommand(input), credentials),
    listAccountsForParent: (input) => call(new ListAccountsForParentCommand(input), credentials),
    listUnitsForParent: (input) => call(new ListOrganizationalUnitsForParentCommand(input), credentials),
  });
}
