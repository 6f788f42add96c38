import { afterAll, describe, expect, test } from '@jest/globals';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import { startMoto } from '../../dev/aws/moto.ts';
import { seedEmbedded, seedEstate } from '../../dev/aws/seed.ts';
import { startAws } from '../../dev/aws/server.ts';
import { assumedBy, type SigningKey, sessionIn, signedClient } from '../../dev/aws/signed-client.ts';
import { type GitHubOptions, startGitHub } from '../../dev/github/server.ts';
import { actionsOf, CALLS } from '../../dev/permissions/calls.ts';
import { WRITE_ACTIONS } from '../../src/apply/writes.ts';
import type { IamCall } from '../../src/plan/call.ts';
import { ask } from '../embedded-aws/ask.ts';
import { turns } from '../runs.ts';
import { anyResource, tokenFrom, withoutEach } from './audit.ts';
import { BRANCH, drifted, type Fixer, fixerOn, guideOf, HUB_POLICY, planned, REPAIR, TARGET_POLICY, workflowKey } from './fixer.ts';
import { policy } from './pages.ts';

/** The fixers' policies of the documentation allow every call that a repair can make and every call that undoes one, and each of them is needed. */

const DRIFTS = [...HUB_DRIFTS, ...TARGET_DRIFTS];
const plans = new Map<string, readonly IamCall[]>();
for (const drift of DRIFTS) plans.set(drift.name, await planned(drift));
const repairable = DRIFTS.filter(({ name }) => (plans.get(name) ?? []).length > 0);

const moto = await startMoto();
afterAll(() => moto?.close());

test('the list has the calls that a repair or its undoing can make, and no other that writes', () => {
  const listed = (['hub', 'target'] as const).flatMap((place) => actionsOf('fixer', place)).filter((action) => action !== 'sts:AssumeRole');
  expect(new Set(listed)).toEqual(new Set<string>(WRITE_ACTIONS));
});

test('the auditor only reads', () => {
  const reads = CALLS.filter(({ by }) => by.includes('auditor')).flatMap(({ calls }) => Object.keys(calls));
  expect(reads.filter((action) => !/^iam:(Get|List)|^sts:AssumeRole$|^cloudtrail:LookupEvents$|^organizations:List/.test(action))).toEqual(
    [],
  );
});

const policyIn = (account: string, hub: string) => (account === hub ? HUB_POLICY : TARGET_POLICY);

/** Each action of a plan taken away: refused; then the plan as it is. */
async function tryOut(fixer: Fixer, calls: readonly IamCall[], hub: string, form: (text: string) => string) {
  const refused: string[] = [];
  for (const call of firstOfEach(calls)) {
    const rest = withoutEach(form(policyIn(call.account, hub))).find(({ action }) => action === call.action)?.rest;
    if (rest === undefined) throw new Error(`No policy allows ${call.action}`);
    await fixer.limit(call.account, rest);
    refused.push(await fixer.make(call));
    await fixer.limit(call.account, form(policyIn(call.account, hub)));
  }
  const made: string[] = [];
  for (const call of calls) made.push(await fixer.make(call));
  return { refused: [...new Set(refused)], made: [...new Set(made)] };
}

function firstOfEach(calls: readonly IamCall[]): IamCall[] {
  return [...new Map(calls.map((call) => [`${call.account} ${call.action}`, call])).values()];
}

describe('on the embedded AWS, with an OIDC token', () => {
  async function session(url: string, options: GitHubOptions): Promise<SigningKey | string> {
    await using github = await startGitHub(options);
    const WebIdentityToken = await tokenFrom(github, 'sts.amazonaws.com');
    const input = { RoleArn: 'arn:aws:iam::111111111111:role/DriftFixer', RoleSessionName: 'repair', WebIdentityToken };
    const { code, xml } = await ask({ url }, 'sts', 'AssumeRoleWithWebIdentity', input);
    return code === '' ? sessionIn(xml) : code;
  }

  test.each(turns(repairable).map((drift) => [drift.name, drift] as const))('%s', async (name, drift) => {
    await using aws = await startAws();
    const guide = guideOf(drift);
    await seedEmbedded(aws, drifted(guide, drift, true));
    drift.afterSeeding?.(aws, guide);
    const hub = await session(aws.url, REPAIR);
    if (typeof hub === 'string') throw new Error(hub);
    const fixer = await fixerOn(aws.url, guide, hub);
    const outcome = await tryOut(fixer, plans.get(name) ?? [], guide.hub, (text) => text);
    expect(outcome).toEqual({ refused: ['AccessDenied'], made: [''] });
  });

  test('only jobs of the environment repair, and they do not audit by that', async () => {
    await using aws = await startAws();
    const nothing = { edit: () => undefined, stated: 'least' } as const;
    await seedEmbedded(aws, drifted(guideOf(nothing), nothing, true));
    expect(await session(aws.url, BRANCH)).toBe('AccessDenied');
    expect(await session(aws.url, { ...BRANCH, environment: 'production' })).toBe('AccessDenied');
    expect(await session(aws.url, { ...REPAIR, ids: { owner: '123456', repository: '456789' } })).toHaveProperty('accessKeyId');
  });

  test('inside a boundary, the fixer gives nothing to a role without it, and does not take it away', async () => {
    await using aws = await startAws();
    const nothing = { edit: () => undefined, stated: 'least' } as const;
    const guide = guideOf(nothing);
    await seedEmbedded(aws, drifted(guide, nothing, true));
    const [account = ''] = guide.targets;
    const limit = `arn:aws:iam::${account}:policy/micetro-limit`;
    aws.account(account).call('CreatePolicy', { PolicyName: 'micetro-limit', PolicyDocument: policy('hub-auditor-permissions') });
    // As it is printed: the policy of that name in each account.
    aws.account(account).call('PutRolePolicy', {
      RoleName: 'AssumeRoleFixer',
      PolicyName: 'drift-boundary',
      PolicyDocument: policy('target-fixer-boundary'),
    });
    const hub = await session(aws.url, REPAIR);
    if (typeof hub === 'string') throw new Error(hub);
    const { make } = await fixerOn(aws.url, guide, hub);
    const RoleName = 'Micetro';
    const call = (action: IamCall['action'], input: object) => make({ action, account, input: { RoleName, ...input } });
    const put = () => call('iam:PutRolePolicy', { PolicyName: 'all', PolicyDocument: policy('hub-auditor-permissions') });
    const made = [
      await put(),
      await call('iam:PutRolePermissionsBoundary', { PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
      await call('iam:PutRolePermissionsBoundary', { PermissionsBoundary: limit }),
      await put(),
      await call('iam:DeleteRolePermissionsBoundary', {}),
      await call('iam:CreateRole', { RoleName, AssumeRolePolicyDocument: policy('target-auditor-trust') }),
    ];
    expect(made).toEqual(['AccessDenied', 'AccessDenied', '', '', 'AccessDenied', 'AccessDenied']);
  });

  test.each([
    [
      'another policy is not attached',
      'iam:AttachRolePolicy',
      { RoleName: 'Micetro', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
    ['another role is not written to', 'iam:DeleteRolePolicy', { RoleName: 'AssumeRoleAuditor', PolicyName: 'drift' }],
    ['nor its own', 'iam:PutRolePolicy', { RoleName: 'AssumeRoleFixer', PolicyName: 'more', PolicyDocument: HUB_POLICY }],
  ] as const)('%s', async (_name, action, input) => {
    await using aws = await startAws();
    const nothing = { edit: () => undefined, stated: 'least' } as const;
    const guide = guideOf(nothing);
    await seedEmbedded(aws, drifted(guide, nothing, true));
    const hub = await session(aws.url, REPAIR);
    if (typeof hub === 'string') throw new Error(hub);
    const fixer = await fixerOn(aws.url, guide, hub);
    expect(await fixer.make({ action, account: guide.targets[0] ?? '', input })).toBe('AccessDenied');
  });
});

// moto knows neither resources nor conditions of these calls, nor boundaries of users.
const whereMotoIs = moto === undefined ? describe.skip : describe;
whereMotoIs('on moto, with its authorization on', () => {
  const url = moto?.url ?? '';
  const authorizeAfter = (requests: number) => fetch(`${url}/moto-api/reset-auth`, { method: 'POST', body: String(requests) });
  const off = 1_000_000_000;

  const onMoto = (name: string) => (plans.get(name) ?? []).filter(({ action }) => !action.endsWith('UserPermissionsBoundary'));

  /** As few drifts as together need every action. */
  const seen = new Set<string>();
  const covering = repairable.filter(({ name, afterSeeding }) => {
    const fresh = onMoto(name).filter(({ action }) => afterSeeding === undefined && !seen.has(action));
    for (const { action } of fresh) seen.add(action);
    return fresh.length > 0;
  });

  test.each(covering.map((drift) => [drift.name, drift] as const))('%s', async (name, drift) => {
    await authorizeAfter(off);
    await fetch(`${url}/moto-api/reset`, { method: 'POST' });
    const guide = guideOf(drift);
    const seeded = await seedEstate(url, drifted(guide, drift, false));
    const key = await assumedBy(signedClient(url, workflowKey(seeded, guide)), guide.fixerRole);
    const fixer = await fixerOn(url, guide, key);
    const limited: Fixer = {
      make: async (call) => {
        await authorizeAfter(0);
        const code = await fixer.make(call);
        await authorizeAfter(off);
        return code === 'AccessDenied' ? code : '';
      },
      limit: fixer.limit,
    };
    expect(await tryOut(limited, onMoto(name), guide.hub, anyResource)).toEqual({ refused: ['AccessDenied'], made: [''] });
  });
});
