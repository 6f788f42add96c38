import { causesOf } from './causes.ts';
import { CertificateError } from './certificate-error.ts';
import { ProxyError } from './proxy-error.ts';

/** The hosts that a run may call, for whoever looks after the proxy. */
export const HOSTS =
  'sts.REGION.amazonaws.com, iam.amazonaws.com, cloudtrail.REGION.amazonaws.com, organizations.us-east-1.amazonaws.com, *.actions.githubusercontent.com and api.github.com, or those of your partition and your GitHub';

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
    return `Check the clock of the runner. If it is right, whoever runs ${host}, or the proxy that answers in its name, has to renew the certificate.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    return `Another server answers under the name ${host}: check the DNS of the runner, its proxy, and AWS_ENDPOINT_URL if it is set.`;
  }
  return (
    'If your network inspects TLS, save the certificate of its certificate authority on the runner, as a PEM file, and set NODE_EXTRA_CA_CERTS ' +
    'to the path of the file in the "env:" of the step (AWS_CA_BUNDLE does so for AWS alone). If it does not, find out who answers in the place of ' +
    `${host} before you trust that certificate.`
  );
}

function aboutProxy({ status, variable, host }: ProxyError): string {
  if (status === undefined)
    return `Check the address in ${variable}, and that the runner may connect to it; NO_PROXY lists hosts that are called directly.`;
  if (status === 407) return `Put a user and a password that the proxy accepts into ${variable}: http://USER:PASSWORD@HOST:PORT.`;
  if (status >= 500) return `The proxy allows ${host} and did not get through to it: ask whoever runs the proxy, or run the job again.`;
  return `Ask whoever runs the proxy to allow ${host} for this runner. A run calls ${HOSTS}. Or list ${host} in NO_PROXY if the runner can call it directly.`;
}
