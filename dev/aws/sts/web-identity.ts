import type { OidcProvider, Role } from '../accounts/entities.ts';
import { evaluateTrust } from '../authorization/evaluate.ts';
import { isObject, type JsonObject } from '../authorization/json.ts';
import type { Call } from '../iam/call.ts';
import { AwsError, accessDenied } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { checkDuration, openSession, parseRoleArn } from './session.ts';

interface Token {
  /** Without the scheme. */
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** The token's claims decide; its signature is not verified (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html). */
export function assumeRoleWithWebIdentity(call: Call): string {
  const { account, name } = parseRoleArn(call.params.required('RoleArn'));
  const token = readToken(call.params.required('WebIdentityToken'));
  if (token.expiresAt * 1_000 <= call.now)
    throw new AwsError('ExpiredTokenException', 400, 'Token expired: current date/time must be before the expiration date/time');
  const provider = call.cloud.account(account).oidcProviders.seen(token.issuer, call.readAt);
  if (provider === undefined) throw invalidToken(`No OpenIDConnect provider found in your account for https://${token.issuer}`);
  if (!provider.audiences.includes(token.audience)) throw invalidToken('Incorrect token audience');
  const role = call.cloud.account(account).tables.Role.seen(name, call.readAt);
  if (role === undefined || role.arn !== call.params.text('RoleArn') || !trusts(role, provider, token)) {
    throw accessDenied('Not authorized to perform sts:AssumeRoleWithWebIdentity');
  }
  const session = openSession(call, account, role, checkDuration(call, role));
  return (
    element('SubjectFromWebIdentityToken', token.subject) +
    element('Audience', token.audience) +
    element('Provider', provider.arn) +
    session
  );
}

function invalidToken(message: string): AwsError {
  return new AwsError('InvalidIdentityToken', 400, message);
}

function trusts(role: Role, provider: OidcProvider, token: Token): boolean {
  const context = new Map([
    [`${provider.url}:sub`.toLowerCase(), token.subject],
    [`${provider.url}:aud`.toLowerCase(), token.audience],
  ]);
  const naming = ({ type, value }: { type: string; value: string }) =>
    type === 'Federated' && value === provider.arn ? 'direct' : undefined;
  return evaluateTrust(role.trust.policy, 'sts:AssumeRoleWithWebIdentity', context, naming) === 'direct';
}

function readToken(jwt: string): Token {
  const claims = readClaims(jwt);
  const { iss, aud, sub, exp } = claims;
  const audience: unknown = Array.isArray(aud) ? aud[0] : aud;
  if (typeof iss !== 'string' || typeof audience !== 'string' || typeof sub !== 'string' || typeof exp !== 'number') {
    throw invalidToken('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)');
  }
  return { issuer: iss.replace(/^https:\/\//, ''), audience, subject: sub, expiresAt: exp };
}

function readClaims(jwt: string): JsonObject {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
    return isObject(claims) ? claims : {};
  } catch {
    return {};
  }
}
