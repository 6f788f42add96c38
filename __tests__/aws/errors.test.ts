import { describe, expect, test } from '@jest/globals';
import { errorCode, errorMessage, networkCode } from '../../src/aws/errors.ts';

test.each<[unknown, string]>([
  [Object.assign(new Error(), { name: 'NoSuchEntityException', Code: 'NoSuchEntity' }), 'NoSuchEntity'],
  [Object.assign(new Error(), { name: 'AccessDenied' }), 'AccessDenied'],
  [Object.assign(new Error(), { name: 'TimeoutError', code: 'ETIMEDOUT' }), 'ETIMEDOUT'],
  ['a string', 'UnknownError'],
  [undefined, 'UnknownError'],
])('errorCode of %o is %s', (error, code) => {
  expect(errorCode(error)).toBe(code);
});

describe('errorMessage', () => {
  test.each([
    ['one\r\ntwo\u2028three', 'one two three'],
    ['\u001b[31mred\u0000\u007f', '[31mred'],
    ['right\u202eto left\u200b', 'right to left'],
    ['::error::x', '::error::x'],
    ['', 'Error'],
    [
      "Check your key.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:SECRET'",
      'Check your key.',
    ],
    [
      '@aws-sdk XML parse error: unexpected content.\n  Deserialization error: to see the raw response, inspect the hidden field',
      'XML parse error: unexpected content.',
    ],
    ['@smithy/node-http-handler - [ERROR] a request has exceeded 1 ms', 'a request has exceeded 1 ms'],
  ])('%j becomes %j', (message, line) => {
    expect(errorMessage(new Error(message))).toBe(line);
  });

  test('is bounded', () => {
    expect(errorMessage(new Error('x'.repeat(10_000)))).toBe(`${'x'.repeat(500)}…`);
  });
});

test.each<[unknown, string | undefined]>([
  [Object.assign(new Error(), { code: 'ECONNRESET' }), 'ECONNRESET'],
  [new Error('x', { cause: new Error('y', { cause: Object.assign(new Error(), { code: 'EPIPE' }) }) }), 'EPIPE'],
  [Object.assign(new Error(), { errors: [Object.assign(new Error(), { code: 'ECONNREFUSED' })] }), 'ECONNREFUSED'],
  [Object.assign(new Error(), { code: 'ERR_INVALID_ARG_TYPE' }), undefined],
  [new Error('x'), undefined],
  ['x', undefined],
])('networkCode of %o is %s', (error, code) => {
  expect(networkCode(error)).toBe(code);
});
