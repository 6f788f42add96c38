import { describe, expect, test } from '@jest/globals';
import { accounts, desiredOf, errorsOf, fileWith, SMALL } from './files.ts';

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghij'[index]}`).join(', ')}]`),
].join('\n');

describe('files that are not a desired state', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['5 MB of text', 'a: 1\n'.repeat(1_000_000), '1:1: the file has 5,000,000 bytes; expected at most 1,048,576'],
    ['5 MB of bytes', new Uint8Array(5_000_000), '1:1: the file has 5,000,000 bytes; expected at most 1,048,576'],
    [
      'bytes that are not UTF-8',
      Uint8Array.from([0x61, 0x0a, 0x50, 0x4b, 0x80]),
      '2:1: the file is not valid UTF-8; expected a text file in UTF-8',
    ],
    ['Latin-1', Buffer.from('version: 1\nhub: é\n', 'latin1'), '2:1: the file is not valid UTF-8; expected a text file in UTF-8'],
    ['UTF-16', Buffer.from('\ufeffversion: 1', 'utf16le'), '1:1: the file is not valid UTF-8; expected a text file in UTF-8'],
    ['NUL', 'version: 1\nhub\0: 1\n', '2:4: found the control character U+0000; expected a text file in UTF-8'],
    ['another control character', 'version: \u001b[1m', '1:10: found the control character U+001B; expected a text file in UTF-8'],
    ['nothing', '', '1:1: the file is empty; expected a mapping with version, hub and targets'],
    ['white space', ' \n\n', '1:1: the file is empty; expected a mapping with version, hub and targets'],
    ['comments', '# later\n', '1:1: the file is empty; expected a mapping with version, hub and targets'],
    ['null', '---\nnull\n', '1:1: the file is empty; expected a mapping with version, hub and targets'],
    [
      'a scalar',
      'hello',
      '1:1: found "hello"; expected a mapping with the keys version, hub, auditor, fixer, defaults, classes, targets, policies, organization, exceptions',
    ],
    [
      'aliases that stand for billions of values',
      bomb,
      '1:1: the file expands to more than 200,000 values; expected a desired state, with aliases (*name) used sparingly',
    ],
    ['deep flow lists', '['.repeat(1_000_000), '1:65: nested more than 64 deep; expected the structure of a desired-state file'],
    ['deep flow mappings', '{a: '.repeat(200_000), '1:254: nested more than 64 deep; expected the structure of a desired-state file'],
    ['deep block lists', '- '.repeat(500_000), '1:128: nested more than 64 deep; expected the structure of a desired-state file'],
  ])('%s', (_, input, error) => {
    expect(errorsOf(input)).toEqual([error]);
  });

  test('a file made of errors is cut, and says so', () => {
    const errors = errorsOf(fileWith({ targets: Array(2000).fill('1') }));
    expect(errors).toHaveLength(1001);
    expect(errors.at(-1)).toMatch(/^\d+:5: 1000 more errors after this/);
  });
});

describe('files at the edge of what is tolerated', () => {
  const state = desiredOf(SMALL).state;
  test.each<[string, string]>([
    ['a byte order mark', `\ufeff${SMALL}`],
    ['CRLF', SMALL.replaceAll('\n', '\r\n')],
    ['document markers', `%YAML 1.2\n---\n${SMALL}...\n`],
    ['no newline at the end', SMALL.trimEnd()],
  ])('%s', (_, text) => {
    expect(desiredOf(text).state).toEqual(state);
  });

  test('an alias in each of 1,000 targets', () => {
    const trust = '{ Version: 2012-10-17, Statement: [{ Effect: Allow, Principal: { AWS: "{hubAccount}" }, Action: sts:AssumeRole }] }';
    const targets = accounts(1000).map((account, index) => `{ account: "${account}", trust: ${index === 0 ? `&t ${trust}` : '*t'} }`);
    const last = desiredOf(fileWith({ targets })).state.targets.at(-1);
    expect(last?.role.value?.trust?.source).toMatchObject({ Statement: [{ Principal: { AWS: '111111111111' } }] });
  });
});
