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
    (/^[!-~]+$/.test(value) ? undefined : 'has blanks or other characters that no key has. Copy the key again, and save it anew.')
  );
}

function textFault(value: string): string | undefined {
  if (/^\s+$/.test(value)) return 'holds nothing but blanks or line breaks. Save it with its value, or unset it.';
  if (/[\r\n]\s*$/.test(value)) {
    return 'ends with a line break: it was probably pasted or piped with the end of its line. Save the secret or variable that it comes from again, without the line break.';
  }
  if (/\p{Cc}/u.test(value)) {
    return 'has a line break or another control character in it. Save the secret or variable that it comes from again, on one line.';
  }
  return /^\s|\s$/.test(value)
    ? 'begins or ends with a blank. Save the secret or variable that it comes from again, without the blank.'
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
    `${set} is set in the environment without ${missing}. Set both: a secret that does not exist, or has another name, is empty. ` +
    `Or unset ${set}, so that the job signs in another way.`
  );
}
