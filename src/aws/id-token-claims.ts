import { quoted } from '../text/quoted.ts';

/** What an OIDC token says of itself. These claims are no secrets; the token is. */
export interface TokenClaims {
  /** The issuer without `https://`, by which AWS names the identity provider and its condition keys. */
  readonly provider: string;
  /** Without a claim that is not a text: quoted, with invisible characters escaped, and cut to a length. */
  readonly shown: readonly { readonly name: 'sub' | 'aud' | 'iss'; readonly value: string }[];
}

/** Characters of a claim that are shown. A subject has up to 255 of owner, repository, ref and environment each. */
const LONGEST_CLAIM = 300;

/**
 * The claims of a token, which is decoded and not verified: AWS verifies it. https://docs.github.com/actions/reference/openid-connect-reference
 *
 * @returns `undefined` for what is not a JSON Web Token with an issuer
 */
export function claimsOf(token: string): TokenClaims | undefined {
  const claims = payloadOf(token);
  const textOf = (name: string) => {
    const value = claims.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const issuer = textOf('iss');
  if (issuer === undefined) return undefined;
  const shown = (['sub', 'aud', 'iss'] as const).flatMap((name) => {
    const value = textOf(name);
    return value === undefined ? [] : [{ name, value: quoted(value, LONGEST_CLAIM) }];
  });
  return { provider: providerOf(issuer), shown };
}

/** Only what a host and a path are made of, since it stands in the advice without quotes. */
function providerOf(issuer: string): string {
  const name = issuer.replace(/^https:\/\//, '');
  return /^[\w.:/-]{1,255}$/.test(name) ? name : quoted(name);
}

function payloadOf(token: string): ReadonlyMap<string, unknown> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return new Map(typeof payload === 'object' && payload !== null ? Object.entries(payload) : []);
  } catch {
    return new Map();
  }
}
