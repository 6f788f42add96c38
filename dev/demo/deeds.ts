import { changeEstate } from '../aws/change-estate.ts';
import { type Actor, THROUGH } from '../aws/cloudtrail/actors.ts';
import { accountIn, type Estate, groupIn, type RoleEstate, roleIn, userIn, withDrift } from '../aws/estate.ts';
import { assume, awsPolicy, trustAccount } from '../aws/guide.ts';
import type { Scene } from '../runner/scene.ts';
import { ACCOUNTS, EDGE_GRANTS, HUB, roleArn, STRANGER } from './company.ts';

/** What somebody did, and when. CloudTrail tells it. */
interface Deed {
  readonly actor: Actor;
  readonly hoursAgo: number;
  readonly edit: (draft: Estate) => void;
}

const HOUR = 3_600_000;

export const JOAN: Actor = { who: { kind: 'user', name: 'joan' }, through: THROUGH.console };
export const WEB_TEAM: Actor = {
  who: {
    kind: 'role',
    name: 'AWSReservedSSO_PowerUser_5f0c7d3a91b2e846',
    path: '/aws-reserved/sso.amazonaws.com/',
    session: 'max@example.com',
  },
  through: THROUGH.console,
};
const DEVELOPER: Actor = { ...WEB_TEAM, through: THROUGH.cli };
const PIPELINE: Actor = { who: { kind: 'role', name: 'network-ci', session: 'terraform' }, through: THROUGH.terraform };
const STACK: Actor = { who: { kind: 'role', name: 'baseline-stack', session: 'AWSCloudFormation' }, through: THROUGH.cloudFormation };
const STRANGERS_USER: Actor = { who: { kind: 'user', name: 'jump' }, through: THROUGH.cli };

/** All of them are drift, and some is used. */
const DEEDS: readonly Deed[] = [
  {
    actor: JOAN,
    hoursAgo: 5,
    edit: (draft) => {
      role(draft, ACCOUNTS.production).trust = trustAlso(`arn:aws:iam::${STRANGER}:root`);
    },
  },
  {
    actor: DEVELOPER,
    hoursAgo: 26,
    edit: (draft) => role(draft, ACCOUNTS.sandbox).managedPolicies.push(awsPolicy('aws', 'AdministratorAccess')),
  },
  {
    actor: JOAN,
    hoursAgo: 300,
    edit: (draft) => {
      role(draft, ACCOUNTS.mail).managedPolicies.push(awsPolicy('aws', 'ReadOnlyAccess'));
      userIn(draft, HUB, 'micetro').accessKeys.push('Active');
    },
  },
  { actor: STACK, hoursAgo: 12, edit: (draft) => detachEc2(draft, [ACCOUNTS.staging, ACCOUNTS.development]) },
  {
    actor: JOAN,
    hoursAgo: 700,
    edit: (draft) => {
      accountIn(draft, ACCOUNTS.backup).formerUsers.push('gone');
      role(draft, ACCOUNTS.backup).trust = trustAlso(`arn:aws:iam::${ACCOUNTS.backup}:user/gone`);
    },
  },
  {
    // Somebody locked the auditor out.
    actor: JOAN,
    hoursAgo: 9,
    edit: (draft) => {
      roleIn(draft, ACCOUNTS.analytics, 'AssumeRoleAuditor').trust = trustAccount('aws', ACCOUNTS.analytics);
    },
  },
  {
    actor: PIPELINE,
    hoursAgo: 30,
    edit: (draft) => {
      const group = groupIn(draft, HUB, 'micetro-targets');
      group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !name.includes(ACCOUNTS.legacy));
      const edge = group.inlinePolicies.find(({ name }) => name === EDGE_GRANTS);
      const granted = [ACCOUNTS.edgeEurope, ACCOUNTS.edgeAmerica, STRANGER];
      if (edge !== undefined) edge.document = assume(granted.map(roleArn));
    },
  },
];

/** Everybody does what they did; then strangers use the trust that was opened to them, three times. */
export async function drift({ aws, guide }: Scene, setUp: (draft: Estate) => void): Promise<void> {
  let estate = withDrift(guide.estate, setUp);
  const now = Date.now();
  // The key that the company had from the start; seeding has just made it.
  aws.account(HUB).dateAccessKeys('micetro', new Date(now - 2_000 * HOUR).toISOString());
  for (const { actor, hoursAgo, edit } of DEEDS.toSorted((one, other) => other.hoursAgo - one.hoursAgo)) {
    const changed = withDrift(estate, edit);
    await changeEstate(aws, estate, changed, actor, { at: now - hoursAgo * HOUR });
    estate = changed;
  }
  for (const hoursAgo of [4, 3, 1]) {
    const strangers = aws.account(STRANGER).as(STRANGERS_USER, { at: now - hoursAgo * HOUR });
    strangers.call('AssumeRole', { RoleArn: roleArn(ACCOUNTS.production), RoleSessionName: 'jump' });
  }
}

function role(draft: Estate, account: string): RoleEstate {
  return roleIn(draft, account, 'Micetro');
}

function trustAlso(principal: string): Record<string, unknown> {
  const statement = { Effect: 'Allow', Principal: { AWS: [`arn:aws:iam::${HUB}:root`, principal] }, Action: 'sts:AssumeRole' };
  return { Version: '2012-10-17', Statement: [statement] };
}

function detachEc2(draft: Estate, accounts: readonly string[]): void {
  const detached = awsPolicy('aws', 'AmazonEC2FullAccess');
  for (const account of accounts) {
    role(draft, account).managedPolicies = role(draft, account).managedPolicies.filter((arn) => arn !== detached);
  }
}
