import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Cloud } from './accounts/cloud.ts';
import { PolicyDocument } from './accounts/document.ts';
import { timestamp } from './accounts/ids.ts';
import { withNextVersion } from './accounts/managed.ts';
import { DEFAULT_QUOTAS, type Quotas } from './accounts/quotas.ts';
import { AccountAdmin } from './admin.ts';
import { Endpoint } from './endpoint.ts';
import { Faults } from './faults/fault.ts';
import { Organization, type OrganizationEstate } from './organizations/organization.ts';
import type { Load, RecordedCall } from './recording.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

export interface AwsOptions extends Partial<Settings> {
  /** Default: any free port. */
  readonly port?: number;
  /** `aws` (default), `aws-cn`, `aws-us-gov`, … */
  readonly partition?: string;
  readonly quotas?: Partial<Quotas>;
  /** Milliseconds since the epoch. Default: the real time. */
  readonly clock?: () => number;
}

/** IAM, STS, CloudTrail and Organizations of many accounts behind one URL on the loopback interface. */
export interface EmbeddedAws extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Can be changed while it runs. */
  readonly settings: Settings;
  readonly faults: Faults;
  /** All calls but admin calls, in order; can be emptied. */
  readonly calls: RecordedCall[];
  readonly load: Load;
  account(id: string): AccountAdmin;
  /** Puts accounts into an organization, in place of an earlier one; `undefined`: none. */
  organize(organization: OrganizationEstate | undefined): void;
  /** Empties the event history of every account, which else grows with every call. */
  forgetEvents(): void;
  /** Gives one of AWS's own policies a new version, as AWS does at any time. Returns its id. Throws `RangeError` for an unknown ARN. */
  publishVersion(policyArn: string, document: object): string;
  /** Also ends open connections. */
  close(): Promise<void>;
}

export async function startAws(options: AwsOptions = {}): Promise<EmbeddedAws> {
  const { port = 0, partition = 'aws', quotas, clock = Date.now, ...settings } = options;
  const cloud = new Cloud(partition, { ...DEFAULT_QUOTAS, ...quotas });
  const endpoint = new Endpoint(cloud, { ...DEFAULT_SETTINGS, ...settings }, new Faults(), clock);
  const server = createServer((request, response) => void handle(endpoint, request, response));
  server.keepAliveTimeout = 60_000;
  server.on('connection', () => {
    endpoint.load.connections += 1;
  });
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  const close = () => stop(server);
  return {
    url,
    settings: endpoint.settings,
    faults: endpoint.faults,
    calls: endpoint.calls,
    load: endpoint.load,
    organize: (estate) => {
      cloud.organization = estate === undefined ? undefined : new Organization(estate);
    },
    forgetEvents: () => cloud.trail.clear(),
    account: (id) => new AccountAdmin(cloud, id, endpoint.settings, clock),
    publishVersion: (arn, document) => {
      const policy = cloud.managed.get(arn);
      if (policy === undefined) throw new RangeError(`AWS has no policy ${arn}`);
      const next = withNextVersion(policy, PolicyDocument.checked(JSON.stringify(document)), timestamp(clock()));
      cloud.managed.set(arn, next);
      return next.defaultVersion;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function handle(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  await endpoint.respond(request, Buffer.concat(chunks).toString(), response);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('The server has no port'));
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
