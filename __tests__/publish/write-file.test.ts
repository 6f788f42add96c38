import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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

test('a link to a folder stays, and so does what is in the folder', async () => {
  mkdirSync(join(folder, 'reports'));
  symlinkSync('reports', join(folder, 'report.json'));
  await expect(writeFileWhole(join(folder, 'report.json'), 'report')).rejects.toThrow('a directory of that name exists');
  expect(readlinkSync(join(folder, 'report.json'))).toBe('reports');
  expect(readdirSync(folder).sort()).toEqual(['report.json', 'reports']);
});

describe('a file that another program has open', () => {
  /** Renames, after so many refusals, and notes how long it was asked to wait. */
  const busy = (times: number, code: string) => {
    const waits: number[] = [];
    let left = times;
    const rename = async (from: string, to: string): Promise<void> => {
      left -= 1;
      if (left >= 0) throw Object.assign(new Error(code), { code });
      renameSync(from, to);
    };
    return { waits, system: { rename, wait: async (ms: number) => void waits.push(ms) } };
  };

  test.each(['EPERM', 'EBUSY', 'EACCES'])('is replaced as soon as it is free: %s', async (code) => {
    const { waits, system } = busy(2, code);
    await writeFileWhole(join(folder, 'report.json'), 'report', system);
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('report');
    expect(waits).toEqual([10, 20]);
  });

  test('is given up after less than three seconds', async () => {
    const { waits, system } = busy(Number.POSITIVE_INFINITY, 'EBUSY');
    await expect(writeFileWhole(join(folder, 'report.json'), 'report', system)).rejects.toThrow('another program has it open');
    expect(waits.reduce((sum, ms) => sum + ms)).toBeLessThan(3_000);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('other errors are not waited for', async () => {
    const { waits, system } = busy(1, 'ENOSPC');
    await expect(writeFileWhole(join(folder, 'report.json'), 'report', system)).rejects.toThrow('no space is left');
    expect(waits).toEqual([]);
  });
});

test.each([
  ['file/report.json', 'one of its directories is a file'],
  ['folder', 'a directory of that name exists'],
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
