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
import { createCaller } from './sdk-stack/caller.ts';
import type { Timeouts } from './sdk-stack/exchange.ts';
import type { Credentials } from './sdk-stack/signing.ts';
import { AwsTransport } from './sdk-stack/transport.ts';
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
  readonly transport: AwsTransport;
  /** Events of an account, as CloudTrail recorded them in the region. */
  lookupEvents(region: string, input: LookupEventsRequest, credentials: Credentials): Promise<LookupEventsResponse>;
  /** Of the organization of an account in the partition. */
  organizations(partition: string): Promise<OrganizationsAs>;
  destroy(): void;
}

export function createClients({ region, endpoints, maxSockets, timeouts, network, clock, deadline, runName }: ClientOptions): Clients {
  const transport = new AwsTransport(maxSockets, timeouts, network, () => deadline.signal);
  // Their clients are asked for their configuration alone: sdk-stack/README.md says why.
  const common = { transport, clock, runName };
  const iam = createCaller(new IAMClient({ region, ...endpoint(endpoints.iam) }).config, { ...common, service: 'iam' });
  const sts = createCaller(new STSClient({ region, ...endpoint(endpoints.sts) }).config, { ...common, service: 'sts' });
  const lookups = new Map<string, Promise<LookupEvents>>();
  const lookupIn = (of: string): Promise<LookupEvents> => {
    const made = import('./trail-client.ts').then(({ createLookup }) =>
      createLookup({ region: of, endpoint: endpoint(endpoints.cloudtrail) }, common),
    );
    lookups.set(of, made);
    return made;
  };
  let organizations: OrganizationsAs | undefined;
  const openOrganizations = async (partition: string): Promise<OrganizationsAs> => {
    const { createOrganizations } = await import('./organizations-client.ts');
    return createOrganizations({ region: organizationsRegion(partition, region), endpoint: endpoint(endpoints.organizations) }, common);
  };
  return {
    iam,
    sts,
    transport,
    lookupEvents: async (of, input, credentials) => (await (lookups.get(of) ?? lookupIn(of)))(input, credentials),
    organizations: async (partition) => {
      organizations ??= await openOrganizations(partition);
      return organizations;
    },
    destroy: () => transport.destroy(),
  };
}

function endpoint(url: string | undefined): { endpoint?: string } {
  return url === undefined || url === '' ? {} : { endpoint: url };
}
