import { isExempt } from './no-proxy.ts';
import { type ProxyAddress, parseProxyAddress } from './proxy-address.ts';

/** The proxies that the variables of the job name. */
export interface Proxies {
  readonly http: ProxyAddress | undefined;
  readonly https: ProxyAddress | undefined;
  /** The proxy by which an address is called; `undefined`: it is called directly. */
  readonly proxyFor: (url: URL) => ProxyAddress | undefined;
}

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. Where a variable is there in both cases, the lower case is taken, as the runner does.
 *
 * @returns the proxies, or what is wrong with the variables
 */
export function readProxies(environment: Readonly<Record<string, string | undefined>>): Proxies | { readonly problems: readonly string[] } {
  const nameOf = (name: string) => [name.toLowerCase(), name].find((key) => (environment[key] ?? '').trim() !== '');
  const read = (name: string) => {
    const variable = nameOf(name);
    return variable === undefined ? undefined : parseProxyAddress(variable, environment[variable] ?? '');
  };
  const [http, https] = [read('HTTP_PROXY'), read('HTTPS_PROXY')];
  if (typeof http === 'string' || typeof https === 'string') {
    return { problems: [http, https].filter((problem) => typeof problem === 'string') };
  }
  const noProxy = environment[nameOf('NO_PROXY') ?? ''] ?? '';
  const proxyFor = (url: URL) => {
    const proxy = url.protocol === 'https:' ? https : http;
    return proxy === undefined || isExempt(url, noProxy) ? undefined : proxy;
  };
  return { http, https, proxyFor };
}
