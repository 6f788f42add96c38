import { once } from 'node:events';
import { createServer, request } from 'node:http';

/**
 * Stands before moto and calls its answers XML, as AWS does: moto says of a refusal that it is HTML, which the action rightly takes for
 * somebody else's answer.
 */
export async function frontOf(url: string): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url: path = '/' } = incoming;
    const onward = request(`${url}${path}`, { ...(method === undefined ? {} : { method }), headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-type': 'text/xml' });
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
