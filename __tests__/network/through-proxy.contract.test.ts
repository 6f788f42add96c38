import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Company, type CompanyOptions, openCompany } from '../../dev/network/company.ts';
import type { HubAccessError } from '../../src/aws/access.ts';
import { networkProblem } from '../../src/network/advice.ts';
import { type Network, readNetwork } from '../../src/network/network.ts';
import { IMPATIENT, type Live, startLive } from '../live/hub.ts';

/** AWS and GitHub under their real names, behind a proxy that asks for a password. */

const CREDENTIALS = 'runner:s3cr%t';
let live: Live;

beforeAll(async () => {
  live = await startLive({ guide: { targets: 12 } });
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
});

const company = (options: Partial<CompanyOptions> = {}) =>
  openCompany({ aws: live.aws.url, github: live.aws.url, credentials: CREDENTIALS, ...options });

async function networkOf(variables: Readonly<Record<string, string>>): Promise<Network> {
  const network = await readNetwork(variables);
  if ('problems' in network) throw new Error(network.problems.join('\n'));
  return network;
}

const proxyIn = ({ proxy }: Company, password = 's3cr%25t') => ({ HTTPS_PROXY: `http://runner:${password}@${proxy.host}` });
const trusting = (place: Company) => ({ ...proxyIn(place), AWS_CA_BUNDLE: place.authorityFile });

/** The error with which the hub is refused. */
async function refusal(network: Network, changes: Parameters<Live['open']>[0] = {}): Promise<HubAccessError> {
  return live.open({ endpoints: {}, network, ...changes }).then(
    (access) => {
      access.close();
      throw new Error('it was opened');
    },
    (error: HubAccessError) => error,
  );
}

describe('AWS', () => {
  test('is read through the proxy, and a connection serves many calls', async () => {
    await using place = await company();
    live.asked();
    const { errors } = await live.read({ endpoints: {}, network: await networkOf(trusting(place)), concurrency: 2 });
    expect(errors).toEqual([]);
    const calls = live.asked().length;
    const { connects } = place.proxy;
    expect(new Set(connects)).toEqual(new Set(['sts.us-east-1.amazonaws.com:443', 'iam.amazonaws.com:443']));
    // Six connections to each address at most, for all calls to it.
    expect(connects.length).toBeLessThanOrEqual(12);
    expect(calls).toBeGreaterThan(60);
  });

  test('under an address in NO_PROXY is called directly', async () => {
    await using place = await company();
    const network = await networkOf({ HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: `http://runner:wrong@${place.proxy.host}` });
    // The address of the embedded AWS is on this machine.
    expect((await live.read({ network })).errors).toEqual([]);
    expect(place.proxy.refusals).toEqual([]);
  });

  test.each<[string, Partial<CompanyOptions>, string, string, RegExp, RegExp]>([
    [
      'a wrong password',
      {},
      'wrong',
      'ProxyRefused',
      /\(HTTPS_PROXY\) responded with 407 and did not/,
      /a user and a password.* in HTTPS_PROXY/,
    ],
    [
      'a host that the proxy does not allow',
      { answers: { 'sts.us-east-1.amazonaws.com:443': 403 } },
      's3cr%25t',
      'ProxyRefused',
      /responded with 403 and did not connect to sts\.us-east-1\.amazonaws\.com/,
      /allow sts\.us-east-1\.amazonaws\.com .*iam\.amazonaws\.com, cloudtrail\.REGION\.amazonaws\.com, organizations\.us-east-1\.amazonaws\.com, \*\.actions\.githubusercontent\.com and api\.github\.com/,
    ],
  ])('%s is not tried again', async (_, options, password, code, message, advice) => {
    await using place = await company(options);
    const error = await refusal(await networkOf({ ...trusting(place), ...proxyIn(place, password) }));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message), advice: expect.stringMatching(advice) });
    expect(`${error.message}${error.advice}`).not.toMatch(/s3cr|wrong/);
    expect(place.proxy.refusals).toHaveLength(1);
  });

  test('a proxy that fails is tried again', async () => {
    await using place = await company({ answers: { 'sts.us-east-1.amazonaws.com:443': 503 } });
    expect(await refusal(await networkOf(trusting(place)))).toMatchObject({
      code: 'ProxyRefused',
      advice: expect.stringMatching(/could not connect to it/),
    });
    expect(place.proxy.refusals).toEqual([503, 503, 503]);
  });

  test('a proxy that is not there is named, without its password', async () => {
    const error = await refusal(await networkOf({ HTTPS_PROXY: 'http://runner:s3cret@127.0.0.1:1' }));
    expect(error).toMatchObject({
      code: 'ProxyUnreachable',
      message: 'The proxy 127.0.0.1:1 (HTTPS_PROXY) could not be reached: connect ECONNREFUSED 127.0.0.1:1',
      advice: expect.stringMatching(/^Check the address in HTTPS_PROXY/),
    });
  });

  test('a proxy that never answers leaves nothing open', async () => {
    await using place = await company({ answers: { 'sts.us-east-1.amazonaws.com:443': 'silence' } });
    const network = await networkOf(trusting(place));
    const before = sockets();
    expect(await refusal(network, { ...IMPATIENT, retries: { throttledFor: 0, attempts: 1 } })).toMatchObject({ code: 'ETIMEDOUT' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sockets()).toBe(before);
  });
});

describe('a certificate that is not accepted', () => {
  const shown =
    /^The connection to sts\.us-east-1\.amazonaws\.com failed because .* \(SELF_SIGNED_CERT_IN_CHAIN\): the certificate of CN=sts\.us-east-1\.amazonaws\.com, issued by CN=Example Inspection CA, O=Example, valid until /;

  test('is named to whoever calls AWS, and what to set', async () => {
    await using place = await company();
    const error = await refusal(await networkOf(proxyIn(place)));
    expect(error).toMatchObject({ code: 'SELF_SIGNED_CERT_IN_CHAIN', message: expect.stringMatching(shown) });
    expect(error.advice).toMatch(/inspects TLS.*NODE_EXTRA_CA_CERTS.*AWS_CA_BUNDLE/);
    // One attempt, and one look at the certificate.
    expect(place.proxy.connects).toHaveLength(2);
  });

  test('shows no control characters', async () => {
    await using place = await company({
      identity: (authority, hosts) => authority.issue(hosts, { subject: 'CN=a\u001b[31m\u202eb, O=::error::x' }),
    });
    const { message } = await refusal(await networkOf(proxyIn(place)));
    expect(message).toContain('certificate of CN=');
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test.each<[string, CompanyOptions['identity'], string, RegExp]>([
    ['of yesterday', (authority, hosts) => authority.issue(hosts, { days: -1 }), 'CERT_HAS_EXPIRED', /^Check the clock of the runner/],
    [
      'of another host',
      (authority) => authority.issue(['portal.example']),
      'ERR_TLS_CERT_ALTNAME_INVALID',
      /^Another server responds under the name sts/,
    ],
  ])('%s', async (_, identity, code, advice) => {
    await using place = await company({ ...(identity && { identity }) });
    expect(await refusal(await networkOf(trusting(place)))).toMatchObject({ code, advice: expect.stringMatching(advice) });
    expect(place.proxy.connects).toHaveLength(2);
  });

  test('is named to whoever fetches', async () => {
    await using place = await company();
    const { fetch, close } = await networkOf(proxyIn(place));
    const problem = networkProblem(await fetch('https://api.github.com/').catch((error: unknown) => error));
    expect(problem).toMatchObject({
      message: expect.stringMatching(/^The connection to api\.github\.com .*Example Inspection CA/),
      isPassing: false,
    });
    await close();
  });
});

describe('what is fetched', () => {
  test.each<[string, Partial<CompanyOptions>, string, RegExp, boolean]>([
    ['a wrong password', {}, 'wrong', /responded with 407 and did not connect to api\.github\.com/, false],
    [
      'a host that the proxy does not allow',
      { answers: { 'api.github.com:443': 403 } },
      's3cr%25t',
      /responded with 403 and did not/,
      false,
    ],
    ['a proxy that fails', { answers: { 'api.github.com:443': 502 } }, 's3cr%25t', /responded with 502 and did not/, true],
  ])('%s', async (_, options, password, message, isPassing) => {
    await using place = await company(options);
    const { fetch, close } = await networkOf(proxyIn(place, password));
    const error: unknown = await fetch('https://api.github.com/').catch((thrown: unknown) => thrown);
    expect(networkProblem(error)).toMatchObject({ message: expect.stringMatching(message), isPassing });
    await close();
  });

  test('a proxy that is not there', async () => {
    const { fetch } = await networkOf({ HTTPS_PROXY: 'http://runner:s3cret@127.0.0.1:1' });
    const error: unknown = await fetch('https://api.github.com/').catch((thrown: unknown) => thrown);
    expect(networkProblem(error)).toMatchObject({
      message: expect.stringMatching(/^The proxy 127\.0\.0\.1:1 \(HTTPS_PROXY\) could not/),
      isPassing: true,
    });
  });
});

describe('AWS_CA_BUNDLE', () => {
  test.each<[string, string | undefined, RegExp]>([
    ['that is not there', undefined, /^AWS_CA_BUNDLE names a file that can't be read \(ENOENT\): /],
    ['without a certificate', 'not a certificate', /^AWS_CA_BUNDLE names a file without a certificate in PEM format: /],
    [
      'that is broken',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      /^AWS_CA_BUNDLE names a file whose certificate 1 can't be read: /,
    ],
  ])('a file %s', async (_, text, problem) => {
    await using place = await company();
    const file = join(dirname(place.authorityFile), 'bundle.pem');
    if (text !== undefined) await writeFile(file, text);
    expect(await readNetwork({ AWS_CA_BUNDLE: file, HTTPS_PROXY: 'nonsense' })).toEqual({
      problems: [expect.stringMatching(/^HTTPS_PROXY /), expect.stringMatching(problem)],
    });
  });
});

function sockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLS/.test(kind)).length;
}
