import { accountOf } from '../iam/arn.ts';

/** An answer that came from something else than AWS, or does not hold what the call promises. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  /** HTTP status, where one was seen; the classification of errors reads it as it reads the SDK's own. */
  readonly $metadata: { readonly httpStatusCode?: number };

  constructor(message: string, httpStatusCode?: number) {
    super(message);
    this.$metadata = httpStatusCode === undefined ? {} : { httpStatusCode };
  }
}

/** An answer about something in another account than the one that was asked. */
export class WrongAccount extends Error {
  override readonly name = 'WrongAccount';

  constructor(wanted: string, got: string | undefined) {
    super(`Answered by another account: asked account ${wanted}, and the answer is about ${got ?? 'something without an ARN'}.`);
  }
}

/** @throws {WrongAccount} unless the ARN is of the account; credentials of one account must never be used for another */
export function checkAnsweredBy(account: string, arn: string | undefined): void {
  if (accountOf(arn) !== account) throw new WrongAccount(account, arn);
}

/** `value`, or an `UnexpectedAnswer` that says what was missing. */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new UnexpectedAnswer(`the answer holds no ${what}`);
  return value;
}

/** A call that failed inside another: taking a role's credentials, while something was to be read with them. */
export class CallError extends Error {
  override readonly name = 'CallError';
  /** `sts:AssumeRole`. */
  readonly call: string;
  /** ARN of what was called for. */
  readonly resource: string;
  override readonly cause: unknown;

  constructor(call: string, resource: string, cause: unknown) {
    super(`${call} on ${resource} failed`);
    this.call = call;
    this.resource = resource;
    this.cause = cause;
  }
}
