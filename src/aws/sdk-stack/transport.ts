import http from 'node:http';
import https from 'node:https';
import type { HttpHandler, HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { Network } from '../../network/network.ts';
import { nameCertificate } from '../../network/peer-certificate.ts';
import type { ProxyAddress } from '../../network/proxy-address.ts';
import type { TunnelOptions } from '../../network/tunnel-agent.ts';
import { Abortable } from './abortable.ts';
import { exchange, type Timeouts } from './exchange.ts';

type PoolOptions = Pick<TunnelOptions, 'keepAlive' | 'maxSockets' | 'maxFreeSockets' | 'secureContext'>;
type Agents = Readonly<Record<'http:' | 'https:', http.Agent | undefined>>;

/**
 * Sends requests and reads their responses to the end: through the proxy for their address or directly, on one pool of kept-alive connections for all clients.
 * The SDK's own clients, which fetch credentials, take it for their `requestHandler`.
 */
export class AwsTransport implements HttpHandler {
  readonly #timeouts: Timeouts;
  readonly #network: Network;
  readonly #signal: () => AbortSignal;
  readonly #pool: PoolOptions;
  readonly #direct: Agents;
  readonly #abortable = new Abortable();
  #tunnels: Promise<Agents> | undefined;

  /**
   * @param maxSockets open connections to each address
   * @param signal asked at each request, which ends when it is aborted
   */
  constructor(maxSockets: number, timeouts: Timeouts, network: Network, signal: () => AbortSignal) {
    const trust = network.awsTrust && { secureContext: network.awsTrust };
    this.#timeouts = timeouts;
    this.#network = network;
    this.#signal = signal;
    this.#pool = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets, ...trust };
    this.#direct = { 'http:': new http.Agent(this.#pool), 'https:': new https.Agent(this.#pool) };
  }

  /** @throws {Error} with Node's code of a failed connection, which is `ETIMEDOUT` after the timeouts; the signal's reason */
  async handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    const { http: httpProxy, https: httpsProxy } = this.#network.proxies;
    const proxy = httpProxy === undefined && httpsProxy === undefined ? undefined : this.#network.proxies.proxyFor(addressOf(request));
    try {
      const agents = proxy === undefined ? this.#direct : await this.#openTunnels();
      const agent = agents[request.protocol === 'https:' ? 'https:' : 'http:'];
      return { response: await exchange(request, agent, this.#timeouts, this.#abortable.under(this.#signal())) };
    } catch (error) {
      throw await nameCertificate(error, addressOf(request), proxy);
    }
  }

  /** Of no use here: the options are those of the constructor. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): object {
    return {};
  }

  destroy(): void {
    for (const agent of Object.values(this.#direct)) agent?.destroy();
    void this.#tunnels?.then((agents) => Object.values(agents).map((agent) => agent?.destroy()));
  }

  #openTunnels(): Promise<Agents> {
    this.#tunnels ??= this.#loadTunnels();
    return this.#tunnels;
  }

  async #loadTunnels(): Promise<Agents> {
    // Loaded on demand: most runners are not behind a proxy.
    const { TunnelAgent } = await import('../../network/tunnel-agent.ts');
    const through = (proxy: ProxyAddress | undefined, secure: boolean) => proxy && new TunnelAgent(proxy, { secure, ...this.#pool });
    const { http: httpProxy, https: httpsProxy } = this.#network.proxies;
    return { 'http:': through(httpProxy, false), 'https:': through(httpsProxy, true) };
  }
}

function addressOf({ protocol, hostname, port }: HttpRequest): URL {
  return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`);
}
