/** Seconds to wait where GitHub does not say how long: "wait for at least one minute". */
const UNSAID = 60;

/** Documented of its message alone: that it "indicates that you exceeded a secondary rate limit". */
const SECONDARY = /\bsecondary rate limit\b/i;

/**
 * How many seconds a call has to wait that GitHub's rate limits stopped; `undefined` for all other errors. A secondary limit is not always called one: the
 * header `Retry-After` tells it from a refusal.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 *
 * @param error that Octokit threw
 * @param now milliseconds since the epoch
 */
export function rateLimitWait(error: unknown, now: number): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  if (error.status !== 403 && error.status !== 429) return undefined;
  const headers = headersOf(error);
  const retryAfter = headers.get('retry-after');
  if (retryAfter !== undefined) return seconds(retryAfter) ?? UNSAID;
  const reset = seconds(headers.get('x-ratelimit-reset'));
  // One second more, so that the call is made after the reset.
  if (headers.get('x-ratelimit-remaining') === '0' && reset !== undefined) return Math.max(0, reset - Math.floor(now / 1_000) + 1);
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return error.status === 429 || SECONDARY.test(message) ? UNSAID : undefined;
}

/** The headers of the answer that an error of Octokit is about, by their names in small letters. */
export function headersOf(error: object): ReadonlyMap<string, string> {
  const response = 'response' in error ? error.response : undefined;
  const headers = typeof response === 'object' && response !== null && 'headers' in response ? response.headers : undefined;
  const entries = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  return new Map(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [])));
}

function seconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
