import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DIRECT } from '../../dev/network/direct.ts';
import { fetchIdToken, tokenServiceOf } from '../../src/publish/id-token.ts';
import { systemClock } from '../../src/time/clock.ts';
import { TestClock } from '../test-clock.ts';

const TOKEN = 'head.payload.signature';
const signal = new AbortController().signal;
const LIMITS = { timeout: 250, attempts: 4, total: 30_000 };

type Answer = (response: ServerResponse) => unknown;

const status =
  (code: number, headers: Record<string, string> = {}, body = '{"message":"no"}'): Answer =>
  (response) =>
    response.writeHead(code, headers).end(body);
const text = (body: string) => status(200, {}, body);
const good = text(JSON.stringify({ count: 1, value: TOKEN }));
const drop: Answer = (response) => response.destroy();
const hang: Answer = () => undefined;
/** Begins an answer, and never ends it. */
const trickle: Answer = (response) => response.writeHead(200).write('{"value":');

let answers: Answer[] = [];
let requests: { readonly url: string; readonly authorization: string }[] = [];
const server = createServer((request, response) => {
  requests.push({ url: request.url ?? '', authorization: request.headers.authorization ?? '' });
  (answers.shift() ?? good)(response);
});
let service = { url: '', requestToken: 'request-token' };

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  service = { ...service, url: `http://127.0.0.1:${address.port}/token?api-version=2.0` };
});
beforeEach(() => {
  requests = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('asks for the audience with the job’s request token, and gets the token', async () => {
  answers = [];
  expect(await fetchIdToken(service, 'sts.amazonaws.com', { clock: new TestClock(), fetch: DIRECT.fetch, signal, limits: LIMITS })).toBe(
    TOKEN,
  );
  expect(requests).toEqual([{ url: '/token?api-version=2.0&audience=sts.amazonaws.com', authorization: 'Bearer request-token' }]);
});

test('a request token that no header can hold is not shown', async () => {
  const broken = fetchIdToken({ ...service, requestToken: 'request\ntoken' }, 'x', {
    clock: new TestClock(),
    fetch: DIRECT.fetch,
    signal,
    limits: { ...LIMITS, attempts: 1 },
  });
  await expect(broken).rejects.toThrow('Bearer ***');
});

describe('asks again', () => {
  test.each<[string, Answer[], number[]]>([
    ['after errors of the server', [status(500), status(503)], [500, 1_000]],
    ['after 429, as late as it is asked to', [status(429, { 'retry-after': '7' })], [7_000]],
    ['after a broken connection', [drop, drop, drop], [500, 1_000, 2_000]],
    ['after an answer that does not come', [hang], [500]],
    ['after an answer that does not end', [trickle], [500]],
    ['after a page', [text('<!DOCTYPE html>')], [500]],
    ['after answers without a token', [text(''), text('{"value":""}'), text('null')], [500, 1_000, 2_000]],
  ])('%s', async (_, first, waits) => {
    answers = [...first];
    const clock = new TestClock();
    expect(await fetchIdToken(service, 'a', { clock, fetch: DIRECT.fetch, signal, limits: LIMITS })).toBe(TOKEN);
    expect([requests.length, clock.slept]).toEqual([first.length + 1, waits]);
  });
});

describe('gives up', () => {
  const always = (answer: Answer) => [answer, answer, answer, answer, answer];

  test.each<[string, Answer[], number, string]>([
    ['after four errors of the server', always(status(500)), 4, 'responded with HTTP status 500 (attempt 4, after 4 seconds).'],
    ['after four answers that do not come', always(hang), 4, 'did not respond within 0.25 seconds (attempt 4, after 4 seconds).'],
    ['after four broken connections', always(drop), 4, 'could not be called: "other side closed" (attempt 4, after 4 seconds).'],
    ['after four pages', always(text('<html>')), 4, 'sent a response without a token (attempt 4, after 4 seconds).'],
    ['at a refusal', [status(403, {}, '{"message":"not\\u001b[31m you"}')], 1, 'responded with HTTP status 403: "not\\u001b[31m you".'],
    [
      'when it is asked to wait for long',
      [status(429, { 'retry-after': '60' })],
      1,
      'responded with HTTP status 429 and asked to wait 60 seconds.',
    ],
  ])('%s', async (_, given, attempts, reason) => {
    answers = given;
    const error: unknown = await fetchIdToken(service, 'a', { clock: new TestClock(), fetch: DIRECT.fetch, signal, limits: LIMITS }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'NoIdToken', message: `GitHub's token service at ${new URL(service.url).host} ${reason}` });
    expect(requests).toHaveLength(attempts);
  });

  test('before the time for all attempts is over', async () => {
    answers = always(status(500));
    const limits = { ...LIMITS, total: 2_000 };
    await expect(fetchIdToken(service, 'a', { clock: new TestClock(), fetch: DIRECT.fetch, signal, limits })).rejects.toThrow(
      '(attempt 3, after 2 seconds)',
    );
  });
});

describe('nobody waits for the token any more', () => {
  const reason = new Error('over');
  const limits = { timeout: 60_000, attempts: 4, total: 300_000 };

  test('while it waits for an answer', async () => {
    const over = new AbortController();
    answers = [() => over.abort(reason)];
    await expect(fetchIdToken(service, 'a', { clock: new TestClock(), fetch: DIRECT.fetch, signal: over.signal, limits })).rejects.toBe(
      reason,
    );
    expect(requests).toHaveLength(1);
  });

  test('while it waits to ask again', async () => {
    const over = new AbortController();
    answers = [status(500)];
    const sleep = (milliseconds: number, given?: AbortSignal) => {
      over.abort(reason);
      return systemClock.sleep(milliseconds, given);
    };
    await expect(
      fetchIdToken(service, 'a', { clock: { ...systemClock, sleep }, fetch: DIRECT.fetch, signal: over.signal, limits }),
    ).rejects.toBe(reason);
    expect(requests).toHaveLength(1);
  });
});

test.each([
  [{}, undefined],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x/' }, undefined],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x/', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }, undefined],
  [
    { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x/', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' },
    { url: 'https://x/', requestToken: 't' },
  ],
])('the service of %j', (env, found) => {
  expect(tokenServiceOf(env)).toEqual(found);
});
