import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join, listening } from './listening.ts';

export interface ProxyOptions {
  /** `USER:PASSWORD` that clients have to send. */
  readonly credentials?: string;
  /** Port on this machine for each `HOST:PORT` that may be connected to. All others are refused with 403. */
  readonly routes: Readonly<Record<string, number>>;
  /** Answers of its own in place of a connection, by `HOST:PORT`: a status, or none at all. */
  readonly answers?: Readonly<Record<string, number | 'silence'>>;
}

/** An HTTP proxy that connects to servers by names that it alone knows. */
export interface ConnectProxy extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** `HOST:PORT` of each CONNECT that was made, in order. */
  readonly connects: string[];
  /** Status of each CONNECT that was refused. */
  readonly refusals: number[];
}

export async function startConnectProxy({ credentials, routes, answers = {} }: ProxyOptions): Promise<ConnectProxy> {
  const connects: string[] = [];
  const refusals: number[] = [];
  const expected = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = createServer((_, response) => void response.writeHead(501).end());
  server.on('connect', ({ url = '', headers }: IncomingMessage, client: Socket) => {
    client.on('error', () => client.destroy());
    const answer =
      expected !== undefined && headers['proxy-authorization'] !== expected
        ? 407
        : (answers[url] ?? (routes[url] === undefined ? 403 : 200));
    // It notices when the client goes.
    if (answer === 'silence') return void client.on('end', () => client.end()).resume();
    if (answer !== 200) {
      refusals.push(answer);
      const page = '<html><body>Access to this site is blocked by policy 7.</body></html>';
      return void client.end(
        `HTTP/1.1 ${answer} Refused\r\nProxy-Authenticate: Basic realm="example"\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\n\r\n${page}`,
      );
    }
    connects.push(url);
    const upstream = connect(routes[url] ?? 0, '127.0.0.1', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    join(client, upstream);
  });
  const { port, [Symbol.asyncDispose]: close } = await listening(server);
  return { host: `127.0.0.1:${port}`, connects, refusals, [Symbol.asyncDispose]: close };
}
