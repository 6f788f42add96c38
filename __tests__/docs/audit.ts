import { z } from 'zod';
import { accountIn, type Estate, groupIn, roleIn, userIn } from '../../dev/aws/estate.ts';
import { type Guide, guideEstate } from '../../dev/aws/guide.ts';
import type { EmbeddedGitHub } from '../../dev/github/server.ts';
import { DIRECT } from '../../dev/network/direct.ts';
import { parseDesired } from '../../src/desired/index.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { permissionsOf } from '../../src/inputs/run-permissions.ts';
import { Comparer } from '../../src/policy/index.ts';
import { runContext } from '../../src/publish/run-context.ts';
import { actionsRunner } from '../../src/publish/runner.ts';
import type { Report } from '../../src/report/model/schema.ts';
import { audit as auditOf } from '../../src/run/audit.ts';
import { systemClock } from '../../src/time/clock.ts';
import { deadlineIn } from '../deadlines.ts';
import { policy } from './pages.ts';

/** The example of the documentation. */
export const guide: Guide = guideEstate({
  hub: '111111111111',
  targets: ['222222222222', '333333333333'],
  externalId: 'drift-audit',
  repository: 'acme/access',
});

/**
 * An estate in which every read that the action knows is made: inline policies everywhere, a grant that is missing, so that managed policies are
 * looked into, a group of the user that the file does not name, and a policy of an account's own on its role. Its auditor roles have the policies of the documentation, word for word.
 *
 * @param draft of the guide's estate
 */
export function asDocumented(draft: Estate): void {
  const nothing = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }] };
  userIn(draft, guide.hub, 'micetro').inlinePolicies.push({ name: 'own', document: nothing });
  userIn(draft, guide.hub, 'micetro').accessKeys.push('Active');
  userIn(draft, guide.hub, 'micetro').managedPolicies.push(`arn:aws:iam::${guide.hub}:policy/own`);
  accountIn(draft, guide.hub).policies.push({ name: 'own', document: nothing });
  const group = groupIn(draft, guide.hub, 'micetro-targets');
  group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !name.includes('333333333333'));
  const managedPolicies = [`arn:aws:iam::${guide.hub}:policy/own`];
  accountIn(draft, guide.hub).groups.push({
    name: 'stray',
    members: ['micetro'],
    managedPolicies,
    inlinePolicies: [{ name: 'own', document: nothing }],
  });
  const hub = roleIn(draft, guide.hub, 'DriftAuditor');
  hub.trust = policy('hub-auditor-trust');
  hub.inlinePolicies = [{ name: 'drift', document: policy('hub-auditor-permissions') }];
  for (const account of guide.targets) {
    const target = roleIn(draft, account, 'AssumeRoleAuditor');
    target.trust = policy('target-auditor-trust');
    target.inlinePolicies = [{ name: 'drift', document: policy('target-auditor-permissions') }];
    roleIn(draft, account, 'Micetro').inlinePolicies.push({ name: 'own', document: nothing });
    accountIn(draft, account).policies.push({ name: 'own', document: nothing });
    roleIn(draft, account, 'Micetro').managedPolicies.push(`arn:aws:iam::${account}:policy/own`);
  }
}

/** The file for that estate: as the guide has it, but with the user's own policy allowed, so that the action looks into it. */
export const LEAST = fileWith('');

/** The same file, which also states who else may assume the roles. */
export const WITH_CALLERS = LEAST.replace('hub:\n', 'hub:\n  otherCallers: []\n');

/** What the file has the customers' policies say, so that all is read that their repair depends on. */
const OTHER = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };

/** The same file, which also states what an auditor need not be allowed to read otherwise. */
const FILE = fileWith(', otherCredentials: false, accessKeys: { max: 1 }')
  .replace(
    'externalId: "drift-audit" }\n',
    `externalId: "drift-audit", trustedBy: "${guide.auditorRole}" }\nfixer: { externalId: drift-audit, trustedBy: "${guide.fixerRole}" }\n`,
  )
  .replace('hub:\n', 'hub:\n  otherCallers: []\n')
  .replace(
    'targets:',
    `defaults: { managedPolicies: [AmazonRoute53FullAccess, AmazonEC2FullAccess, policy/own] }\npolicies: { policy/own: ${JSON.stringify(OTHER)} }\ntargets:`,
  );

function fileWith(more: string): string {
  const user = `{ name: micetro, managedPolicies: [IAMReadOnlyAccess, "arn:aws:iam::${guide.hub}:policy/own"]${more} }`;
  return guide.desiredYaml.replace('  user: micetro\n', `  user: ${user}\n`);
}

/**
 * One audit in this process, up to the report.
 *
 * @param env credentials, or where the OIDC token is, and the address of AWS
 * @param attribution takes seconds, as CloudTrail answers two look-ups a second
 */
export async function audit(
  env: Readonly<Record<string, string>>,
  file = FILE,
  attribution: 'auto' | 'off' = 'off',
  auditorRole = guide.auditorRole,
): Promise<Report> {
  const parsed = parseDesired(file, { path: 'assume-role.yml' });
  const given = new Map([
    ['auditor-role', auditorRole],
    ['attribution', attribution],
  ]);
  const inputs = parseInputs((name) => given.get(name) ?? '', { event: 'schedule', workspace: '/workspace' });
  if ('errors' in parsed || 'errors' in inputs) throw new Error(JSON.stringify([parsed, inputs]));
  const { desired } = parsed;
  const at = new Date();
  const cancelled = new AbortController().signal;
  const job = { env, event: { payload: undefined, problem: '' }, input: () => '', runner: actionsRunner, clock: systemClock, cancelled };
  const context = runContext({ GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1', ...env }, undefined);
  const permissions = permissionsOf({ event: 'schedule', ref: 'refs/heads/main', branch: 'main', problem: '' });
  const facts = { mode: 'audit', fix: false, event: 'schedule', proposal: false, startedAt: at, finishedAt: at, toolVersion: '0' } as const;
  return auditOf({
    job,
    context,
    inputs: inputs.inputs,
    permissions,
    network: DIRECT,
    octokit: undefined,
    desired,
    comparer: new Comparer(),
    facts: () => facts,
    deadline: deadlineIn(60),
  });
}

/** GitHub's OIDC token, as the runner's toolkit fetches it. */
export async function tokenFrom(github: EmbeddedGitHub, audience: string): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = github.oidcVariables;
  const response = await fetch(`${url}&audience=${audience}`, { headers: { authorization: `Bearer ${token}` } });
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && 'value' in body ? String(body.value) : '';
}

/** Accounts that an audit could not read, with the calls that AWS refused. */
export function unreadable(report: Report): { accounts: string[]; calls: string[] } {
  const accounts = [report.hub, ...report.targets].filter(({ status }) => status === 'unreadable').map(({ account }) => account);
  return { accounts, calls: [...new Set(report.errors.map(({ call }) => call))].toSorted() };
}

const document = z.object({
  Version: z.string(),
  Statement: z.array(z.looseObject({ Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()) })),
});

/** The policy without one of its statements. */
export function withoutStatement(text: string, sid: string): string {
  const { Version, Statement: statements } = document.parse(JSON.parse(text));
  return JSON.stringify({ Version, Statement: statements.filter(({ Sid }) => Sid !== sid) });
}

/** Every action of a policy, with the policy that is left without it. */
export function withoutEach(text: string): { action: string; rest: string }[] {
  const { Version, Statement: statements } = document.parse(JSON.parse(text));
  return [...new Set(statements.flatMap(({ Action }) => Action))].map((action) => {
    const left = statements.map((statement) => ({ ...statement, Action: statement.Action.filter((other) => other !== action) }));
    return { action, rest: JSON.stringify({ Version, Statement: left.filter(({ Action }) => Action.length > 0) }) };
  });
}

/** The same policy for every resource. */
export function anyResource(text: string): string {
  const { Version, Statement: statements } = document.parse(JSON.parse(text));
  return JSON.stringify({ Version, Statement: statements.map((statement) => ({ ...statement, Resource: '*' })) });
}
