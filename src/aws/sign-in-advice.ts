import { networkProblem } from '../network/advice.ts';
import { quoted } from '../text/quoted.ts';
import { adviseGeneral, blockedBy, isExpired, isUnknownKey } from './advice.ts';
import { credentialsVariable, type Environment } from './environment-credentials.ts';
import { errorCode, errorMessage, fileCode, isRefusal, property } from './errors.ts';
import { isThrottling } from './retry.ts';
import { lacksKeys, TokenRefused } from './web-identity.ts';

/** How a run signs in. */
export interface SignIn {
  /** ARN of the role in the hub; empty: the environment's credentials are used as they are. */
  readonly role: string;
  readonly oidc?: { readonly audience: string } | undefined;
  /** `undefined` where credentials that worked are renewed. */
  readonly environment?: Environment;
}

/** What to do when the hub itself can't be reached. */
export function adviseHubAccess(error: unknown, call: string, signIn: SignIn): string {
  if (call === 'oidc') return networkProblem(error)?.advice ?? tokenService;
  if (call === 'sts:AssumeRoleWithWebIdentity') return adviseWebIdentity(error, signIn);
  return `${adviseCredentials(error, call, signIn)}${unusedToken(error, call, signIn)}`;
}

const tokenService =
  "The job may request an OIDC token, but GitHub's token service did not issue one. Check https://www.githubstatus.com, and run the job again. " +
  'On a self-hosted runner, check that the runner can reach the token service, through its proxy if there is one.';

const idTokenPermission =
  'Add "permissions: id-token: write" to the job (with "contents: read", because setting one permission removes the others).';

function adviseCredentials(error: unknown, call: string, { role, environment }: SignIn): string {
  if (call === 'credentials' && environment !== undefined) {
    const passing = isExpired(error) ? undefined : adviseGeneral(error);
    return adviseFile(error, environment) ?? passing ?? adviseSource(environment) ?? adviseGeneral(error) ?? noCredentials(role);
  }
  if (call === 'sts:AssumeRole' && isRefusal(errorCode(error))) {
    return `Allow the identity of the job's credentials to call sts:AssumeRole on ${role}, both in its own policies and in the trust policy of the role.${blockedBy(error)}`;
  }
  return adviseGeneral(error) ?? 'Check the credentials of the job. They may be deleted, deactivated or from another partition.';
}

function noCredentials(role: string): string {
  return role === ''
    ? `Run aws-actions/configure-aws-credentials before this step, or set the input auditor-role and add "permissions: id-token: write" to the job.`
    : `${idTokenPermission} Or run aws-actions/configure-aws-credentials before this step.`;
}

function adviseFile(error: unknown, environment: Environment): string | undefined {
  const code = fileCode(error);
  if (code === undefined) return undefined;
  const path = property(error, 'path');
  const isIt = (name: string) => Boolean(environment[name]) && (path === undefined || environment[name] === path);
  const variable = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'].find(isIt) ?? 'AWS_PROFILE';
  const file = typeof path === 'string' ? path : (environment[variable] ?? '');
  return `${variable} names the file ${quoted(file, 200)}, which can't be read (${code}). Create it before this step, mount it into the container of the job, or correct its path.`;
}

/** The AWS SDK tries one source after another, and its error is mostly that of none; which one was meant is in the environment. */
function adviseSource(environment: Environment): string | undefined {
  const variable = credentialsVariable(environment);
  const shown = (name: string) => quoted(environment[name] ?? '', 200);
  switch (variable) {
    case 'AWS_PROFILE':
      return (
        `AWS_PROFILE is ${shown('AWS_PROFILE')}, but the profile provided no credentials. Check that the AWS files of the runner (~/.aws/config and ~/.aws/credentials, ` +
        `or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE) contain it, that its source_profile or credential_process works, and that its SSO session has not expired.`
      );
    case 'AWS_WEB_IDENTITY_TOKEN_FILE':
      return (environment.AWS_ROLE_ARN ?? '') === ''
        ? 'AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN. Set AWS_ROLE_ARN to the ARN of the role to assume with the token.'
        : `Check that the file in AWS_WEB_IDENTITY_TOKEN_FILE, ${shown(variable)}, contains a token that has not expired, and that the role in AWS_ROLE_ARN trusts the issuer of the token.`;
    case 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI':
    case 'AWS_CONTAINER_CREDENTIALS_FULL_URI':
      return `The address of ${variable}, ${shown(variable)}, provided no credentials. Check that the agent of the container service is running and can be reached from the container of the job.`;
    default:
      return undefined;
  }
}

/** Credentials in the environment go before the OIDC token. Where they fail, that may be the mistake. */
function unusedToken(error: unknown, call: string, { role, oidc, environment }: SignIn): string {
  const variable = environment && credentialsVariable(environment);
  const isTheirs = call === 'credentials' || isRefusal(errorCode(error)) || isUnknownKey(error) || isExpired(error);
  if (role === '' || oidc === undefined || variable === undefined || !isTheirs) return '';
  return ` ${variable} is set, so the OIDC token of the job was not used. To sign in with the token, unset the variable.`;
}

function adviseWebIdentity(error: unknown, { role, oidc }: SignIn): string {
  const claims = error instanceof TokenRefused ? error.claims : undefined;
  const provider = claims?.provider ?? 'token.actions.githubusercontent.com';
  const audience = oidc?.audience ?? '';
  const token =
    claims === undefined ? '' : ` The token of this job contains ${claims.shown.map(({ name, value }) => `${name} ${value}`).join(', ')}.`;
  if (lacksKeys(error)) {
    return `AWS could not fetch the keys of ${provider} several times in a row. Run the job again. AWS must be able to reach https://${provider}/.well-known/openid-configuration over the internet.`;
  }
  if (/^InvalidIdentityToken/.test(errorCode(error))) return `${adviseProvider(error, provider, audience)}${token}`;
  if (isExpired(error)) return 'The OIDC token expired before AWS received it. Check the clock of the runner, or run the job again.';
  if (!isRefusal(errorCode(error)) || isThrottling(error)) {
    return `${adviseGeneral(error) ?? `Check the role ${role} and the identity provider ${provider} in the hub account.`}${token}`;
  }
  return (
    `Check that ${role} exists and that its trust policy allows the identity provider ${provider} to call sts:AssumeRoleWithWebIdentity, ` +
    `with values of ${provider}:aud and ${provider}:sub that match the token.${token}${blockedBy(error)}`
  );
}

/** The messages that STS has for a token that it does not accept. */
function adviseProvider(error: unknown, provider: string, audience: string): string {
  const message = errorMessage(error);
  if (/audience/i.test(message)) {
    return `The identity provider ${provider} in the hub account does not accept the audience ${audience}. Add the audience to the provider, or set the input audience to one that the provider has.`;
  }
  if (/thumbprint|certificate/i.test(message)) {
    return `The certificate of ${provider} has changed. Update the thumbprint of the identity provider in the hub account.`;
  }
  return `Add the identity provider ${provider} to the hub account, with the URL https://${provider} and the audience ${audience}.`;
}
