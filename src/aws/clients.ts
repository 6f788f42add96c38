import http from 'node:http';
import https from 'node:https';
import type {
  $Command as Command,
  IAMClientResolvedConfig,
  ServiceInputTypes as IamInput,
  ServiceOutputTypes as IamOutput,
} from '@aws-sdk/client-iam';
import { IAMClient } from '@aws-sdk/client-iam';
import type { STSClientResolvedConfig, ServiceInputTypes as StsInput, ServiceOutputTypes as StsOutput } from '@aws-sdk/client-sts';
import { STSClient } from '@aws-sdk/client-sts';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Clock } from '../time/clock.ts';
import type { Credentials } from './sdk-stack/signing.ts';
import { createSigning } from './sdk-stack/signing.ts';
import { awsAnswersOnly, leanStack } from './sdk-stack/stack.ts';

export type IamCommand<In extends IamInput, Out extends IamOutput> = Command<In, Out, IAMClientResolvedConfig, IamInput, IamOutput>;
export type StsCommand<In extends StsInput, Out extends StsOutput> = Command<In, Out, STSClientResolvedConfig, StsInput, StsOutput>;

/** Addresses that stand in for AWS's own (`AWS_ENDPOINT_URL` and its per-service twins). */
export interface Endpoints {
  readonly iam?: string | undefined;
  readonly sts?: string | undefined;
}

export interface ClientOptions {
  readonly region: string;
  readonly endpoints: Endpoints;
  /** Open connections at most, to each service. */
  readonly maxSockets: number;
  readonly timeouts: Timeouts;
  readonly clock: Clock;
  /** Shown in the user agent. */
  readonly runName?: string;
}

/** Milliseconds. */
export interface Timeouts {
  /** Until a connection stands. */
  readonly connect: number;
  /** Until an answer begins, and between two pieces of it. */
  readonly request: number;
}

export const defaultTimeouts: Timeouts = { connect: 5_000, request: 15_000 };

/**
 * One IAM and one STS client for all accounts, on one pool of kept-alive connections. Each call brings the credentials of
 * the identity that makes it; see `signing.ts` for why identities can't be mixed up.
 */
export interface Clients {
  /** Makes the call once; trying again is the caller's business. */
  iam<In extends IamInput, Out extends IamOutput>(command: IamCommand<In, Out>, credentials: Credentials): Promise<Out>;
  sts<In extends StsInput, Out extends StsOutput>(command: StsCommand<In, Out>, credentials: Credentials | 'unsigned'): Promise<Out>;
  destroy(): void;
}

export function createClients(options: ClientOptions): Clients {
  const pool = { keepAlive: true, maxSockets: options.maxSockets, maxFreeSockets: options.maxSockets };
  const requestHandler = new NodeHttpHandler({
    httpAgent: new http.Agent(pool),
    httpsAgent: new https.Agent(pool),
    connectionTimeout: options.timeouts.connect,
    requestTimeout: options.timeouts.request,
    socketTimeout: options.timeouts.request,
    throwOnRequestTimeout: true,
    // All reads of a target wait for a connection together; that is no sign of a leak.
    socketAcquisitionWarningTimeout: 24 * 3600_000,
  });
  const common = { region: options.region, requestHandler, cacheMiddleware: true, maxAttempts: 1 };
  const iam = flattened(new IAMClient({ ...common, ...endpoint(options.endpoints.iam) }));
  const sts = flattened(new STSClient({ ...common, ...endpoint(options.endpoints.sts) }));
  const iamSigning = createSigning<IamInput, IamOutput>('iam', options.region, iam.config.sha256, options.clock);
  const stsSigning = createSigning<StsInput, StsOutput>('sts', options.region, sts.config.sha256, options.clock);
  iam.middlewareStack.use(iamSigning.plugin);
  sts.middlewareStack.use(stsSigning.plugin);
  for (const { middlewareStack } of [iam, sts]) {
    middlewareStack.use(leanStack(options.runName));
    middlewareStack.use(awsAnswersOnly());
  }

  return {
    iam(command, credentials) {
      iamSigning.assign(command.input, credentials);
      return iam.send(command);
    },
    sts(command, credentials) {
      stsSigning.assign(command.input, credentials);
      return sts.send(command);
    },
    destroy: () => requestHandler.destroy(),
  };
}

/**
 * The SDK copies a client's configuration three times for each request. There are some fifty properties in it, and an accessor among them makes each
 * copy thirteen times as slow as one of a plain object: so it is made plain once, and the two steps that (un)make XML get only what they ask for.
 */
function flattened<Client extends IAMClient | STSClient>(client: Client): Client {
  const config = { ...client.config };
  const {
    base64Decoder,
    base64Encoder,
    disableHostPrefix,
    protocol,
    requestHandler,
    streamCollector,
    urlParser,
    utf8Decoder,
    utf8Encoder,
  } = config;
  const codecs = { base64Decoder, base64Encoder, utf8Decoder, utf8Encoder };
  client.middlewareStack.use(getSchemaSerdePlugin({ ...codecs, disableHostPrefix, protocol, requestHandler, streamCollector, urlParser }));
  return Object.assign(client, { config });
}

function endpoint(url: string | undefined): { endpoint?: string } {
  return url === undefined || url === '' ? {} : { endpoint: url };
}
