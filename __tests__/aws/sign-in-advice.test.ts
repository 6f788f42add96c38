import { describe, expect, test } from '@jest/globals';
import { claimsOf } from '../../src/aws/id-token-claims.ts';
import { adviseHubAccess, type SignIn } from '../../src/aws/sign-in-advice.ts';
import { TokenRefused } from '../../src/aws/web-identity.ts';

const ROLE = 'arn:aws:iam::111111111111:role/DriftAuditor';
const GITHUB = 'token.actions.githubusercontent.com';

const error = (Code: string, message = Code) => Object.assign(new Error(message), { Code });
const signIn = (changes: Partial<SignIn> = {}): SignIn => ({
  role: ROLE,
  oidc: { audience: 'sts.amazonaws.com' },
  environment: {},
  ...changes,
});

function tokenOf(claims: unknown): string {
  return ['{}', JSON.stringify(claims), 'secret-signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');
}

describe('a token that AWS refuses', () => {
  const CLAIMS = { iss: `https://${GITHUB}`, sub: 'repo:acme@123/access@456:ref:refs/heads/main', aud: 'sts.amazonaws.com' };
  const NO_PROVIDER = 'No OpenIDConnect provider found in your account for https://x';
  const NO_KEYS =
    "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation";

  test.each<[string, unknown, Error, RegExp]>([
    [
      'for its subject',
      CLAIMS,
      error('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'),
      /^Check that .*DriftAuditor exists .* the identity provider token\.actions\.githubusercontent\.com to call sts:AssumeRoleWithWebIdentity, with values of token\.actions\.githubusercontent\.com:aud and token\.actions\.githubusercontent\.com:sub that match the token\. The token of this job contains sub "repo:acme@123\/access@456:ref:refs\/heads\/main", aud "sts\.amazonaws\.com", iss "https:\/\/token\.actions\.githubusercontent\.com"\.$/,
    ],
    [
      'for its subject, on GitHub Enterprise Server',
      { ...CLAIMS, iss: 'https://ghe.acme.example/_services/token' },
      error('AccessDenied'),
      /provider ghe\.acme\.example\/_services\/token to call sts:AssumeRoleWithWebIdentity, with values of ghe\.acme\.example\/_services\/token:aud and ghe\.acme\.example\/_services\/token:sub.*iss "https:\/\/ghe\.acme\.example\/_services\/token"/,
    ],
    [
      'without its provider',
      CLAIMS,
      error('InvalidIdentityToken', NO_PROVIDER),
      /^Add the identity provider token\.actions\.githubusercontent\.com to the hub account, with the URL https:\/\/token\.actions\.githubusercontent\.com and the audience sts\.amazonaws\.com\./,
    ],
    [
      'without its provider, of an enterprise',
      { ...CLAIMS, iss: `https://${GITHUB}/acme` },
      error('InvalidIdentityTokenException', NO_PROVIDER),
      /^Add the identity provider token\.actions\.githubusercontent\.com\/acme to the hub account, with the URL https:\/\/token\.actions\.githubusercontent\.com\/acme and/,
    ],
    [
      'for its audience',
      CLAIMS,
      error('InvalidIdentityToken', 'Incorrect token audience'),
      /does not accept the audience sts\.amazonaws\.com.*input audience/,
    ],
    [
      'for a certificate',
      CLAIMS,
      error('InvalidIdentityToken', "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint"),
      / Update the thumbprint of the identity provider in the hub account\./,
    ],
    [
      'for want of keys',
      { ...CLAIMS, iss: 'https://ghe.acme.example/_services/token' },
      error('InvalidIdentityToken', NO_KEYS),
      /Run the job again.*https:\/\/ghe\.acme\.example\/_services\/token\/\.well-known.*over the internet/,
    ],
    ['as expired', CLAIMS, error('ExpiredTokenException'), /clock of the runner/],
    ['for another reason', CLAIMS, error('IDPRejectedClaim'), /^Check the role .*The token of this job contains sub/],
    [
      'with claims that are not what GitHub writes',
      { iss: 'https://x y\u001b', sub: `a\u202e\n${'b'.repeat(400)}`, aud: ['x'] },
      error('AccessDenied'),
      /provider "x y\\u001b" to call .*contains sub "a\\u202e\\nb{290,297}…", iss "https:\/\/x y\\u001b"\.$/,
    ],
    [
      'that is no JSON Web Token',
      null,
      error('AccessDenied'),
      /the identity provider token\.actions\.githubusercontent\.com to call .* that match the token\.$/,
    ],
  ])('%s', (_, claims, cause, advice) => {
    const token = tokenOf(claims);
    const given = adviseHubAccess(new TokenRefused(cause, claimsOf(token)), 'sts:AssumeRoleWithWebIdentity', signIn());
    expect(given).toMatch(advice);
    expect(given).not.toContain(Buffer.from('secret-signature').toString('base64url'));
  });

  test.each(['', 'nonsense', 'a.b.c', tokenOf(null), tokenOf(['iss']), tokenOf({ iss: 1, sub: 'x' })])('nothing is read of %j', (token) => {
    expect(claimsOf(token)).toBeUndefined();
  });
});

test('throttled for too long, the advice is patience and not another trust policy', () => {
  expect(adviseHubAccess(error('Throttling'), 'sts:AssumeRoleWithWebIdentity', signIn())).toMatch(/^AWS throttled.*concurrency/);
});

describe('credentials of the environment that fail', () => {
  const NONE = Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' });
  const missing = (path: string) =>
    Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: 'ENOENT', syscall: 'open', path });
  const FOLDER = Object.assign(new Error('EISDIR: illegal operation on a directory, read'), { code: 'EISDIR', syscall: 'read' });
  const tokenFile = { AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token', AWS_ROLE_ARN: ROLE };
  const container = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/x' };

  test.each<[string, Record<string, string>, unknown, RegExp]>([
    ['a profile that is not there', { AWS_PROFILE: 'ci' }, NONE, /^AWS_PROFILE is "ci".*~\/\.aws\/config.*SSO session/],
    [
      'a profile whose token file is missing',
      { AWS_PROFILE: 'ci' },
      missing('/run/x'),
      /^AWS_PROFILE names the file "\/run\/x", which can't be read \(ENOENT\)/,
    ],
    [
      'a token file that is missing',
      tokenFile,
      missing('/run/token'),
      /^AWS_WEB_IDENTITY_TOKEN_FILE names the file "\/run\/token".*mount it/,
    ],
    ['a token file that is a folder', tokenFile, FOLDER, /^AWS_WEB_IDENTITY_TOKEN_FILE names the file "\/run\/token".*EISDIR/],
    [
      'a token file without a role',
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token' },
      NONE,
      /^AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN/,
    ],
    [
      'a token that ran out',
      tokenFile,
      error('ExpiredTokenException'),
      /^Check that the file in AWS_WEB_IDENTITY_TOKEN_FILE, "\/run\/token", contains a token that has not expired/,
    ],
    [
      'a token that AWS can not be asked about',
      tokenFile,
      Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
      /^The endpoint could not be reached/,
    ],
    [
      'a container without its agent',
      container,
      NONE,
      /^The address of AWS_CONTAINER_CREDENTIALS_FULL_URI, "http:\/\/127\.0\.0\.1:9\/x", provided no credentials/,
    ],
    [
      'a container whose token file is missing',
      { ...container, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/run/token' },
      missing('/run/token'),
      /^AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names the file/,
    ],
  ])('%s', (_, environment, cause, advice) => {
    const given = adviseHubAccess(cause, 'credentials', signIn({ environment }));
    expect(given).toMatch(advice);
    expect(given).not.toContain('id-token');
    const [variable] = Object.keys(environment);
    const hint = ` ${variable} is set, so the OIDC token of the job was not used. To sign in with the token, unset the variable.`;
    expect(given.endsWith(hint)).toBe(true);
    expect(adviseHubAccess(cause, 'credentials', signIn({ environment, oidc: undefined }))).toBe(given.slice(0, -hint.length));
  });

  const KEY = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' };

  test.each<[string, string, Partial<SignIn>, boolean]>([
    ['AccessDenied', 'sts:AssumeRole', { environment: KEY }, true],
    ['InvalidClientTokenId', 'sts:AssumeRole', { environment: KEY }, true],
    ['ExpiredToken', 'sts:AssumeRole', { environment: KEY }, true],
    ['Throttling', 'sts:AssumeRole', { environment: KEY }, false],
    ['AccessDenied', 'sts:AssumeRole', { environment: KEY, oidc: undefined }, false],
    ['InvalidClientTokenId', 'sts:GetCallerIdentity', { environment: KEY, role: '' }, false],
  ])('%s at %s with %j: the token that was not used is named: %s', (code, call, changes, isNamed) => {
    expect(adviseHubAccess(error(code), call, signIn(changes)).includes('AWS_ACCESS_KEY_ID is set, so')).toBe(isNamed);
  });

  test('while they are renewed, nothing is said of a permission that is there', () => {
    expect(adviseHubAccess(NONE, 'credentials', { role: ROLE })).toMatch(/^Check the credentials of the job/);
  });
});
