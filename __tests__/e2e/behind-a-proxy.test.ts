import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { idToken } from '../../dev/github/oidc.ts';
import { type Company, openCompany } from '../../dev/network/company.ts';
import type { StepResult } from '../../dev/runner/run-action.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';

/** The shipped bundle on a runner that reaches AWS and GitHub by a proxy alone, which asks for a password and inspects TLS. */

const PASSWORD = 's3cr%t';
let scene: Scene;
let company: Company;

beforeAll(async () => {
  scene = await openScene({ guide: { repository: 'acme/access' } });
  company = await openCompany({ aws: scene.aws.url, github: scene.github.url, credentials: `runner:${PASSWORD}` });
});
afterAll(async () => {
  await company[Symbol.asyncDispose]();
  await scene[Symbol.asyncDispose]();
});

/** A night with the OIDC token, and the hosts to which the proxy connected. */
async function night(variables: Readonly<Record<string, string>>): Promise<StepResult & { readonly hosts: readonly string[] }> {
  const env = {
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
    ...company.variables,
    ...scene.github.oidcVariables,
    ACTIONS_ID_TOKEN_REQUEST_URL: scene.github.oidcVariables.ACTIONS_ID_TOKEN_REQUEST_URL.replace(
      scene.github.url,
      'https://run.actions.githubusercontent.com',
    ),
    HTTPS_PROXY: `http://runner:${encodeURIComponent(PASSWORD)}@${company.proxy.host}`,
    ...variables,
  };
  const result = await scene.run({ env });
  const hosts = [...new Set(company.proxy.connects.splice(0))].map((host) => host.replace(/:443$/, ''));
  return { ...result, hosts: hosts.toSorted((a, b) => a.localeCompare(b)) };
}

const GITHUB = 'api.github.com';
const OIDC = 'run.actions.githubusercontent.com';
const AWS = ['iam.amazonaws.com', 'sts.us-east-1.amazonaws.com'];

/** What is printed, but for the lines that tell the runner what to hide. */
function shown({ stdout, stderr, summary }: StepResult): string {
  return [stdout.replace(/^::add-mask::.*$/gm, ''), stderr, summary].join('\n');
}

describe('a whole night', () => {
  test('goes through the proxy: the OIDC token, AWS and GitHub', async () => {
    const { github } = scene;
    const result = await night({ NODE_EXTRA_CA_CERTS: company.authorityFile });
    expect(result.stdout).toContain('3 of 3 accounts read: 3 clean');
    expect(result.exitCode).toBe(0);
    expect(result.hosts).toEqual([GITHUB, ...AWS, OIDC].toSorted((a, b) => a.localeCompare(b)));
    expect(github.calls.length).toBeGreaterThan(0);
    expect(result.stdout).toContain('::add-mask::s3cr%25t');
    expect(`${shown(result)}${JSON.stringify(await scene.report())}`).not.toContain('s3cr');
  });

  test("the SDK's own clients for credentials go through it too, with the authorities of AWS_CA_BUNDLE", async () => {
    const file = join(scene.workspace, 'token');
    const job = {
      requestToken: '',
      issuer: 'https://token.actions.githubusercontent.com',
      owner: 'acme',
      name: 'access',
      ref: 'refs/heads/main',
    };
    await writeFile(file, idToken({ ...job, ids: undefined, environment: undefined }, 'sts.amazonaws.com'));
    const result = await night({
      https_proxy: `runner:${encodeURIComponent(PASSWORD)}@${company.proxy.host}`,
      HTTPS_PROXY: 'http://127.0.0.1:1',
      no_proxy: 'api.github.com',
      // GitHub is not asked: its name is on this machine.
      GITHUB_API_URL: scene.github.url,
      AWS_CA_BUNDLE: company.authorityFile,
      AWS_WEB_IDENTITY_TOKEN_FILE: file,
      AWS_ROLE_ARN: scene.guide.auditorRole,
      'INPUT_AUDITOR-ROLE': '',
    });
    expect(result.stdout).toContain('3 of 3 accounts read: 3 clean');
    expect(result.hosts).toEqual(AWS);
  });
});

describe('says what is in the way', () => {
  test('a certificate of the proxy', async () => {
    const result = await night({});
    const said =
      /The connection to \S+ failed because its certificate is not trusted \(SELF_SIGNED_CERT_IN_CHAIN\): .* issued by CN=Example Inspection CA, O=Example, .*NODE_EXTRA_CA_CERTS/;
    expect(
      result.annotations.filter(({ message }) => said.test(message)).map(({ message }) => /connection to (\S+)/.exec(message)?.[1]),
    ).toEqual([OIDC, GITHUB]);
    expect(result.exitCode).toBe(1);
    expect(result.took).toBeLessThan(8_000);
  });

  test('a wrong address, before anything is called', async () => {
    const result = await night({ HTTPS_PROXY: 'socks5://runner:s3cret@127.0.0.1:1080', AWS_CA_BUNDLE: '/nowhere/authority.pem' });
    expect(result.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^HTTPS_PROXY names a socks5:\/\/ proxy/),
      expect.stringMatching(/^AWS_CA_BUNDLE names a file that can't be read \(ENOENT\): \/nowhere\/authority\.pem/),
      '2 environment variables are invalid. Nothing was done.',
    ]);
    expect(shown(result)).not.toContain('s3cret');
    expect(result.hosts).toEqual([]);
  });
});
