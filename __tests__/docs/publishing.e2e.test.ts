import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { snippetsOf } from './pages.ts';

/**
 * The commands of docs/publishing.md, in their order, by git on two repositories of this machine that stand for GitHub's. The gate tries what npm
 * does there: it builds `dist/` and compares it. Here stand-ins take the places of npm and gh.
 */

const run = promisify(execFile);

const GH = `#!/usr/bin/env bash
[ "$1 $2 $4" = 'attestation verify --repo' ] && [ -f "$3" ]
`;

const NPM = `#!/usr/bin/env bash
case "$*" in
  'ci') ;;
  'run build -- '*) mkdir -p "$4" && cp package.json "$4/index.js";;
  *) exit 2;;
esac
`;

async function withRepositories(use: (bash: (script: string) => Promise<string>) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'publishing-'));
  const at = (name: string) => join(folder, name);
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  const git = (cwd: string, ...args: string[]) => run('git', [...identity, ...args], { cwd });
  await mkdir(at('bin'));
  await writeFile(join(at('bin'), 'npm'), NPM, { mode: 0o755 });
  await writeFile(join(at('bin'), 'gh'), GH, { mode: 0o755 });
  await git(folder, 'init', '--quiet', '--initial-branch=main', 'upstream');
  await mkdir(join(at('upstream'), 'dist'));
  await writeFile(join(at('upstream'), 'package.json'), '1.2.0');
  await writeFile(join(at('upstream'), 'dist/index.js'), '1.2.0');
  await git(at('upstream'), 'add', '.');
  await git(at('upstream'), 'commit', '--quiet', '--message', 'Begin');
  await git(at('upstream'), 'tag', '--annotate', 'v1.2.0', '--message', 'Release');
  await git(folder, 'clone', '--quiet', '--bare', 'upstream', 'fork');
  await git(folder, 'clone', '--quiet', 'fork', 'clone');
  await writeFile(join(at('upstream'), 'news'), '');
  await git(at('upstream'), 'add', '.');
  await git(at('upstream'), 'commit', '--quiet', '--message', 'Go on');
  const settings = [
    ['user.name', 'a'],
    ['user.email', 'a@example.com'],
    [`url.${at('fork')}.insteadOf`, 'https://github.com/your-fork/assume-role-drift'],
    [`url.${at('upstream')}.insteadOf`, 'https://github.com/upstream-owner/assume-role-drift'],
  ];
  const env = {
    PATH: `${at('bin')}:${process.env.PATH}`,
    HOME: folder,
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(settings.map(([key = ''], index) => [`GIT_CONFIG_KEY_${index}`, key])),
    ...Object.fromEntries(settings.map(([, value = ''], index) => [`GIT_CONFIG_VALUE_${index}`, value])),
  };
  try {
    await use(async (script) => (await run('bash', ['-ec', script], { cwd: at('clone'), env })).stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('look up the commit, verify it, compare dist/, take an update', async () => {
  await withRepositories(async (bash) => {
    const [lookUp = '', verify = '', compare = '', update = '', ...others] = snippetsOf('release').map(([, { text }]) =>
      text.replaceAll('/tmp/fresh-dist', '../fresh-dist'),
    );
    expect(others).toEqual([]);
    const commit = (await bash('git rev-parse HEAD')).trim();
    expect(await bash(lookUp)).toBe(`${commit}\trefs/tags/v1.2.0^{}\n`);
    await bash(verify);
    expect(await bash(compare)).toBe('');
    await expect(bash(`echo changed > dist/index.js\n${compare}`)).rejects.toThrow();
    await bash('git restore dist');
    await bash(update);
    expect((await bash('ls')).split('\n')).toContain('news');
    expect((await bash('git branch --show-current')).trim()).toBe('main');
  });
}, 30_000);
