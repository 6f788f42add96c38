import { createHash } from 'node:crypto';
import type { Cloud } from '../accounts/cloud.ts';
import { timestamp } from '../accounts/ids.ts';
import type { UserIdentity } from './event.ts';
import type { Client } from './record.ts';

/** Someone who makes calls in an account, though not through this server: what an event says of them, no permission. */
export interface Actor {
  readonly who: Who;
  readonly through: Through;
}

export type Who =
  | { readonly kind: 'root' }
  | { readonly kind: 'user'; readonly name: string }
  /** `path` of a role that does not exist here, such as one of IAM Identity Center. */
  | { readonly kind: 'role'; readonly name: string; readonly session: string; readonly path?: string }
  /** A session that a user got from GetFederationToken. */
  | { readonly kind: 'federated'; readonly name: string; readonly user: string }
  /** `ec2.amazonaws.com`; services only assume roles. */
  | { readonly kind: 'service'; readonly name: string };

/** With what someone makes calls. */
export interface Through {
  readonly userAgent: string;
  readonly sourceIPAddress: string;
  readonly console?: boolean;
  /** The service that makes the call for them. */
  readonly invokedBy?: string;
}

const ADDRESS = '198.51.100.23';

function by(service: string): Through {
  return { userAgent: service, sourceIPAddress: service, invokedBy: service };
}

/** As the published events have them; see __tests__/attribution/samples. */
export const THROUGH = {
  console: {
    userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36',
    sourceIPAddress: ADDRESS,
    console: true,
  },
  cli: {
    userAgent: 'aws-cli/2.15.30 Python/3.11.8 Linux/6.5.0-1017-aws exe/x86_64.ubuntu.22 prompt/off command/iam.update-assume-role-policy',
    sourceIPAddress: ADDRESS,
  },
  sdk: { userAgent: 'Boto3/1.34.84 md/Botocore#1.34.84 ua/2.0 os/linux lang/python#3.12.3', sourceIPAddress: ADDRESS },
  terraform: {
    userAgent:
      'APN/1.0 HashiCorp/1.0 Terraform/1.5.7 (+https://www.terraform.io) terraform-provider-aws/5.31.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.24.0 os/linux lang/go#1.20.12',
    sourceIPAddress: ADDRESS,
  },
  cloudFormation: by('cloudformation.amazonaws.com'),
  stackSets: by('stacksets.cloudformation.amazonaws.com'),
} satisfies Record<string, Through>;

/** What the events of an actor's calls say. A user or role that exists in the account has its own id in them. */
export function clientOf(cloud: Cloud, account: string, { who, through }: Actor, now: number): Client {
  const { invokedBy, ...rest } = through;
  const identity = identityOf(cloud, account, who, { now, console: through.console === true });
  return { ...rest, identity: invokedBy === undefined ? identity : { ...identity, invokedBy } };
}

interface Moment {
  readonly now: number;
  /** Whether temporary credentials are used even by users. */
  readonly console: boolean;
}

function identityOf(cloud: Cloud, accountId: string, who: Who, { now, console }: Moment): UserIdentity {
  const key = (name: string) => derivedId(console || who.kind !== 'user' ? 'ASIA' : 'AKIA', `${accountId}/${name}`, 16);
  const attributes = { creationDate: timestamp(now - 600_000), mfaAuthenticated: console ? 'true' : 'false' };
  const signedIn = console ? { sessionContext: { attributes } } : {};
  switch (who.kind) {
    case 'root':
      return {
        type: 'Root',
        principalId: accountId,
        arn: cloud.iamArn(accountId, 'root'),
        accountId,
        accessKeyId: key('root'),
        ...signedIn,
      };
    case 'user': {
      const { arn, id } = principal(cloud, accountId, 'user', `user/${who.name}`);
      return { type: 'IAMUser', principalId: id, arn, accountId, accessKeyId: key(who.name), userName: who.name, ...signedIn };
    }
    case 'role': {
      const { arn, id } = principal(cloud, accountId, 'role', `role${who.path ?? '/'}${who.name}`);
      const session = `arn:${cloud.partition}:sts::${accountId}:assumed-role/${who.name}/${who.session}`;
      const sessionIssuer = { type: 'Role', principalId: id, arn, accountId, userName: who.name };
      const sessionContext = { sessionIssuer, attributes };
      return {
        type: 'AssumedRole',
        principalId: `${id}:${who.session}`,
        arn: session,
        accountId,
        accessKeyId: key(who.name),
        sessionContext,
      };
    }
    case 'federated': {
      const { arn, id } = principal(cloud, accountId, 'user', `user/${who.user}`);
      const sessionIssuer = { type: 'IAMUser', principalId: id, arn, accountId, userName: who.user };
      return {
        type: 'FederatedUser',
        principalId: `${accountId}:${who.name}`,
        arn: `arn:${cloud.partition}:sts::${accountId}:federated-user/${who.name}`,
        accountId,
        accessKeyId: key(who.name),
        sessionContext: { sessionIssuer, attributes },
      };
    }
    case 'service':
      return { type: 'AWSService', invokedBy: who.name };
  }
}

function principal(cloud: Cloud, account: string, kind: 'user' | 'role', resource: string): { readonly arn: string; readonly id: string } {
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  const { User, Role } = cloud.account(account).tables;
  const there = kind === 'user' ? User.newest(name) : Role.newest(name);
  if (there !== undefined) return there;
  return { arn: cloud.iamArn(account, resource), id: derivedId(kind === 'user' ? 'AIDA' : 'AROA', `${account}:${resource}`, 17) };
}

/** The same for the same text, as someone's id is in all of their events. */
function derivedId(prefix: string, text: string, length: number): string {
  const hash = createHash('sha256').update(text).digest('hex').toUpperCase();
  return prefix + hash.replace(/[01]/g, 'X').slice(0, length);
}
