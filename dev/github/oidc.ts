import { randomBytes, randomUUID } from 'node:crypto';

/** The token endpoint of a job: https://docs.github.com/actions/reference/openid-connect-reference */
export interface OidcSettings {
  /** What the job has to send as its bearer token. */
  readonly requestToken: string;
  readonly issuer: string;
  readonly repository: string;
  readonly ref: string;
}

/**
 * A JSON Web Token with GitHub's claims. It looks signed, but nobody holds a key to the signature: whoever takes it looks at the claims alone.
 */
export function idToken(settings: OidcSettings, audience: string): string {
  const seconds = Math.floor(Date.now() / 1000);
  const claims = {
    iss: settings.issuer,
    sub: `repo:${settings.repository}:ref:${settings.ref}`,
    aud: audience,
    repository: settings.repository,
    repository_owner: settings.repository.split('/')[0],
    ref: settings.ref,
    event_name: 'schedule',
    jti: randomUUID(),
    iat: seconds,
    nbf: seconds - 600,
    exp: seconds + 300,
  };
  const header = { alg: 'RS256', typ: 'JWT', kid: 'embedded' };
  const encoded = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return [...encoded, randomBytes(256).toString('base64url')].join('.');
}
