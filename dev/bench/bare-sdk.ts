/** What a user would write: the AWS SDK with a client for each target, on one pool of connections. */
import http from 'node:http';
import {
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetLoginProfileCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import pLimit from 'p-limit';
import { job } from './job.ts';

const { url, user, groups, roleName, targets, auditorRole, accessKeyId, secretAccessKey, concurrency } = job();
const requestHandler = new NodeHttpHandler({ httpAgent: new http.Agent({ keepAlive: true, maxSockets: concurrency * 3 }) });
const common = { region: 'us-east-1', endpoint: url, requestHandler };

async function assume(client: STSClient, RoleArn: string) {
  const { Credentials: given } = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'bare-sdk' }));
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
}

async function readHub(hub: IAMClient): Promise<void> {
  const named = { UserName: user };
  await Promise.all([
    hub.send(new GetUserCommand(named)),
    hub.send(new ListAccessKeysCommand(named)),
    hub.send(new ListGroupsForUserCommand(named)),
    hub.send(new ListUserPoliciesCommand(named)),
    hub.send(new ListAttachedUserPoliciesCommand(named)),
    hub.send(new GetLoginProfileCommand(named)).catch(() => undefined),
    ...groups.map((group) => readGroup(hub, group)),
  ]);
}

async function readGroup(hub: IAMClient, GroupName: string): Promise<void> {
  const [{ PolicyNames = [] }] = await Promise.all([
    hub.send(new ListGroupPoliciesCommand({ GroupName })),
    hub.send(new GetGroupCommand({ GroupName })),
    hub.send(new ListAttachedGroupPoliciesCommand({ GroupName })),
  ]);
  await Promise.all(PolicyNames.map((PolicyName) => hub.send(new GetGroupPolicyCommand({ GroupName, PolicyName }))));
}

async function readTarget(sts: STSClient, account: string): Promise<void> {
  const credentials = await assume(sts, `arn:aws:iam::${account}:role/AssumeRoleAuditor`);
  const client = new IAMClient({ ...common, credentials });
  const role = { RoleName: roleName };
  await Promise.all([
    client.send(new GetRoleCommand(role)),
    client.send(new ListAttachedRolePoliciesCommand(role)),
    client.send(new ListRolePoliciesCommand(role)),
  ]);
}

const credentials = await assume(new STSClient({ ...common, credentials: { accessKeyId, secretAccessKey } }), auditorRole);
const sts = new STSClient({ ...common, credentials });
const limit = pLimit(concurrency);
await Promise.all([readHub(new IAMClient({ ...common, credentials })), ...targets.map((account) => limit(() => readTarget(sts, account)))]);
requestHandler.destroy();
