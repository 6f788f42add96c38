/** The floor: the same calls over bare HTTP, with the same number of targets in flight. Signs nothing, and reads only the keys from the answers. */
import http from 'node:http';
import pLimit from 'p-limit';
import { job } from './job.ts';

const { url, user, groups, roleName, targets, auditorRole, accessKeyId, concurrency } = job();
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

function element(xml: string, name: string): string {
  return xml.split(`<${name}>`)[1]?.split('<')[0] ?? '';
}

async function assume(keys: Keys, RoleArn: string): Promise<Keys> {
  const answer = await call('sts', keys, { Action: 'AssumeRole', Version: '2011-06-15', RoleArn, RoleSessionName: 'floor' });
  return { id: element(answer, 'AccessKeyId'), token: element(answer, 'SessionToken') };
}

const iam = (keys: Keys, Action: string, parameters: Record<string, string>) =>
  call('iam', keys, { Action, Version: '2010-05-08', ...parameters });

async function readHub(keys: Keys): Promise<void> {
  const ofUser = ['GetUser', 'ListAccessKeys', 'ListGroupsForUser', 'ListUserPolicies', 'ListAttachedUserPolicies', 'GetLoginProfile'];
  await Promise.all([...ofUser.map((action) => iam(keys, action, { UserName: user })), ...groups.map((group) => readGroup(keys, group))]);
}

async function readGroup(keys: Keys, GroupName: string): Promise<void> {
  const [policies] = await Promise.all(
    ['ListGroupPolicies', 'GetGroup', 'ListAttachedGroupPolicies'].map((action) => iam(keys, action, { GroupName })),
  );
  const names = [...(policies ?? '').matchAll(/<member>([^<]*)</g)].map(([, name = '']) => name);
  await Promise.all(names.map((PolicyName) => iam(keys, 'GetGroupPolicy', { GroupName, PolicyName })));
}

async function readTarget(auditor: Keys, account: string): Promise<void> {
  const keys = await assume(auditor, `arn:aws:iam::${account}:role/AssumeRoleAuditor`);
  const reads = ['GetRole', 'ListAttachedRolePolicies', 'ListRolePolicies'];
  await Promise.all(reads.map((action) => iam(keys, action, { RoleName: roleName })));
}

const limit = pLimit(concurrency);
const auditor = await assume({ id: accessKeyId, token: '' }, auditorRole);
await Promise.all([readHub(auditor), ...targets.map((account) => limit(() => readTarget(auditor, account)))]);
agent.destroy();
