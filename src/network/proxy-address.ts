/** A proxy that a variable names. Its credentials are apart from its address, so that no message can show them by mistake. */
export interface ProxyAddress {
  /** The variable, as the job spells it: `HTTPS_PROXY` or `https_proxy`. */
  readonly variable: string;
  /** Without user and password. */
  readonly url: URL;
  /** Value of the header `Proxy-Authorization`. */
  readonly authorization: string | undefined;
  /** The password in each form in which it could be printed. */
  readonly secrets: readonly string[];
}

/**
 * Reads the address of a proxy: `http://HOST:PORT`, `https://HOST:PORT` or `HOST:PORT`, each with or without `USER:PASSWORD@`.
 *
 * @returns the address, or what is wrong with it; the value itself is not repeated, since it may hold a password
 */
export function parseProxyAddress(variable: string, value: string): ProxyAddress | string {
  const text = value.trim();
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return `${variable} names a ${scheme}:// proxy, which is not supported. Use the address of an HTTP proxy: http://HOST:PORT or https://HOST:PORT.`;
  }
  // A word alone is more likely a mistake than a host.
  const whole = scheme === undefined && /:\d+\/?$/.test(text) ? `http://${text}` : text;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  const credentials = url === undefined ? undefined : decoded(url);
  if (url === undefined || credentials === undefined || url.hostname === '' || url.pathname + url.search + url.hash !== '/') {
    return `${variable} is not a valid proxy address. Expected http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with special characters in the user and password percent-encoded.`;
  }
  const { user, password } = credentials;
  const token = Buffer.from(`${user}:${password}`).toString('base64');
  const secrets = password === '' ? [] : [...new Set([password, url.password, token])];
  const authorization = user === '' && password === '' ? undefined : `Basic ${token}`;
  url.username = '';
  url.password = '';
  return { variable, url, authorization, secrets };
}

function decoded(url: URL): { readonly user: string; readonly password: string } | undefined {
  try {
    return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  } catch {
    return undefined;
  }
}
