import { Agent, type Dispatcher, fetch, Pool, ProxyAgent, type RequestInit, type Response } from 'undici';
import { causesOf, textProperty } from './causes.ts';
import { nameCertificate } from './peer-certificate.ts';
import type { Proxies } from './proxies.ts';
import type { ProxyAddress } from './proxy-address.ts';
import { ProxyError } from './proxy-error.ts';

/** `fetch`, but for the proxies: Node's own knows of none before version 24. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export interface FetchPool {
  readonly fetch: Fetch;
  /** Ends all connections, also those on which something hangs: it would keep the process alive. */
  readonly close: () => Promise<void>;
}

/** Milliseconds for which a proxy may take to answer. */
const PATIENCE = 5_000;

/**
 * A `fetch` that calls each address through its proxy, and keeps the connections.
 *
 * @throws {ProxyError | CertificateError} also as the cause of another error
 */
export function openFetch({ proxyFor }: Proxies): FetchPool {
  const dispatchers = new Map<ProxyAddress | undefined, Dispatcher>();
  const dispatcherOf = (proxy: ProxyAddress | undefined) => {
    const dispatcher = dispatchers.get(proxy) ?? (proxy === undefined ? new Agent() : proxyAgent(proxy));
    dispatchers.set(proxy, dispatcher);
    return dispatcher;
  };
  const call: Fetch = async (text, init) => {
    const url = new URL(text);
    const proxy = proxyFor(url);
    try {
      return await fetch(url, { ...init, dispatcher: dispatcherOf(proxy) });
    } catch (error) {
      throw await nameCertificate(proxy === undefined ? error : nameProxy(error, url, proxy), url, proxy);
    }
  };
  return {
    fetch: call,
    close: async () => {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
      dispatchers.clear();
    },
  };
}

function proxyAgent({ url, authorization }: ProxyAddress): ProxyAgent {
  return new ProxyAgent({
    uri: url.href,
    ...(authorization === undefined ? {} : { token: authorization }),
    // A request that is given up while the proxy opens the connection would otherwise keep the process for minutes.
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: PATIENCE }),
  });
}

/** With a proxy, connections are made to the proxy alone: whatever fails to connect or to be found is the proxy. */
function nameProxy(error: unknown, { host }: URL, proxy: ProxyAddress): unknown {
  for (const cause of causesOf(error)) {
    const status = /^Proxy response \((\d+)\)/.exec(textProperty(cause, 'message'))?.[1];
    if (status !== undefined) return ProxyError.refused(proxy, host, Number(status));
    if (UNCONNECTED.has(textProperty(cause, 'code'))) return ProxyError.unreachable(proxy, host, cause);
  }
  return error;
}

const UNCONNECTED: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);
