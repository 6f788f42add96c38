import { randomBytes, randomUUID } from 'node:crypto';

/** The token endpoint of a job: https://docs.github.com/actions/reference/openid-connect-reference */
export interface OidcSettings {
  /** What the job has to send as its bearer token. */
  readonly requestToken: string;
  readonly issuer: string;
  readonly owner: string;
  readonly name: string;
  readonly ref: string;
  /** With it the subject has owner and repository with these numbers, as those made since 15 July 2026 have. */
  readonly ids: { readonly owner: string; readonly repository: string } | undefined;
  /** Environment of the job; it takes the place of the branch in the subject. */
  readonly environment: string | undefined;
}

/**
 * A JSON Web Token with GitHub's claims. It looks signed, but nobody holds a key to the signature: whoever takes it looks at the claims alone.
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
