import type { ServerResponse } from 'node:http';
import type { Request } from './api.ts';
import type { Outcome } from './cloudtrail/record.ts';
import type { Effect } from './faults/fault.ts';
import { AwsError, accessDenied } from './protocol/errors.ts';
import { errorBody, jsonError } from './protocol/json.ts';
import { isQueryService, type Service } from './protocol/service.ts';
import { errorXml, replyXml } from './protocol/xml.ts';

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
export const THROTTLED = new AwsError('Throttling', 400, 'Rate exceeded');

/** What the client gets: a status with a body, or a connection that is cut, left hanging or garbled. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  readonly cut: 'reset' | 'hang' | 'garbled' | undefined;
  readonly code: string | undefined;
  /** What AWS has made of the call; `undefined` if it never got there. */
  readonly outcome: Outcome | undefined;
}

export function resultReply(service: Service, action: string, result: string | undefined, requestId: string): Reply {
  const outcome = { result };
  if (!isQueryService(service)) return { ...json(200, result ?? '{}'), code: undefined, outcome };
  return { ...xml(200, replyXml(service, action, result, requestId)), code: undefined, outcome };
}

export function errorReply(service: Service, error: AwsError, requestId: string): Reply {
  const outcome = { error };
  if (isQueryService(service)) return { ...xml(error.status, errorXml(service, error, requestId)), code: error.code, outcome };
  const sent = jsonError(service, error);
  return { ...json(sent.status, errorBody(sent)), code: sent.code, outcome };
}

function xml(status: number, body: string): Pick<Reply, 'status' | 'body' | 'contentType' | 'cut'> {
  return { status, body, contentType: 'text/xml', cut: undefined };
}

function json(status: number, body: string): Pick<Reply, 'status' | 'body' | 'contentType' | 'cut'> {
  return { status, body, contentType: 'application/x-amz-json-1.1', cut: undefined };
}

export function faultReply(request: Request, effect: Exclude<Effect, 'lost-reply' | 'garbled-reply'>, requestId: string): Reply {
  if (effect === 'html') return { status: 502, body: HTML, contentType: 'text/html', cut: undefined, code: undefined, outcome: undefined };
  if (effect === 'reset' || effect === 'hang')
    return { status: 0, body: '', contentType: '', cut: effect, code: undefined, outcome: undefined };
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
      return service === 'sts'
        ? new AwsError('InternalFailure', 500, 'The request processing has failed because of an unknown error, exception or failure.')
        : new AwsError('ServiceFailure', 500, 'The request processing has failed because of an unknown error, exception or failure.');
    case 'service-unavailable':
      return new AwsError('ServiceUnavailable', 503, 'The request has failed due to a temporary failure of the server.');
  }
}

export function send(response: ServerResponse, reply: Reply, requestId: string): void {
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
