/** A deliberate fault: the next `times` calls that `when` matches get this answer instead of the real one. */
export interface Fault {
  readonly when: (call: { readonly method: string; readonly path: string }) => boolean;
  readonly times: number;
  readonly answer: FaultAnswer;
  /** The call first does its work; only its answer is lost. */
  readonly afterwards?: boolean;
}

/** `drop`: the connection breaks without an answer. `hang`: there is never an answer. */
export type FaultAnswer =
  | 'drop'
  | 'hang'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly message: string }
  | RawAnswer;

/** Bytes as they are, in place of an answer in GitHub's form. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly raw: string;
  /** The connection breaks before the rest, which the header promises. */
  readonly breaksOff?: boolean;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network.</body></html>';

/** The sign-in page of a network, or what a proxy answers in GitHub's place. */
export const htmlPage = (status: number): RawAnswer => ({ status, contentType: 'text/html; charset=utf-8', raw: PAGE });

/** With status 200 and the type of JSON, but not what GitHub answers. */
export const odd = (raw: string): RawAnswer => ({ status: 200, contentType: JSON_TYPE, raw });

export const brokenOff: RawAnswer = { status: 200, contentType: JSON_TYPE, raw: '[{"body": "x', breaksOff: true };

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export function secondaryRateLimit(retryAfterSeconds: number): FaultAnswer {
  return {
    status: 403,
    headers: { 'retry-after': String(retryAfterSeconds) },
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  };
}

/** A secondary rate limit as GitHub puts it for calls that create something, for longer than a run waits. Its text has "locked" in it. */
export const blockedFromCreating: FaultAnswer = {
  status: 403,
  headers: { 'retry-after': '3600' },
  message:
    'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
};

/** https://docs.github.com/enterprise-cloud@latest/rest/authentication/authenticating-to-the-rest-api */
export const samlEnforced = {
  status: 403,
  headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=AZSCKTB5A' },
  message: 'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
} as const satisfies FaultAnswer;

/** https://docs.github.com/enterprise-cloud@latest/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/managing-allowed-ip-addresses-for-your-organization */
export const notOnAllowList = {
  status: 403,
  message:
    'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
} as const satisfies FaultAnswer;

/** The hour's calls are used up. */
export function rateLimit(secondsToReset: number): FaultAnswer {
  const reset = Math.ceil(Date.now() / 1000) + secondsToReset;
  return {
    status: 403,
    headers: { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) },
    message: 'API rate limit exceeded for installation ID 1.',
  };
}

export const serverError: FaultAnswer = { status: 502, message: 'Server Error' };
