import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { $ClientProtocol, MetadataBearer } from '@smithy/types';
import type { Clock } from '../../time/clock.ts';
import { createKinds, type Kind } from './kinds.ts';
import { namedError, refuseStranger } from './responses.ts';
import type { SdkCommand, SdkConfig, Service } from './sdk-types.ts';
import { type Credentials, createSign, skewFrom } from './signing.ts';
import type { AwsTransport } from './transport.ts';

/** Makes a call once, without retries, signed with the credentials that are passed with it. */
export type CallAws = <In extends object, Out extends MetadataBearer>(
  command: SdkCommand<In, Out>,
  credentials: Credentials | 'unsigned',
) => Promise<Out>;

export interface CallerOptions {
  readonly service: Service;
  readonly transport: Pick<AwsTransport, 'handle'>;
  readonly clock: Clock;
  /** CloudTrail shows it in the user agent: credentials from the environment have a session name of their own. */
  readonly runName: string | undefined;
  /**
   * Of a service that takes JSON, as AWS's documentation and the other SDKs name it. AWS knows the short name of this SDK as well, but what stands in for AWS
   * may not.
   */
  readonly namespace?: string | undefined;
}

const USER_AGENT = 'assume-role-drift';

/** @param config of the SDK's client for the service */
export function createCaller(config: SdkConfig, { service, transport, clock, runName, namespace }: CallerOptions): CallAws {
  const protocol: $ClientProtocol<HttpRequest, HttpResponse> = config.protocol;
  const kindOf = createKinds(config);
  const sign = createSign(service, config.sha256, clock);
  const userAgent = runName === undefined ? USER_AGENT : `${USER_AGENT} (${runName})`;
  /** Milliseconds, as the last refusal for a wrong date has shown. */
  let skew = 0;

  protocol.setSerdeContext(config);

  async function requestFor({ operation, context }: Kind, input: object): Promise<HttpRequest> {
    const request = await protocol.serializeRequest(operation, input, context);
    const { headers, hostname, port, body } = request;
    headers.host = port === undefined ? hostname : `${hostname}:${port}`;
    headers['content-length'] = String(Buffer.byteLength(body));
    headers['user-agent'] = userAgent;
    if (namespace !== undefined) headers['x-amz-target'] = `${namespace}.${headers['x-amz-target']}`;
    return request;
  }

  async function send<Out extends MetadataBearer>({ operation, context }: Kind, request: HttpRequest): Promise<Answer<Out>> {
    let response: HttpResponse | undefined;
    try {
      ({ response } = await transport.handle(request));
      refuseStranger(response);
      return { output: await protocol.deserializeResponse<Out>(operation, context, response) };
    } catch (error) {
      return { error: namedError(error, response), date: response?.headers.date };
    }
  }

  return async <In extends object, Out extends MetadataBearer>(command: SdkCommand<In, Out>, credentials: Credentials | 'unsigned') => {
    const kind = await kindOf(command);
    const request = await requestFor(kind, command.input);
    if (credentials === 'unsigned') return outputOf(await send<Out>(kind, request));
    const used = skew;
    const answer = await send<Out>(kind, await sign(request, credentials, kind.signingRegion, used));
    const found = 'error' in answer ? skewFrom(answer.error, answer.date, used, clock) : undefined;
    if (found === undefined) return outputOf(answer);
    skew = found;
    return outputOf(await send<Out>(kind, await sign(request, credentials, kind.signingRegion, found)));
  };
}

/** @property date header of a response with an error */
type Answer<Out> = { readonly output: Out } | { readonly error: unknown; readonly date: string | undefined };

function outputOf<Out>(answer: Answer<Out>): Out {
  if ('error' in answer) throw answer.error;
  return answer.output;
}
