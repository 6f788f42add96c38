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
  "The job may ask for an OIDC token, and GitHub's token service gave it none: see https://www.githubstatus.com, and run the job again. " +
  'On a self-hosted runner, see that it reaches the address of the token service, through its proxy if there is one.';

const idTokenPermission =
  'Add "permissions: id-token: write" to the job (with "contents: read", since naming one permission takes away the others).';

function adviseCredentials(error: unknown, call: string, { role, environment }: SignIn): string {
  if (call === 'credentials' && environment !== undefined) {
    const passing = isExpired(error) ? undefined : adviseGeneral(error);
    return adviseFile(error, environment) ?? passing ?? adviseSource(environment) ?? adviseGeneral(error) ?? noCredentials(role);
  }
  if (call === 'sts:AssumeRole' && isRefusal(errorCode(error))) {
    return `Allow sts:AssumeRole on ${role} to the credentials of the job, and let the role's trust policy name them.${blockedBy(error)}`;
  }
  return adviseGeneral(error) ?? 'Check the credentials of the job: they may be deleted, deactivated or of another partition.';
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
  return `${variable} leads to the file ${quoted(file, 200)}, which can't be read (${code}): create it before this step, mount it into the job's container, or correct its path.`;
}

/** The AWS SDK tries one source after another, and its error is mostly that of none; which one was meant is in the environment. */
function adviseSource(environment: Environment): string | undefined {
  const variable = credentialsVariable(environment);
  const shown = (name: string) => quoted(environment[name] ?? '', 200);
  switch (variable) {
    case 'AWS_PROFILE':
      return (
        `AWS_PROFILE is ${shown('AWS_PROFILE')}, and the profile gave no credentials: see that the AWS files of the runner (~/.aws/config and ~/.aws/credentials, ` +
        `or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE) hold it, that its source_profile or credential_process works, and that its SSO session has not expired.`
      );
    case 'AWS_WEB_IDENTITY_TOKEN_FILE':
      return (environment.AWS_ROLE_ARN ?? '') === ''
        ? 'AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN: set it to the ARN of the role that the token is for.'
        : `See that the file of AWS_WEB_IDENTITY_TOKEN_FILE, ${shown(variable)}, holds a token that has not expired, and that the role of AWS_ROLE_ARN trusts its issuer.`;
    case 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI':
    case 'AWS_CONTAINER_CREDENTIALS_FULL_URI':
      return `The address of ${variable}, ${shown(variable)}, gave no credentials: see that the agent of the container service runs and can be reached from the job's container.`;
    default:
      return undefined;
  }
}

/** Credentials in the environment go before the OIDC token. Where they fail, that may be the mistake. */
function unusedToken(error: unknown, call: string, { role, oidc, environment }: SignIn): string {
  const variable = environment && credentialsVariable(environment);
  const isTheirs = call === 'credentials' || isRefusal(errorCode(error)) || isUnknownKey(error) || isExpired(error);
  if (role === '' || oidc === undefined || variable === undefined || !isTheirs) return '';
  return ` ${variable} is set, so the job's OIDC token was not used: unset it to sign in with the token.`;
}

function adviseWebIdentity(error: unknown, { role, oidc }: SignIn): string {
  const claims = error instanceof TokenRefused ? error.claims : undefined;
  const provider = claims?.provider ?? 'token.actions.githubusercontent.com';
  const audience = oidc?.audience ?? '';
  const token =
    claims === undefined ? '' : ` This job's token says ${claims.shown.map(({ name, value }) => `${name} ${value}`).join(', ')}.`;
  if (lacksKeys(error)) {
    return `AWS could not fetch the keys of ${provider} several times in a row: run the job again. AWS must reach https://${provider}/.well-known/openid-configuration from the internet.`;
  }
  if (/^InvalidIdentityToken/.test(errorCode(error))) return `${adviseProvider(error, provider, audience)}${token}`;
  if (isExpired(error)) return 'The OIDC token ran out before AWS saw it: check the clock of the runner, or run the job again.';
  if (!isRefusal(errorCode(error)) || isThrottling(error)) {
    return `${adviseGeneral(error) ?? `Check the role ${role} and the identity provider ${provider} in the hub account.`}${token}`;
  }
  return (
    `Check that ${role} exists and that its trust policy allows sts:AssumeRoleWithWebIdentity to the identity provider ${provider}, ` +
    `with ${provider}:aud and ${provider}:sub matching the token.${token}${blockedBy(error)}`
  );
}

/** The messages that STS has for a token that it does not accept. */
function adviseProvider(error: unknown, provider: string, audience: string): string {
  const message = errorMessage(error);
  if (/audience/i.test(message)) {
    return `The identity provider ${provider} in the hub account does not accept the audience ${audience}: add it to the provider, or set the input audience to one that it has.`;
  }
  if (/thumbprint|certificate/i.test(message)) {
    return `Update the thumbprint of the identity provider ${provider} in the hub account: its certificate has changed.`;
  }
  return `Add the identity provider ${provider} to the hub account, with the URL https://${provider} and the audience ${audience}.`;
}
