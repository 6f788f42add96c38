import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, groupIn, roleIn, userIn } from '../../dev/aws/estate.ts';
import { assume, awsPolicy, type Guide, trustAccount } from '../../dev/aws/guide.ts';
import { adminClient } from '../../dev/aws/seed.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { openInProcess } from './in-process.ts';
import { ROLLED_BACK, repair, reportOf, rollback, written } from './repairing.ts';

/** A repair leaves whole the way by which the run gets to its roles in the hub: the next run and the rollback need it. */

const HUB = '111111111111';
const ONE = '200000000001';
const ADMIN = awsPolicy('aws', 'AdministratorAccess');
const NO_KEYS = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

const toolRoles = (guide: Guide) => [{ name: 'run', document: assume([guide.auditorRole, guide.fixerRole]) }];

/** One target has something to repair. */
function widenTarget(draft: Estate): void {
  roleIn(draft, ONE, 'Micetro').managedPolicies.push(ADMIN);
}

/** The run's roles in the hub let in whoever the account's policies let assume them, and the workflow's user has no policy of its own. */
function trustPolicies(draft: Estate, guide: Guide): void {
  for (const name of ['DriftAuditor', 'DriftFixer']) roleIn(draft, HUB, name).trust = trustAccount('aws', HUB);
  userIn(draft, HUB, guide.workflowUser).inlinePolicies = [];
}

function grantToHubGroup(draft: Estate, guide: Guide): void {
  const group = groupIn(draft, HUB, 'micetro-targets');
  group.members.push(guide.workflowUser);
  group.inlinePolicies.push(...toolRoles(guide));
}

function grantToOtherGroup(draft: Estate, guide: Guide): void {
  accountIn(draft, HUB).groups.push({ name: 'operators', members: ['micetro'], managedPolicies: [], inlinePolicies: toolRoles(guide) });
}

async function keysOf(user: string, { endpoint }: Scene): Promise<Record<string, string>> {
  const answer = await adminClient(endpoint, HUB)('CreateAccessKey', { UserName: user });
  const [, id = ''] = /<AccessKeyId>([^<]+)/.exec(answer) ?? [];
  const [, secret = ''] = /<SecretAccessKey>([^<]+)/.exec(answer) ?? [];
  return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret };
}

const timesAsked = ({ aws }: Scene) => aws.calls.filter(({ action }) => action === 'GetCallerIdentity').length;

describe('keys of a user that assumes auditor-role and fixer-role', () => {
  test.each([
    {
      by: 'the hub group, as an extra member',
      user: 'drift-workflow',
      grant: grantToHubGroup,
      refused: ['grant-extra', 'grant-extra', 'hub-group-member-extra'],
    },
    { by: 'another group, as the hub user', user: 'micetro', grant: grantToOtherGroup, refused: ['hub-user-group-extra'] },
  ])(
    'by $by: that way stays, and the next run and the rollback start',
    async ({ user, grant, refused }) => {
      const edit = (draft: Estate, guide: Guide): void => {
        for (const part of [widenTarget, trustPolicies, grant]) part(draft, guide);
      };
      await using scene = await openInProcess({ guide: { fixer: true }, edit });
      const env = await keysOf(user, scene);
      scene.aws.calls.length = 0;
      const { exitCode, summary } = await repair(scene, { env });
      expect([exitCode, written(scene), timesAsked(scene)]).toEqual([1, [`DetachRolePolicy ${ONE}`], 1]);
      const left = (await reportOf(scene)).findings.filter(({ fix }) => fix.status === 'refused');
      expect(left.map(({ rule }) => rule).toSorted()).toEqual(refused);
      for (const { fix } of left) expect(fix.reason).toMatch(new RegExp(`the user ${user}\\b.*OIDC`));
      expect(summary).toContain('OIDC');

      await scene.run({ env, inputs: { 'report-path': 'next.json' } });
      expect((await reportOf(scene, 'next.json')).errors).toEqual([]);
      expect((await rollback(scene, { env })).exitCode).toBe(0);
      expect((await reportOf(scene, ROLLED_BACK)).changes.map(({ action }) => action)).toEqual(['iam:AttachRolePolicy']);
    },
    120_000,
  );
});

test('with GitHub’s OIDC token the run needs no user: an extra member goes, and nobody is asked who it is', async () => {
  const edit = (draft: Estate, { workflowUser }: Guide) => void groupIn(draft, HUB, 'micetro-targets').members.push(workflowUser);
  await using scene = await openInProcess({ guide: { fixer: true, repository: 'acme/access' }, edit });
  await repair(scene, { env: { ...NO_KEYS, ...scene.github.oidcVariables } });
  expect([written(scene), timesAsked(scene)]).toEqual([[`RemoveUserFromGroup ${HUB}`], 0]);
}, 120_000);
