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
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly message: string };

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export function secondaryRateLimit(retryAfterSeconds: number): FaultAnswer {
  return {
    status: 403,
    headers: { 'retry-after': String(retryAfterSeconds) },
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  };
}

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
