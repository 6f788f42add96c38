/** The floor: the same calls over bare HTTP, with the same number of targets in flight. Nothing is signed, and of the answers only the keys are read. */
import http from 'node:http';
import pLimit from 'p-limit';
import { element } from './estate.ts';
import { job } from './job.ts';

const { url, estate, concurrency } = job();
const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency * 3 });

interface Keys {
  readonly id: string;
  readonly token: string;
}

function call(service: 'iam' | 'sts', keys: Keys, parameters: Record<string, string>): Promise<string> {
  const body = new URLSearchParams(parameters).toString();
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${keys.id}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    ...(keys.token === '' ? {} : { 'x-amz-security-token': keys.token }),
  };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200 || text.includes('NoSuchEntity')) resolve(text);
        else reject(new Error(`${response.statusCode}: ${text}`));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function assume(keys: Keys, account: string, role: string): Promise<Keys> {
  const RoleArn = `arn:aws:iam::${account}:role/${role}`;
  const answer = await call('sts', keys, { Action: 'AssumeRole', Version: '2011-06-15', RoleArn, RoleSessionName: 'floor' });
  return { id: element(answer, 'AccessKeyId'), token: element(answer, 'SessionToken') };
}

const iam = (keys: Keys, Action: string, parameters: Record<string, string>) =>
  call('iam', keys, { Action, Version: '2010-05-08', ...parameters });

async function readHub(keys: Keys): Promise<void> {
  const ofUser = ['GetUser', 'ListAccessKeys', 'ListGroupsForUser', 'ListUserPolicies', 'ListAttachedUserPolicies', 'GetLoginProfile'];
  const ofGroup = ['GetGroup', 'ListGroupPolicies', 'ListAttachedGroupPolicies'];
  await Promise.all([
    ...ofUser.map((action) => iam(keys, action, { UserName: estate.user })),
    ...estate.groups.flatMap((GroupName) => ofGroup.map((action) => iam(keys, action, { GroupName }))),
  ]);
  await Promise.all(estate.groups.map((GroupName) => iam(keys, 'GetGroupPolicy', { GroupName, PolicyName: 'assume-targets' })));
}

async function readTarget(hub: Keys, account: string): Promise<void> {
  const keys = await assume(hub, account, estate.auditorRoleName);
  const RoleName = estate.roleName;
  await Promise.all(['GetRole', 'ListAttachedRolePolicies', 'ListRolePolicies'].map((action) => iam(keys, action, { RoleName })));
}

const limit = pLimit(concurrency);
const hub = await assume({ id: estate.accessKeyId, token: '' }, estate.hub, 'HubAuditor');
await Promise.all([readHub(hub), ...estate.targets.map((account) => limit(() => readTarget(hub, account)))]);
agent.destroy();
