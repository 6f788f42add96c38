import { textProperty } from './causes.ts';
import type { ProxyAddress } from './proxy-address.ts';

/** The proxy could not be reached, or did not open the connection that it was asked for. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: 'ProxyUnreachable' | 'ProxyRefused';
  /** The variable that names the proxy. */
  readonly variable: string;
  /** The host that the proxy was to connect to. */
  readonly host: string;
  /** The status with which the proxy refused. */
  readonly status: number | undefined;
  /** In the place in which the SDK's errors have it: a failure of the proxy may pass, a refusal does not. */
  readonly $metadata: { readonly httpStatusCode?: number };

  private constructor(
    code: ProxyError['code'],
    message: string,
    { variable }: ProxyAddress,
    host: string,
    status?: number,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.variable = variable;
    this.host = host;
    this.status = status;
    this.$metadata = status !== undefined && status >= 500 ? { httpStatusCode: status } : {};
  }

  static unreachable(proxy: ProxyAddress, host: string, cause: object): ProxyError {
    const why = textProperty(cause, 'message') || textProperty(cause, 'code');
    return new ProxyError(
      'ProxyUnreachable',
      `The proxy ${proxy.url.host} (${proxy.variable}) could not be reached: ${why}`,
      proxy,
      host,
      undefined,
      cause,
    );
  }

  static refused(proxy: ProxyAddress, host: string, status: number): ProxyError {
    const message = `The proxy ${proxy.url.host} (${proxy.variable}) responded with ${status} and did not connect to ${host}`;
    return new ProxyError('ProxyRefused', message, proxy, host, status);
  }
}
