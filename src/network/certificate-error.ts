import type { PeerCertificate } from 'node:tls';
import { cut, singleLine } from '../text/visible.ts';
import { causesOf, textProperty } from './causes.ts';

/** Why OpenSSL, or Node after it, refuses a certificate: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const REFUSALS: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Who a certificate is for and who signed it, as the certificate itself says: not to be trusted, and escaped for one line. */
export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: string;
}

/** A server, or something in between, showed a certificate that is not accepted. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  /** Node's code, such as `SELF_SIGNED_CERT_IN_CHAIN`. */
  readonly code: string;
  /** `sts.us-east-1.amazonaws.com` */
  readonly host: string;
  override readonly cause: unknown;

  constructor(code: string, host: string, shown: ShownCertificate | undefined, cause: unknown) {
    const certificate =
      shown === undefined ? '' : `: the certificate of ${shown.subject}, issued by ${shown.issuer}, valid until ${shown.validTo}`;
    super(`The connection to ${host} failed because its certificate is not trusted (${code})${certificate}`);
    this.code = code;
    this.host = host;
    this.cause = cause;
  }
}

/** The code with which a certificate was refused, of the error or of one of its causes. */
export function certificateRefusal(error: unknown): string | undefined {
  return [...causesOf(error)].map((cause) => textProperty(cause, 'code')).find((code) => REFUSALS.has(code));
}

/** `undefined` for the empty certificate of a connection that has none. */
export function shownCertificate({ subject, issuer, valid_to: validTo }: Partial<PeerCertificate>): ShownCertificate | undefined {
  if (subject === undefined || issuer === undefined) return undefined;
  return { subject: nameIn(subject), issuer: nameIn(issuer), validTo: cut(singleLine(validTo ?? ''), 40) };
}

/** The common name and the organization: `CN=Example Inspection CA, O=Example`. */
function nameIn(name: PeerCertificate['subject']): string {
  const parts = (['CN', 'O'] as const).flatMap((key) => {
    // More than one of a kind are an array.
    const value: unknown = name[key];
    return value === undefined ? [] : [`${key}=${cut(singleLine(String(value)), 100)}`];
  });
  return parts.join(', ') || 'an unnamed subject';
}
