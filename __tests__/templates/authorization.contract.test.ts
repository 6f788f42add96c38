import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seedEmbedded } from '../../dev/aws/seed.ts';
import { startAws } from '../../dev/aws/server.ts';
import { assumedBy, type SignedCall, sessionIn, signedClient } from '../../dev/aws/signed-client.ts';
import { startGitHub } from '../../dev/github/server.ts';
import { audit, tokenFrom, unreadable } from '../docs/audit.ts';
import { ask } from '../embedded-aws/ask.ts';
import { AUDITOR_ROLE, FILE, FIXER_ROLE, HUB, stackEstate, TARGET_FIXER, TARGETS } from './estate.ts';

/**
 * What the stacks' roles may do, where one set of parameters serves accounts with different roles, and where the organization demands paths and boundaries: the
 * embedded AWS evaluates their policies.
 */

const aws = await startAws();
const github = await startGitHub({ owner: 'your-org', name: 'your-repo' });
await seedEmbedded(aws, stackEstate());
afterAll(async () => {
  await Promise.all([aws.close(), github.close()]);
});

const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:root` }, Action: 'sts:AssumeRole' }],
});

test('the auditors read everything, by the file that the outputs print', async () => {
  const report = await audit({ AWS_ENDPOINT_URL: aws.url, ...github.oidcVariables }, FILE, 'off', AUDITOR_ROLE);
  expect(unreadable(report)).toEqual({ accounts: [], calls: [] });
  expect(report.findings.map(({ message }) => message)).toEqual([]);
  expect(report.targets.map(({ connection }) => connection)).toEqual(['works', 'works']);
});

describe.each([...TARGETS])('the fixer in %s', (account, role) => {
  const RoleName = role.slice(role.indexOf('/') + 1);
  const boundary = (owner: string) => `arn:aws:iam::${owner}:policy/micetro-limit`;
  let fixer: SignedCall;
  const made = async (action: string, input: Readonly<Record<string, string>>) => (await fixer('iam', action, input)).code;

  beforeAll(async () => {
    const WebIdentityToken = await tokenFrom(github, 'sts.amazonaws.com');
    const input = { RoleArn: FIXER_ROLE, RoleSessionName: 'repair', WebIdentityToken };
    const hub = signedClient(aws.url, sessionIn((await ask(aws, 'sts', 'AssumeRoleWithWebIdentity', input)).xml));
    const roleArn = `arn:aws:iam::${account}:role/${TARGET_FIXER}`;
    fixer = signedClient(aws.url, await assumedBy(hub, roleArn, { ExternalId: 'drift-audit' }));
  });

  test("repairs a role that has this account's boundary, and keeps it there", async () => {
    expect(await made('PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: POLICY })).toBe('');
    expect(await made('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: boundary(account) })).toBe('');
    expect(await made('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: boundary(HUB) })).toBe('AccessDenied');
    expect(await made('DeleteRolePermissionsBoundary', { RoleName })).toBe('AccessDenied');
  });

  test('creates a role with the boundary alone', async () => {
    const input = { RoleName: 'MicetroNew', Path: '/ddi/', AssumeRolePolicyDocument: TRUST };
    expect(await made('CreateRole', input)).toBe('AccessDenied');
    expect(await made('CreateRole', { ...input, PermissionsBoundary: boundary(account) })).toBe('');
    expect(await made('DeleteRole', { RoleName: 'MicetroNew' })).toBe('');
  });

  test('gives nothing to a role without it', async () => {
    aws.account(account).call('DeleteRolePermissionsBoundary', { RoleName });
    expect(await made('PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: POLICY })).toBe('AccessDenied');
    expect(await made('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: boundary(account) })).toBe('');
    expect(await made('PutRolePolicy', { RoleName, PolicyName: 'own', PolicyDocument: POLICY })).toBe('');
  });

  test.each([
    ['its own trust', 'AssumeRoleFixer'],
    ["the auditor's", 'AssumeRoleAuditor'],
  ])('does not change %s, though a pattern of its role names matches it', async (_what, tool) => {
    expect(await made('UpdateAssumeRolePolicy', { RoleName: tool, PolicyDocument: TRUST })).toBe('AccessDenied');
  });
});
