import { expect } from '@jest/globals';
import { comparable } from '../../dev/aws/comparable.ts';
import { accountIn, type Document, type Estate, groupIn, roleIn, userIn, withDrift } from '../../dev/aws/estate.ts';
import { canonical, readEstate } from '../../dev/aws/read.ts';
import type { Scene, SceneOptions } from '../../dev/runner/set-scene.ts';
import { GROUP, grant, HUB, managed, roleArn, STRANGER, trust } from './target-cases.ts';

/**
 * A hub that needs a bit of everything that a repair writes. Into four of its targets the user gets by what is about to go: a wildcard, a managed policy of
 * the group, a policy that is not valid, and another group.
 */

export const USER = 'micetro';
export const OTHER_GROUP = 'before-micetro';
/** By a wildcard. */
export const ONE = '200000000001';
/** By a managed policy. */
export const TWO = '200000000002';
/** By a policy that is not valid, under the name of the grant. */
export const THREE = '200000000003';
/** By another group. */
export const FOUR = '200000000004';
/** Nobody: its trust is shut. */
export const FIVE = '200000000005';
/** Nobody: it is not there. */
export const SIX = '200000000006';
/** By a grant among others. */
const SEVEN = '200000000007';
export const TARGETS = [ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN];

const dns = (...actions: string[]): Document => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions.map((name) => `route53:${name}`), Resource: '*' }],
});

const FILE = `
version: 1
hub:
  account: "${HUB}"
  user: ${USER}
  group: ${GROUP}
targets:
  - { account: "${ONE}", tags: { team: ddi, tier: prod }, maxSessionDuration: 7200 }
  - "${TWO}"
  - { account: "${THREE}", inlinePolicies: { dns: ${JSON.stringify(dns('ListHostedZones'))}, zones: ${JSON.stringify(dns('GetHostedZone'))} } }
  - { account: "${FOUR}", permissionsBoundary: PowerUserAccess }
  - "${FIVE}"
  - "${SIX}"
  - "${SEVEN}"
`;

/** The hub of the guide as the file wants it, and what else is there. */
function mended(draft: Estate): void {
  const hub = accountIn(draft, HUB);
  hub.users.push({ name: 'intern', managedPolicies: [], inlinePolicies: [], accessKeys: [] });
  hub.policies.push({ name: 'way-in', document: grant(roleArn(TWO)) });
  const old = { name: 'old', document: grant(roleArn(FOUR)) };
  hub.groups.push({ name: OTHER_GROUP, members: [], managedPolicies: [], inlinePolicies: [old] });
  const tags = [
    { key: 'team', value: 'ddi' },
    { key: 'tier', value: 'prod' },
  ];
  Object.assign(roleIn(draft, ONE, 'Micetro'), { tags, description: 'DNS', maxSessionDuration: 7200 });
  roleIn(draft, THREE, 'Micetro').inlinePolicies = [
    { name: 'dns', document: dns('ListHostedZones') },
    { name: 'zones', document: dns('GetHostedZone') },
  ];
  roleIn(draft, FOUR, 'Micetro').boundary = managed('PowerUserAccess');
}

function drift(draft: Estate): void {
  mended(draft);
  const user = userIn(draft, HUB, USER);
  user.managedPolicies = [];
  user.inlinePolicies = [{ name: 'by-hand', document: dns('ListHostedZones') }];
  const group = groupIn(draft, HUB, GROUP);
  group.members.push('intern');
  group.managedPolicies = [`arn:aws:iam::${HUB}:policy/way-in`];
  group.inlinePolicies = [
    { name: 'anywhere', document: grant(`arn:aws:iam::${ONE}:role/*`) },
    { name: 'packed', document: grant([roleArn(STRANGER), roleArn(FIVE), roleArn(FIVE, 'Old'), roleArn(SEVEN)]) },
  ];
  groupIn(draft, HUB, OTHER_GROUP).members.push(USER);
  Object.assign(roleIn(draft, ONE, 'Micetro'), { tags: [{ key: 'team', value: 'network' }], maxSessionDuration: 3600 });
  roleIn(draft, TWO, 'Micetro').trust = trust({ AWS: [`arn:aws:iam::${HUB}:root`, `arn:aws:iam::${STRANGER}:root`] });
  const three = roleIn(draft, THREE, 'Micetro');
  three.managedPolicies = [managed('AmazonEC2FullAccess'), managed('AdministratorAccess')];
  three.inlinePolicies = [
    { name: 'dns', document: dns('*') },
    { name: 'extra', document: dns('CreateHostedZone') },
  ];
  delete roleIn(draft, FOUR, 'Micetro').boundary;
  roleIn(draft, FIVE, 'Micetro').trust = trust({ AWS: `arn:aws:iam::${STRANGER}:root` });
  const six = accountIn(draft, SIX);
  six.roles = six.roles.filter(({ name }) => name !== 'Micetro');
}

/** @param open opens a scene for the bundle, or in process */
export async function openDrifted(open: (options: SceneOptions) => Promise<Scene>): Promise<Scene> {
  const scene = await open({ guide: { fixer: true, targets: TARGETS }, edit: drift, file: FILE });
  // IAM would not take this Sid, but the embedded AWS goes by the policy.
  scene.aws.account(HUB).storeGroupPolicy(GROUP, `assume-${THREE}-Micetro`, JSON.stringify(grant(roleArn(THREE), { Sid: 'by hand' })));
  return scene;
}

/** What the file asks for, and what nobody asked to change, is there, and nothing else. */
export async function expectMended({ aws, guide }: Scene): Promise<void> {
  const { accounts } = withDrift(guide.estate, mended);
  const live = await readEstate(aws.url, [HUB, ...TARGETS]);
  expect(live.map(comparable)).toEqual(canonical(accounts).map(comparable));
}

/** Everything in all accounts. */
export function contentOf({ aws }: Scene): unknown {
  return Object.fromEntries([HUB, ...TARGETS].map((account) => [account, aws.account(account).content()]));
}
