import 'reflect-metadata';

import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** Certificate and private key in PEM format. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority that no machine knows of. */
export interface Authority {
  /** Its own certificate, for `NODE_EXTRA_CA_CERTS` and `AWS_CA_BUNDLE`. */
  readonly pem: string;
  /** A server's certificate. @param days until it expires; negative: since it expired. Default 1 */
  issue(hosts: readonly string[], options?: { readonly days?: number; readonly subject?: string }): Promise<Identity>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 3600_000;

/** @param name distinguished name, as in `CN=Example Inspection CA, O=Example` */
export async function createAuthority(name: string): Promise<Authority> {
  cryptoProvider.set(webcrypto);
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity(30),
    extensions: [new BasicConstraintsExtension(true, undefined, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)],
  });
  return {
    pem: certificate.toString('pem'),
    async issue(hosts, { days = 1, subject = `CN=${hosts[0] ?? ''}` } = {}) {
      const server = await newKeys();
      const issued = await X509CertificateGenerator.create({
        subject,
        issuer: certificate.subject,
        publicKey: server.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        ...validity(days),
        extensions: [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns', value })))],
      });
      return { cert: chain(issued, certificate), key: await privateKey(server) };
    },
  };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - 60 * DAY), notAfter: new Date(Date.now() + days * DAY) };
}

function chain(...certificates: readonly X509Certificate[]): string {
  return certificates.map((certificate) => certificate.toString('pem')).join('\n');
}

async function privateKey({ privateKey: key }: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
}
