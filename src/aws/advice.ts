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
    return 'AWS listed it and then did not show it: it was deleted or written a moment ago. Run the job again.';
  }
  return (
    adviseGeneral(error) ??
    `Look up ${errorCode(error)} of ${site.call} in AWS's documentation; run the job again if it may have been passing.`
  );
}

/** What to do when a target's role can't be assumed. Both accounts have to allow it, and AWS does not say which one refused. */
export function adviseAssume(
  error: unknown,
  site: CallSite & { readonly externalId: string | undefined; readonly of?: 'auditor' | 'fixer' },
): string {
  if (errorCode(error) === 'RegionDisabledException') return regionDisabled;
  if (!isRefusal(errorCode(error)))
    return adviseGeneral(error) ?? `Check the role ${site.resource}, and that its name and ExternalId are well-formed.`;
  const externalId =
    site.externalId === undefined
      ? 'and asks for no sts:ExternalId'
      : `and asks for no other sts:ExternalId than ${site.of ?? 'auditor'}.externalId in the file`;
  return (
    `In the hub, allow sts:AssumeRole on ${site.resource} to ${site.principal}. ` +
    `In the target, see that this role exists, that its trust policy lets ${site.principal} in, ${externalId}.${blockedBy(error)}`
  );
}

const regionDisabled =
  'Security Token Service is switched off for this region in the account: activate it in the IAM console (Account settings), or set the input aws-region to a region that is on.';

function refusal(error: unknown, { call, resource, principal }: CallSite): string {
  return `Allow ${call} on ${resource} to ${principal}.${blockedBy(error)}`;
}

/** Some refusals name a policy of another kind that denies the call; an additional permission then does not help. */
export function blockedBy(error: unknown): string {
  const message = errorMessage(error);
  const kind = /(service control policy|resource control policy|permissions boundary|session policy|VPC endpoint policy)/i.exec(
    message,
  )?.[1];
  if (kind !== undefined) return ` AWS names a ${kind} as what stands in the way.`;
  return /explicit deny/i.test(message) ? ' An explicit deny in one of the policies stands in the way.' : '';
}

/** What to do about an error that any call may end with; `undefined` for one that depends on the call. */
export function adviseGeneral(error: unknown): string | undefined {
  const code = errorCode(error);
  const network = networkProblem(error);
  if (network !== undefined) return network.advice;
  if (code === 'RegionDisabledException') return regionDisabled;
  if (isExpired(error)) {
    return 'The credentials of the job ran out: ask for longer ones (role-duration-seconds of configure-aws-credentials), or set the input auditor-role, whose credentials are renewed.';
  }
  if (isUnknownKey(error)) {
    return 'AWS does not know these credentials: check that the key is active, complete and of the right partition, and that the input aws-region is in that partition.';
  }
  if (isThrottling(error)) return 'AWS throttled this account for many minutes: lower the input concurrency, or run at another hour.';
  if (networkCode(error) !== undefined || code === 'TimeoutError') {
    return 'The address could not be reached: check the input aws-region, AWS_ENDPOINT_URL if it is set, and the network, firewall, proxy (HTTPS_PROXY) and DNS of the runner.';
  }
  if (code === 'ERR_INVALID_URL')
    return 'An address in the environment is no URL: check AWS_ENDPOINT_URL and the variables that begin with it.';
  if (code === 'WrongAccount')
    return 'Check AWS_ENDPOINT_URL and any proxy between the runner and AWS; if neither is in use, report this as a bug.';
  if (code === 'UnexpectedAnswer')
    return `Something else than AWS answered: check for a proxy between the runner and AWS, which has to allow ${HOSTS}, and check AWS_ENDPOINT_URL if it is set.`;
  if (/^(ServiceFailure|ServiceUnavailable|InternalFailure|InternalError)/.test(code))
    return 'AWS failed several times in a row: see https://health.aws.amazon.com and run the job again.';
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
