import { setMaxListeners } from 'node:events';
import type { AgentOptions } from 'node:http';
import type { SecureContext } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { CertificateError, certificateRefusal } from './certificate-error.ts';
import type { ProxyAddress } from './proxy-address.ts';
import { ProxyError } from './proxy-error.ts';

export interface TunnelOptions extends Pick<AgentOptions, 'keepAlive' | 'maxSockets' | 'maxFreeSockets'> {
  /** Whether the servers behind the proxy speak TLS. */
  readonly secure: boolean;
  /** Which certificates are accepted of the servers behind the proxy. */
  readonly secureContext?: SecureContext | undefined;
  readonly rejectUnauthorized?: boolean;
}

type Connect = HttpsProxyAgent<string>['connect'];

/** A pool of connections through a proxy: each is opened with one CONNECT, and kept for the calls that follow. */
export class TunnelAgent extends HttpsProxyAgent<string> {
  readonly #proxy: ProxyAddress;
  readonly #secure: boolean;
  readonly #tls: Pick<TunnelOptions, 'secureContext' | 'rejectUnauthorized'>;
  readonly #closing: AbortController;

  constructor(proxy: ProxyAddress, { secure, secureContext, rejectUnauthorized, ...pool }: TunnelOptions) {
    const { authorization } = proxy;
    const closing = new AbortController();
    super(proxy.url.href, {
      ...pool,
      ...(authorization === undefined ? {} : { headers: { 'Proxy-Authorization': authorization } }),
      // Of the socket to the proxy. Until the proxy answers, no pool knows of that socket.
      signal: closing.signal,
    });
    // Each socket that is being opened listens to it.
    setMaxListeners(0, closing.signal);
    this.#proxy = proxy;
    this.#secure = secure;
    this.#tls = { ...(secureContext && { secureContext }), ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }) };
    this.#closing = closing;
  }

  override async connect(...[request, options]: Parameters<Connect>): ReturnType<Connect> {
    const host = options.host ?? '';
    // The library passes the proxy's refusal on as if the server had answered.
    request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200) request.destroy(ProxyError.refused(this.#proxy, host, statusCode));
    });
    try {
      return await super.connect(request, { ...options, ...this.#tls });
    } catch (error) {
      // Of an https:// proxy, whose own certificate may be refused.
      const code = certificateRefusal(error);
      throw code === undefined
        ? ProxyError.unreachable(this.#proxy, host, Object(error))
        : new CertificateError(code, this.#proxy.url.host, undefined, error);
    }
  }

  /**
   * The library looks for the module "https" in the call stack, which is not there when a connection becomes free: it would be put away under another name,
   * and never be used again.
   */
  override isSecureEndpoint(): boolean {
    return this.#secure;
  }

  override destroy(): void {
    super.destroy();
    this.#closing.abort();
  }
}
