import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { adminClient } from '../../dev/aws/seed.ts';
import { serverError } from '../../dev/github/faults.ts';
import { OIDC_PATH } from '../../dev/github/server.ts';
import type { Step } from '../../dev/runner/run-action.ts';
import { openScene, type Scene, type SceneOptions } from '../../dev/runner/scene.ts';
import { reportSchema } from '../../src/report/model/schema.ts';

/** Every way in which a job can come by credentials, from the shipped bundle. */

const NO_KEYS = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

interface Way {
  readonly name: string;
  readonly scene?: SceneOptions;
  readonly step: (scene: Scene) => Promise<Partial<Step>> | Partial<Step>;
  /** Calls to STS, in order but for the targets'. */
  readonly sts: readonly string[];
}

/** Who assumes the role is asked as well: a repair must not cut its way. */
const BY_KEYS = ['AssumeRole', 'GetCallerIdentity', 'AssumeRole', 'AssumeRole'];

const WORKS: readonly Way[] = [
  { name: 'keys in the environment, and a role in the hub', step: () => ({}), sts: BY_KEYS },
  {
    name: 'GitHub’s OIDC token, and a role in the hub',
    scene: { guide: { repository: 'acme/access' } },
    step: ({ github }) => ({ env: { ...NO_KEYS, ...github.oidcVariables } }),
    sts: ['AssumeRoleWithWebIdentity', 'AssumeRole', 'AssumeRole'],
  },
  {
    name: 'keys go before the OIDC token',
    scene: { guide: { repository: 'acme/access' } },
    step: ({ github }) => ({ env: { ...github.oidcVariables } }),
    sts: BY_KEYS,
  },
  {
    name: 'a profile, and a role in the hub',
    step: async (scene) => {
      await writeFile(join(scene.workspace, 'credentials'), `[ci]\n${await newKey(scene, scene.guide.workflowUser)}`);
      const files = { AWS_SHARED_CREDENTIALS_FILE: join(scene.workspace, 'credentials'), AWS_CONFIG_FILE: join(scene.workspace, 'none') };
      return { env: { ...NO_KEYS, AWS_PROFILE: 'ci', ...files } };
    },
    sts: BY_KEYS,
  },
  {
    name: 'the auditor role’s own session, as another action leaves it in the environment',
    step: async (scene) => ({ inputs: { 'auditor-role': '' }, env: await sessionOf(scene) }),
    sts: ['GetCallerIdentity', 'AssumeRole', 'AssumeRole'],
  },
  {
    name: 'targets that ask for an external id',
    scene: { guide: { externalId: 'drift-7f3a' } },
    step: () => ({}),
    sts: BY_KEYS,
  },
];

describe('works with', () => {
  test.each(WORKS.map((way) => [way.name, way] as const))('%s', async (_name, { scene: options, step, sts }) => {
    await using scene = await openScene(options);
    const prepared = await step(scene);
    scene.aws.calls.length = 0;
    const result = await scene.run({ ...prepared, inputs: { issue: 'never', ...prepared.inputs } });
    expect([result.exitCode, result.stdout]).toEqual([0, expect.stringContaining('3 of 3 accounts read')]);
    const calls = scene.aws.calls.filter(({ service }) => service === 'sts');
    expect(calls.map(({ action }) => action)).toEqual(sts);
    for (const { params } of calls.filter(({ action }) => action.startsWith('AssumeRole')))
      expect(params.RoleSessionName).toBe('drift-1001-1');
    // Beside STS: twelve calls for the hub and three for a target, and one for each inline policy.
    expect(scene.aws.calls.length - calls.length).toBe(12 + 2 + 2 * 3);
  });
});

async function newKey({ endpoint, guide }: Scene, user: string): Promise<string> {
  const answer = await adminClient(endpoint, guide.hub)('CreateAccessKey', { UserName: user });
  const [, id = ''] = /<AccessKeyId>([^<]+)/.exec(answer) ?? [];
  const [, secret = ''] = /<SecretAccessKey>([^<]+)/.exec(answer) ?? [];
  return `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
}

async function sessionOf(scene: Scene): Promise<Record<string, string>> {
  const [, id = ''] = /id = (\w+)/.exec(await newKey(scene, scene.guide.workflowUser)) ?? [];
  const response = await fetch(`${scene.endpoint}/`, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${id}/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=none`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ Action: 'AssumeRole', Version: '2011-06-15', RoleArn: scene.guide.auditorRole, RoleSessionName: 'before' }),
  });
  const answer = await response.text();
  const part = (tag: string) => new RegExp(`<${tag}>([^<]+)`).exec(answer)?.[1] ?? '';
  return {
    AWS_ACCESS_KEY_ID: part('AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: part('SecretAccessKey'),
    AWS_SESSION_TOKEN: part('SessionToken'),
  };
}

describe('reads nothing, and says what to do, with', () => {
  test.each([
    ['no credentials', { env: NO_KEYS }, /id-token: write/, []],
    [
      'a role of another account',
      { inputs: { 'auditor-role': 'arn:aws:iam::999999999999:role/Auditor' } },
      /999999999999.*111111111111/,
      [],
    ],
    ['a role of another partition', { inputs: { 'auditor-role': 'arn:aws-cn:iam::111111111111:role/Auditor' } }, /aws-cn/, []],
    ['a region of another partition', { inputs: { 'aws-region': 'us-gov-west-1' } }, /us-gov-west-1.*aws-us-gov.*partition aws\./, []],
    ['a key that is unknown', { env: { AWS_ACCESS_KEY_ID: 'AKIAXXXXXXXXXXXXXXXX' } }, /InvalidClientTokenId/, ['AssumeRole']],
    ['a role that is not there', { inputs: { 'auditor-role': 'arn:aws:iam::111111111111:role/Nobody' } }, /AccessDenied/, ['AssumeRole']],
  ] as const)('%s', async (_name, step, says, called) => {
    await using scene = await openScene();
    const result = await scene.run({ ...step, inputs: { issue: 'never', ...('inputs' in step ? step.inputs : {}) } });
    expect(result.exitCode).toBe(1);
    expect(result.annotations.map(({ message }) => message).join('\n')).toMatch(says);
    expect(scene.aws.calls.map(({ action }) => action)).toEqual(called);
    expect(reportSchema.parse(await scene.report()).summary).toMatchObject({ expected: 3, observed: 0, clean: 0, unreadable: 3 });
  });
});

describe('refuses before it asks anybody', () => {
  test.each([
    ['a session token with its end of line', { AWS_SESSION_TOKEN: 'FwoGZXIvYXdzE\n' }, /^AWS_SESSION_TOKEN .* ends with a line break/],
    ['half a pair of keys', { AWS_SECRET_ACCESS_KEY: '' }, /^AWS_ACCESS_KEY_ID is set in the environment, but not AWS_SECRET_ACCESS_KEY/],
  ])('%s, though the job has an OIDC token', async (_name, env, says) => {
    await using scene = await openScene({ guide: { repository: 'acme/access' } });
    const asked: string[] = [];
    const seen = { when: ({ path }: { path: string }) => asked.push(path) === 0, times: 1, answer: 'drop' } as const;
    scene.github.faults.push(seen);
    const result = await scene.run({ env: { ...scene.github.oidcVariables, ...env } });
    expect([result.exitCode, result.took < 10_000]).toEqual([1, true]);
    const [first, last] = result.annotations.map(({ message }) => message);
    expect([first, last]).toEqual([expect.stringMatching(says), 'An environment variable is invalid. Nothing was done.']);
    expect(result.stdout + result.stderr).not.toContain('FwoGZXIvYXdzE');
    expect([scene.aws.calls, asked.filter((path) => path === OIDC_PATH)]).toEqual([[], []]);
  });
});

describe('with GitHub’s OIDC token', () => {
  test('a token service that fails twice, and an STS that lacks GitHub’s keys once, cost a few seconds', async () => {
    await using scene = await openScene({ guide: { repository: 'acme/access' } });
    const when = ({ path }: { path: string }) => path === OIDC_PATH;
    scene.github.faults.push({ when, times: 1, answer: serverError }, { when, times: 1, answer: 'drop' });
    const message = "Couldn't retrieve verification key from your identity provider";
    const effect = { code: 'InvalidIdentityToken', status: 400, message };
    scene.aws.faults.add({ action: 'AssumeRoleWithWebIdentity', times: 1, effect });
    const result = await scene.run({ inputs: { issue: 'never' }, env: { ...NO_KEYS, ...scene.github.oidcVariables } });
    expect([result.exitCode, scene.github.faults]).toEqual([0, []]);
    expect(result.stdout).toContain('3 of 3 accounts read');
    expect(result.stdout).toMatch(/^::add-mask::eyJ/m);
  });

  test('a role that does not trust the job: the token’s claims are shown, and the token is not', async () => {
    await using scene = await openScene({ guide: { repository: 'acme/other' } });
    const result = await scene.run({ inputs: { issue: 'never' }, env: { ...NO_KEYS, ...scene.github.oidcVariables } });
    expect(result.exitCode).toBe(1);
    expect(result.summary).toContain('repo:acme/access:ref:refs/heads/main');
    expect(result.stdout.replace(/^::add-mask::.*$/gm, '') + result.summary).not.toMatch(/eyJ[\w-]{20}/);
  });

  test('a profile that is not there switches the token off, and the advice says so', async () => {
    await using scene = await openScene({ guide: { repository: 'acme/access' } });
    const env = { ...NO_KEYS, ...scene.github.oidcVariables, AWS_PROFILE: 'ci' };
    const result = await scene.run({ inputs: { issue: 'never' }, env });
    expect(result.exitCode).toBe(1);
    expect(result.summary).toMatch(/AWS\\?_PROFILE is set, so the OIDC token of the job was not used/);
    expect(result.summary).not.toContain('id-token: write');
  });
});
