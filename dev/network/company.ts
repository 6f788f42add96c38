import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, createAuthority, type Identity } from './certificates.ts';
import { type ConnectProxy, type ProxyOptions, startConnectProxy } from './connect-proxy.ts';
import { startTlsFront } from './tls-front.ts';

export interface CompanyOptions extends Pick<ProxyOptions, 'credentials' | 'answers'> {
  /** URLs of the embedded servers. */
  readonly aws: string;
  readonly github: string;
  /** The certificate that all servers show. Default: one for all of their names. */
  readonly identity?: (authority: Authority, hosts: readonly string[]) => Promise<Identity>;
}

/** The network of a company: AWS and GitHub under their real names, which only its proxy can reach, with certificates of an authority of its own. */
export interface Company extends AsyncDisposable {
  readonly proxy: ConnectProxy;
  /** File with the certificate of the authority. */
  readonly authorityFile: string;
  /** Where a job finds GitHub. It finds AWS where everybody does. */
  readonly variables: Readonly<Record<string, string>>;
}

const AWS = ['sts.us-east-1.amazonaws.com', 'iam.amazonaws.com'] as const;
const GITHUB = ['api.github.com', 'run.actions.githubusercontent.com'] as const;

export async function openCompany({ aws, github, credentials, answers, identity = forAll }: CompanyOptions): Promise<Company> {
  const authority = await createAuthority('CN=Example Inspection CA, O=Example');
  const hosts = [...AWS, ...GITHUB];
  const upstreams = Object.fromEntries([...AWS.map((host) => [host, aws]), ...GITHUB.map((host) => [host, github])]);
  const front = await startTlsFront(await identity(authority, hosts), upstreams);
  const routes = Object.fromEntries(hosts.map((host) => [`${host}:443`, front.port]));
  const proxy = await startConnectProxy({ routes, ...(credentials && { credentials }), ...(answers && { answers }) });
  const folder = await mkdtemp(join(tmpdir(), 'company-'));
  const authorityFile = join(folder, 'authority.pem');
  await writeFile(authorityFile, authority.pem);
  return {
    proxy,
    authorityFile,
    variables: { AWS_ENDPOINT_URL: '', GITHUB_API_URL: 'https://api.github.com', GITHUB_SERVER_URL: 'https://github.com' },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await front[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

function forAll(authority: Authority, hosts: readonly string[]): Promise<Identity> {
  return authority.issue(hosts);
}
