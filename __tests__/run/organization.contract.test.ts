import { afterAll, describe, expect, test } from '@jest/globals';
import { startMoto } from '../../dev/aws/moto.ts';
import { motoOrganization } from '../../dev/aws/organizations/moto.ts';
import type { MemberEstate, OrganizationEstate } from '../../dev/aws/organizations/organization.ts';
import { openPull } from '../../dev/runner/pull-request.ts';
import { DESIRED_STATE, type Scene } from '../../dev/runner/set-scene.ts';
import { reportSchema } from '../../src/report/model/schema.ts';
import { openInProcess } from './in-process.ts';

/** The targets beside the accounts of AWS Organizations. */

const HUB = '111111111111';
const MANAGEMENT = '999999999999';
const [ONE, TWO, THREE] = ['200000000001', '200000000002', '200000000003'];
const ADDED = '200000000009';
const ROOT = 'r-ab12';
const PROD = 'ou-ab12-11111111';
const WITHOUT_PLACE = 'ou-ab12-22222222';

const member = (id: string, more: Partial<MemberEstate> = {}): MemberEstate => ({ id, name: `name of ${id}`, unit: PROD, ...more });
const members = [member(MANAGEMENT, { unit: ROOT }), member(HUB, { unit: ROOT }), member(ONE), member(TWO), member(THREE)];
const ORGANIZATION: OrganizationEstate = {
  management: MANAGEMENT,
  units: [{ id: ROOT }, { id: PROD, parent: ROOT }, { id: WITHOUT_PLACE, parent: PROD }],
  accounts: members,
};
/** One account more, one suspended, and one gone. */
const CHANGED: OrganizationEstate = {
  ...ORGANIZATION,
  accounts: [...members.slice(0, 3), member(TWO, { state: 'SUSPENDED' }), member(ADDED)],
};

const stated = (text: string) => `${text}organization: { include: [${PROD}], exclude: [${WITHOUT_PLACE}] }\n`;

async function open(): Promise<Scene> {
  const scene = await openInProcess({ guide: { targets: 3, organization: ORGANIZATION } });
  await scene.write(DESIRED_STATE, stated(scene.guide.desiredYaml));
  return scene;
}

async function reportOf(scene: Scene) {
  const { findings, errors, notCompared, summary } = reportSchema.parse(await scene.report());
  const told = findings.map(({ rule, access, account, resource, fix }) => [rule, access, account, resource, fix.status].join(' '));
  return { findings: told, errors, summary, organization: notCompared.filter(({ what }) => what === 'organization') };
}

const bodyOf = ({ github }: Scene) => github.repository.issues.at(-1)?.body ?? '';
const listings = ({ aws }: Scene) => aws.calls.filter(({ service }) => service === 'organizations');

const THREE_FINDINGS = [
  `target-undeclared none ${HUB} ${ADDED} none`,
  `target-not-active none ${HUB} ${TWO} none`,
  `target-left-organization none ${HUB} ${THREE} none`,
];

test('an account more, one suspended and one gone are three findings, which stand when the organization can’t be read', async () => {
  await using scene = await open();
  expect((await scene.run()).exitCode).toBe(0);
  expect(await reportOf(scene)).toMatchObject({ findings: [], errors: [], organization: [] });
  // The unit that is excluded has no account, so AWS is asked whether it exists.
  expect(listings(scene).map(({ action }) => action)).toEqual(['ListAccounts', 'ListOrganizationalUnitsForParent']);

  scene.aws.organize(CHANGED);
  const drifted = await scene.run();
  expect(drifted.exitCode).toBe(1);
  expect(await reportOf(scene)).toMatchObject({
    findings: THREE_FINDINGS,
    errors: [{ account: TWO, call: 'sts:AssumeRole', advice: expect.stringContaining('SUSPENDED') }],
    summary: { expected: 4, unreadable: 1, none: 3 },
    organization: [],
  });
  expect(bodyOf(scene)).toContain(`Account <code>${ADDED}</code> of the organization is not in the file`);

  scene.aws.faults.set([{ action: 'ListAccounts', effect: 'access-denied' }]);
  scene.aws.calls.length = 0;
  const unread = await scene.run();
  expect(unread.exitCode).toBe(1);
  expect(await reportOf(scene)).toMatchObject({
    findings: [],
    errors: [{ account: TWO }, { account: '', code: 'AccessDeniedException', call: 'organizations:ListAccounts' }],
    summary: { expected: 4, unreadable: 1 },
    organization: [{ resource: 'organization', what: 'organization', accounts: 3 }],
  });
  expect(unread.stdout).toContain('The organization could not be read completely');
  expect(bodyOf(scene)).toMatch(
    /3 findings of the last run could not be .*target-undeclared.*target-not-active.*target-left-organization/s,
  );

  scene.aws.faults.clear();
  scene.aws.organize(ORGANIZATION);
  expect((await scene.run()).exitCode).toBe(0);
  expect(scene.github.repository.issues.at(-1)?.state).toBe('closed');
}, 30_000);

test('a pull request reads it, and warns where it can’t; one from a fork asks nothing', async () => {
  await using scene = await open();
  const pull = openPull(scene, { base: stated(scene.guide.desiredYaml) });
  scene.aws.organize(CHANGED);
  expect((await scene.run(pull.step())).exitCode).toBe(0);
  expect((await reportOf(scene)).findings).toEqual(THREE_FINDINGS);
  scene.aws.faults.set([{ action: 'ListAccounts', effect: 'access-denied' }]);
  const unread = await scene.run(pull.step());
  expect([unread.exitCode, unread.stdout.includes('::warning::The organization could not be read')]).toEqual([0, true]);

  scene.aws.calls.length = 0;
  const fork = openPull(scene, { base: stated(scene.guide.desiredYaml), fork: true });
  expect((await scene.run(fork.step())).exitCode).toBe(0);
  expect(listings(scene)).toEqual([]);
}, 30_000);

const moto = await startMoto();
afterAll(() => moto?.close());
const whereMotoIs = moto === undefined ? describe.skip : describe;
whereMotoIs('on moto', () => {
  test('the same three', async () => {
    const url = moto?.url ?? '';
    const organization = await motoOrganization(url, MANAGEMENT);
    const unit = await organization.unit('prod');
    const below = await organization.unit('europe', unit);
    const targets: string[] = [];
    for (const name of ['one', 'two', 'three']) targets.push(await organization.account(name, below));
    const options = { guide: { targets, organization: { management: MANAGEMENT, units: [], accounts: [] } }, endpoint: url };
    await using scene = await openInProcess(options);
    await scene.write(DESIRED_STATE, `${scene.guide.desiredYaml}organization: { include: [${unit}] }\n`);
    expect((await scene.run({ inputs: { issue: 'never' } })).exitCode).toBe(0);

    const [, two = '', three = ''] = targets;
    const added = await organization.account('added', below);
    await organization.close(two);
    await organization.remove(three);
    const night = await scene.run({ inputs: { issue: 'never' } });
    expect(night.exitCode).toBe(1);
    expect((await reportOf(scene)).findings.toSorted()).toEqual(
      [
        `target-undeclared none ${HUB} ${added} none`,
        `target-not-active none ${HUB} ${two} none`,
        `target-left-organization none ${HUB} ${three} none`,
      ].toSorted(),
    );
  }, 60_000);
});
