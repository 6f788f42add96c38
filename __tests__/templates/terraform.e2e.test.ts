import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { pathOf } from '../docs/pages.ts';
import { type Case, HUB, HUB_CASES, listed, MANAGEMENT, ORGANIZATION_CASES, TARGET, TARGET_CASES } from './cases.ts';

/**
 * The modules' policies and trusts are locals that know only variables, partition and account: Terraform itself evaluates them here, without a provider. What
 * needs the provider's schema (the resources of main.tf) is formatted and parsed, not validated.
 */

const folder = mkdtempSync(join(tmpdir(), 'terraform-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cwd = pathOf('templates/terraform');
const terraform = (args: readonly string[], from = cwd) => {
  const { status, stdout, stderr } = spawnSync('terraform', args, {
    cwd: from,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: folder, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
  });
  return { status, output: stdout + stderr, stdout };
};
const isThere = spawnSync('terraform', ['version'], { encoding: 'utf8' }).status === 0;
const whereItIs = isThere ? describe : describe.skip;

const PURE = ['variables.tf', 'trust.tf', 'policies.tf', 'boundaries.tf'];
const EVALUATED = ['auditor_trust', 'auditor_policy', 'role_boundary_arn'];
const evaluatedOf = (side: string) => [...EVALUATED, ...(side === 'organization' ? [] : ['fixer_trust', 'fixer_policy'])];

/** A module of what is pure in one of ours, with the rest stated. */
function pureModule(side: string, { partition, terraform: variables }: Case, account: string, path: string): void {
  mkdirSync(path, { recursive: true });
  for (const file of PURE) cpSync(join(cwd, side, file), join(path, file));
  const provider = variables.oidc_provider_arn ?? `arn:${partition}:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
  const locals = { partition, account_id: account, ...(side === 'hub' ? { oidc_provider_arn: provider } : {}) };
  const output = Object.fromEntries(evaluatedOf(side).map((name) => [name, { value: `\${local.${name}}` }]));
  writeFileSync(join(path, 'stated.tf.json'), JSON.stringify({ locals: [locals], output }));
}

const outputs = z.record(z.string(), z.object({ value: z.record(z.string(), z.string().nullable()) }));

whereItIs('with terraform', () => {
  test('the modules are formatted', () => {
    expect(terraform(['fmt', '-check', '-recursive', '-diff']).output).not.toMatch(/^[+-]/m);
    expect(terraform(['fmt', '-check', '-recursive']).status).toBe(0);
  });

  describe.each([
    { side: 'hub', account: HUB, cases: HUB_CASES },
    { side: 'target', account: TARGET, cases: TARGET_CASES },
    { side: 'organization', account: MANAGEMENT, cases: ORGANIZATION_CASES },
  ] as const)('$side', ({ side, account, cases }) => {
    const root = join(folder, side);
    let evaluated: z.infer<typeof outputs> = {};

    beforeAll(() => {
      for (const [index, one] of cases.entries()) pureModule(side, one, account, join(root, `case${index}`));
      const module = Object.fromEntries(cases.map((one, index) => [`case${index}`, { source: `./case${index}`, ...one.terraform }]));
      const output = Object.fromEntries(
        cases.map((_one, index) => [
          `case${index}`,
          { value: Object.fromEntries(evaluatedOf(side).map((name) => [name, `\${module.case${index}.${name}}`])) },
        ]),
      );
      writeFileSync(join(root, 'main.tf.json'), JSON.stringify({ module, output }));
      for (const args of [
        ['init', '-input=false'],
        ['apply', '-input=false', '-auto-approve', '-no-color'],
      ]) {
        const { status, output: said } = terraform(args, root);
        if (status !== 0) throw new Error(said);
      }
      evaluated = outputs.parse(JSON.parse(terraform(['output', '-json'], root).stdout));
    }, 120_000);

    test.each(cases.map((one, index) => [one.name, one, index] as const))('%s', (_name, one, index) => {
      const made = evaluated[`case${index}`]?.value ?? {};
      const read = (name: string) => listed(JSON.parse(made[name] ?? ''));
      expect(made.role_boundary_arn ?? undefined).toEqual(one.auditor.boundary);
      expect({ trust: read('auditor_trust'), policy: read('auditor_policy') }).toEqual({
        trust: listed(one.auditor.trust),
        policy: listed(one.auditor.policy),
      });
      if (one.fixer === undefined) return;
      expect({ trust: read('fixer_trust'), policy: read('fixer_policy') }).toEqual({
        trust: listed(one.fixer.trust),
        policy: listed(one.fixer.policy),
      });
    });
  });

  test.each([
    ['hub', { github_repository: 'your-org/*' }, 'OWNER/NAME'],
    ['hub', { github_repository: 'your-org/your-repo', github_branch: '*' }, 'patterns are not allowed'],
    ['hub', { github_repository: 'your-org/your-repo', user_name: '*' }, 'patterns are not allowed'],
    ['hub', { github_repository: 'your-org/your-repo', group_names: [] }, 'at least one group'],
    ['hub', { github_repository: 'your-org/your-repo', github_repository_id: '456789' }, 'github_owner_id'],
    ['target', { hub_account: '1111' }, 'twelve digits'],
    ['target', { hub_account: HUB, role_names: ['*cetro'] }, 'may end with *'],
    ['target', { hub_account: HUB, role_names: [] }, 'at least one role'],
    ['target', { hub_account: HUB, role_path: 'ddi' }, 'begin and end with /'],
    ['target', { hub_account: HUB, required_boundary_arn: 'micetro-limit' }, 'policy/NAME'],
    ['target', { hub_account: HUB, external_id: 'a b' }, 'external id'],
  ])(
    '%s refuses %j',
    (side, variables, message) => {
      const root = mkdtempSync(join(folder, 'refused-'));
      const [least] = side === 'hub' ? HUB_CASES : TARGET_CASES;
      if (least === undefined) throw new Error('There are no cases');
      pureModule(side, { ...least, terraform: variables }, HUB, join(root, 'module'));
      writeFileSync(join(root, 'main.tf.json'), JSON.stringify({ module: { refused: { source: './module', ...variables } } }));
      terraform(['init', '-input=false'], root);
      const { status, output } = terraform(['plan', '-input=false', '-no-color'], root);
      expect(status).toBe(1);
      expect(output.replace(/[\s│]+/g, ' ')).toContain(message);
    },
    60_000,
  );
});
