import { describe, expect, test } from '@jest/globals';
import { DIRECT } from '../../dev/network/direct.ts';
import { defaultTimeouts } from '../../src/aws/clients.ts';
import { environmentCredentials, namesCredentials } from '../../src/aws/environment-credentials.ts';
import { createRequestHandler } from '../../src/aws/sdk-stack/request-handler.ts';

describe('the environment', () => {
  test.each([
    [{}, false],
    [{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: '' }, false],
    [{ AWS_ACCESS_KEY_ID: 'x' }, true],
    [{ AWS_PROFILE: 'x' }, true],
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: 'x' }, true],
    [{ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: 'x' }, true],
    [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'x' }, true],
  ])('%j names credentials: %s', (environment, names) => {
    expect(namesCredentials(environment)).toBe(names);
  });

  test.each([
    ['long-lived keys', {}, {}],
    ['keys of a session', { AWS_SESSION_TOKEN: 'token' }, { sessionToken: 'token' }],
    ['an empty token', { AWS_SESSION_TOKEN: '' }, {}],
  ])('with %s', async (_, token, sessionToken) => {
    const environment = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', ...token };
    expect(await environmentCredentials(environment, createRequestHandler(1, defaultTimeouts, DIRECT))).toEqual({
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret', ...sessionToken },
      expiresAt: undefined,
    });
  });
});
