import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cloud } from './accounts/cloud.ts';
import { answer, type Credentials, identify, type Request, serviceOf } from './api.ts';
import type { Effect, Fault, Faults } from './faults/fault.ts';
import { Throttle } from './faults/throttle.ts';
import { AwsError, accessDenied } from './protocol/errors.ts';
import { Params } from './protocol/query.ts';
import { errorXml, replyXml, type Service } from './protocol/xml.ts';
import type { Load, RecordedCall } from './recording.ts';
import type { Settings } from './settings.ts';

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** What the client gets: a status with a body, or a connection that is cut, left hanging or garbled. */
interface Reply {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  readonly cut: 'reset' | 'hang' | 'garbled' | undefined;
  readonly code: string | undefined;
}

/** Answers requests (who calls, is it throttled, does a fault hit it, what does AWS answer) and records them. */
export class Endpoint {
  readonly settings: Settings;
  readonly faults: Faults;
  readonly calls: RecordedCall[] = [];
  readonly load: Load = { requests: 0, connections: 0, inFlight: 0, mostInFlight: 0 };
  readonly #cloud: Cloud;
  readonly #clock: () => number;
  readonly #throttle = new Throttle();

  constructor(cloud: Cloud, settings: Settings, faults: Faults, clock: () => number) {
    this.#cloud = cloud;
    this.settings = settings;
    this.faults = faults;
    this.#clock = clock;
  }

  async respond(message: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const { load } = this;
    load.requests += 1;
    load.inFlight += 1;
    load.mostInFlight = Math.max(load.mostInFlight, load.inFlight);
    response.once('close', () => {
      load.inFlight -= 1;
    });
    const params = new Params(new URLSearchParams(message.method === 'GET' ? message.url?.split('?')[1] : body));
    const credentials = credentialsOf(message);
    const requestId = randomUUID();
    const reply = await this.#reply(params, credentials, requestId, message.headers['user-agent'] ?? '');
    send(response, reply, requestId);
  }

  async #reply(params: Params, credentials: Credentials, requestId: string, userAgent: string): Promise<Reply> {
    const now = this.#clock();
    const service = serviceOf(params, credentials);
    let request: Request;
    try {
      request = identify(this.#cloud, service, params, credentials, now);
    } catch (error) {
      const reply = errorReply(service, asAwsError(error), requestId);
      this.#record({ service, action: params.text('Action') ?? '', account: '', principal: '' }, params, reply, userAgent, now);
      return reply;
    }
    const { action, account, caller } = request;
    if (caller.kind === 'admin') return this.#answer(request, requestId);
    const fault = this.faults.hit({ service, action, account, param: (name) => params.text(name) });
    await fault?.before?.();
    const reply = this.#decide(request, fault, requestId);
    this.#record({ service, action, account, principal: caller.arn }, params, reply, userAgent, now);
    const wait = this.settings.latencyMs + (fault?.delayMs ?? 0);
    if (wait > 0) await sleep(wait);
    return reply;
  }

  #decide(request: Request, fault: Fault | undefined, requestId: string): Reply {
    const { service, account, caller } = request;
    if (!this.#throttle.admits(this.settings.throttle[service], service, caller.account || account, this.#clock())) {
      return errorReply(service, THROTTLED, requestId);
    }
    const effect = fault?.effect;
    if (effect === undefined) return this.#answer(request, requestId);
    if (effect === 'lost-reply') return { ...this.#answer(request, requestId), status: 0, cut: 'reset' };
    if (effect === 'garbled-reply') return { ...this.#answer(request, requestId), status: 0, cut: 'garbled' };
    return faultReply(request, effect, requestId);
  }

  #answer(request: Request, requestId: string): Reply {
    try {
      const result = answer(this.#cloud, this.settings, request, this.#clock());
      return xmlReply(200, replyXml(request.service, request.action, result, requestId), undefined);
    } catch (error) {
      return errorReply(request.service, asAwsError(error), requestId);
    }
  }

  #record(
    call: Pick<RecordedCall, 'service' | 'action' | 'account' | 'principal'>,
    params: Params,
    reply: Reply,
    userAgent: string,
    at: number,
  ): void {
    this.calls.push({ ...call, params: params.toRecord(), status: reply.status, code: reply.code, userAgent, at });
  }
}

const THROTTLED = new AwsError('Throttling', 400, 'Rate exceeded');

function credentialsOf({ headers }: IncomingMessage): Credentials {
  const header = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return { authorization: headers.authorization, sessionToken: header('x-amz-security-token'), adminAccount: header('x-moto-account-id') };
}

/** A failure of this server itself becomes AWS's `ServiceFailure`, with its stack, so that a test shows what happened. */
function asAwsError(error: unknown): AwsError {
  return error instanceof AwsError
    ? error
    : new AwsError('ServiceFailure', 500, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function xmlReply(status: number, body: string, code: string | undefined): Reply {
  return { status, body, contentType: 'text/xml', cut: undefined, code };
}

function errorReply(service: Service, error: AwsError, requestId: string): Reply {
  return xmlReply(error.status, errorXml(service, error, requestId), error.code);
}

function faultReply(request: Request, effect: Exclude<Effect, 'lost-reply' | 'garbled-reply'>, requestId: string): Reply {
  if (effect === 'html') return { status: 502, body: HTML, contentType: 'text/html', cut: undefined, code: undefined };
  if (effect === 'reset' || effect === 'hang') return { status: 0, body: '', contentType: '', cut: effect, code: undefined };
  return errorReply(request.service, faultError(request, effect), requestId);
}

function faultError(
  { service, action, caller }: Request,
  effect: Exclude<Effect, 'lost-reply' | 'garbled-reply' | 'html' | 'reset' | 'hang'>,
): AwsError {
  if (typeof effect === 'object') return new AwsError(effect.code, effect.status, effect.message);
  switch (effect) {
    case 'access-denied':
      return accessDenied(
        `User: ${caller.arn} is not authorized to perform: ${service}:${action} with an explicit deny in a service control policy`,
      );
    case 'expired-token':
      return new AwsError('ExpiredToken', 403, 'The security token included in the request is expired');
    case 'throttling':
      return THROTTLED;
    case 'internal-failure':
      return service === 'iam'
        ? new AwsError('ServiceFailure', 500, 'The request processing has failed because of an unknown error, exception or failure.')
        : new AwsError('InternalFailure', 500, 'The request processing has failed because of an unknown error, exception or failure.');
    case 'service-unavailable':
      return new AwsError('ServiceUnavailable', 503, 'The request has failed due to a temporary failure of the server.');
  }
}

function send(response: ServerResponse, reply: Reply, requestId: string): void {
  if (reply.cut === 'hang') return;
  if (reply.cut === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (reply.cut === 'garbled') {
    response.socket?.end('no HTTP\r\n\r\n');
    return;
  }
  response.writeHead(reply.status, {
    'content-type': reply.contentType,
    'content-length': Buffer.byteLength(reply.body),
    'x-amzn-requestid': requestId,
  });
  response.end(reply.body);
}
