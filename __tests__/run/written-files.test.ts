import { linkSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkInputs } from '../../src/run/check-inputs.ts';
import { DesiredFileMissing, placeOfDesiredFile } from '../../src/run/desired-file.ts';

/** The workspace, and beside it the runner's temporary folder. */
let job = '';
let workspace = '';
beforeEach(() => {
  job = realpathSync(mkdtempSync(join(tmpdir(), 'job-')));
  workspace = join(job, 'repo');
  for (const folder of ['repo/.github', 'repo/out', 'temp', 'elsewhere']) mkdirSync(join(job, folder), { recursive: true });
  writeFileSync(join(workspace, '.github/assume-role.yml'), 'version: 1\n');
});
afterEach(() => rmSync(job, { recursive: true }));

/** The errors, with `JOB` for the folder of the job. */
async function errorsOf(inputs: Readonly<Record<string, string>>, where = workspace): Promise<string[]> {
  const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, value.replace('JOB', job)]));
  const checked = await checkInputs({ input: (name) => given[name] ?? '' }, { event: 'schedule', workspace: where });
  return 'errors' in checked ? checked.errors.map((error) => error.replaceAll(job, 'JOB')) : [];
}

interface Case {
  readonly name: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Links of the workspace, with where they lead. */
  readonly links?: Readonly<Record<string, string>>;
  readonly prepare?: () => void;
}

function make({ links = {}, prepare = () => undefined }: Case): void {
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(workspace, path));
  prepare();
}

const over = (input: string, path: string, other: string, otherPath: string) =>
  `Input ${input}: "${path}" is the file of ${other} ("${otherPath}"), which it would overwrite. Use a different path.`;
const overDesired = (input: string, path: string) => over(input, path, 'desired-state', '.github/assume-role.yml');
const leadsOut = (input: string, path: string, place: string) =>
  `Input ${input}: "${path}" leads outside the workspace through a symbolic link, to "${place}". Use a path in the workspace, or an absolute path outside it.`;

const REFUSED: readonly (Case & { readonly errors: readonly string[] })[] = [
  {
    name: 'a folder that is a link out of the workspace',
    inputs: { 'report-path': 'link/r.json', 'sarif-path': 'link/new/folder/s.sarif', 'html-path': 'link/r.html' },
    links: { link: '../elsewhere' },
    errors: [
      leadsOut('report-path', 'link/r.json', 'JOB/elsewhere/r.json'),
      leadsOut('sarif-path', 'link/new/folder/s.sarif', 'JOB/elsewhere/new/folder/s.sarif'),
      leadsOut('html-path', 'link/r.html', 'JOB/elsewhere/r.html'),
    ],
  },
  {
    name: 'links behind links',
    inputs: { 'report-path': 'a/r.json' },
    links: { a: 'out/b', 'out/b': '../../elsewhere' },
    errors: [leadsOut('report-path', 'a/r.json', 'JOB/elsewhere/r.json')],
  },
  {
    name: 'an absolute path in the workspace that leads out of it',
    inputs: { 'report-path': 'JOB/repo/link/r.json' },
    links: { link: '../elsewhere' },
    errors: [leadsOut('report-path', 'JOB/repo/link/r.json', 'JOB/elsewhere/r.json')],
  },
  {
    name: 'a link that leads to nothing, outside',
    inputs: { 'report-path': 'link/r.json', 'sarif-path': 's.sarif' },
    links: { link: '../not-yet', 's.sarif': '/not-yet/s.sarif' },
    errors: [leadsOut('report-path', 'link/r.json', 'JOB/not-yet/r.json'), leadsOut('sarif-path', 's.sarif', '/not-yet/s.sarif')],
  },
  {
    name: 'links that never end',
    inputs: { 'report-path': 'a/r.json', 'sarif-path': 'self' },
    links: { a: 'b', b: 'a', self: 'self' },
    errors: [
      'Input report-path: "a/r.json" is reached through symbolic links that form a loop. Use a different path.',
      'Input sarif-path: "self" is reached through symbolic links that form a loop. Use a different path.',
    ],
  },
  {
    name: 'the desired-state file',
    inputs: { 'report-path': './.github/../.github/assume-role.yml' },
    errors: [overDesired('report-path', '.github/assume-role.yml')],
  },
  {
    name: 'the desired-state file, through a linked folder',
    inputs: { 'report-path': 'link/assume-role.yml', 'sarif-path': 'out/link/assume-role.yml', 'html-path': '.github/assume-role.yml' },
    links: { link: '.github', 'out/link': '../.github' },
    errors: [
      overDesired('report-path', 'link/assume-role.yml'),
      overDesired('sarif-path', 'out/link/assume-role.yml'),
      overDesired('html-path', '.github/assume-role.yml'),
    ],
  },
  {
    name: 'a link to the desired-state file',
    inputs: { 'report-path': 'r.json' },
    links: { 'r.json': '.github/assume-role.yml' },
    errors: [overDesired('report-path', 'r.json')],
  },
  {
    name: 'the desired-state file, which is a link itself',
    inputs: { 'desired-state': 'link.yml', 'report-path': 'out/real.yml' },
    links: { 'link.yml': 'out/real.yml' },
    errors: [over('report-path', 'out/real.yml', 'desired-state', 'link.yml')],
  },
  {
    name: 'a hard link of the desired-state file',
    inputs: { 'report-path': 'r.json' },
    prepare: () => linkSync(join(workspace, '.github/assume-role.yml'), join(workspace, 'r.json')),
    errors: [overDesired('report-path', 'r.json')],
  },
  {
    name: 'an absolute path outside the workspace that leads to the desired-state file',
    inputs: { 'report-path': 'JOB/temp/link/assume-role.yml' },
    prepare: () => symlinkSync('../repo/.github', join(job, 'temp/link')),
    errors: [overDesired('report-path', 'JOB/temp/link/assume-role.yml')],
  },
  {
    name: 'a desired-state file that capture has yet to write',
    inputs: { mode: 'capture', 'hub-user': 'u', 'desired-state': 'new/access.yml', 'report-path': 'link/access.yml' },
    links: { link: 'new' },
    errors: [over('report-path', 'link/access.yml', 'desired-state', 'new/access.yml')],
  },
  {
    name: 'one file for both reports',
    inputs: { 'sarif-path': 'JOB/repo/assume-role-report.json', 'html-path': './assume-role-report.json' },
    errors: [
      over('sarif-path', 'JOB/repo/assume-role-report.json', 'report-path', 'assume-role-report.json'),
      over('html-path', 'assume-role-report.json', 'report-path', 'assume-role-report.json'),
    ],
  },
  {
    name: 'one file for both reports, through a link',
    inputs: { 'report-path': 'out/r.json', 'sarif-path': 'link/r.json' },
    links: { link: 'out' },
    errors: [over('sarif-path', 'link/r.json', 'report-path', 'out/r.json')],
  },
  {
    name: 'names that are one where the file system ignores case',
    inputs: { 'report-path': 'out/report.json', 'sarif-path': 'out/Report.json' },
    errors: [over('sarif-path', 'out/Report.json', 'report-path', 'out/report.json')],
  },
  {
    name: 'the report to undo',
    inputs: { mode: 'rollback', 'repair-report': './assume-role-report.json' },
    errors: [over('report-path', 'assume-role-report.json', 'repair-report', './assume-role-report.json')],
  },
  {
    name: 'the report to undo, through a link',
    inputs: { mode: 'rollback', 'repair-report': 'out/repair.json', 'sarif-path': 'link/repair.json' },
    links: { link: 'out' },
    errors: [over('sarif-path', 'link/repair.json', 'repair-report', 'out/repair.json')],
  },
  {
    name: 'what else is wrong comes first',
    inputs: { mode: 'rollback', 'report-path': '.github/assume-role.yml' },
    errors: ['Input repair-report: mode rollback requires the report of the repair run.'],
  },
];

const ALLOWED: readonly Case[] = [
  { name: 'the defaults', inputs: {} },
  { name: 'folders that are not there yet', inputs: { 'report-path': 'new/folder/r.json', 'sarif-path': 'new/folder/s.sarif' } },
  { name: 'the temporary folder of the runner', inputs: { 'report-path': 'JOB/temp/r.json', 'sarif-path': 'JOB/temp/s.sarif' } },
  {
    name: 'a link in the temporary folder',
    inputs: { 'report-path': 'JOB/temp/link/r.json' },
    prepare: () => symlinkSync('../elsewhere', join(job, 'temp/link')),
  },
  { name: 'a link that stays in the workspace', inputs: { 'report-path': 'link/r.json' }, links: { link: 'out' } },
  { name: 'a link to nothing that stays in the workspace', inputs: { 'report-path': 'link/r.json' }, links: { link: 'not-yet' } },
  { name: 'a name that begins with two dots', inputs: { 'report-path': '..report.json' } },
  { name: 'the file of an input that the mode does not read', inputs: { 'repair-report': 'assume-role-report.json' } },
  {
    name: 'a desired-state file that can’t be reached: whoever reads it says so',
    inputs: { 'desired-state': 'self' },
    links: { self: 'self' },
  },
];

describe('refused, before anything is written', () => {
  test.each(REFUSED.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    make(one);
    const before = readdirSync(job, { recursive: true });
    expect(await errorsOf(one.inputs)).toEqual(one.errors);
    expect(readdirSync(job, { recursive: true })).toEqual(before);
  });
});

describe('allowed', () => {
  test.each(ALLOWED.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    make(one);
    expect(await errorsOf(one.inputs)).toEqual([]);
  });
});

test('a workspace that is itself reached through a link is one folder with what it leads to', async () => {
  symlinkSync('repo', join(job, 'linked'));
  const linked = join(job, 'linked');
  expect(await errorsOf({ 'report-path': 'out/r.json' }, linked)).toEqual([]);
  expect(await errorsOf({ 'report-path': 'JOB/repo/out/r.json' }, linked)).toEqual([]);
  expect(await errorsOf({ 'report-path': 'JOB/repo/.github/assume-role.yml' }, linked)).toEqual([
    overDesired('report-path', 'JOB/repo/.github/assume-role.yml'),
  ]);
});

describe('the place of the desired-state file', () => {
  test.each([
    ['a file', '.github/assume-role.yml', '.github/assume-role.yml'],
    ['nothing yet', 'new/access.yml', 'new/access.yml'],
    ['a link to a file', 'link.yml', 'out/real.yml'],
    ['a link to nothing yet', 'dangling.yml', 'out/not-yet.yml'],
  ])('%s', async (_name, path, place) => {
    writeFileSync(join(workspace, 'out/real.yml'), '');
    symlinkSync('out/real.yml', join(workspace, 'link.yml'));
    symlinkSync('out/not-yet.yml', join(workspace, 'dangling.yml'));
    expect(await placeOfDesiredFile(workspace, path)).toBe(join(workspace, place));
  });

  test.each([
    ['out', '../elsewhere/access.yml', 'symbolic link to a file outside the workspace'],
    ['self', 'self.yml', 'that form a loop'],
  ])('a link that leads %s', async (_name, target, says) => {
    symlinkSync(target, join(workspace, 'self.yml'));
    const place = placeOfDesiredFile(workspace, 'self.yml');
    await expect(place).rejects.toThrow(DesiredFileMissing);
    await expect(place).rejects.toThrow(says);
  });
});
