import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';

/** A chat with an incoming webhook, on its own port. */
export interface Chat extends AsyncDisposable {
  /** The address of the webhook. Its end is a secret. */
  readonly webhook: string;
  /** The texts of the messages that it took, in order. */
  readonly messages: readonly string[];
  /** The statuses of its next answers; 200 after these. */
  readonly answers: number[];
  /** How often it was called. */
  calls(): number;
}

const SECRET_PATH = '/hooks/T0/B0/s3cret';
const message = z.strictObject({ text: z.string() });

export async function startChat(): Promise<Chat> {
  const messages: string[] = [];
  const answers: number[] = [];
  let calls = 0;
  const server = createServer(async (request, response) => {
    calls += 1;
    const body = Buffer.concat(await request.toArray()).toString();
    const status = answers.shift() ?? 200;
    const isMessage = request.method === 'POST' && request.url === SECRET_PATH && request.headers['content-type'] === 'application/json';
    if (status === 200 && isMessage) messages.push(message.parse(JSON.parse(body)).text);
    response.writeHead(isMessage ? status : 400).end('ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    webhook: `http://127.0.0.1:${port}${SECRET_PATH}`,
    messages,
    answers,
    calls: () => calls,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
