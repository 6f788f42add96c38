/**
 * Whether `NO_PROXY` exempts an address from the proxy. Its entries are separated by commas or blanks: `*` for everything, `example.com`, `.example.com`
 * or `*.example.com` for a host and those below it, each with or without `:PORT`. This machine itself is always exempt, as in GitHub's own actions:
 * https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/use-proxy-servers
 */
export function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase();
  if (host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)) return true;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => exempts(entry, host, port));
}

function exempts(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = '', onlyPort = port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  const domain = name.replace(/^\*?\./, '');
  return domain !== '' && onlyPort === port && (host === domain || host.endsWith(`.${domain}`));
}
