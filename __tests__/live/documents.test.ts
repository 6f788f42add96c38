import { describe, expect, test } from '@jest/globals';
import { documentText } from '../../src/live/documents.ts';

const DOCUMENT = '{"Version":"2012-10-17","Statement":[{"Resource":"arn:aws:s3:::a+b/c%2Fd","Sid":"é"}]}';

describe('documentText', () => {
  test.each([
    ['encoded by RFC 3986', encodeURIComponent(DOCUMENT), DOCUMENT],
    [
      'encoded in part, as some emulators do',
      DOCUMENT.replace('é', '\\u00e9').replaceAll('"', '%22').replace('%2F', '%252F'),
      DOCUMENT.replace('é', '\\u00e9'),
    ],
    ['plain, with an escape that belongs to it', DOCUMENT, DOCUMENT],
    ['plain, with line breaks', '{\n  "Statement": []\n}', '{\n  "Statement": []\n}'],
    ['a plus stays a plus', '%7B%22a%22%3A%22x+y%22%7D', '{"a":"x+y"}'],
    ['a malformed escape sequence', '%7B%22a%22%3A%ZZ', '%7B%22a%22%3A%ZZ'],
    ['encoded, but no JSON', '%7Bnonsense', '{nonsense'],
    ['plain, but no JSON', '{"a": %41', '{"a": %41'],
    ['empty', '', ''],
    ['duplicate keys are kept', encodeURIComponent('{"a":1,"a":2}'), '{"a":1,"a":2}'],
  ])('%s', (_, raw, text) => {
    expect(documentText(raw)).toBe(text);
  });
});
