import { describe, expect, test } from '@jest/globals';
import { readProxies } from '../../src/network/proxies.ts';

type Environment = Readonly<Record<string, string>>;

function proxies(environment: Environment) {
  const read = readProxies(environment);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read;
}

const hostFor = (environment: Environment, address: string) => proxies(environment).proxyFor(new URL(address))?.url.host;

describe('which proxy', () => {
  const STS = 'https://sts.us-east-1.amazonaws.com';
  test.each<[string, Environment, string, string | undefined]>([
    ['no variable', {}, STS, undefined],
    ['an empty variable', { HTTPS_PROXY: '', https_proxy: ' ' }, STS, undefined],
    ['upper case', { HTTPS_PROXY: 'http://up.example:3128' }, STS, 'up.example:3128'],
    ['lower case', { https_proxy: 'http://low.example:3128' }, STS, 'low.example:3128'],
    ['lower before upper', { https_proxy: 'http://low.example:1', HTTPS_PROXY: 'http://up.example:2' }, STS, 'low.example:1'],
    ['an empty one in lower case', { https_proxy: '', HTTPS_PROXY: 'http://up.example:2' }, STS, 'up.example:2'],
    ['the variable for http', { HTTP_PROXY: 'http://proxy.example:3128' }, STS, undefined],
    ['the variable for https', { HTTPS_PROXY: 'http://proxy.example:3128' }, 'http://api.example', undefined],
    ['an http address', { http_proxy: 'http://proxy.example:3128' }, 'http://api.example', 'proxy.example:3128'],
    ['an https proxy', { HTTPS_PROXY: 'https://proxy.example:8443' }, STS, 'proxy.example:8443'],
    ['no scheme', { HTTPS_PROXY: 'proxy.example:3128' }, STS, 'proxy.example:3128'],
    ['no scheme, an address of digits', { HTTPS_PROXY: '10.0.0.7:3128' }, STS, '10.0.0.7:3128'],
    ['no scheme, and a user', { HTTPS_PROXY: 'user:secret@proxy.example:3128' }, STS, 'proxy.example:3128'],
    ['a line break at the end', { HTTPS_PROXY: 'http://proxy.example:3128/\n' }, STS, 'proxy.example:3128'],
  ])('%s', (_, environment, address, host) => {
    expect(hostFor(environment, address)).toBe(host);
  });
});

describe('NO_PROXY', () => {
  test.each<[string, string, boolean]>([
    ['', 'https://iam.amazonaws.com', false],
    ['*', 'https://iam.amazonaws.com', true],
    ['iam.amazonaws.com', 'https://iam.amazonaws.com', true],
    ['IAM.Amazonaws.COM', 'https://iam.amazonaws.com', true],
    ['amazonaws.com', 'https://iam.amazonaws.com', true],
    ['.amazonaws.com', 'https://iam.amazonaws.com', true],
    ['.amazonaws.com', 'https://amazonaws.com', true],
    ['*.amazonaws.com', 'https://iam.amazonaws.com', true],
    ['aws.com', 'https://iam.amazonaws.com', false],
    ['am.amazonaws.com', 'https://iam.amazonaws.com', false],
    ['localhost, 10.0.0.1,iam.amazonaws.com', 'https://iam.amazonaws.com', true],
    ['localhost iam.amazonaws.com', 'https://iam.amazonaws.com', true],
    [' , ,', 'https://iam.amazonaws.com', false],
    ['.', 'https://iam.amazonaws.com', false],
    ['iam.amazonaws.com:443', 'https://iam.amazonaws.com', true],
    ['.amazonaws.com:443', 'https://iam.amazonaws.com', true],
    ['iam.amazonaws.com:8443', 'https://iam.amazonaws.com', false],
    ['ghes.example:8443', 'https://ghes.example:8443', true],
    ['ghes.example', 'https://ghes.example:8443', true],
    ['10.0.0.9', 'https://10.0.0.9', true],
    ['[fd00::9]', 'https://[fd00::9]', true],
    ['[fd00::9]:443', 'https://[fd00::9]', true],
    ['', 'https://localhost:3000', true],
    ['', 'https://127.0.0.1:3000', true],
    ['', 'https://[::1]:3000', true],
    ['', 'https://127.example.com', false],
  ])('%j: %s is called directly: %s', (noProxy, address, isDirect) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      expect(hostFor({ HTTPS_PROXY: 'http://proxy.example:3128', [name]: noProxy }, address)).toBe(
        isDirect ? undefined : 'proxy.example:3128',
      );
    }
  });

  test('lower case goes before upper case', () => {
    const environment = { HTTPS_PROXY: 'http://proxy.example:3128', no_proxy: 'other.example', NO_PROXY: '*' };
    expect(hostFor(environment, 'https://iam.amazonaws.com')).toBe('proxy.example:3128');
  });
});

describe('credentials', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  test.each<[string, string | undefined]>([
    ['http://proxy.example:3128', undefined],
    ['http://user:secret@proxy.example:3128', basic('user:secret')],
    ['http://user@proxy.example:3128', basic('user:')],
    ['http://corp%5Cuser:p%40ss%3Aw%25rd%2F@proxy.example:3128', basic('corp\\user:p@ss:w%rd/')],
    ['http://user:p@ss@proxy.example:3128', basic('user:p@ss')],
  ])('%s', (address, authorization) => {
    expect(proxies({ HTTPS_PROXY: address }).https?.authorization).toBe(authorization);
  });

  test('are not in the address, and each form of the password is a secret', () => {
    const proxy = proxies({ HTTPS_PROXY: 'http://user:p%40ss@proxy.example:3128' }).https;
    expect(proxy?.url.href).toBe('http://proxy.example:3128/');
    expect(proxy?.secrets).toEqual(['p@ss', 'p%40ss', Buffer.from('user:p@ss').toString('base64')]);
  });
});

describe('what is not the address of a proxy', () => {
  test.each<[string, RegExp]>([
    ['nonsense', /^HTTPS_PROXY is not a valid proxy address\. Expected http:/],
    ['hunter2@', /^HTTPS_PROXY is not/],
    ['http://', /^HTTPS_PROXY is not/],
    ['http://user:hunter2#1@proxy.example:3128', /^HTTPS_PROXY is not.*percent-encoded/],
    ['http://user:hunter2%@proxy.example:3128', /^HTTPS_PROXY is not.*percent-encoded/],
    ['http://user:hunter2@proxy.example:99999', /^HTTPS_PROXY is not/],
    ['http://proxy.example:3128/proxy.pac', /^HTTPS_PROXY is not/],
    [
      'socks5://user:hunter2@proxy.example:1080',
      /^HTTPS_PROXY names a socks5:\/\/ proxy, which is not supported\. Use the address of an HTTP proxy/,
    ],
    ['SOCKS://proxy.example:1080', /^HTTPS_PROXY names a socks:/],
  ])('%s', (address, message) => {
    const read = readProxies({ HTTPS_PROXY: address });
    const problems = 'problems' in read ? read.problems : [];
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(problems.join()).not.toMatch(/hunter2|user:h/);
  });

  test('names each variable as the job spells it', () => {
    const read = readProxies({ http_proxy: 'a', HTTPS_PROXY: 'b' });
    expect('problems' in read && read.problems.map((problem) => problem.split(' ')[0])).toEqual(['http_proxy', 'HTTPS_PROXY']);
  });
});
