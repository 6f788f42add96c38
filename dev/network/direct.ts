import { openFetch } from '../../src/network/fetch.ts';
import type { Network } from '../../src/network/network.ts';

const proxies = { http: undefined, https: undefined, proxyFor: () => undefined };

/** Without proxies and authorities of its own. */
export const DIRECT: Network = { proxies, ...openFetch(proxies), awsTrust: undefined };
