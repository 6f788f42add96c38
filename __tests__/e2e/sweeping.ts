import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { accountIn, type Document, type Estate, groupIn, roleIn, userIn, withDrift } from '../../dev/aws/estate.ts';
import type { Fault } from '../../dev/aws/faults/fault.ts';
import { type ParamInput, Params } from '../../dev/aws/protocol/query.ts';
import { canonical, readEstate } from '../../dev/aws/read.ts';
import type { RecordedCall } from '../../dev/aws/recording.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import type { ReportChange } from '../../src/report/model/schema.ts';
import { comparable } from './comparable.ts';
import { writes } from './repairing.ts';
import { GROUP, grant, HUB, managed, roleArn, STRANGER, trust } from './target-cases.ts';

/**
 * A hub that needs a bit of everything that a repair writes. Into four of its targets the user gets by what is about to go: a wildcard, a managed policy of
 * the group, a policy that is not valid, and another group.
 */

const USER = 'micetro';
const OTHER_GROUP = 'before-micetro';
/** By a wildcard. */
const ONE = '200000000001';
/** By a managed policy. */
const TWO = '200000000002';
/** By a policy that is not valid, under the name of the grant. */
const THREE = '200000000003';
/** By another group. */
const FOUR = '200000000004';
/** Nobody: its trust is shut. */
const FIVE = '200000000005';
/** Nobody: it is not there. */
const SIX = '200000000006';
/** By a grant among others. */
const SEVEN = '200000000007';
const TARGETS = [ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN];

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
  Object.assign(roleIn(draft, ONE, 'Micetro'), { tags, maxSessionDuration: 7200 });
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

export async function openDrifted(): Promise<Scene> {
  const scene = await openScene({ guide: { fixer: true, targets: TARGETS }, edit: drift, file: FILE });
  // IAM has taken more Sids than its grammar allows, and goes by such a policy.
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

/** A write, by enough of its input to tell it from the others. */
export interface Write {
  readonly action: string;
  readonly account: string;
  readonly input: ParamInput;
}

const write = (action: string, account: string, input: ParamInput): Write => ({ action, account, input });
const grantOf = (account: string, more = '') => write('PutGroupPolicy', HUB, { PolicyName: `assume-${account}-Micetro${more}` });

/** All that a repair writes here, in its order; that of the targets is theirs alone. */
export const WRITES: readonly Write[] = [
  write('DeleteUserPolicy', HUB, { PolicyName: 'by-hand' }),
  write('RemoveUserFromGroup', HUB, { UserName: 'intern' }),
  write('PutGroupPolicy', HUB, { PolicyName: 'packed' }),
  write('UpdateRole', ONE, { MaxSessionDuration: 7200 }),
  write('TagRole', ONE, { Tags: [{ Key: 'tier', Value: 'prod' }] }),
  write('TagRole', ONE, { Tags: [{ Key: 'team', Value: 'ddi' }] }),
  write('UpdateAssumeRolePolicy', TWO, { RoleName: 'Micetro' }),
  write('DetachRolePolicy', THREE, { PolicyArn: managed('AdministratorAccess') }),
  write('DeleteRolePolicy', THREE, { PolicyName: 'extra' }),
  write('AttachRolePolicy', THREE, { PolicyArn: managed('AmazonRoute53FullAccess') }),
  write('PutRolePolicy', THREE, { PolicyName: 'zones' }),
  write('PutRolePolicy', THREE, { PolicyName: 'dns' }),
  write('PutRolePermissionsBoundary', FOUR, { RoleName: 'Micetro' }),
  write('UpdateAssumeRolePolicy', FIVE, { RoleName: 'Micetro' }),
  write('CreateRole', SIX, { RoleName: 'Micetro' }),
  write('AttachRolePolicy', SIX, { PolicyArn: managed('AmazonRoute53FullAccess') }),
  write('AttachRolePolicy', SIX, { PolicyArn: managed('AmazonEC2FullAccess') }),
  write('AttachUserPolicy', HUB, { PolicyArn: managed('IAMReadOnlyAccess') }),
  grantOf(ONE),
  grantOf(TWO),
  // The name of the grant is taken.
  grantOf(THREE, '-2'),
  grantOf(FOUR),
  grantOf(SIX),
  write('RemoveUserFromGroup', HUB, { GroupName: OTHER_GROUP }),
  write('DetachGroupPolicy', HUB, { PolicyArn: `arn:aws:iam::${HUB}:policy/way-in` }),
  write('DeleteGroupPolicy', HUB, { PolicyName: `assume-${THREE}-Micetro` }),
  write('DeleteGroupPolicy', HUB, { PolicyName: 'anywhere' }),
];

export function nameOf({ action, account, input }: Write): string {
  return [action, account, ...Object.values(Params.from(input).toRecord())].join(' ');
}

/** Hits the write, and no other. */
export function faultAt({ action, account, input }: Write): Pick<Fault, 'action' | 'account' | 'params'> {
  return { action, account, params: Params.from(input).toRecord() };
}

/** The writes that took effect and were answered, or would have been if the run had lived. */
export function effective(scene: Scene): string[] {
  return writes(scene)
    .filter(({ status }) => status === 200)
    .map(madeBy);
}

/** The write that a call makes. */
export function madeBy({ action, account, params }: RecordedCall): string {
  const isIn = ([name, value]: readonly [string, string]) => params[name] === value;
  return nameIn((write) => write.action === action && write.account === account && parameters(write).every(isIn));
}

/** The writes that a report lists. */
export function told(calls: readonly Pick<ReportChange, 'account' | 'action' | 'input'>[]): string[] {
  return calls.map(({ action, account, input }) => {
    const isIn = ([name, value]: readonly [string, unknown]) => isDeepStrictEqual(input[name], value);
    return nameIn((write) => `iam:${write.action}` === action && write.account === account && Object.entries(write.input).every(isIn));
  });
}

function parameters({ input }: Write): [string, string][] {
  return Object.entries(Params.from(input).toRecord());
}

function nameIn(is: (write: Write) => boolean): string {
  return WRITES.filter(is).map(nameOf).join(' or ');
}

/** Looks whenever it is told to: the hub user has to keep a way into each wanted target into which it had one. */
export class AccessWatch {
  readonly #scene: Scene;
  readonly #open = new Set<string>();
  /** Ways that were lost: the target, and the last call before. */
  readonly lost: string[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** Before every call of IAM. */
  get fault(): Fault {
    return { service: 'iam', before: this.look };
  }

  readonly look = (): void => {
    const { aws } = this.#scene;
    for (const account of TARGETS) {
      if (aws.account(HUB).mayAssume(USER, roleArn(account))) this.#open.add(account);
      else if (this.#open.delete(account)) this.lost.push(`${account} by ${aws.calls.at(-1)?.action}`);
    }
  };

  /** The last digits of the targets that are open. */
  get open(): string {
    return TARGETS.filter((account) => this.#open.has(account))
      .map((account) => account.slice(-1))
      .join('');
  }
}
