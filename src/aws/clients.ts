import type { LookupEventsRequest, LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import type {
  $Command as Command,
  IAMClientResolvedConfig,
  ServiceInputTypes as IamInput,
  ServiceOutputTypes as IamOutput,
} from '@aws-sdk/client-iam';
import { IAMClient } from '@aws-sdk/client-iam';
import type { STSClientResolvedConfig, ServiceInputTypes as StsInput, ServiceOutputTypes as StsOutput } from '@aws-sdk/client-sts';
import { STSClient } from '@aws-sdk/client-sts';
import type { Network } from '../network/network.ts';
import type { Clock } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import type { OrganizationsAs } from './organizations-client.ts';
import { organizationsRegion } from './partitions.ts';
import { abortableHandler } from './sdk-stack/abortable-handler.ts';
import { createRequestHandler, type NodeHttpHandler, type Timeouts } from './sdk-stack/request-handler.ts';
import type { Credentials } from './sdk-stack/signing.ts';
import { createSigning } from './sdk-stack/signing.ts';
import { trimClient } from './sdk-stack/trim-client.ts';
import type { LookupEvents } from './trail-client.ts';

export type IamCommand<In extends IamInput, Out extends IamOutput> = Command<In, Out, IAMClientResolvedConfig, IamInput, IamOutput>;
export type StsCommand<In extends StsInput, Out extends StsOutput> = Command<In, Out, STSClientResolvedConfig, StsInput, StsOutput>;

/** Addresses in place of AWS's own: `AWS_ENDPOINT_URL`, or that of one service. */
export interface Endpoints {
  readonly iam?: string | undefined;
  readonly sts?: string | undefined;
  readonly cloudtrail?: string | undefined;
  readonly organizations?: string | undefined;
}

export interface ClientOptions {
  readonly region: string;
  readonly endpoints: Endpoints;
  /** Maximum number of open connections to each address. */
  readonly maxSockets: number;
  readonly timeouts: Timeouts;
  readonly network: Network;
  readonly clock: Clock;
  /** Ends the requests that are on their way when reading has to end. */
  readonly deadline: Deadline;
  /** Shown in the user agent. */
  readonly runName?: string;
}

export const defaultTimeouts: Timeouts = { connect: 5_000, request: 15_000 };

/**
 * One IAM and one STS client for all accounts, one of CloudTrail for each region that is asked, and one of Organizations, on one pool of connections. Each call is passed the credentials that sign it; `sdk-stack/signing.ts` says
 * why calls can't be signed with each other's.
 */
export interface Clients {
  /** Makes the call once, without retries. */
  iam<In extends IamInput, Out extends IamOutput>(command: IamCommand<In, Out>, credentials: Credentials): Promise<Out>;
  sts<In extends StsInput, Out extends StsOutput>(command: StsCommand<In, Out>, credentials: Credentials | 'unsigned'): Promise<Out>;
  /** For the clients that the SDK makes to fetch credentials. */
  readonly requestHandler: NodeHttpHandler;
  /** Events of an account, as CloudTrail recorded them in the region. */
  lookupEvents(region: string, input: LookupEventsRequest, credentials: Credentials): Promise<LookupEventsResponse>;
  /** Of the organization of an account in the partition. */
  organizations(partition: string): Promise<OrganizationsAs>;
  destroy(): void;
}

export function createClients({ region, endpoints, maxSockets, timeouts, network, clock, deadline, runName }: ClientOptions): Clients {
  const requestHandler = abortableHandler(createRequestHandler(maxSockets, timeouts, network), () => deadline.signal);
  // Retries are made by the sessions.
  const common = { region, requestHandler, cacheMiddleware: true, maxAttempts: 1 };
  const iam = new IAMClient({ ...common, ...endpoint(endpoints.iam) });
  const sts = new STSClient({ ...common, ...endpoint(endpoints.sts) });
  const iamSigning = createSigning('iam', region, iam.config.sha256, clock);
  const stsSigning = createSigning('sts', region, sts.config.sha256, clock);
  trimClient(iam, iamSigning, runName);
  trimClient(sts, stsSigning, runName);
  const lookups = new Map<string, Promise<LookupEvents>>();
  const lookupIn = (of: string): Promise<LookupEvents> => {
    const made = import('./trail-client.ts').then(({ createLookup }) =>
      createLookup({ region: of, endpoint: endpoint(endpoints.cloudtrail), requestHandler, clock, runName }),
    );
    lookups.set(of, made);
    return made;
  };
  let organizations: OrganizationsAs | undefined;
  const openOrganizations = async (partition: string): Promise<OrganizationsAs> => {
    const { createOrganizations } = await import('./organizations-client.ts');
    return createOrganizations({
      region: organizationsRegion(partition, region),
      endpoint: endpoint(endpoints.organizations),
      requestHandler,
      clock,
      runName,
    });
  };
  return {
    iam(command, credentials) {
      iamSigning.assign(command.input, credentials);
      return iam.send(command);
    },
    sts(command, credentials) {
      stsSigning.assign(command.input, credentials);
      return sts.send(command);
    },
    requestHandler,
    lookupEvents: async (of, input, credentials) => (await (lookups.get(of) ?? lookupIn(of)))(input, credentials),
    organizations: async (partition) => {
      organizations ??= await openOrganizations(partition);
      return organizations;
    },
    destroy: () => requestHandler.destroy(),
  };
}

function endpoint(url: string | undefined): { endpoint?: string } {
  return url === undefined || url === '' ? {} : { endpoint: url };
}
