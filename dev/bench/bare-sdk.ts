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

const { url, estate, concurrency } = job();
const requestHandler = new NodeHttpHandler({ httpAgent: new http.Agent({ keepAlive: true, maxSockets: concurrency * 3 }) });
const common = { region: 'us-east-1', endpoint: url, requestHandler };

async function assume(client: STSClient, account: string, role: string) {
  const { Credentials } = await client.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 'bare-sdk' }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

async function readHub(hub: IAMClient): Promise<void> {
  const user = { UserName: estate.user };
  await Promise.all([
    hub.send(new GetUserCommand(user)),
    hub.send(new ListAccessKeysCommand(user)),
    hub.send(new ListGroupsForUserCommand(user)),
    hub.send(new ListUserPoliciesCommand(user)),
    hub.send(new ListAttachedUserPoliciesCommand(user)),
    hub.send(new GetLoginProfileCommand(user)).catch(() => undefined),
    ...estate.groups.map(async (GroupName) => {
      await Promise.all([
        hub.send(new GetGroupCommand({ GroupName })),
        hub.send(new ListAttachedGroupPoliciesCommand({ GroupName })),
        hub.send(new ListGroupPoliciesCommand({ GroupName })),
      ]);
      await hub.send(new GetGroupPolicyCommand({ GroupName, PolicyName: 'assume-targets' }));
    }),
  ]);
}

async function readTarget(sts: STSClient, account: string): Promise<void> {
  const client = new IAMClient({ ...common, credentials: await assume(sts, account, estate.auditorRoleName) });
  const role = { RoleName: estate.roleName };
  await Promise.all([
    client.send(new GetRoleCommand(role)),
    client.send(new ListAttachedRolePoliciesCommand(role)),
    client.send(new ListRolePoliciesCommand(role)),
  ]);
}

const keys = { accessKeyId: estate.accessKeyId, secretAccessKey: estate.secretAccessKey };
const credentials = await assume(new STSClient({ ...common, credentials: keys }), estate.hub, 'HubAuditor');
const sts = new STSClient({ ...common, credentials });
const limit = pLimit(concurrency);
await Promise.all([
  readHub(new IAMClient({ ...common, credentials })),
  ...estate.targets.map((account) => limit(() => readTarget(sts, account))),
]);
requestHandler.destroy();
