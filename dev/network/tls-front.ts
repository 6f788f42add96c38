import { connect } from 'node:net';
import { createServer } from 'node:tls';
import type { Identity } from './certificates.ts';
import { join, type Listening, listening } from './listening.ts';

/**
 * A TLS server in front of plain HTTP servers, as a proxy that inspects TLS is one.
 *
 * @param upstreams `http://127.0.0.1:PORT` by host name
 */
export function startTlsFront(identity: Identity, upstreams: Readonly<Record<string, string>>): Promise<Listening> {
  const server = createServer({ ...identity }, (socket) => {
    const upstream = upstreams[String(socket.servername)];
    if (upstream === undefined) return void socket.destroy();
    join(socket, connect(Number(new URL(upstream).port), '127.0.0.1'));
  });
  server.on('tlsClientError', (_, socket) => socket.destroy());
  return listening(server);
}
