import { HOSTS, networkProblem } from '../network/advice.ts';
import { errorCode, errorMessage, isRefusal, networkCode } from './errors.ts';
import { isThrottling } from './retry.ts';

/** A call, by whom it was made, and on what. */
export interface CallSite {
  /** `iam:GetRole`. */
  readonly call: string;
  /** ARN of the resource of the call. */
  readonly resource: string;
  /** ARN of the role that called, or words in its place. */
  readonly principal: string;
}

/** What to do about a failed read: the missing permission and where to add it, or where to look. One line, for people. */
export function adviseRead(error: unknown, site: CallSite): string {
  if (isRefusal(errorCode(error))) return refusal(error, site);
  if (errorCode(error) === 'NoSuchEntity') {
    return 'AWS listed the resource but did not return it. It was created or deleted a moment ago. Run the job again.';
  }
  return (
    adviseGeneral(error) ?? `Run the job again. If the error remains, look up ${errorCode(error)} of ${site.call} in the AWS documentation.`
  );
}

/** What to do when a target's role can't be assumed. Both accounts have to allow it, and AWS does not say which one refused. */
export function adviseAssume(
  error: unknown,
  site: CallSite & { readonly externalId: string | undefined; readonly of?: 'auditor' | 'fixer' },
): string {
  if (errorCode(error) === 'RegionDisabledException') return regionDisabled;
  if (!isRefusal(errorCode(error)))
    return adviseGeneral(error) ?? `Check that the role ${site.resource} exists, and that its name and its external id are well-formed.`;
  const externalId =
    site.externalId === undefined
      ? 'does not require sts:ExternalId'
      : `requires the sts:ExternalId that ${site.of ?? 'auditor'}.externalId states in the file, or none`;
  return (
    `In the hub account, allow ${site.principal} to call sts:AssumeRole on ${site.resource}. ` +
    `In the target account, check that this role exists and that its trust policy allows ${site.principal} and ${externalId}.${blockedBy(error)}`
  );
}

const regionDisabled =
  'AWS STS is deactivated for this region in the account. Activate it in the IAM console (Account settings), or set the input aws-region to an active region.';

function refusal(error: unknown, { call, resource, principal }: CallSite): string {
  return `Allow ${principal} to call ${call} on ${resource}.${blockedBy(error)}`;
}

/** Some refusals name a policy of another kind that denies the call; an additional permission then does not help. */
export function blockedBy(error: unknown): string {
  const message = errorMessage(error);
  const kind = /(service control policy|resource control policy|permissions boundary|session policy|VPC endpoint policy)/i.exec(
    message,
  )?.[1];
  if (kind !== undefined) return ` According to AWS, a ${kind} denies the call.`;
  return /explicit deny/i.test(message) ? ' One of the policies denies the call explicitly.' : '';
}

/** What to do about an error that any call may end with; `undefined` for one that depends on the call. */
export function adviseGeneral(error: unknown): string | undefined {
  const code = errorCode(error);
  const network = networkProblem(error);
  if (network !== undefined) return network.advice;
  if (code === 'RegionDisabledException') return regionDisabled;
  if (isExpired(error)) {
    return 'The credentials of the job expired. Request a longer session (role-duration-seconds of configure-aws-credentials), or set the input auditor-role: its credentials are renewed.';
  }
  if (isUnknownKey(error)) {
    return 'AWS does not accept these credentials. Check that the key is active and complete, that it belongs to the right partition, and that the input aws-region is in that partition.';
  }
  if (isThrottling(error))
    return 'AWS throttled this account for many minutes. Lower the input concurrency, or run at another time of day.';
  if (networkCode(error) !== undefined || code === 'TimeoutError') {
    return 'The endpoint could not be reached. Check the input aws-region, AWS_ENDPOINT_URL if it is set, and the network, firewall, proxy (HTTPS_PROXY) and DNS of the runner.';
  }
  if (code === 'ERR_INVALID_URL')
    return 'An endpoint in the environment is not a valid URL. Check AWS_ENDPOINT_URL and the variables that begin with AWS_ENDPOINT_URL_.';
  if (code === 'WrongAccount')
    return 'Check AWS_ENDPOINT_URL and any proxy between the runner and AWS. If neither is in use, report this as a bug.';
  if (code === 'UnexpectedAnswer')
    return `The response did not come from AWS. Check for a proxy between the runner and AWS, which must allow ${HOSTS}, and check AWS_ENDPOINT_URL if it is set.`;
  if (/^(ServiceFailure|ServiceUnavailable|InternalFailure|InternalError)/.test(code))
    return 'AWS returned errors several times in a row. Check https://health.aws.amazon.com, and run the job again.';
  return undefined;
}

/** AWS does not know the key, or the secret does not belong to it. */
export function isUnknownKey(error: unknown): boolean {
  return /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|IncompleteSignature|InvalidAccessKeyId)$/.test(
    errorCode(error),
  );
}

export function isExpired(error: unknown): boolean {
  return /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired)$/.test(errorCode(error));
}
