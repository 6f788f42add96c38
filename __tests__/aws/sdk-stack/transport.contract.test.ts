import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from '@jest/globals';
import { HttpRequest } from '@smithy/core/protocols';
import { DIRECT } from '../../../dev/network/direct.ts';
import { createClients, defaultTimeouts } from '../../../src/aws/clients.ts';
import { errorCode } from '../../../src/aws/errors.ts';
import { AwsTransport } from '../../../src/aws/sdk-stack/transport.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { noDeadline } from '../../deadlines.ts';

test('requests that can not be made leave no timers behind', async () => {
  const clients = createClients({
    region: 'us-east-1',
    endpoints: { iam: 'http://127.0.0.1:1', sts: 'http://127.0.0.1:1' },
    maxSockets: 1,
    timeouts: defaultTimeouts,
    network: DIRECT,
    clock: systemClock,
    deadline: noDeadline(),
  });
  const before = timers();
  // A line break may not be in a header.
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token\n' };
  for (let call = 0; call < 20; call += 1) {
    await expect(clients.iam(new GetRoleCommand({ RoleName: 'r' }), credentials)).rejects.toThrow(/Invalid character in header/);
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  // The test runner has some of its own.
  expect(timers()).toBeLessThan(before + 10);
  clients.destroy();
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

/** A server that answers as it is told, and a transport that is to use it. */
async function talking(answer: (request: IncomingMessage, response: ServerResponse) => void, signal = new AbortController().signal) {
  const sockets = new Set<Socket>();
  const server = createServer(answer);
  server.on('connection', (socket) => sockets.add(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const transport = new AwsTransport(1, { connect: 1_000, request: 300 }, DIRECT, () => signal);
  const get = (query: Record<string, string> = {}) =>
    transport.handle(new HttpRequest({ protocol: 'http:', hostname: '127.0.0.1', port, path: '/a', query, body: 'asked', method: 'POST' }));
  return {
    sockets,
    get,
    async [Symbol.asyncDispose]() {
      transport.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a response is read to its end, and its connection kept for the next request', async () => {
  await using talk = await talking((request, response) => {
    response.writeHead(200, { 'x-many': ['a', 'b'] });
    response.write(`${request.method} ${request.url} `);
    setTimeout(() => request.pipe(response), 20);
  });
  const { response } = await talk.get({ role: 'a b' });
  expect([response.statusCode, String(response.body), response.headers['x-many']]).toEqual([200, 'POST /a?role=a%20b asked', 'a, b']);
  await talk.get();
  expect(talk.sockets.size).toBe(1);
});

describe('when a signal is aborted', () => {
  test('the request on its way and those that wait for a connection end with its reason, and so does one that begins later', async () => {
    const cancelling = new AbortController();
    const reason = new Error('cancelled');
    let arrived = () => {};
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await using talk = await talking(() => arrived(), cancelling.signal);
    const requests = [talk.get(), talk.get(), talk.get()].map((request) => request.catch((error: unknown) => error));
    await asked;
    cancelling.abort(reason);
    expect(await Promise.all(requests)).toEqual([reason, reason, reason]);
    await expect(talk.get()).rejects.toBe(reason);
    expect(talk.sockets.size).toBe(1);
  });

  test('a request that is over is left alone', async () => {
    const cancelling = new AbortController();
    await using talk = await talking((_, response) => response.end('done'), cancelling.signal);
    const { response } = await talk.get();
    cancelling.abort(new Error('cancelled'));
    expect(String(response.body)).toBe('done');
  });
});

const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n';

test.each<[string, (request: IncomingMessage, response: ServerResponse) => void, string]>([
  ['never answers', () => {}, 'ETIMEDOUT'],
  ['stops in the middle', (_, response) => response.writeHead(200, { 'content-length': 10 }).write('half'), 'ETIMEDOUT'],
  ['hangs up', ({ socket }) => socket.destroy(), 'ECONNRESET'],
  [
    'hangs up in the middle',
    (_, response) => response.writeHead(200, { 'content-length': 10 }).write('half', () => response.destroy()),
    'ECONNRESET',
  ],
  ['goes on with another protocol', ({ socket }) => socket.end(SWITCHED), 'UnexpectedAnswer'],
  ['speaks something else', ({ socket }) => socket.end('SSH-2.0\r\n\r\n'), 'HPE_INVALID_CONSTANT'],
])('a server that %s', async (_, answer, code) => {
  await using talk = await talking(answer);
  expect(errorCode(await talk.get().catch((error: unknown) => error))).toBe(code);
});

test('a request that waits for its turn has not failed to connect', async () => {
  await using talk = await talking((_, response) => setTimeout(() => response.end(), 250));
  const answers = await Promise.all(Array.from({ length: 6 }, () => talk.get()));
  expect(answers.map(({ response }) => response.statusCode)).toEqual([200, 200, 200, 200, 200, 200]);
});

test('a trickle that goes on is waited for longer than a silence', async () => {
  await using talk = await talking((_, response) => {
    response.writeHead(200);
    let left = 5;
    const timer = setInterval(() => {
      left -= 1;
      if (left > 0) response.write('.');
      else {
        clearInterval(timer);
        response.end();
      }
    }, 100);
  });
  expect(String((await talk.get()).response.body)).toBe('....');
});
