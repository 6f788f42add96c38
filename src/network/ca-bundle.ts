import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';

type Environment = Readonly<Record<string, string | undefined>>;

const PEM = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/**
 * Reads the certificate authorities of `AWS_CA_BUNDLE`.
 *
 * @returns a context that accepts them beside those that Node accepts anyway, `undefined` if the variable is not set, or what is wrong
 */
export async function readCaBundle(environment: Environment): Promise<tls.SecureContext | undefined | { readonly problem: string }> {
  const path = environment.AWS_CA_BUNDLE ?? '';
  if (path === '') return undefined;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => ({ code: error.code ?? error.name }));
  if (typeof text !== 'string') return { problem: `AWS_CA_BUNDLE names a file that can't be read (${text.code}): ${path}` };
  const certificates = text.match(PEM) ?? [];
  const broken = certificates.findIndex((pem) => !isCertificate(pem));
  if (certificates.length === 0) return { problem: `AWS_CA_BUNDLE names a file without a certificate in PEM format: ${path}` };
  if (broken >= 0) return { problem: `AWS_CA_BUNDLE names a file whose certificate ${broken + 1} can't be read: ${path}` };
  // Made once, since reading some 150 authorities for each connection takes time.
  return tls.createSecureContext({ ca: [...(await accepted(environment)), ...certificates] });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** What Node accepts without being told. Naming any authority takes the place of these. */
async function accepted({ NODE_EXTRA_CA_CERTS: extra = '' }: Environment): Promise<readonly string[]> {
  // From Node 22.15.
  const current: Partial<typeof tls> = tls;
  if (current.getCACertificates !== undefined) return current.getCACertificates('default');
  // Node has warned already if the file can't be read.
  const added = extra === '' ? '' : await readFile(extra, 'utf8').catch(() => '');
  return [...tls.rootCertificates, ...(added.match(PEM) ?? [])];
}
