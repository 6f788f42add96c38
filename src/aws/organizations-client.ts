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
import type { Clock } from '../time/clock.ts';
import type { NodeHttpHandler } from './sdk-stack/request-handler.ts';
import { type Credentials, createSigning } from './sdk-stack/signing.ts';
import { trimClient } from './sdk-stack/trim-client.ts';

/** Calls to AWS Organizations with one identity: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html */
export interface OrganizationsCalls {
  listAccounts(input: ListAccountsRequest): Promise<ListAccountsResponse>;
  /** Those right below the unit, and not those of the units in it. */
  listAccountsForParent(input: ListAccountsForParentRequest): Promise<ListAccountsForParentResponse>;
  listUnitsForParent(input: ListOrganizationalUnitsForParentRequest): Promise<ListOrganizationalUnitsForParentResponse>;
}

export type OrganizationsAs = (credentials: Credentials) => OrganizationsCalls;

/** This module is loaded when the first call is made: most files state no organization. */
export function createOrganizations(options: {
  readonly region: string;
  readonly endpoint: { readonly endpoint?: string };
  readonly requestHandler: NodeHttpHandler;
  readonly clock: Clock;
  readonly runName: string | undefined;
}): OrganizationsAs {
  const { region, endpoint, requestHandler, clock, runName } = options;
  const client = new OrganizationsClient({ region, requestHandler, cacheMiddleware: true, maxAttempts: 1, ...endpoint });
  const signing = createSigning('organizations', region, client.config.sha256, clock);
  trimClient(client, signing, runName);
  return (credentials) => {
    const signed = <Command extends { readonly input: object }>(command: Command): Command => {
      signing.assign(command.input, credentials);
      return command;
    };
    return {
      listAccounts: (input) => client.send(signed(new ListAccountsCommand(input))),
      listAccountsForParent: (input) => client.send(signed(new ListAccountsForParentCommand(input))),
      listUnitsForParent: (input) => client.send(signed(new ListOrganizationalUnitsForParentCommand(input))),
    };
  };
}
