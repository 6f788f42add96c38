import { createServer } from 'node:http';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from '@jest/globals';
import { DIRECT } from '../../dev/network/direct.ts';
import { createClients } from '../../src/aws/clients.ts';
import { errorCode, errorMessage } from '../../src/aws/errors.ts';
import { isTransient } from '../../src/aws/retry.ts';
import { systemClock } from '../../src/time/clock.ts';
import { noDeadline } from '../deadlines.ts';

const KEY = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'very-secret' };
const RIGHT = '<GetRoleResponse><GetRoleResult><Role><RoleName>r</RoleName></Role></GetRoleResult></GetRoleResponse>';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
  /** Of the body; more than there is: the connection breaks in the middle. */
  readonly length?: number;
  /** The rest of the body never comes. */
  readonly stalls?: boolean;
}

/** A server that gives the answers in turn, and a client of it. */
async function talking(answers: Answer[]) {
  const sockets = new Set<unknown>();
  const server = createServer((request, response) => {
    sockets.add(request.socket);
    const { status = 200, type = 'text/xml', body, length = Buffer.byteLength(body), stalls = false } = answers.shift() ?? { body: RIGHT };
    response.writeHead(status, { 'content-type': type, 'content-length': length });
    response.write(body);
    if (stalls) return;
    if (length === Buffer.byteLength(body)) response.end();
    else setTimeout(() => request.socket.destroy(), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const clients = createClients({
    region: 'us-east-1',
    endpoints: { iam: url, sts: url },
    maxSockets: 1,
    timeouts: { connect: 1_000, request: 300 },
    network: DIRECT,
    clock: systemClock,
    deadline: noDeadline(),
  });
  return {
    sockets,
    getRole: () => clients.iam(new GetRoleCommand({ RoleName: 'r' }), KEY),
    async [Symbol.asyncDispose]() {
      clients.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what is no answer of AWS', () => {
  test.each<[string, Answer, string]>([
    ["a portal's page", { type: 'text/html; charset=utf-8', body: '<html><body><p>Log in<br></body></html>' }, 'UnexpectedAnswer'],
    ['a well-formed page', { status: 502, type: 'text/html', body: '<html><head><title>502</title></head></html>' }, 'UnexpectedAnswer'],
    ["a proxy's refusal", { status: 403, type: 'text/html', body: '<html>Forbidden</html>' }, 'UnexpectedAnswer'],
    ['no XML', { body: 'upstream connect error' }, 'UnexpectedAnswer'],
    ['a success with nothing in it', { body: '' }, 'UnexpectedAnswer'],
    ["a portal's page that does not say so", { body: '<html><body><p>Log in</p></body></html>' }, 'UnexpectedAnswer'],
    ['XML that breaks off', { body: '<GetRoleResponse><GetRoleResult><Ro' }, 'UnexpectedAnswer'],
    ["a gateway's timeout", { status: 408, body: '' }, 'UnexpectedAnswer'],
    ['an error that says nothing', { status: 400, body: '<a/>' }, 'UnexpectedAnswer'],
    ['a body that breaks off', { body: RIGHT, length: 10_000 }, 'ECONNRESET'],
    ['a body that stalls', { body: RIGHT.slice(0, 20), length: RIGHT.length, stalls: true }, 'ETIMEDOUT'],
  ])('%s is a failure that may pass', async (_, answer, code) => {
    await using talk = await talking([answer]);
    const error = await failureOf(talk.getRole());
    expect(errorCode(error)).toBe(code);
    expect(isTransient(error)).toBe(true);
    expect(errorMessage(error)).not.toMatch(/very-secret|\$response/);
  });

  test('leaves its connection to the next call', async () => {
    await using talk = await talking([{ type: 'text/html', body: `<html>${'x'.repeat(100_000)}</html>` }]);
    await failureOf(talk.getRole());
    expect((await talk.getRole()).Role?.RoleName).toBe('r');
    expect(talk.sockets.size).toBe(1);
  });
});

test.each([['text/xml'], ['text/html; charset=utf-8']])('an error of AWS that comes as %s is not taken for one', async (type) => {
  const body = '<?xml version="1.0"?>\n<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
  await using talk = await talking([{ status: 403, type, body }]);
  const error = await failureOf(talk.getRole());
  expect([errorCode(error), errorMessage(error), isTransient(error)]).toEqual(['AccessDenied', 'no', false]);
});
