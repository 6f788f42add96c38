import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';

/** A server before moto. */
export interface MotoFront extends AsyncDisposable {
  readonly url: string;
  /** Those that came through here so far. */
  readonly requests: number;
  close(): void;
}

/**
 * Stands before moto, counts the requests, and calls its answers XML, as AWS does: moto says of a refusal that it is HTML, which the action rightly takes for
 * somebody else's answer.
 */
export async function frontOf(url: string): Promise<MotoFront> {
  const agent = new Agent({ keepAlive: true });
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    const { method, headers, url: path = '/' } = incoming;
    const onward = request(`${url}${path}`, { agent, ...(method === undefined ? {} : { method }), headers }, (answer) => {
      const isJson = answer.headers['content-type']?.includes('json') === true;
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...(isJson ? {} : { 'content-type': 'text/xml' }) });
      answer.pipe(outgoing);
    });
    onward.once('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () => {
    server.close();
    server.closeAllConnections();
    agent.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    close,
    [Symbol.asyncDispose]: async () => close(),
  };
}
