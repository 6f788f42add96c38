import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { hasAwsCli, openAwsCli } from '../../dev/aws/cli.ts';
import { type Estate, withDrift } from '../../dev/aws/estate.ts';
import { guideEstate } from '../../dev/aws/guide.ts';
import { startMoto } from '../../dev/aws/moto.ts';
import { adminClient, seedEstate } from '../../dev/aws/seed.ts';
import { startGitHub } from '../../dev/github/server.ts';
import { DESIRED_STATE, openScene } from '../../dev/runner/scene.ts';
import { reportSchema } from '../../src/report/model/schema.ts';
import { pathOf, snippets, textOf } from './pages.ts';

/**
 * The quick start, walked: its commands run as they are printed, by the aws CLI against moto; then its file and its workflow's step, from the shipped bundle.
 * moto makes no OIDC provider and lets any token in: what the trust demands is tried elsewhere.
 */

const [HUB, ...TARGETS] = ['111111111111', '222222222222', '333333333333'] as const;
const PROFILES = new Map([
  ['hub', HUB],
  ['target-1', TARGETS[0]],
  ['target-2', TARGETS[1]],
]);

/** What the network would give: the numbers of the repository from GitHub, and a clone of the action. */
const PROGRAMS = {
  gh: `case "$*" in
    'api repos/acme/access --jq .owner.id') echo 123456;;
    'api repos/acme/access --jq .id') echo 456789;;
    *) exit 2;;
  esac`,
  git: `[ "$*" = 'clone --depth 1 https://github.com/your-fork/assume-role-drift' ] && ln -s '${pathOf('.')}' assume-role-drift`,
};

const moto = await startMoto();
const hasCli = hasAwsCli();
afterAll(() => moto?.close());

function blocks(page: string, kind: string): string[] {
  return snippets()
    .filter((snippet) => snippet.page === page && snippet.kind === kind)
    .map(({ text }) => text);
}

/** What is there before: the hub user, its group and the roles, and nothing of ours. */
function withoutTools(draft: Estate): void {
  for (const account of draft.accounts) {
    account.roles = account.roles.filter(({ name }) => name === 'Micetro');
    account.users = account.users.filter(({ name }) => name === 'micetro');
  }
}

const job = z.object({
  jobs: z.object({ audit: z.object({ steps: z.array(z.object({ uses: z.string(), with: z.record(z.string(), z.coerce.string()) })) }) }),
});

const whereBothAre = moto !== undefined && hasCli ? describe : describe.skip;
whereBothAre('on moto, with the aws CLI', () => {
  const url = moto?.url ?? '';

  test('from the templates to the first clean audit', async () => {
    const guide = { hub: HUB, targets: TARGETS, externalId: 'drift-audit' };
    await seedEstate(url, withDrift(guideEstate(guide).estate, withoutTools));
    await using cli = await openAwsCli({ url, profiles: PROFILES, programs: PROGRAMS });
    const [check = '', hub = '', targets = '', afterFailure = '', ...others] = blocks('docs/quick-start.md', 'shell');
    expect(others).toEqual([]);
    const { code, said } = await cli.bash([check, hub, targets].join(''));
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(said.split('\n').slice(0, 3)).toEqual(['micetro-targets', ...TARGETS.map((id) => `arn:aws:iam::${id}:role/Micetro`)]);
    const again = hub.replace(/^git clone .*\n/, '');
    expect(await cli.bash(['cd assume-role-drift\n', afterFailure, 'cd ..\n', again].join(''))).toMatchObject({ code: 0 });
    const roles = (await readRoles(url)).map(({ id, names }) => `${id} ${names.join(' ')}`);
    expect(roles).toEqual([`${HUB} DriftAuditor`, ...TARGETS.map((id) => `${id} AssumeRoleAuditor Micetro`)]);
    const trust = decodeURIComponent(await adminClient(url, HUB)('GetRole', { RoleName: 'DriftAuditor' }));
    expect(trust).toContain('repo:acme@123456/access@456789:ref:refs/heads/main');

    const [file = ''] = blocks('docs/quick-start.md', 'desired-state');
    const [workflow = ''] = blocks('docs/quick-start.md', 'workflow');
    const step = job.parse(parse(workflow)).jobs.audit.steps.find(({ uses }) => uses.startsWith('your-fork/'));
    // The scene's own AWS is another one: nothing is asked of it.
    await using scene = await openScene();
    await scene.write(DESIRED_STATE, file);
    await using github = await startGitHub({ owner: 'acme', name: 'access' });
    const result = await scene.run({
      inputs: step?.with ?? {},
      env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_ENDPOINT_URL: url, ...github.oidcVariables },
    });
    const { summary, findings } = reportSchema.parse(await scene.report());
    expect({ findings, summary }).toMatchObject({ findings: [], summary: { expected: 3, observed: 3, clean: 3 } });
    expect(result.exitCode).toBe(0);
    expect(scene.aws.calls).toEqual([]);
    const [, headline = ''] = /^> (.+)$/m.exec(textOf('docs/quick-start.md')) ?? [];
    expect(result.summary).toContain(headline);
  }, 300_000);

  test('a StackSet makes the same roles', async () => {
    await fetch(`${url}/moto-api/reset`, { method: 'POST' });
    await using cli = await openAwsCli({ url, profiles: PROFILES, cwd: pathOf('.') });
    const commands = blocks('docs/stacksets.md', 'shell');
    expect(commands).toHaveLength(1);
    for (const command of commands) expect(await cli.bash(command, 'hub')).toMatchObject({ code: 0 });
    for (const id of TARGETS) {
      const role = await adminClient(url, id)('GetRole', { RoleName: 'AssumeRoleAuditor' });
      expect(decodeURIComponent(role)).toContain('arn:aws:iam::111111111111:role/DriftAuditor');
    }
  }, 300_000);
});

/** The estate's reader can't be used: moto keeps the policies of stacks in a form that is no JSON. */
async function readRoles(url: string): Promise<{ id: string; names: string[] }[]> {
  const read: { id: string; names: string[] }[] = [];
  for (const id of [HUB, ...TARGETS]) {
    const roles = await adminClient(url, id)('ListRoles', {});
    read.push({ id, names: [...roles.matchAll(/<RoleName>([^<]*)/g)].map(([, name = '']) => name).toSorted((a, b) => a.localeCompare(b)) });
  }
  return read;
}
