import { isObject, type JsonObject } from '../authorization/json.ts';
import { AwsError } from '../protocol/errors.ts';

/** What the token of a web identity says. */
export interface Token {
  /** Without the scheme. */
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

export function invalidToken(message: string): AwsError {
  return new AwsError('InvalidIdentityToken', 400, message);
}

/** Throws `InvalidIdentityToken`. */
export function readToken(jwt: string): Token {
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
