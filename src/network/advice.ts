import { causesOf } from './causes.ts';
import { CertificateError } from './certificate-error.ts';
import { ProxyError } from './proxy-error.ts';

/** The hosts that a run may call, for whoever looks after the proxy. */
export const HOSTS =
  'sts.REGION.amazonaws.com, iam.amazonaws.com, cloudtrail.REGION.amazonaws.com, organizations.us-east-1.amazonaws.com, *.actions.githubusercontent.com and api.github.com, or their equivalents in your partition and on your GitHub server';

/** What happened on the way to a server, and what to do about it. */
export interface NetworkProblem {
  readonly message: string;
  readonly advice: string;
  /** Whether the same call may succeed a moment later. */
  readonly isPassing: boolean;
}

/** Of a certificate that is not accepted, or a proxy in the way; `undefined` for all other errors. Looks at the causes of the error as well. */
export function networkProblem(error: unknown): NetworkProblem | undefined {
  for (const current of causesOf(error)) {
    if (current instanceof CertificateError) return { message: current.message, advice: aboutCertificate(current), isPassing: false };
    if (current instanceof ProxyError)
      return { message: current.message, advice: aboutProxy(current), isPassing: current.status === undefined || current.status >= 500 };
  }
  return undefined;
}

function aboutCertificate({ code, host }: CertificateError): string {
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return `Check the clock of the runner. If it is correct, the operator of ${host}, or of the proxy that responds in its name, must renew the certificate.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    return `Another server responds under the name ${host}. Check the DNS and the proxy of the runner, and AWS_ENDPOINT_URL if it is set.`;
  }
  return (
    'If your network inspects TLS, save the certificate of its certificate authority on the runner as a PEM file, and set NODE_EXTRA_CA_CERTS ' +
    'to the path of the file in the "env:" of the step (for AWS only, AWS_CA_BUNDLE). If your network does not inspect TLS, find out who responds instead of ' +
    `${host} before you trust that certificate.`
  );
}

function aboutProxy({ status, variable, host }: ProxyError): string {
  if (status === undefined)
    return `Check the address in ${variable}, and that the runner can connect to it. For hosts that need no proxy, use NO_PROXY.`;
  if (status === 407) return `Set a user and a password that the proxy accepts in ${variable}: http://USER:PASSWORD@HOST:PORT.`;
  if (status >= 500) return `The proxy allows ${host} but could not connect to it. Run the job again, or ask the operator of the proxy.`;
  return `Ask the operator of the proxy to allow ${host} for this runner. A run calls ${HOSTS}. If the runner can call ${host} directly, list it in NO_PROXY.`;
}
