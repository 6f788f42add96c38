import * as https from 'node:https';
import { TLSSocket } from 'node:tls';
import { CertificateError, certificateRefusal, type ShownCertificate, shownCertificate } from './certificate-error.ts';
import type { ProxyAddress } from './proxy-address.ts';

/** Milliseconds. */
const PATIENCE = 5_000;

/** The error itself, or, if a certificate was refused, one that names the certificate. @param proxy by which the address was called */
export async function nameCertificate(error: unknown, url: URL, proxy: ProxyAddress | undefined): Promise<unknown> {
  const code = certificateRefusal(error);
  if (code === undefined || error instanceof CertificateError) return error;
  return new CertificateError(code, url.host, await peerCertificate(url, proxy), error);
}

/**
 * The certificate that is shown at an address. Node closes a connection whose certificate it refuses before anyone can look at it, so this opens another
 * one that accepts all certificates. No request is sent over it: it is closed as soon as the certificate is there.
 */
async function peerCertificate(url: URL, proxy: ProxyAddress | undefined): Promise<ShownCertificate | undefined> {
  const agent = await acceptingAgent(proxy);
  try {
    return await new Promise((resolve) => {
      const { hostname, port } = url;
      const request = https.request({ hostname, port: port || 443, agent, signal: AbortSignal.timeout(PATIENCE) });
      request.once('error', () => resolve(undefined));
      request.once('socket', (socket) => {
        socket.once('secureConnect', () =>
          resolve(socket instanceof TLSSocket ? shownCertificate(socket.getPeerCertificate()) : undefined),
        );
      });
    });
  } finally {
    agent.destroy();
  }
}

async function acceptingAgent(proxy: ProxyAddress | undefined) {
  if (proxy === undefined) return new https.Agent({ rejectUnauthorized: false });
  const { TunnelAgent } = await import('./tunnel-agent.ts');
  return new TunnelAgent(proxy, { secure: true, rejectUnauthorized: false });
}
