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
    general(error) ?? `Look up ${errorCode(error)} of ${site.call} in AWS's documentation; run the job again if it may have been passing.`
  );
}

/** What to do when a target's role can't be assumed. Both accounts have to allow it, and AWS does not say which one refused. */
export function adviseAssume(
  error: unknown,
  site: CallSite & { readonly externalId: string | undefined; readonly of?: 'auditor' | 'fixer' },
): string {
  if (errorCode(error) === 'RegionDisabledException') return regionDisabled;
  if (!isRefusal(errorCode(error)))
    return general(error) ?? `Check the role ${site.resource}, and that its name and ExternalId are well-formed.`;
  const externalId =
    site.externalId === undefined
      ? 'and asks for no sts:ExternalId'
      : `and asks for no other sts:ExternalId than ${site.of ?? 'auditor'}.externalId in the file`;
  return (
    `In the hub, allow sts:AssumeRole on ${site.resource} to ${site.principal}. ` +
    `In the target, see that this role exists, that its trust policy lets ${site.principal} in, ${externalId}.${blockedBy(error)}`
  );
}

/** What to do when the hub itself can't be reached. */
export function adviseHubAccess(
  error: unknown,
  call: string,
  options: { readonly role: string; readonly oidc?: { readonly audience: string } | undefined },
): string {
  const { role, oidc } = options;
  if (call === 'oidc') return `${idTokenPermission} If the job has it, GitHub's token service failed: run the job again.`;
  if (call === 'credentials' && general(error) === undefined) return noCredentials(role);
  if (call === 'sts:AssumeRoleWithWebIdentity' && !isThrottling(error)) return webIdentity(error, role, oidc?.audience ?? '');
  if (call === 'sts:AssumeRole' && isRefusal(errorCode(error))) {
    return `Allow sts:AssumeRole on ${role} to the credentials of the job, and let the role's trust policy name them.${blockedBy(error)}`;
  }
  return general(error) ?? 'Check the credentials of the job: they may be deleted, deactivated or of another partition.';
}

const idTokenPermission =
  'Add "permissions: id-token: write" to the job (with "contents: read", since naming one permission takes away the others).';

const regionDisabled =
  'Security Token Service is switched off for this region in the account: activate it in the IAM console (Account settings), or set the input aws-region to a region that is on.';

function noCredentials(role: string): string {
  const oidc = `${idTokenPermission} Or run aws-actions/configure-aws-credentials before this step.`;
  return role === ''
    ? `Run aws-actions/configure-aws-credentials before this step, or set the input auditor-role and add "permissions: id-token: write" to the job.`
    : oidc;
}

function webIdentity(error: unknown, role: string, audience: string): string {
  const code = errorCode(error);
  if (code === 'InvalidIdentityToken' || code === 'InvalidIdentityTokenException') {
    return `Add the identity provider token.actions.githubusercontent.com to the hub account, with the audience ${audience}.`;
  }
  if (isExpired(error)) return 'The OIDC token ran out before AWS saw it: check the clock of the runner, or run the job again.';
  if (!isRefusal(errorCode(error)))
    return general(error) ?? `Check the role ${role} and the identity provider token.actions.githubusercontent.com in the hub account.`;
  return (
    `Check that ${role} exists and that its trust policy allows sts:AssumeRoleWithWebIdentity to the provider token.actions.githubusercontent.com ` +
    `with token.actions.githubusercontent.com:aud equal to ${audience} and token.actions.githubusercontent.com:sub matching this repository and ref ` +
    `(repo:OWNER/NAME:ref:refs/heads/BRANCH, or repo:OWNER/NAME:environment:NAME where the job has an environment).`
  );
}

function refusal(error: unknown, { call, resource, principal }: CallSite): string {
  return `Allow ${call} on ${resource} to ${principal}.${blockedBy(error)}`;
}

/** Some refusals name a policy of another kind that denies the call; an additional permission then does not help. */
function blockedBy(error: unknown): string {
  const message = errorMessage(error);
  const kind = /(service control policy|resource control policy|permissions boundary|session policy|VPC endpoint policy)/i.exec(
    message,
  )?.[1];
  if (kind !== undefined) return ` AWS names a ${kind} as what stands in the way.`;
  return /explicit deny/i.test(message) ? ' An explicit deny in one of the policies stands in the way.' : '';
}

function general(error: unknown): string | undefined {
  const code = errorCode(error);
  if (code === 'RegionDisabledException') return regionDisabled;
  if (isExpired(error)) {
    return 'The credentials of the job ran out: ask for longer ones (role-duration-seconds of configure-aws-credentials), or set the input auditor-role, whose credentials are renewed.';
  }
  if (/^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|IncompleteSignature|InvalidAccessKeyId)$/.test(code)) {
    return 'AWS does not know these credentials: check that the key is active, complete and of the right partition, and that the input aws-region is in that partition.';
  }
  if (isThrottling(error)) return 'AWS throttled this account for many minutes: lower the input concurrency, or run at another hour.';
  if (networkCode(error) !== undefined || code === 'TimeoutError') {
    return 'The address could not be reached: check the input aws-region, AWS_ENDPOINT_URL if it is set, and the network, firewall and DNS of the runner.';
  }
  if (code === 'WrongAccount')
    return 'Check AWS_ENDPOINT_URL and any proxy between the runner and AWS; if neither is in use, report this as a bug.';
  if (code === 'UnexpectedAnswer')
    return 'Something else than AWS answered: check for a proxy between the runner and AWS, and AWS_ENDPOINT_URL if it is set.';
  if (/^(ServiceFailure|ServiceUnavailable|InternalFailure|InternalError)/.test(code))
    return 'AWS failed several times in a row: see https://health.aws.amazon.com and run the job again.';
  return undefined;
}

function isExpired(error: unknown): boolean {
  return /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired)$/.test(errorCode(error));
}
