import type { Environment } from './environment-credentials.ts';

/** The parts of an access key. AWS makes them of letters, digits and a few signs: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html */
const KEY_PARTS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

/** The other variables by which an environment names credentials, each with those that are read along with it. */
const SOURCES: readonly (readonly [string, ...string[]])[] = [
  ['AWS_PROFILE', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN', 'AWS_ROLE_SESSION_NAME'],
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'],
];

/**
 * What is wrong with the variables that name credentials, in sentences for people that name the variable and never show its value: characters that no such
 * value has, and keys of which only a part is set. An empty variable counts as one that is not set, as it does for the AWS SDK.
 */
export function environmentProblems(environment: Environment): string[] {
  const textOf = (name: string) => environment[name] ?? '';
  const read = SOURCES.filter(([source]) => textOf(source) !== '').flat();
  const wrong = [
    ...KEY_PARTS.flatMap((name) => problemOf(name, textOf(name), keyFault)),
    ...[...new Set(read)].flatMap((name) => problemOf(name, textOf(name), textFault)),
  ];
  return wrong.length > 0 ? wrong : missingParts(textOf);
}

function problemOf(name: string, value: string, fault: (value: string) => string | undefined): string[] {
  const found = value === '' ? undefined : fault(value);
  return found === undefined ? [] : [`${name} in the environment ${found}`];
}

function keyFault(value: string): string | undefined {
  return (
    textFault(value) ??
    (/^[!-~]+$/.test(value) ? undefined : 'contains spaces or other characters that are not valid in a key. Copy and save the key again.')
  );
}

function textFault(value: string): string | undefined {
  if (/^\s+$/.test(value)) return 'contains only white space. Save it with its value, or unset it.';
  if (/[\r\n]\s*$/.test(value)) {
    return 'ends with a line break, probably from pasting or piping. Save the secret or variable that it comes from again, without the line break.';
  }
  if (/\p{Cc}/u.test(value)) {
    return 'contains a line break or another control character. Save the secret or variable that it comes from again, on one line.';
  }
  return /^\s|\s$/.test(value)
    ? 'begins or ends with a space. Save the secret or variable that it comes from again, without the space.'
    : undefined;
}

/** A key takes its id and its secret. With only one of them the AWS SDK passes over both, and looks for credentials elsewhere. */
function missingParts(textOf: (name: string) => string): string[] {
  const [id, secret, token] = KEY_PARTS;
  const [hasId, hasSecret, hasToken] = KEY_PARTS.map((name) => textOf(name) !== '');
  if (hasId && !hasSecret) return [lacking(id, secret)];
  if (hasSecret && !hasId) return [lacking(secret, id)];
  return hasToken && !hasId ? [lacking(token, `${id} and ${secret}`)] : [];
}

function lacking(set: string, missing: string): string {
  return (
    `${set} is set in the environment, but not ${missing}. Set both, and check the names of the secrets: a secret that does not exist is empty. ` +
    `To sign in by another method, unset ${set}.`
  );
}
