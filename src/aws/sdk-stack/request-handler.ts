import http from 'node:http';
import https from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Network } from '../../network/network.ts';
import { nameCertificate } from '../../network/peer-certificate.ts';
import type { ProxyAddress } from '../../network/proxy-address.ts';

/** Milliseconds. */
export interface Timeouts {
  /** Until a connection is open. */
  readonly connect: number;
  /** Until a response begins, and between two pieces of it. */
  readonly request: number;
}

export type { NodeHttpHandler };

type Handle = NodeHttpHandler['handle'];
type Options = NonNullable<Exclude<ConstructorParameters<typeof NodeHttpHandler>[0], (...args: never) => unknown>>;

/** One pool of kept-alive connections for all clients, to AWS itself and through the proxies. @param maxSockets open connections to each address */
export function createRequestHandler(maxSockets: number, { connect, request }: Timeouts, network: Network): NodeHttpHandler {
  const pool = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets };
  const silent = () => undefined;
  const common: Options = {
    connectionTimeout: connect,
    requestTimeout: request,
    socketTimeout: request,
    throwOnRequestTimeout: true,
    // All reads of a target wait for a connection together, so a queue is not a sign of a leak, and nobody is to be warned of one. The SDK does not clear
    // the timer of that warning when it can't make a request at all, such as for a line break in a header; a long one would keep the process alive.
    socketAcquisitionWarningTimeout: 0,
    logger: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  };
  const trust = network.awsTrust && { secureContext: network.awsTrust };
  const direct: Options = { ...common, httpAgent: new http.Agent(pool), httpsAgent: new https.Agent({ ...pool, ...trust }) };
  const { http: httpProxy, https: httpsProxy } = network.proxies;
  if (httpProxy === undefined && httpsProxy === undefined) return new RoutingHandler(direct, network, undefined);
  const tunnels = new NodeHttpHandler(async () => {
    // Loaded on demand: most runners are not behind a proxy.
    const { TunnelAgent } = await import('../../network/tunnel-agent.ts');
    const agentFor = (proxy: ProxyAddress, secure: boolean) => new TunnelAgent(proxy, { secure, ...pool, ...trust });
    return {
      ...common,
      ...(httpProxy === undefined ? {} : { httpAgent: agentFor(httpProxy, false) }),
      ...(httpsProxy === undefined ? {} : { httpsAgent: agentFor(httpsProxy, true) }),
    };
  });
  return new RoutingHandler(direct, network, tunnels);
}

/** Sends each request through the proxy for its address, or directly. */
class RoutingHandler extends NodeHttpHandler {
  readonly #network: Network;
  readonly #tunnels: NodeHttpHandler | undefined;

  constructor(direct: Options, network: Network, tunnels: NodeHttpHandler | undefined) {
    super(direct);
    this.#network = network;
    this.#tunnels = tunnels;
  }

  override async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const { protocol, hostname, port } = request;
    const url = () => new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`);
    const proxy = this.#tunnels && this.#network.proxies.proxyFor(url());
    try {
      return await (this.#tunnels === undefined || proxy === undefined
        ? super.handle(request, options)
        : this.#tunnels.handle(request, options));
    } catch (error) {
      throw await nameCertificate(error, url(), proxy);
    }
  }

  override destroy(): void {
    super.destroy();
    this.#tunnels?.destroy();
  }
}
