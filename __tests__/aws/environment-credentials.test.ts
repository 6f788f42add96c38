import { describe, expect, test } from '@jest/globals';
import { DIRECT } from '../../dev/network/direct.ts';
import { defaultTimeouts } from '../../src/aws/clients.ts';
import { credentialsVariable, environmentCredentials } from '../../src/aws/environment-credentials.ts';
import { AwsTransport } from '../../src/aws/sdk-stack/transport.ts';
import { noDeadline } from '../deadlines.ts';

describe('the environment', () => {
  test.each([
    [{}, undefined],
    [{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, undefined],
    [{ AWS_ACCESS_KEY_ID: 'x' }, undefined],
    [{ AWS_SECRET_ACCESS_KEY: 'x' }, undefined],
    [{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' }, 'AWS_ACCESS_KEY_ID'],
    [{ AWS_PROFILE: 'x', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' }, 'AWS_PROFILE'],
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: 'x' }, 'AWS_WEB_IDENTITY_TOKEN_FILE'],
    [{ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: 'x' }, 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'],
    [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'x' }, 'AWS_CONTAINER_CREDENTIALS_FULL_URI'],
  ])('%j names credentials by %s', (environment, variable) => {
    expect(credentialsVariable(environment)).toBe(variable);
  });

  test.each([
    ['long-lived keys', {}, {}],
    ['keys of a session', { AWS_SESSION_TOKEN: 'token' }, { sessionToken: 'token' }],
    ['an empty token', { AWS_SESSION_TOKEN: '' }, {}],
  ])('with %s', async (_, token, sessionToken) => {
    const environment = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', ...token };
    expect(
      await environmentCredentials(environment, 'us-east-1', new AwsTransport(1, defaultTimeouts, DIRECT, () => noDeadline().signal)),
    ).toEqual({
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret', ...sessionToken },
      expiresAt: undefined,
    });
  });
});
