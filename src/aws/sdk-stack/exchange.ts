import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { buildQueryString, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { UnexpectedAnswer } from '../answers.ts';
import type { UnderWay } from './abortable.ts';

/** Milliseconds. */
export interface Timeouts {
  /** Until a connection is open. */
  readonly connect: number;
  /** Until a response begins, and between two pieces of it. */
  readonly request: number;
}

/** Nothing came in time. */
class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  /** Node's, for connections that time out by themselves. */
  readonly code = 'ETIMEDOUT';
}

/**
 * Sends a request, and reads the whole of its response.
 *
 * @param agent the pool of connections
 * @param underWay ends the request when its signal is aborted
 * @throws {Error} with Node's code of a failed connection, which is `ETIMEDOUT` after the timeouts; the signal's reason
 * @throws {UnexpectedAnswer} when the server leaves HTTP
 */
export function exchange(
  request: HttpRequest,
  agent: http.Agent | undefined,
  timeouts: Timeouts,
  underWay: UnderWay,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    let outgoing: ClientRequest | undefined;
    let connecting: NodeJS.Timeout | undefined;
    // A request that waits for a connection says nothing of its end until it has one, so the promise does not wait for that.
    const fail = (error: unknown) => {
      settle();
      reject(error);
      outgoing?.destroy();
    };
    const settle = () => {
      clearTimeout(connecting);
      underWay.leave(fail);
    };
    underWay.begin(fail);
    try {
      outgoing = open(request, agent);
    } catch (error) {
      fail(error);
      return;
    }
    const sent = outgoing;
    const startTimer = () => {
      clearTimeout(connecting);
      connecting = setTimeout(() => {
        // As long as all connections of the pool are in use, none is being opened for it.
        if (isQueued(sent, agent)) startTimer();
        else fail(new TimeoutError(`no connection was established within ${timeouts.connect} ms`));
      }, timeouts.connect);
    };
    startTimer();
    outgoing.on('error', fail);
    outgoing.on('socket', (socket) => {
      clearTimeout(connecting);
      if (!socket.connecting) return;
      startTimer();
      socket.once('connect', () => clearTimeout(connecting));
    });
    // Node would drop the request without a word.
    outgoing.on('upgrade', () => fail(new UnexpectedAnswer('a switch to another protocol', 101)));
    outgoing.setTimeout(timeouts.request, () => fail(new TimeoutError(`nothing was received for ${timeouts.request} ms`)));
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', fail);
      incoming.on('end', () => {
        settle();
        resolve(responseOf(incoming, chunks));
      });
    });
    outgoing.end(request.body);
  });
}

function open({ protocol, hostname, port, path, query, method, headers }: HttpRequest, agent: http.Agent | undefined): ClientRequest {
  const { request } = protocol === 'https:' ? https : http;
  const asked = buildQueryString(query);
  const target = asked === '' ? path : `${path}?${asked}`;
  // An IPv6 address stands in brackets in an address, and without them here.
  return request({
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port ?? null,
    path: target,
    method,
    headers,
    ...(agent && { agent }),
  });
}

function isQueued(request: ClientRequest, agent: http.Agent | undefined): boolean {
  return Object.values(agent?.requests ?? {}).some((queue) => queue?.some((waiting) => Object.is(waiting, request)));
}

function responseOf({ statusCode = -1, statusMessage, headers }: IncomingMessage, chunks: readonly Buffer[]): HttpResponse {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) joined[name] = Array.isArray(value) ? value.join(',') : (value ?? '');
  const [first] = chunks;
  const body = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
  return new HttpResponse({ statusCode, reason: statusMessage ?? '', headers: joined, body });
}
