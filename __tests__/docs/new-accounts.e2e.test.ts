import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Estate, groupIn, roleIn } from '../../dev/aws/estate.ts';
import type { OrganizationEstate } from '../../dev/aws/organizations/organization.ts';
import { adminClient } from '../../dev/aws/seed.ts';
import { openPull } from '../../dev/runner/pull-request.ts';
import { DESIRED_STATE, openScene, type Scene } from '../../dev/runner/scene.ts';
import { reportSchema } from '../../src/report/model/schema.ts';
import { managed } from '../run/target-cases.ts';
import { type Contexts, evaluate, fillIn } from './expression.ts';
import { textOf } from './pages.ts';

/**
 * The workflow that proposes new accounts, step by step: its runs of the action by the shipped bundle, its conditions by GitHub's evaluator, its scripts by bash,
 * jq and git. A stand-in takes the place of gh.
 */

const stepSchema = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.coerce.string()).optional(),
  run: z.string().optional(),
});
type WorkflowStep = z.infer<typeof stepSchema>;
const example = z.object({ jobs: z.object({ propose: z.object({ steps: z.array(stepSchema) }) }) });
const { steps } = example.parse(parse(textOf('examples/workflows/new-accounts.yml'))).jobs.propose;

const HUB = '111111111111';
const [ONE, TWO, NEW, BARE] = ['200000000001', '200000000002', '200000000003', '200000000004'];
const UNIT = 'ou-ab12-11111111';
const BRANCH = 'new-accounts';

const organization = (accounts: readonly string[]): OrganizationEstate => ({
  management: HUB,
  units: [{ id: 'r-ab12' }, { id: UNIT, parent: 'r-ab12' }],
  accounts: [{ id: HUB, unit: 'r-ab12' }, ...accounts.map((id) => ({ id, unit: UNIT }))],
});

const FILE = `version: 1
hub: { account: "${HUB}", user: micetro, group: micetro-targets, otherCallers: [] }
classes:
  sandbox: { managedPolicies: [ReadOnlyAccess] }
targets:
  - "${ONE}"
  - { account: "${TWO}", class: sandbox } # emptied on Sundays
policies: { IAMReadOnlyAccess: v1, AmazonRoute53FullAccess: v7, AmazonEC2FullAccess: v1, ReadOnlyAccess: v1 }
organization: { include: [${UNIT}] }
`;

/** Two targets, and an account with the same role as the second, which no group grants. */
function edit(draft: Estate): void {
  for (const account of [TWO, NEW]) roleIn(draft, account, 'Micetro').managedPolicies = [managed('ReadOnlyAccess')];
  const group = groupIn(draft, HUB, 'micetro-targets');
  group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !name.includes(NEW));
}

const GH = `#!/bin/sh
echo "$*" >> "$GH_LOG"
case "$1 $2" in
  'pr list') cat "$GH_OPEN" ;;
esac
`;

/** A repository with the file on its default branch, checked out into the workspace of a scene. */
interface Checkout extends AsyncDisposable {
  readonly scene: Scene;
  /** Runs all steps but the checkout, as a runner does. Returns the commands of gh. */
  run(): Promise<string[]>;
  git(...args: readonly string[]): Promise<string>;
  /** Says that the last pull request is still open. */
  keepOpen(): Promise<void>;
}

async function checkOut(): Promise<Checkout> {
  const scene = await openScene({ guide: { targets: [ONE, TWO, NEW], organization: organization([ONE, TWO]) }, edit, file: FILE });
  const folder = await mkdtemp(join(tmpdir(), 'new-accounts-'));
  const at = (name: string) => join(folder, name);
  await mkdir(at('bin'));
  await writeFile(at('bin/gh'), GH, { mode: 0o755 });
  await Promise.all(['log', 'output'].map((name) => writeFile(at(name), '')));
  await writeFile(at('open'), '0\n');
  const env = {
    PATH: `${at('bin')}:${process.env.PATH}`,
    HOME: folder,
    GH_LOG: at('log'),
    GH_OPEN: at('open'),
    GITHUB_OUTPUT: at('output'),
  };
  const bash = (script: string, more: Readonly<Record<string, string>> = {}) =>
    new Promise<string>((resolve, reject) => {
      execFile('bash', ['-e', '-c', script], { cwd: scene.workspace, env: { ...env, ...more } }, (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(`${script}\n${stdout}${stderr}`)),
      );
    });
  await bash(`git init --quiet --initial-branch=main
    git -c user.name=a -c user.email=a@example.com add .github
    git -c user.name=a -c user.email=a@example.com commit --quiet --message 'Agree'
    git clone --quiet --bare . '${at('origin.git')}'
    git remote add origin '${at('origin.git')}'`);
  const outputsOf = async () => {
    const written = (await readFile(at('output'), 'utf8')).matchAll(/^(\w+)=(.*)$/gm);
    return Object.fromEntries([...written].map(([, name = '', value = '']) => [name, value]));
  };
  const runStep = async (step: WorkflowStep): Promise<void> => {
    const contexts: Contexts = { steps: { other: { outputs: await outputsOf() } }, github: { token: 'secret' } };
    if (evaluate((step.if ?? 'true').replace(/^\$\{\{(.*)\}\}$/, '$1'), contexts) !== 'true') return;
    const more = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, fillIn(value, contexts)]));
    if (step.run !== undefined) await bash(step.run, more);
    if (step.uses?.startsWith('your-fork/')) await scene.run({ inputs: step.with ?? {} });
  };
  return {
    scene,
    run: async () => {
      await Promise.all([writeFile(at('log'), ''), writeFile(at('output'), '')]);
      for (const step of steps) await runStep(step);
      return (await readFile(at('log'), 'utf8')).split('\n').filter((line) => line !== '');
    },
    git: (...args) => bash(`git ${args.map((arg) => `'${arg}'`).join(' ')}`),
    keepOpen: () => writeFile(at('open'), '1\n'),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([scene[Symbol.asyncDispose](), rm(folder, { recursive: true, force: true })]);
    },
  };
}

const isProposed = ['pr list --head new-accounts --state open --json number --jq length', 'auth setup-git', 'pr create --fill'];

const areThere = ['jq', 'git'].every((program) => spawnSync(program, ['--version']).status === 0);

(areThere ? describe : describe.skip)('with jq and git', () => {
  test('one account more in the unit: the pull request adds it, in its class, and nothing else; its check says what that asks for', async () => {
    await using checkout = await checkOut();
    const { scene } = checkout;
    scene.aws.organize(organization([ONE, TWO, NEW]));
    expect(await checkout.run()).toEqual(isProposed);
    const proposed = await checkout.git('show', `origin/${BRANCH}:${DESIRED_STATE}`);
    const line = `  - { account: "${NEW}", class: sandbox }\n`;
    expect(proposed).toBe(FILE.replace('policies:', `${line}policies:`));
    expect(await checkout.git('diff', '--name-only', `main..origin/${BRANCH}`)).toBe(`${DESIRED_STATE}\n`);

    const pull = openPull(scene, { base: FILE });
    expect((await scene.run(pull.step())).exitCode).toBe(0);
    const { proposal, findings } = reportSchema.parse(await scene.report());
    expect(proposal?.asked?.map(({ kind, accounts }) => ({ kind, accounts }))).toEqual([{ kind: 'grants', accounts: [NEW] }]);
    expect(findings.map(({ id, rule, account }) => ({ id, rule, account }))).toEqual([
      { id: proposal?.live?.causes[0], rule: 'grant-missing', account: NEW },
    ]);
    const [comment = ''] = scene.github.repository.comments.map(({ body }) => body);
    expect(comment).toMatch(new RegExp(`\\*\\*grants\\*\\* .*${NEW}`));
  }, 120_000);

  test('an account without the role: nothing is proposed', async () => {
    await using checkout = await checkOut();
    checkout.scene.aws.organize(organization([ONE, TWO, BARE]));
    expect(await checkout.run()).toEqual([]);
    expect(await checkout.git('status', '--porcelain', '.github')).toBe('');
  }, 120_000);

  test('while there is other drift: nothing is proposed, so that nobody accepts it with the account', async () => {
    await using checkout = await checkOut();
    checkout.scene.aws.organize(organization([ONE, TWO, NEW]));
    const attach = { RoleName: 'Micetro', PolicyArn: managed('AdministratorAccess') };
    await adminClient(checkout.scene.endpoint, ONE)('AttachRolePolicy', attach);
    expect(await checkout.run()).toEqual([]);
    expect(await checkout.git('status', '--porcelain', '.github')).toBe('');

    await adminClient(checkout.scene.endpoint, ONE)('DetachRolePolicy', attach);
    expect(await checkout.run()).toEqual(isProposed);
  }, 120_000);

  test('while the last pull request is open: it is left alone', async () => {
    await using checkout = await checkOut();
    checkout.scene.aws.organize(organization([ONE, TWO, NEW]));
    await checkout.keepOpen();
    expect(await checkout.run()).toEqual(isProposed.slice(0, 1));
    expect(await checkout.git('branch', '--all', '--list', `*${BRANCH}`)).toBe('');
  }, 120_000);

  test('the scripts have no expression in them', () => {
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });
});
