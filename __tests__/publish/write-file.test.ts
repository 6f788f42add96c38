import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FileNotWritten, writeFileWhole } from '../../src/publish/write-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('makes folders, replaces the file and leaves nothing beside it', async () => {
  const path = join(folder, 'a/b/report.json');
  await writeFileWhole(path, 'first');
  await writeFileWhole(path, 'second ü');
  expect(readFileSync(path, 'utf8')).toBe('second ü');
  expect(readdirSync(join(folder, 'a/b'))).toEqual(['report.json']);
});

test('a link is replaced, not written through', async () => {
  writeFileSync(join(folder, 'precious'), 'kept');
  symlinkSync(join(folder, 'precious'), join(folder, 'report.json'));
  await writeFileWhole(join(folder, 'report.json'), 'report');
  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('kept');
  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('report');
});

test.each([
  ['file/report.json', 'one of its folders is a file'],
  ['folder', 'there is a folder of that name'],
  [`${'x'.repeat(300)}`, 'the name is too long'],
])('%s: %s', async (name, why) => {
  writeFileSync(join(folder, 'file'), 'kept');
  mkdirSync(join(folder, 'folder'));
  const path = join(folder, name);
  await expect(writeFileWhole(path, 'text')).rejects.toThrow(`${JSON.stringify(path)} could not be written: ${why}.`);
  await expect(writeFileWhole(path, 'text')).rejects.toThrow(FileNotWritten);
  expect(readdirSync(folder).sort()).toEqual(['file', 'folder']);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept');
});
