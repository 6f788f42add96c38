import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DESIRED_STATE, type Scene } from '../../dev/runner/set-scene.ts';
import { openInProcess } from './in-process.ts';

/** Everything that can be wrong before the first call, one test each. */

interface BadInput {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: string;
  /** The desired-state file, or what to do in place of writing it. */
  readonly file?: string | ((scene: Scene) => Promise<void>);
  /** In one of the errors. */
  readonly says: RegExp;
  /** Line of the file at which the error is marked. */
  readonly line?: number;
}

const small = (more = '', targets = '["200000000001"]') => `version: 1
hub:
  account: "111111111111"
  user: micetro
  group: micetro-targets
targets: ${targets}
${more}`;

const INPUTS: readonly BadInput[] = [
  { name: 'an unknown mode', inputs: { mode: 'adit' }, says: /mode.*adit.*audit.*validate.*capture.*rollback/ },
  { name: 'fix is neither true nor false', inputs: { fix: 'yes' }, says: /fix.*yes.*true.*false/ },
  { name: 'fix: true on a pull request', inputs: { fix: 'true' }, event: 'pull_request', says: /fix.*pull_request/ },
  { name: 'mode merge, which is gone', inputs: { mode: 'merge' }, says: /merge.*audit.*validate.*capture.*rollback/ },
  { name: 'mode rollback without a report', inputs: { mode: 'rollback' }, says: /repair-report.*rollback/ },
  { name: 'fix with another mode', inputs: { fix: 'true', mode: 'validate' }, says: /fix.*audit/ },
  { name: 'pull_request_target', event: 'pull_request_target', says: /pull_request_target/ },
  { name: 'a role that is no role', inputs: { 'auditor-role': 'DriftAuditor' }, says: /auditor-role.*arn:/ },
  { name: 'no concurrency', inputs: { concurrency: '0' }, says: /concurrency.*0/ },
  { name: 'a file outside the workspace', inputs: { 'desired-state': '../../etc/passwd' }, says: /desired-state.*workspace/ },
];

const FILES: readonly BadInput[] = [
  { name: 'no file', inputs: { 'desired-state': 'missing.yml' }, says: /missing\.yml.*actions\/checkout/ },
  { name: 'a folder', file: (scene) => folder(scene), inputs: { 'desired-state': 'folder' }, says: /is a directory/ },
  {
    name: 'a link out of the workspace',
    file: (scene) => symlink('/etc/hostname', join(scene.workspace, 'link.yml')),
    inputs: { 'desired-state': 'link.yml' },
    says: /symbolic link to a file outside the workspace/,
  },
  { name: 'a file that capture would write over', inputs: { mode: 'capture' }, says: /already exists.*overwrite to true/ },
  {
    name: 'capture with nobody to start from',
    inputs: { mode: 'capture', 'desired-state': 'new.yml' },
    says: /requires the input hub-user or hub-group/,
  },
  {
    name: 'capture of another user than the file names',
    inputs: { mode: 'capture', overwrite: 'true', 'hub-user': 'other' },
    says: /hub-user is other.*names the user micetro/,
  },
  {
    name: 'a starter file that is wrong',
    inputs: { mode: 'capture', overwrite: 'true', 'hub-user': 'micetro' },
    file: 'hub: { account: "111111111111" }\nauditor: { rolename: x }\n',
    says: /did you mean `roleName`/,
    line: 2,
  },
  { name: 'an empty file', file: '', says: /empty/, line: 1 },
  {
    name: 'a binary file',
    file: (scene) => writeFile(join(scene.workspace, '.github/assume-role.yml'), Buffer.from([0, 1, 2, 255])),
    says: /binary|text/i,
    line: 1,
  },
  { name: 'five megabytes', file: `# ${'x'.repeat(5_000_000)}\n${small()}`, says: /large|bytes|MiB|KiB/i, line: 1 },
  { name: 'an alias bomb', file: bomb(), says: /alias/i },
  { name: 'YAML that is none', file: 'version: 1\nhub: [\n', says: /assume-role\.yml:\d+:\d+/ },
  { name: 'a key twice', file: `${small()}version: 1\n`, says: /version/, line: 7 },
  { name: 'a misspelt key', file: small('defaults:\n  managedPolices: []\n'), says: /did you mean `managedPolicies`/, line: 8 },
  { name: 'an account id that YAML reads as a number', file: small('', '[222222222222]'), says: /"222222222222"/, line: 6 },
  { name: 'an account id with a leading zero, unquoted', file: small('', '[012345678901]'), says: /"012345678901"/, line: 6 },
  { name: 'an account twice', file: small('', '["200000000001", "200000000001"]'), says: /200000000001/, line: 6 },
  {
    name: 'an unknown rule in an exception',
    file: small('exceptions:\n  - { rule: role-policy-extras, owner: a, reason: b, expires: 2027-01-31 }\n'),
    says: /did you mean `role-policy-extra`/,
    line: 8,
  },
  {
    name: 'an exception without an end',
    file: small('exceptions:\n  - { rule: role-policy-extra, owner: a, reason: b }\n'),
    says: /expires/,
    line: 8,
  },
  { name: 'an unknown placeholder', file: small('defaults: { roleName: "x-{acount}" }\n'), says: /\{account\}/, line: 7 },
  {
    name: 'a policy that IAM would refuse',
    file: small(
      'defaults: { inlinePolicies: { a: { Version: "2012-10-17", Statement: [{ Efect: Allow, Action: "*", Resource: "*" }] } } }\n',
    ),
    says: /Efect/,
    line: 7,
  },
  {
    name: 'more grants than fit',
    inputs: { mode: 'validate' },
    file: small('', JSON.stringify(Array.from({ length: 60 }, (_, index) => String(200_000_000_000 + index)))),
    says: /exceeds a quota|characters/,
  },
];

async function folder({ workspace }: Scene): Promise<void> {
  await mkdir(join(workspace, 'folder'));
}

function bomb(): string {
  const levels = Array.from({ length: 12 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]`);
  return `a0: &a0 [x]\n${levels.join('\n')}\n`;
}

describe.each([
  ['inputs', INPUTS],
  ['the desired-state file', FILES],
] as const)('%s', (_what, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, { inputs = {}, event = 'schedule', file, says, line }) => {
    await using scene = await openInProcess({});
    if (typeof file === 'string') await scene.write('.github/assume-role.yml', file);
    else await file?.(scene);
    const result = await scene.run({ inputs, event });
    expect(result.exitCode).toBe(1);
    const errors = result.annotations.filter(({ level }) => level === 'error');
    expect(errors.map(({ message }) => message).join('\n')).toMatch(says);
    if (line !== undefined)
      expect(errors.map(({ properties }) => properties).join('\n')).toMatch(
        new RegExp(`file=\\.github/assume-role\\.yml,.*line=${line}(,|$)`, 'm'),
      );
    expect(scene.aws.calls).toEqual([]);
    expect(scene.github.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(result.stdout + result.summary).not.toMatch(/\n\s+at .*:\d+:\d+/);
    expect(result.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('ghs_');
  });
});

test('paths that lead over the desired-state file and out of the workspace through links', async () => {
  await using scene = await openInProcess({});
  const outside = await mkdtemp(join(tmpdir(), 'outside-'));
  await symlink('.github', join(scene.workspace, 'reports'));
  await symlink(outside, join(scene.workspace, 'scans'));
  const result = await scene.run({ inputs: { 'report-path': 'reports/assume-role.yml', 'sarif-path': 'scans/drift.sarif' } });
  expect(result.exitCode).toBe(1);
  expect(result.annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Input report-path: "reports\/assume-role\.yml" is the file of desired-state /),
    expect.stringMatching(/^Input sarif-path: "scans\/drift\.sarif" leads outside the workspace through a symbolic link, to "/),
    '2 inputs are invalid. Nothing was done.',
  ]);
  expect([scene.aws.calls, scene.github.calls]).toEqual([[], []]);
  expect(await readFile(join(scene.workspace, DESIRED_STATE), 'utf8')).toBe(scene.guide.desiredYaml);
  expect(await readdir(outside)).toEqual([]);
  await rm(outside, { recursive: true });
});
