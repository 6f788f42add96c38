import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { adminClient } from './seed.ts';

/** A shell with the aws CLI, which has an administrator of each account as a profile. */
export interface AwsCli extends AsyncDisposable {
  /** Ends at the first command that fails. `said`: what it printed. */
  bash(script: string, profile?: string): Promise<{ readonly code: number | null; readonly said: string }>;
}

/** Whether the aws CLI is on this machine. */
export function hasAwsCli(): boolean {
  return spawnSync('aws', ['--version']).status === 0;
}

interface AwsCliOptions {
  /** moto's. */
  readonly url: string;
  /** Account ids by the names of their profiles. */
  readonly profiles: ReadonlyMap<string, string>;
  /** Of the scripts. Default: a folder of its own, empty. */
  readonly cwd?: string;
  /** Programs that stand for others in the scripts: what bash makes of their arguments, by their names. */
  readonly programs?: Readonly<Record<string, string>>;
}

export async function openAwsCli({ url, profiles, cwd, programs = {} }: AwsCliOptions): Promise<AwsCli> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-cli-'));
  const parts = await Promise.all([...profiles].map(([profile, account]) => credentialsOf(url, profile, account)));
  await writeFile(join(folder, 'credentials'), parts.join(''));
  await writeFile(join(folder, 'config'), '');
  await mkdir(join(folder, 'cwd'));
  await mkdir(join(folder, 'bin'));
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(folder, 'bin', name), `#!/usr/bin/env bash\n${script}`, { mode: 0o755 });
  }
  const env = {
    PATH: [join(folder, 'bin'), process.env.PATH ?? ''].join(delimiter),
    HOME: process.env.HOME ?? '',
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_ENDPOINT_URL: url,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_PAGER: '',
  };
  return {
    bash: (script, profile = '') =>
      new Promise((resolve) => {
        const child = spawn('bash', ['-eo', 'pipefail'], {
          cwd: cwd ?? join(folder, 'cwd'),
          env: profile === '' ? env : { ...env, AWS_PROFILE: profile },
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        let said = '';
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
        child.once('close', (code) => resolve({ code, said }));
        child.stdin.end(script);
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function credentialsOf(url: string, profile: string, account: string): Promise<string> {
  const call = adminClient(url, account);
  await call('CreateUser', { UserName: 'admin' });
  const key = await call('CreateAccessKey', { UserName: 'admin' });
  const part = (tag: string) => new RegExp(`<${tag}>([^<]*)`).exec(key)?.[1] ?? '';
  return `[${profile}]\naws_access_key_id = ${part('AccessKeyId')}\naws_secret_access_key = ${part('SecretAccessKey')}\n`;
}
