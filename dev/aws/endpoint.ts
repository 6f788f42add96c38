import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cloud } from './accounts/cloud.ts';
import { answer, type Credentials, identify, type Request, serviceOf } from './api.ts';
import { identityOf } from './cloudtrail/identity.ts';
import { recordCall } from './cloudtrail/record.ts';
import type { Fault, Faults } from './faults/fault.ts';
import { Throttle } from './faults/throttle.ts';
import { AwsError } from './protocol/errors.ts';
import { jsonParams, targetAction } from './protocol/json.ts';
import { Params, parseSignature } from './protocol/query.ts';
import type { Load, RecordedCall } from './recording.ts';
import { errorReply, faultReply, type Reply, resultReply, send, THROTTLED } from './reply.ts';
import type { Settings } from './settings.ts';

/** What a request says besides its parameters. */
interface Envelope {
  readonly credentials: Credentials;
  readonly userAgent: string;
  readonly sourceIPAddress: string;
  readonly requestId: string;
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
    const requestId = randomUUID();
    const envelope = {
      credentials: credentialsOf(message),
      userAgent: message.headers['user-agent'] ?? '',
      sourceIPAddress: message.socket.remoteAddress ?? '',
      requestId,
    };
    send(response, await this.#reply(paramsOf(message, body), envelope), requestId);
  }

  async #reply(params: Params, envelope: Envelope): Promise<Reply> {
    const { credentials, requestId } = envelope;
    const now = this.#clock();
    const service = serviceOf(params, credentials);
    let request: Request;
    try {
      request = identify(this.#cloud, service, params, credentials, now);
    } catch (error) {
      const reply = errorReply(service, asAwsError(error), requestId);
      const unknown = { service, action: params.text('Action') ?? '', account: '', principal: '' };
      this.#record(unknown, params, reply, envelope.userAgent, now);
      return reply;
    }
    const { action, account, caller } = request;
    if (caller.kind === 'admin') return this.#answer(request, requestId);
    const fault = this.faults.hit({ service, action, account, param: (name) => params.text(name) });
    await fault?.before?.();
    const reply = this.#decide(request, fault, requestId);
    this.#record({ service, action, account, principal: caller.arn }, params, reply, envelope.userAgent, now);
    this.#recordEvent(request, reply, envelope, now);
    const wait = this.settings.latencyMs + (fault?.delayMs ?? 0);
    if (wait > 0) await sleep(wait);
    return reply;
  }

  #decide(request: Request, fault: Fault | undefined, requestId: string): Reply {
    const { service, account, caller, region } = request;
    const limited = caller.account || account;
    const bucket = service === 'cloudtrail' ? `${limited}/${region}` : limited;
    if (!this.#throttle.admits(this.settings.throttle[service], service, bucket, this.#clock())) {
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
      return resultReply(request.service, request.action, result, requestId);
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

  #recordEvent(request: Request, { outcome }: Reply, { credentials, userAgent, sourceIPAddress }: Envelope, at: number): void {
    if (outcome === undefined) return;
    const accessKeyId = parseSignature(credentials.authorization)?.accessKeyId ?? '';
    const client = { identity: identityOf(this.#cloud, request, accessKeyId), userAgent, sourceIPAddress };
    recordCall(this.#cloud, { ...request, client, outcome, at, visibleFrom: at + this.settings.eventDelayMs });
  }
}

function paramsOf(message: IncomingMessage, body: string): Params {
  const action = targetAction(header(message, 'x-amz-target'));
  if (action !== undefined) return jsonParams(action, body);
  return new Params(new URLSearchParams(message.method === 'GET' ? message.url?.split('?')[1] : body));
}

function credentialsOf(message: IncomingMessage): Credentials {
  return {
    authorization: message.headers.authorization,
    sessionToken: header(message, 'x-amz-security-token'),
    adminAccount: header(message, 'x-moto-account-id'),
  };
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A failure of this server itself becomes AWS's `ServiceFailure`, with its stack, so that a test shows what happened. */
function asAwsError(error: unknown): AwsError {
  return error instanceof AwsError
    ? error
    : new AwsError('ServiceFailure', 500, error instanceof Error ? (error.stack ?? error.message) : String(error));
}
