import { describe, expect, test } from '@jest/globals';
import { environmentProblems } from '../../src/aws/environment-problems.ts';

const ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const KEY = { AWS_ACCESS_KEY_ID: ID, AWS_SECRET_ACCESS_KEY: SECRET };

describe('nothing is wrong with', () => {
  test.each<[string, Record<string, string>]>([
    ['no credentials', {}],
    ['empty secrets', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' }],
    ['a key', KEY],
    ['a session', { ...KEY, AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==' }],
    ['a profile with blanks in its name', { AWS_PROFILE: 'my profile' }],
    [
      'what is read along with a source that is not set',
      { AWS_ROLE_ARN: 'x\n', AWS_CONFIG_FILE: ' x', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'x\n' },
    ],
  ])('%s', (_, environment) => {
    expect(environmentProblems(environment)).toEqual([]);
  });
});

describe('a value is refused, and not shown', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'AWS_ACCESS_KEY_ID',
      { ...KEY, AWS_ACCESS_KEY_ID: `${ID}\n` },
      /ends with a line break.*pasting or piping.*again, without the line break/,
    ],
    ['AWS_SECRET_ACCESS_KEY', { ...KEY, AWS_SECRET_ACCESS_KEY: `${SECRET}\r\n` }, /ends with a line break/],
    ['AWS_SECRET_ACCESS_KEY', { ...KEY, AWS_SECRET_ACCESS_KEY: `${SECRET}\n \n` }, /ends with a line break/],
    ['AWS_SESSION_TOKEN', { ...KEY, AWS_SESSION_TOKEN: 'one\ntwo' }, /line break or another control character.*on one line/],
    ['AWS_SESSION_TOKEN', { ...KEY, AWS_SESSION_TOKEN: 'one\u0000two' }, /control character/],
    ['AWS_ACCESS_KEY_ID', { ...KEY, AWS_ACCESS_KEY_ID: ` ${ID}` }, /begins or ends with a space/],
    ['AWS_ACCESS_KEY_ID', { ...KEY, AWS_ACCESS_KEY_ID: `${ID}\t` }, /control character/],
    ['AWS_ACCESS_KEY_ID', { ...KEY, AWS_ACCESS_KEY_ID: `“${ID}”` }, /characters that are not valid in a key/],
    ['AWS_SECRET_ACCESS_KEY', { ...KEY, AWS_SECRET_ACCESS_KEY: `${SECRET} ${SECRET}` }, /contains spaces/],
    ['AWS_SECRET_ACCESS_KEY', { ...KEY, AWS_SECRET_ACCESS_KEY: '\n' }, /only white space/],
    ['AWS_PROFILE', { AWS_PROFILE: 'ci\n' }, /ends with a line break/],
    ['AWS_CONFIG_FILE', { AWS_PROFILE: 'ci', AWS_CONFIG_FILE: '/config ' }, /space/],
    ['AWS_WEB_IDENTITY_TOKEN_FILE', { AWS_WEB_IDENTITY_TOKEN_FILE: '/token\n' }, /ends with a line break/],
    ['AWS_ROLE_ARN', { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn:aws:iam::1:role/x\n' }, /ends with a line break/],
    ['AWS_CONTAINER_CREDENTIALS_FULL_URI', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://x/\n' }, /ends with a line break/],
    [
      'AWS_CONTAINER_AUTHORIZATION_TOKEN',
      { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'Bearer x\r\n' },
      /ends with/,
    ],
  ])('%s of %j', (name, environment, says) => {
    const problems = environmentProblems(environment);
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} in the environment .*${says.source}`))]);
    for (const value of Object.values(environment).filter((text) => text.trim() !== ''))
      expect(problems.join()).not.toContain(value.trim());
  });

  test('each of them once', () => {
    const uris = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x', AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://x/' };
    const problems = environmentProblems({ AWS_ACCESS_KEY_ID: 'x\n', ...uris, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: 'y\n' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE']);
  });
});

test.each<[Record<string, string>, string, string]>([
  [{ AWS_ACCESS_KEY_ID: ID }, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  [{ AWS_ACCESS_KEY_ID: ID, AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: 'token' }, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  [{ AWS_SECRET_ACCESS_KEY: SECRET, AWS_PROFILE: 'ci' }, 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'],
  [{ AWS_SESSION_TOKEN: 'token' }, 'AWS_SESSION_TOKEN', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'],
])('half a pair: %j', (environment, set, missing) => {
  expect(environmentProblems(environment)).toEqual([
    `${set} is set in the environment, but not ${missing}. Set both, and check the names of the secrets: a secret that does not exist is empty. To sign in by another method, unset ${set}.`,
  ]);
});
