import http from 'node:http';
import https from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** Milliseconds. */
export interface Timeouts {
  /** Until a connection is open. */
  readonly connect: number;
  /** Until a response begins, and between two pieces of it. */
  readonly request: number;
}

export type RequestHandler = NodeHttpHandler;

/** One pool of kept-alive connections for all clients. @param maxSockets open connections to each address */
export function createRequestHandler(maxSockets: number, { connect, request }: Timeouts): RequestHandler {
  const pool = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets };
  return new NodeHttpHandler({
    httpAgent: new http.Agent(pool),
    httpsAgent: new https.Agent(pool),
    connectionTimeout: connect,
    requestTimeout: request,
    socketTimeout: request,
    throwOnRequestTimeout: true,
    // All reads of a target wait for a connection together, so a queue is not a sign of a leak.
    socketAcquisitionWarningTimeout: 24 * 3600_000,
  });
}
