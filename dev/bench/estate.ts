import type { EmbeddedAws } from '../aws/server.ts';

/** The accounts and names of an estate, for whoever reads it. */
export interface Estate {
  readonly hub: string;
  readonly user: string;
  readonly groups: readonly string[];
  readonly roleName: string;
  readonly auditorRoleName: string;
  readonly targets: readonly string[];
  /** Long-lived keys in the hub that may assume the auditor's role there. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** As many role ARNs as the inline policies of one group hold (5,120 characters). */
const GRANTS_IN_GROUP = 100;

const HUB = '111111111111';
const MANAGED = ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'];

/** A clean estate: packed grants, so that 1,000 targets fit the ten groups that a user may be in. */
export function seed(aws: EmbeddedAws, size: number): Estate {
  const targets = Array.from({ length: size }, (_, index) => String(222_222_220_000 + index));
  const groups = Array.from({ length: Math.ceil(size / GRANTS_IN_GROUP) }, (_, index) => `targets-${index + 1}`);
  const key = seedHub(aws, targets, groups);
  for (const account of targets) seedTarget(aws, account);
  return { hub: HUB, user: 'micetro', groups, roleName: 'Micetro', auditorRoleName: 'AssumeRoleAuditor', targets, ...key };
}

function seedHub(
  aws: EmbeddedAws,
  targets: readonly string[],
  groups: readonly string[],
): { accessKeyId: string; secretAccessKey: string } {
  const hub = aws.account(HUB);
  hub.call('CreateUser', { UserName: 'micetro' });
  hub.call('CreateAccessKey', { UserName: 'micetro' });
  hub.call('AttachUserPolicy', { UserName: 'micetro', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' });
  for (const [index, GroupName] of groups.entries()) {
    hub.call('CreateGroup', { GroupName });
    hub.call('AddUserToGroup', { GroupName, UserName: 'micetro' });
    const roles = targets
      .slice(index * GRANTS_IN_GROUP, (index + 1) * GRANTS_IN_GROUP)
      .map((account) => `arn:aws:iam::${account}:role/Micetro`);
    hub.call('PutGroupPolicy', { GroupName, PolicyName: 'assume-targets', PolicyDocument: allow('sts:AssumeRole', roles) });
  }
  hub.call('CreateRole', { RoleName: 'HubAuditor', AssumeRolePolicyDocument: trust(HUB) });
  hub.call('PutRolePolicy', { RoleName: 'HubAuditor', PolicyName: 'read', PolicyDocument: allow(['iam:*', 'sts:AssumeRole'], '*') });
  hub.call('CreateUser', { UserName: 'ci' });
  hub.call('PutUserPolicy', { UserName: 'ci', PolicyName: 'assume', PolicyDocument: allow('sts:AssumeRole', '*') });
  const answer = hub.call('CreateAccessKey', { UserName: 'ci' });
  return { accessKeyId: element(answer, 'AccessKeyId'), secretAccessKey: element(answer, 'SecretAccessKey') };
}

function seedTarget(aws: EmbeddedAws, id: string): void {
  const account = aws.account(id);
  account.call('CreateRole', { RoleName: 'AssumeRoleAuditor', AssumeRolePolicyDocument: trust(HUB) });
  account.call('PutRolePolicy', {
    RoleName: 'AssumeRoleAuditor',
    PolicyName: 'read',
    PolicyDocument: allow(['iam:Get*', 'iam:List*'], '*'),
  });
  account.call('CreateRole', { RoleName: 'Micetro', AssumeRolePolicyDocument: trust(HUB) });
  for (const name of MANAGED) account.call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: `arn:aws:iam::aws:policy/${name}` });
}

function trust(account: string): string {
  const statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function allow(Action: string | readonly string[], Resource: string | readonly string[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: '', Effect: 'Allow', Action, Resource }] });
}

export function element(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  if (found === undefined) throw new Error(`no ${name} in the answer`);
  return found;
}
