import { afterAll, describe, expect, test } from '@jest/globals';
import { type Estate, roleIn, userIn } from '../../dev/aws/estate.ts';
import { startMoto } from '../../dev/aws/moto.ts';
import { openScene, type SceneOptions } from '../../dev/runner/scene.ts';
import { describePlaces } from '../places.ts';
import { repair, repairs, reportOf, written } from '../run/repairing.ts';

/** Ways in beside the hub user's access keys: its other credentials, and the roles by which the action itself works. */

const HUB = '111111111111';
const [ONE, TWO] = ['200000000001', '200000000002'];
const USER = `arn:aws:iam::${HUB}:user/micetro`;
const NOT_COMPARED = { resource: USER, what: 'credentials', accounts: 1 };
const STATED = `version: 1
hub: { account: "${HUB}", user: { name: micetro, otherCredentials: false }, group: micetro-targets }
targets: ["${ONE}", "${TWO}"]
`;
const WATCHED = `version: 1
hub: { account: "${HUB}", user: micetro, group: micetro-targets }
auditor: { externalId: id-1, trustedBy: "arn:aws:iam::{hubAccount}:role/DriftAuditor" }
fixer: { externalId: id-1, trustedBy: "arn:aws:iam::{hubAccount}:role/DriftFixer" }
targets: ["${ONE}", "${TWO}"]
`;

const moto = await startMoto();
afterAll(() => moto?.close());
const onMoto = moto === undefined ? test.skip : test;

async function open(endpoint: string | undefined, options: SceneOptions) {
  if (endpoint !== undefined) await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  return openScene({ ...options, ...(endpoint === undefined ? {} : { endpoint }) });
}

const isCredentials = ({ what }: { readonly what: string }) => what === 'credentials';

const withSshKey = (draft: Estate) =>
  Object.assign(userIn(draft, HUB, 'micetro'), { credentials: [{ kind: 'ssh-public-key', status: 'Active' }] });

describe('an auditor that may not list all credentials of the hub user', () => {
  const denied = { action: 'ListSigningCertificates', effect: 'access-denied' } as const;

  test('compares what it may list, and names the rest, where the file does not state them', async () => {
    await using scene = await open(undefined, { edit: withSshKey });
    scene.aws.faults.add(denied);
    const { exitCode } = await scene.run();
    const { findings, notCompared: all, errors, hub } = await reportOf(scene);
    const notCompared = all.filter(isCredentials);
    expect(findings.map(({ rule, resource }) => `${rule} ${resource}`)).toEqual([
      expect.stringMatching(/^hub-user-credential-extra arn:aws:iam::111111111111:user\/micetro\/credential\/APKA/),
    ]);
    expect({ exitCode, notCompared, errors, status: hub.status }).toEqual({
      exitCode: 1,
      notCompared: [NOT_COMPARED],
      errors: [],
      status: 'drifted',
    });
  });

  test('does not fail the step by that alone', async () => {
    await using scene = await open(undefined, {});
    scene.aws.faults.add(denied);
    const { exitCode } = await scene.run();
    expect([exitCode, (await reportOf(scene)).notCompared.filter(isCredentials)]).toEqual([0, [NOT_COMPARED]]);
  });

  test('can not read the hub whole where the file states them', async () => {
    await using scene = await open(undefined, { file: STATED });
    scene.aws.faults.add(denied);
    const { exitCode } = await scene.run();
    const { errors, notCompared: all, hub } = await reportOf(scene);
    const notCompared = all.filter(isCredentials);
    expect([exitCode, hub.status, notCompared]).toEqual([1, 'unreadable', []]);
    expect(errors.map(({ account, call }) => `${account} ${call}`)).toEqual([`${HUB} iam:ListSigningCertificates`]);
  });
});

onMoto('a server that fails at one of the lists is neither an error nor waited for, unless the file states them', async () => {
  await using scene = await open(moto?.url, {});
  const startedAt = Date.now();
  const { exitCode } = await scene.run();
  expect(Date.now() - startedAt).toBeLessThan(30_000);
  expect([exitCode, (await reportOf(scene)).notCompared.filter(isCredentials)]).toEqual([0, [NOT_COMPARED]]);
  await scene.write('.github/assume-role.yml', STATED);
  expect((await scene.run()).exitCode).toBe(1);
  expect((await reportOf(scene)).errors.map(({ call }) => call)).toEqual(['iam:ListServiceSpecificCredentials']);
});

describePlaces(moto, (endpoint) => {
  test('a repair leaves the other credentials and the trust of its own roles as they are, and the step fails for them', async () => {
    const stranger = 'arn:aws:iam::999999999999:root';
    await using scene = await open(endpoint, {
      guide: { fixer: true, externalId: 'id-1' },
      file: WATCHED,
      edit: (draft) => {
        withSshKey(draft);
        const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'id-1' } } };
        const principals = { AWS: [`arn:aws:iam::${HUB}:role/DriftFixer`, stranger] };
        roleIn(draft, ONE, 'AssumeRoleFixer').trust = {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: principals, Action: 'sts:AssumeRole', ...condition }],
        };
        roleIn(draft, TWO, 'Micetro').managedPolicies.pop();
      },
    });
    const { exitCode } = await repair(scene);
    const report = await reportOf(scene);
    expect(exitCode).toBe(1);
    expect(repairs(report)).toEqual([
      `hub-user-credential-extra ${HUB} none`,
      `role-policy-missing ${TWO} verified`,
      `tool-role-trust-changed ${ONE} none`,
    ]);
    if (endpoint === undefined) expect(written(scene)).toEqual([`AttachRolePolicy ${TWO}`]);
    expect(report.findings.find(({ rule }) => rule === 'tool-role-trust-changed')).toMatchObject({
      access: 'widened',
      resource: `arn:aws:iam::${ONE}:role/AssumeRoleFixer`,
      explanation: [expect.stringContaining(stranger)],
      witness: expect.stringContaining('allowed only in AWS: sts:AssumeRole by arn:aws:iam::999999999999:root'),
      location: { file: '.github/assume-role.yml', line: 4, column: 28 },
    });
  });
});
