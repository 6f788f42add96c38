import type { SecureContext } from 'node:tls';
import { readCaBundle } from './ca-bundle.ts';
import { type FetchPool, openFetch } from './fetch.ts';
import { type Proxies, readProxies } from './proxies.ts';

/** How the run gets to the servers that it calls. */
export interface Network extends FetchPool {
  readonly proxies: Proxies;
  /** Which certificates are accepted of AWS; `undefined`: those that Node accepts. */
  readonly awsTrust: SecureContext | undefined;
}

/**
 * Reads the variables of the job that have to do with the network: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` and `AWS_CA_BUNDLE`. Node itself reads
 * `NODE_EXTRA_CA_CERTS`.
 *
 * @returns the network, or what is wrong with the variables, in sentences for people
 */
export async function readNetwork(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Network | { readonly problems: readonly string[] }> {
  const proxies = readProxies(environment);
  const trust = await readCaBundle(environment);
  const problems = [
    ...('problems' in proxies ? proxies.problems : []),
    ...(trust !== undefined && 'problem' in trust ? [trust.problem] : []),
  ];
  if ('problems' in proxies || (trust !== undefined && 'problem' in trust)) return { problems };
  return { proxies, ...openFetch(proxies), awsTrust: trust };
}

/** The passwords of the proxies. */
export function secretsOf({ proxies: { http, https } }: Network): readonly string[] {
  return [http, https].flatMap((proxy) => proxy?.secrets ?? []);
}
