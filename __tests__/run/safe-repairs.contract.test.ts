import { afterAll, expect, test } from '@jest/globals';
import { allow } from '../../dev/aws/drifts/drift.ts';
import { accountIn, type Estate, groupIn, roleIn } from '../../dev/aws/estate.ts';
import { awsPolicy, type GuideOptions } from '../../dev/aws/guide.ts';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { describePlaces } from '../places.ts';
import { openInProcess } from './in-process.ts';
import { repair, repairs, reportOf, writes, written } from './repairing.ts';

/** Repairs that would make things worse: what they leave alone, and what they say. */

const HUB = '111111111111';
const [ONE, TWO, THREE, FOUR] = ['200000000001', '200000000002', '200000000003', '200000000004'] as const;
const GROUP = 'micetro-targets';
const ADMIN = awsPolicy('aws', 'AdministratorAccess');

const moto = await startMotoToRepeat();
afterAll(() => moto?.close());

interface Case {
  readonly name: string;
  readonly guide?: Partial<GuideOptions>;
  readonly edit?: (draft: Estate) => void;
  readonly file?: (yaml: string) => string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** In the order in which they are made. */
  readonly writes: readonly string[];
  /** Rule and reason of a finding that is refused, or the reason of the whole plan. */
  readonly says: RegExp;
  /** moto lets everybody assume every role, and takes no policy that is not valid. */
  readonly onMoto?: false;
}

/** The grant for an account goes; what else is to let the user in comes in its place. */
function withoutGrant(draft: Estate, account: string, name?: string, document?: ReturnType<typeof allow> | string): void {
  const group = groupIn(draft, HUB, GROUP);
  group.inlinePolicies = group.inlinePolicies.filter((policy) => !policy.name.includes(account));
  if (name !== undefined && document !== undefined) group.inlinePolicies.push({ name, document });
}

const wildcard = (draft: Estate) => withoutGrant(draft, TWO, 'wild', allow('sts:AssumeRole', `arn:aws:iam::${TWO}:role/*`));
const byManaged = (draft: Estate) => {
  withoutGrant(draft, TWO);
  groupIn(draft, HUB, GROUP).managedPolicies.push(ADMIN);
};
const wideAndShut = (draft: Estate) => {
  withoutGrant(draft, ONE);
  roleIn(draft, ONE, 'Micetro').managedPolicies.push(ADMIN);
};
const CUT_OFF = new RegExp(`last proven access of the hub user to the role Micetro in ${TWO}.*(fix-scope: all|This run writes no grant)`);

const CASES: readonly Case[] = [
  {
    name: 'a wildcard is the only way into a target, and grants may not be written',
    edit: wildcard,
    inputs: { 'fix-scope': 'revoke', 'max-grants': '0' },
    writes: [],
    says: CUT_OFF,
  },
  {
    name: 'a managed policy of the group is the only way into a target',
    edit: byManaged,
    inputs: { 'fix-scope': 'revoke' },
    writes: [],
    says: CUT_OFF,
  },
  {
    name: 'a wildcard is the only way into a target that can’t be read',
    edit: (draft) => {
      wildcard(draft);
      const account = accountIn(draft, TWO);
      account.roles = account.roles.filter(({ name }) => name !== 'AssumeRoleAuditor');
    },
    writes: [],
    says: CUT_OFF,
    onMoto: false,
  },
  {
    name: 'with the grants, the wildcard goes last',
    edit: wildcard,
    writes: ['PutGroupPolicy', 'DeleteGroupPolicy wild'],
    says: /^$/,
  },
  {
    name: 'with the grants, the managed policy goes last',
    edit: byManaged,
    writes: ['PutGroupPolicy', `DetachGroupPolicy ${ADMIN}`],
    says: /^$/,
  },
  {
    name: 'hub.group is mistyped: the user stays in the real group, and no second one is made',
    file: (yaml) => yaml.replace(GROUP, 'micetro-target'),
    writes: [],
    says: /hub-user-group-extra.*role Micetro in 200000000001, role Micetro in 200000000002/,
  },
  {
    name: 'the same with fix-scope: revoke',
    file: (yaml) => yaml.replace(GROUP, 'micetro-target'),
    inputs: { 'fix-scope': 'revoke' },
    writes: [],
    says: /hub-user-group-extra.*role Micetro in 200000000001, role Micetro in 200000000002/,
  },
  {
    name: 'hub.user is mistyped: nothing is taken from the group, and no user is made',
    file: (yaml) => yaml.replace(/user: micetro\b/, 'user: micetr0'),
    writes: [],
    says: /hub-group-member-extra.*The hub user micetr0 does not exist.*Correct hub\.user/,
  },
  {
    name: 'roleName is mistyped: no second role, and the grant for the real one stays',
    file: (yaml) => yaml.replace(/^targets:/m, 'defaults: { roleName: Micetr0 }\ntargets:'),
    writes: [],
    says: /grant-extra.*The role Micetr0 .*does not exist.*Correct roleName to Micetro/,
  },
  {
    name: 'one call on a packed policy takes 59 roles, and one is allowed',
    guide: { targets: [ONE] },
    edit: (draft) => {
      const others = Array.from({ length: 59 }, (_value, index) => `arn:aws:iam::${300_000_000_000 + index}:role/Micetro`);
      const group = groupIn(draft, HUB, GROUP);
      group.inlinePolicies = [{ name: 'packed', document: allow('sts:AssumeRole', [`arn:aws:iam::${ONE}:role/Micetro`, ...others]) }];
    },
    inputs: { 'max-revocations': '1' },
    writes: [],
    says: /: 59 in total, 1 allowed \(input max-revocations\)/,
  },
  {
    name: 'a grant would open a role that has more than the file says',
    edit: wideAndShut,
    inputs: { 'fix-scope': 'grant' },
    writes: [],
    says: new RegExp(`grant-missing.*role Micetro in ${ONE}.*AdministratorAccess.*exception`),
  },
  {
    name: 'the grant comes when the role has lost it',
    edit: wideAndShut,
    writes: [`DetachRolePolicy ${ADMIN}`, 'PutGroupPolicy'],
    says: /^$/,
  },
];

describePlaces(moto, (endpoint) => {
  const cases = CASES.filter(({ onMoto }) => endpoint === undefined || onMoto !== false);
  test.each(cases.map((one) => [one.name, one] as const))(
    '%s',
    async (_name, { guide, edit, file = (yaml) => yaml, inputs = {}, writes: expected, says }) => {
      if (endpoint !== undefined) await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
      await using scene = await openInProcess({
        guide: { targets: [ONE, TWO, THREE, FOUR], fixer: true, ...guide },
        ...(edit === undefined ? {} : { edit }),
        ...(endpoint === undefined ? {} : { endpoint }),
      });
      await scene.write('.github/assume-role.yml', file(scene.guide.desiredYaml));
      const { exitCode } = await repair(scene, { inputs });
      const report = await reportOf(scene);
      expect(report.changes.map(({ action, input }) => `${action.slice(4)}${labelOf(action, input)}`)).toEqual(expected);
      expect(report.changes.every(({ outcome }) => outcome === 'verified')).toBe(true);
      const refused = report.findings.filter(({ fix }) => fix.status === 'refused').map(({ rule, fix }) => `${rule}: ${fix.reason}`);
      const texts = [...refused, report.plan?.refusal ?? ''].filter((text) => text !== '');
      if (expected.length > 0) expect([exitCode, texts]).toEqual([0, []]);
      else {
        expect(exitCode).toBe(1);
        expect(texts).toEqual(expect.arrayContaining([expect.stringMatching(says)]));
      }
    },
    120_000,
  );
});

/** What a call names beside the group or role, where a test can know it. */
function labelOf(action: string, { PolicyName, PolicyArn }: Readonly<Record<string, unknown>>): string {
  if (action.startsWith('iam:Put')) return '';
  return ` ${PolicyName ?? PolicyArn ?? ''}`;
}

test('a document that is no policy goes when its replacement is there, and a run that ends in between cuts nobody off', async () => {
  await using scene: Scene = await openInProcess({
    guide: { fixer: true },
    edit: (draft) => withoutGrant(draft, TWO),
  });
  // IAM would not take a name twice.
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${TWO}:role/Micetro` }],
  };
  const text = JSON.stringify(document).replace('{', '{"Version":"2012-10-17",');
  scene.aws.account(HUB).storeGroupPolicy(GROUP, `assume-${TWO}-Micetro`, text);
  scene.aws.faults.set([{ action: 'DeleteGroupPolicy', effect: 'access-denied' }]);
  await repair(scene);
  expect(writes(scene).map(({ action, params }) => `${action} ${params.PolicyName}`)).toEqual([
    `PutGroupPolicy assume-${TWO}-Micetro-2`,
    `DeleteGroupPolicy assume-${TWO}-Micetro`,
  ]);
  scene.aws.faults.clear();
  expect((await repair(scene)).exitCode).toBe(0);
  expect(repairs(await reportOf(scene))).toEqual([`hub-group-inline-policy-extra ${HUB} verified`]);
  scene.aws.calls.length = 0;
  await repair(scene);
  expect(written(scene)).toEqual([]);
}, 120_000);
