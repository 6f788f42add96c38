import { randomBytes, randomUUID } from 'node:crypto';

/** The token endpoint of a job: https://docs.github.com/actions/reference/openid-connect-reference */
export interface OidcSettings {
  /** What the job must send as its bearer token. */
  readonly requestToken: string;
  readonly issuer: string;
  readonly owner: string;
  readonly name: string;
  readonly ref: string;
  /** With it, the subject has these numbers for owner and repository, as for repositories created since 15 July 2026. */
  readonly ids: { readonly owner: string; readonly repository: string } | undefined;
  /** Environment of the job; it takes the place of the branch in the subject. */
  readonly environment: string | undefined;
}

/**
 * A JSON Web Token with GitHub's claims. It looks signed, but there is no key for the signature: whoever accepts it only reads the claims.
 */
export function idToken(settings: OidcSettings, audience: string): string {
  const seconds = Math.floor(Date.now() / 1000);
  const { owner, name, ids, environment, ref } = settings;
  const repository = ids === undefined ? `${owner}/${name}` : `${owner}@${ids.owner}/${name}@${ids.repository}`;
  const claims = {
    iss: settings.issuer,
    sub: `repo:${repository}:${environment === undefined ? `ref:${ref}` : `environment:${environment}`}`,
    aud: audience,
    repository: `${owner}/${name}`,
    repository_owner: owner,
    ref,
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
