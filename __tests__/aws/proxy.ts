import { createServer, type IncomingMessage } from 'node:http';

/** Something between the action and AWS. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
}

/** A proxy that hands requests on as they are, and rewrites the answers. `rewrite` gets the action (`GetRole`) and the XML. */
export async function startProxy(upstream: string, rewrite: (action: string, xml: string) => string): Promise<Proxy> {
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const passed = ['authorization', 'content-type', 'x-amz-security-token'].flatMap((name): [string, string][] => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    const answer = await fetch(upstream, { method: 'POST', headers: Object.fromEntries(passed), body });
    const action = new URLSearchParams(body).get('Action') ?? '';
    const text = rewrite(action, await answer.text());
    response.writeHead(answer.status, { 'content-type': 'text/xml' });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
