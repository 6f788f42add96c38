import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, groupIn, roleIn, userIn } from '../../dev/aws/estate.ts';
import { type Moto, startMotoToRepeat } from '../../dev/aws/moto.ts';
import { readEstate } from '../../dev/aws/read.ts';
import { adminClient } from '../../dev/aws/seed.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import type { ReportFile } from '../../src/report/model/schema.ts';
import { openInProcess } from './in-process.ts';
import { ROLLED_BACK, repair, repairs, reportOf, rollback, written } from './repairing.ts';

/** What managed policies say: on the embedded AWS, and on moto where it is. */

const HUB = '111111111111';
const [ONE, TWO, THREE, FOUR, FIVE, SIX] = [
  '200000000001',
  '200000000002',
  '200000000003',
  '200000000004',
  '200000000005',
  '200000000006',
] as const;
const TARGETS = [ONE, TWO, THREE, FOUR, FIVE, SIX];
const own = (account: string, name: string) => `arn:aws:iam::${account}:policy/${name}`;
const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const allow = (action: unknown, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...more }],
});

const DNS = allow(['route53:ListHostedZones', 'route53:ListResourceRecordSets']);
const WIDER = allow('route53:*');
const NARROWER = allow('route53:ListHostedZones');
const BOTH = allow(['route53:ListHostedZones', 'ec2:*']);
const COSMETIC = {
  Version: '2012-10-17',
  Statement: { Sid: 'New', Effect: 'Allow', Resource: ['*'], Action: ['route53:listresourcerecordsets', 'route53:ListHostedZones'] },
};
const SAID = [DNS, WIDER, NARROWER, BOTH, COSMETIC, DNS] as const;

/** Every target's role has `dns` attached and `limit` as its boundary; in the hub the user and its group have policies as well. */
const FILE = `version: 1
hub:
  account: "${HUB}"
  user: { name: micetro, managedPolicies: [IAMReadOnlyAccess, policy/of-user] }
  group: { name: micetro-targets, managedPolicies: [policy/of-group] }
defaults:
  managedPolicies: [AmazonRoute53FullAccess, policy/dns]
  permissionsBoundary: policy/limit
targets: ${JSON.stringify(TARGETS)}
policies:
  policy/dns: ${JSON.stringify(DNS)}
  policy/limit: ${JSON.stringify(WIDER)}
  policy/of-user: ${JSON.stringify(DNS)}
  policy/of-group: ${JSON.stringify(DNS)}
`;

function makeLive(draft: Estate): void {
  for (const account of TARGETS) {
    const { policies } = accountIn(draft, account);
    policies.push({ name: 'dns', document: DNS }, { name: 'limit', document: WIDER });
    const managedPolicies = [ofAws('AmazonRoute53FullAccess'), own(account, 'dns')];
    Object.assign(roleIn(draft, account, 'Micetro'), { managedPolicies, boundary: own(account, 'limit') });
  }
  accountIn(draft, HUB).policies.push({ name: 'of-user', document: DNS }, { name: 'of-group', document: DNS });
  userIn(draft, HUB, 'micetro').managedPolicies.push(own(HUB, 'of-user'));
  groupIn(draft, HUB, 'micetro-targets').managedPolicies.push(own(HUB, 'of-group'));
}

/** Somebody gives a policy a new default version. */
async function change(scene: Scene, account: string, name: string, document: object): Promise<void> {
  const input = { PolicyArn: own(account, name), PolicyDocument: JSON.stringify(document), SetAsDefault: true };
  await adminClient(scene.endpoint, account)('CreatePolicyVersion', input);
}

/** Beside the report of a repair, which a rollback reads. */
const AUDITED = 'audit-report.json';
const audit = (scene: Scene) => scene.run({ inputs: { 'report-path': AUDITED } });

const found = ({ findings }: ReportFile) => findings.map(({ rule, access, resource }) => `${rule} ${access} ${resource}`).toSorted();
const read = (scene: Scene) => readEstate(scene.endpoint, [HUB, ...TARGETS]);
const open = (endpoint: Moto | undefined, file = FILE) =>
  openInProcess({
    guide: { targets: TARGETS, fixer: true },
    edit: makeLive,
    file,
    ...(endpoint === undefined ? {} : { endpoint: endpoint.url }),
  });

const first = await startMotoToRepeat();
await first?.close();

const places = [
  ['on the embedded AWS', async () => undefined, describe],
  ['on moto', startMotoToRepeat, first === undefined ? describe.skip : describe],
] as const;

for (const [where, start, describeWhere] of places) {
  describeWhere(where, () => {
    test('wider, narrower, both and cosmetic: found, repaired and rolled back', async () => {
      await using endpoint = await start();
      await using scene = await open(endpoint);
      expect((await audit(scene)).exitCode).toBe(0);
      for (const [index, account] of TARGETS.entries()) if (index > 0 && index < 5) await change(scene, account, 'dns', SAID[index] ?? DNS);
      await change(scene, SIX, 'limit', allow('*'));
      await change(scene, HUB, 'of-user', WIDER);
      await change(scene, HUB, 'of-group', NARROWER);
      const drifted = await read(scene);

      expect((await audit(scene)).exitCode).toBe(1);
      const drift = await reportOf(scene, AUDITED);
      expect(found(drift)).toEqual(
        [
          `policy-changed widened ${own(TWO, 'dns')}`,
          `policy-changed narrowed ${own(THREE, 'dns')}`,
          `policy-changed changed ${own(FOUR, 'dns')}`,
          `policy-changed widened ${own(SIX, 'limit')}`,
          `policy-changed widened ${own(HUB, 'of-user')}`,
          `policy-changed narrowed ${own(HUB, 'of-group')}`,
        ].toSorted(),
      );
      const [wider] = drift.findings.filter(({ account }) => account === TWO);
      expect(wider).toMatchObject({ desired: DNS, live: WIDER, witness: expect.stringMatching(/^allowed only in AWS: route53:/) });
      expect(drift.targets.map(({ account, status }) => [account, status])).toEqual(
        TARGETS.map((account) => [account, account === ONE || account === FIVE ? 'clean' : 'drifted']),
      );

      const repaired = await repair(scene);
      const report = await reportOf(scene);
      expect(repairs(report)).toEqual(report.findings.map(({ account }) => `policy-changed ${account} verified`).toSorted());
      expect([repaired.exitCode, report.changes.map(({ action }) => action)]).toEqual([0, Array(6).fill('iam:SetDefaultPolicyVersion')]);
      expect((await audit(scene)).exitCode).toBe(0);

      expect((await rollback(scene)).exitCode).toBe(0);
      expect(await read(scene)).toEqual(drifted);
    }, 120_000);

    test('without an older version that says the same: a new one, which a rollback deletes', async () => {
      const file = FILE.replace(`policy/dns: ${JSON.stringify(DNS)}`, `policy/dns: ${JSON.stringify(NARROWER)}`);
      await using endpoint = await start();
      await using scene = await open(endpoint, file);
      const before = await read(scene);
      await repair(scene);
      const report = await reportOf(scene);
      expect(report.changes.map(({ action, account }) => `${action} ${account}`).toSorted()).toEqual(
        TARGETS.map((account) => `iam:CreatePolicyVersion ${account}`),
      );
      expect((await audit(scene)).exitCode).toBe(0);
      await rollback(scene);
      const undone = await reportOf(scene, ROLLED_BACK);
      expect(new Set(undone.changes.map(({ action, outcome }) => `${action} ${outcome}`))).toEqual(
        new Set(['iam:SetDefaultPolicyVersion verified', 'iam:DeletePolicyVersion verified']),
      );
      expect(await read(scene)).toEqual(before);
      const versions = await adminClient(scene.endpoint, ONE)('ListPolicyVersions', { PolicyArn: own(ONE, 'dns') });
      expect([...versions.matchAll(/<VersionId>(v\d+)</g)].map(([, id]) => id)).toEqual(['v1']);
    }, 120_000);

    test('a policy that does not exist is created before it is attached, and a rollback takes both back', async () => {
      const file = FILE.replace('policy/dns]', 'policy/dns, policy/new]').replace(
        'policies:\n',
        `policies:\n  policy/new: ${JSON.stringify(NARROWER)}\n`,
      );
      await using endpoint = await start();
      await using scene = await open(endpoint, file);
      const before = await read(scene);
      await repair(scene);
      const { changes, findings } = await reportOf(scene);
      expect(changes.filter(({ account }) => account === ONE).map(({ action }) => action)).toEqual([
        'iam:CreatePolicy',
        'iam:AttachRolePolicy',
      ]);
      expect(new Set(findings.map(({ rule, fix }) => `${rule} ${fix.status}`))).toEqual(
        new Set(['policy-missing verified', 'role-policy-missing verified']),
      );
      await rollback(scene);
      expect(await read(scene)).toEqual(before);
    }, 120_000);

    test('refused at five versions, and where somebody else has the policy', async () => {
      await using endpoint = await start();
      await using scene = await open(endpoint);
      for (const action of ['s3:*', 'ec2:*', 'sqs:*', 'sns:*']) await change(scene, ONE, 'limit', allow(action));
      const admin = adminClient(scene.endpoint, ONE);
      await admin('DeletePolicyVersion', { PolicyArn: own(ONE, 'limit'), VersionId: 'v1' });
      await change(scene, ONE, 'limit', allow('glue:*'));
      await change(scene, TWO, 'dns', WIDER);
      const other = adminClient(scene.endpoint, TWO);
      await other('CreateUser', { UserName: 'stranger' });
      await other('AttachUserPolicy', { UserName: 'stranger', PolicyArn: own(TWO, 'dns') });
      scene.aws.calls.length = 0;
      const result = await repair(scene);
      const { findings } = await reportOf(scene);
      const reasons = new Map(findings.map(({ account, fix }) => [account, `${fix.status}: ${fix.reason}`]));
      expect(reasons.get(ONE)).toMatch(
        /^refused: .* has 5 versions.* In account 200000000001: aws iam create-policy-version --policy-arn /,
      );
      expect(reasons.get(TWO)).toMatch(/^refused: .*user stranger, which .* In account 200000000002: aws iam set-default-policy-version /);
      expect([result.exitCode, written(scene)]).toEqual([1, []]);
    }, 120_000);
  });
}

test('a new version whose answer is lost is not made twice, nor over what somebody else wrote meanwhile', async () => {
  const file = FILE.replace(`policy/dns: ${JSON.stringify(DNS)}`, `policy/dns: ${JSON.stringify(NARROWER)}`);
  await using scene = await open(undefined, file);
  scene.aws.faults.set([
    { action: 'CreatePolicyVersion', account: ONE, times: 1, effect: 'lost-reply' },
    // Between the plan and the call, after the account was read again.
    { action: 'GetPolicy', account: TWO, after: 4, times: 1, before: () => change(scene, TWO, 'dns', BOTH) },
  ]);
  await repair(scene);
  const { changes, findings } = await reportOf(scene);
  expect(changes.filter(({ account }) => account === ONE).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'iam:CreatePolicyVersion verified',
  ]);
  const versions = await adminClient(scene.endpoint, ONE)('ListPolicyVersions', { PolicyArn: own(ONE, 'dns') });
  expect([...versions.matchAll(/<VersionId>(v\d+)</g)].map(([, id]) => id)).toEqual(['v2', 'v1']);
  const [ofTwo] = findings.filter(({ account }) => account === TWO);
  expect(ofTwo?.fix.reason).toMatch(/changed since it was read/);
  expect(changes.filter(({ account }) => account === TWO)).toEqual([]);
  const policies = (await read(scene)).find(({ id }) => id === TWO)?.policies;
  expect(policies?.find(({ name }) => name === 'dns')?.document).toEqual(BOTH);
}, 120_000);

describe("one of AWS's own policies", () => {
  const stating = (version: string) =>
    FILE.replace('hub:\n', 'hub:\n  otherCallers: []\n').replace(
      'policies:\n',
      `policies:\n  AmazonRoute53FullAccess: ${version}\n  IAMReadOnlyAccess: v1\n`,
    );

  test('with a new version that says the same is no finding, and nothing is left uncompared', async () => {
    await using scene = await open(undefined, stating('v5'));
    expect((await audit(scene)).exitCode).toBe(0);
    const { findings, notCompared } = await reportOf(scene, AUDITED);
    expect([findings, notCompared]).toEqual([[], []]);
  });

  test('with a new version that says more is one finding, at the hub, which no repair touches', async () => {
    await using scene = await open(undefined, stating('v7'));
    const version = scene.aws.publishVersion(ofAws('AmazonRoute53FullAccess'), allow(['route53:*', 'iam:PassRole']));
    scene.aws.calls.length = 0;
    const result = await repair(scene);
    const { findings, hub, targets } = await reportOf(scene);
    expect(findings.map(({ rule, access, account, message, fix }) => [rule, access, account, message, fix.status])).toEqual([
      [
        'policy-changed',
        'changed',
        HUB,
        `The AWS managed policy AmazonRoute53FullAccess is at version ${version}, which differs from v7, the reviewed version.`,
        'none',
      ],
    ]);
    expect([hub.status, new Set(targets.map(({ status }) => status)), result.exitCode, written(scene)]).toEqual([
      'drifted',
      new Set(['clean']),
      1,
      [],
    ]);
    // Once a run, in the hub.
    expect(
      scene.aws.calls.filter(({ params }) => params.PolicyArn === ofAws('AmazonRoute53FullAccess')).map(({ account }) => account),
    ).toEqual([HUB, HUB, HUB]);
  });

  test('that is said to have a version which AWS does not have', async () => {
    await using scene = await open(undefined, stating('v77'));
    await audit(scene);
    const [finding] = (await reportOf(scene, AUDITED)).findings;
    expect(finding).toMatchObject({
      rule: 'policy-changed',
      access: 'changed',
      message: expect.stringMatching(/AWS has no such version\. The current version is v7/),
    });
  });
});

test('twenty targets with one stated policy: at most two more requests for each', async () => {
  const accounts = Array.from({ length: 20 }, (_, index) => String(300_000_000_001 + index));
  const edit = (draft: Estate) => {
    for (const account of accounts) {
      accountIn(draft, account).policies.push({ name: 'dns', document: DNS });
      roleIn(draft, account, 'Micetro').managedPolicies.push(own(account, 'dns'));
    }
  };
  await using scene = await openInProcess({ guide: { targets: accounts }, edit });
  const requests = () => scene.aws.calls.filter(({ account, service }) => service === 'iam' && account !== HUB).length / accounts.length;
  const attached = scene.guide.desiredYaml.replace(
    'targets:',
    'defaults: { managedPolicies: [AmazonRoute53FullAccess, AmazonEC2FullAccess, policy/dns] }\ntargets:',
  );
  await scene.write('.github/assume-role.yml', attached);
  scene.aws.calls.length = 0;
  const without = await audit(scene);
  const before = requests();
  await scene.write('.github/assume-role.yml', `${attached}policies: { policy/dns: ${JSON.stringify(DNS)} }\n`);
  scene.aws.calls.length = 0;
  const stated = await audit(scene);
  expect([without.exitCode, stated.exitCode]).toEqual([0, 0]);
  expect(requests() - before).toBe(2);
}, 120_000);
