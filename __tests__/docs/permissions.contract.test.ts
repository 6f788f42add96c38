import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { roleIn, withDrift } from '../../dev/aws/estate.ts';
import { startMoto } from '../../dev/aws/moto.ts';
import { frontOf } from '../../dev/aws/moto-front.ts';
import { adminClient, type SeededKey, seedEstate } from '../../dev/aws/seed.ts';
import { startAws } from '../../dev/aws/server.ts';
import { startGitHub } from '../../dev/github/server.ts';
import { isIncomplete } from '../../src/report/model/completeness.ts';
import { anyResource, asDocumented, audit, guide, LEAST, unreadable, WITH_CALLERS, withoutEach, withoutStatement } from './audit.ts';
import { policy } from './pages.ts';

/** The policies of the documentation are enough for an audit, and nothing in them is too much. */

const HUB = withoutEach(policy('hub-auditor-permissions'));
const TARGET = withoutEach(policy('target-auditor-permissions'));

/** Of what only a repair needs, an audit does without. */
const FOR_REPAIRS = [{ action: 'iam:ListPolicyVersions' }, { action: 'iam:ListEntitiesForPolicy' }];
/** Without them it is not known who changed something, and whether it was used. */
const FOR_ATTRIBUTION = [{ action: 'iam:GetAccessKeyLastUsed' }, { action: 'cloudtrail:LookupEvents' }];
const isNeeded = ({ action }: { readonly action: string }) => ![...FOR_REPAIRS, ...FOR_ATTRIBUTION].some((one) => one.action === action);
/** What the audit of a target needs only where the file states what its policies say. */
const isOfContents = ({ action }: { readonly action: string }) => action.startsWith('iam:GetPolicy');
const [first = '', second = ''] = guide.targets;

test('there is something to take away', () => {
  expect([HUB.length, TARGET.length]).toEqual([22, 9]);
  expect(TARGET.filter(isOfContents)).toHaveLength(2);
});

const aws = await startAws();
const github = await startGitHub({ owner: 'acme', name: 'access' });
const estate = withDrift(guide.estate, asDocumented);
await seedEstate(aws.url, estate);
const moto = await startMoto();
afterAll(async () => {
  await Promise.all([aws.close(), github.close(), moto?.close()]);
});

describe('on the embedded AWS, with an OIDC token', () => {
  const night = (from = github, file?: string, attribution?: 'auto') =>
    audit({ AWS_ENDPOINT_URL: aws.url, ...from.oidcVariables }, file, attribution);
  const put = (account: string, RoleName: string, PolicyDocument: string) =>
    aws.account(account).call('PutRolePolicy', { RoleName, PolicyName: 'drift', PolicyDocument });

  const refused = () => {
    const calls = aws.calls.filter(({ code }) => code === 'AccessDenied');
    return calls.map(({ action, params }) => `${action} ${params.GroupName ?? ''}`).toSorted((a, b) => a.localeCompare(b));
  };

  test('they are enough, and every one of them is used', async () => {
    aws.calls.length = 0;
    const report = await night(github, undefined, 'auto');
    expect(unreadable(report)).toEqual({ accounts: [], calls: [] });
    expect(refused()).toEqual([]);
    expect(report.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['grant-missing', 'hub-user-group-extra']));
    const used = new Set(aws.calls.map(({ service, action }) => `${service}:${action}`));
    const listed = new Set([...HUB, ...TARGET].map(({ action }) => action));
    expect([...used].toSorted()).toEqual([...listed, 'sts:AssumeRoleWithWebIdentity'].toSorted());
    const inTargets = new Set(aws.calls.filter(({ account }) => account === first).map(({ service, action }) => `${service}:${action}`));
    expect([...inTargets]).toEqual(expect.arrayContaining(TARGET.map(({ action }) => action)));
  });

  test('without ReadOtherGroups the hub is read all the same', async () => {
    put(guide.hub, 'DriftAuditor', withoutStatement(policy('hub-auditor-permissions'), 'ReadOtherGroups'));
    aws.calls.length = 0;
    const found = unreadable(await night());
    put(guide.hub, 'DriftAuditor', policy('hub-auditor-permissions'));
    expect(found).toEqual({ accounts: [], calls: [] });
    expect(refused()).toEqual(['ListAttachedGroupPolicies stray', 'ListGroupPolicies stray']);
  });

  test('without ReadOtherCredentials nothing is unreadable where the file does not state them', async () => {
    put(guide.hub, 'DriftAuditor', withoutStatement(policy('hub-auditor-permissions'), 'ReadOtherCredentials'));
    const report = await night(github, LEAST);
    put(guide.hub, 'DriftAuditor', policy('hub-auditor-permissions'));
    expect(unreadable(report)).toEqual({ accounts: [], calls: [] });
    expect(report.notCompared).toContainEqual({ resource: `arn:aws:iam::${guide.hub}:user/micetro`, what: 'credentials', accounts: 1 });
  });

  test('without LookUpEvents nothing is unreadable, and one note says what to add', async () => {
    put(guide.hub, 'DriftAuditor', withoutStatement(policy('hub-auditor-permissions'), 'LookUpEvents'));
    put(first, 'AssumeRoleAuditor', withoutStatement(policy('target-auditor-permissions'), 'LookUpEvents'));
    const report = await night(github, undefined, 'auto');
    put(guide.hub, 'DriftAuditor', policy('hub-auditor-permissions'));
    put(first, 'AssumeRoleAuditor', policy('target-auditor-permissions'));
    expect(unreadable(report)).toEqual({ accounts: [], calls: ['cloudtrail:LookupEvents'] });
    expect(report.errors.map(({ account }) => account).toSorted()).toEqual([guide.hub, first]);
    expect(isIncomplete(report)).toBe(false);
    expect(report.notes.filter((note) => note.includes('cloudtrail:LookupEvents'))).toEqual([expect.stringContaining('in 2 accounts')]);
    const matches = (account: string) => new Set(report.findings.filter((one) => one.account === account).map(({ cause }) => cause.match));
    expect(matches(first)).toEqual(new Set(['not-looked-up']));
    expect(matches(second)).not.toEqual(new Set(['not-looked-up']));
  });

  test.each(FOR_REPAIRS)(
    'without $action a policy that says something else is found all the same, and not repaired',
    async ({ action }) => {
      const without = (at: readonly { readonly action: string; readonly rest: string }[]) =>
        at.find((one) => one.action === action)?.rest ?? '';
      put(guide.hub, 'DriftAuditor', without(HUB));
      for (const account of guide.targets) put(account, 'AssumeRoleAuditor', without(TARGET));
      const report = await night();
      put(guide.hub, 'DriftAuditor', policy('hub-auditor-permissions'));
      for (const account of guide.targets) put(account, 'AssumeRoleAuditor', policy('target-auditor-permissions'));
      expect(unreadable(report)).toEqual({ accounts: [], calls: [] });
      const contents = report.findings.filter(({ rule }) => rule === 'policy-changed');
      expect(contents.map(({ account, fix }) => [account, fix.reason.includes(action)])).toEqual(
        [guide.hub, ...guide.targets].map((account) => [account, true]),
      );
    },
  );

  test.each(HUB.filter(isNeeded))('without $action the hub, or what is behind it, is unreadable', async ({ action, rest }) => {
    put(guide.hub, 'DriftAuditor', rest);
    const { accounts, calls } = unreadable(await night());
    put(guide.hub, 'DriftAuditor', policy('hub-auditor-permissions'));
    expect(calls).toEqual([action]);
    expect(accounts).toEqual(expect.arrayContaining(action === 'sts:AssumeRole' ? [...guide.targets] : [guide.hub]));
  });

  const inTarget = async (rest: string) => {
    put(first, 'AssumeRoleAuditor', rest);
    const report = await night(github, LEAST);
    put(first, 'AssumeRoleAuditor', policy('target-auditor-permissions'));
    const extra = report.findings.find(({ rule, account }) => rule === 'role-policy-extra' && account === first);
    return { ...unreadable(report), access: extra?.access };
  };

  test('what an extra policy says is read', async () => {
    expect(await inTarget(policy('target-auditor-permissions'))).toEqual({ accounts: [], calls: [], access: 'narrowed' });
  });

  test.each(TARGET.filter(isOfContents))(
    'without $action the target is read all the same where the file states no contents',
    async ({ rest }) => {
      expect(await inTarget(rest)).toEqual({ accounts: [], calls: [], access: 'widened' });
    },
  );

  test.each(TARGET.filter(isNeeded))('without $action the target is unreadable', async ({ action, rest }) => {
    put(first, 'AssumeRoleAuditor', rest);
    const found = unreadable(await night());
    put(first, 'AssumeRoleAuditor', policy('target-auditor-permissions'));
    expect(found).toEqual({ accounts: [first], calls: [action] });
  });

  test('without ReadToolRoles the target is unreadable where the file states trustedBy, and only there', async () => {
    put(first, 'AssumeRoleAuditor', withoutStatement(policy('target-auditor-permissions'), 'ReadToolRoles'));
    const found = [unreadable(await night()), unreadable(await night(github, LEAST))];
    put(first, 'AssumeRoleAuditor', policy('target-auditor-permissions'));
    expect(found).toEqual([
      { accounts: [first], calls: ['iam:GetRole'] },
      { accounts: [], calls: [] },
    ]);
  });

  test('a repository that sends its numbers is let in, too', async () => {
    const numbered = await startGitHub({ owner: 'acme', name: 'access', ids: { owner: '123456', repository: '456789' } });
    const found = unreadable(await night(numbered));
    await numbered.close();
    expect(found).toEqual({ accounts: [], calls: [] });
  });

  test('a repository of that name with other numbers is not let in', async () => {
    const other = await startGitHub({ owner: 'acme', name: 'access', ids: { owner: '123456', repository: '1' } });
    const found = unreadable(await night(other));
    await other.close();
    expect(found.calls).toEqual(['sts:AssumeRoleWithWebIdentity']);
  });

  test('another repository is not let in', async () => {
    const other = await startGitHub({ owner: 'acme', name: 'another' });
    const found = unreadable(await night(other));
    await other.close();
    expect(found.calls).toEqual(['sts:AssumeRoleWithWebIdentity']);
  });

  test('another branch is not let in', async () => {
    const other = await startGitHub({ owner: 'acme', name: 'access', ref: 'refs/heads/topic' });
    const found = unreadable(await night(other));
    await other.close();
    expect(found.calls).toEqual(['sts:AssumeRoleWithWebIdentity']);
  });
});

// moto has no OIDC provider, so a user's key stands in for the token, and it knows no resource of IAM's reads. But it evaluates policies with code
// that was not written here.
const whereMotoIs = moto === undefined ? describe.skip : describe;
whereMotoIs('on moto, with its authorization on', () => {
  const url = moto?.url ?? '';
  const hubPolicy = anyResource(policy('hub-auditor-permissions'));
  const targetPolicy = anyResource(policy('target-auditor-permissions'));
  let front: Awaited<ReturnType<typeof frontOf>>;
  let key: SeededKey;

  beforeAll(async () => {
    front = await frontOf(url);
    const byKey = withDrift(estate, (draft) => {
      roleIn(draft, guide.hub, 'DriftAuditor').trust = roleIn(guide.estate, guide.hub, 'DriftAuditor').trust;
    });
    key = (await seedEstate(url, byKey)).key(guide.hub, guide.workflowUser);
  });
  afterAll(() => front.close());

  /** Authorization goes on after so many requests: https://docs.getmoto.org/en/latest/docs/iam.html */
  const authorizeAfter = (requests: number) => fetch(`${url}/moto-api/reset-auth`, { method: 'POST', body: String(requests) });

  async function night(hub: string, target: string) {
    await authorizeAfter(1_000_000_000);
    const put = (account: string, RoleName: string, PolicyDocument: string) =>
      adminClient(url, account)('PutRolePolicy', { RoleName, PolicyName: 'drift', PolicyDocument });
    await put(guide.hub, 'DriftAuditor', hub);
    await put(first, 'AssumeRoleAuditor', target);
    await put(second, 'AssumeRoleAuditor', targetPolicy);
    await authorizeAfter(0);
    const env = { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey, AWS_ENDPOINT_URL: front.url };
    // It fails at one of the lists of credentials, whoever asks for it.
    return unreadable(await audit(env, WITH_CALLERS));
  }

  test('they are enough', async () => {
    expect(await night(hubPolicy, targetPolicy)).toEqual({ accounts: [], calls: [] });
  });

  test('without ReadOtherCredentials they are enough where the file does not state them', async () => {
    expect(await night(withoutStatement(hubPolicy, 'ReadOtherCredentials'), targetPolicy)).toEqual({ accounts: [], calls: [] });
  });

  test.each(withoutEach(withoutStatement(hubPolicy, 'ReadOtherCredentials')).filter(isNeeded))(
    'without $action the hub, or what is behind it, is unreadable',
    async ({ action, rest }) => {
      expect((await night(rest, targetPolicy)).calls).toEqual([action]);
    },
  );

  const ofTarget = withoutEach(targetPolicy).filter((one) => isNeeded(one) && !isOfContents(one));
  test.each(ofTarget)('without $action the target is unreadable', async ({ action, rest }) => {
    expect(await night(hubPolicy, rest)).toEqual({ accounts: [first], calls: [action] });
  });
});
