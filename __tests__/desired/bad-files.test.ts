import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type FileError, formatFileError } from '../../src/desired/index.ts';
import { errorsOf } from './files.ts';

/** Each file of the folder ends with a comment that lists all its errors. */
const folder = new URL('./bad/', import.meta.url);

describe('a file with errors lists them all, each with its place', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    const [text = '', comment = ''] = readFileSync(new URL(name, folder), 'utf8').split('# errors\n');
    const expected = comment.split('\n').flatMap((line) => (line === '' ? [] : [line.replace('# ', '')]));
    expect(expected).not.toEqual([]);
    expect(errorsOf(text)).toEqual(expected);
  });
});

describe('formatFileError', () => {
  const error: FileError = { file: 'f.yml', line: 2, column: 3, path: 'hub.user', message: 'missing', expected: 'a name' };
  test.each<[string, Partial<FileError>, string]>([
    ['path and expectation', {}, 'f.yml:2:3 hub.user: missing; expected a name'],
    ['a suggestion', { suggestion: 'users' }, 'f.yml:2:3 hub.user: missing; expected a name; did you mean `users`?'],
    ['no path', { path: '' }, 'f.yml:2:3: missing; expected a name'],
    ['what would break the line or hide in it', { file: 'a\nb', path: 'x\u202ey' }, 'a\\u000ab:2:3 x\\u202ey: missing; expected a name'],
  ])('shows %s', (_, change, line) => {
    expect(formatFileError({ ...error, ...change })).toBe(line);
  });
});
