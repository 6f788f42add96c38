import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from './job.ts';
import type { Contender } from './measure.ts';

/** A workspace with the desired-state file of the estate, and the action in it as GitHub's runner starts it. */
export async function shipped(entry: string, folder: string, job: Job): Promise<Contender> {
  const workspace = join(folder, 'workspace');
  await mkdir(join(workspace, '.github'), { recursive: true });
  await writeFile(join(workspace, '.github', 'assume-role.yml'), job.desiredYaml);
  const files = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE', 'GITHUB_ENV'];
  await Promise.all(files.map((name) => writeFile(join(folder, name), '')));
  await writeFile(join(folder, 'event.json'), '{}');
  return {
    name: 'dist/index.js, whole run',
    args: [entry],
    cwd: workspace,
    env: {
      ...Object.fromEntries(files.map((name) => [name, join(folder, name)])),
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_EVENT_NAME: 'schedule',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      GITHUB_REPOSITORY: 'acme/access',
      GITHUB_REPOSITORY_OWNER: 'acme',
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SHA: '0'.repeat(40),
      GITHUB_REF: 'refs/heads/main',
      GITHUB_WORKFLOW: 'drift',
      GITHUB_JOB: 'drift',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: 'http://127.0.0.1:9',
      RUNNER_TEMP: folder,
      AWS_ENDPOINT_URL: job.url,
      AWS_ACCESS_KEY_ID: job.accessKeyId,
      AWS_SECRET_ACCESS_KEY: job.secretAccessKey,
      INPUT_ISSUE: 'never',
      INPUT_CONCURRENCY: String(job.concurrency),
      'INPUT_AUDITOR-ROLE': job.auditorRole,
      'INPUT_MASK-ACCOUNTS': 'false',
    },
  };
}
