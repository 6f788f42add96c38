import { accountOf } from '../iam/arn.ts';

/** A response that did not come from AWS, or lacks what the call promises. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  /** The HTTP status, if there was one, in the place in which the SDK's errors have it. */
  readonly $metadata: { readonly httpStatusCode?: number };

  constructor(message: string, httpStatusCode?: number) {
    super(message);
    this.$metadata = httpStatusCode === undefined ? {} : { httpStatusCode };
  }
}

/** A response about another account than the one that was called. */
export class WrongAccount extends Error {
  override readonly name = 'WrongAccount';

  constructor(asked: string, got: string | undefined) {
    super(`The response is from another account. Requested account: ${asked}; response: ${got ?? 'no ARN'}.`);
  }
}

/** Credentials of one account must never be used for another. @throws {WrongAccount} unless the ARN is in the account */
export function checkAnsweredBy(account: string, arn: string | undefined): void {
  if (accountOf(arn) !== account) throw new WrongAccount(account, arn);
}

/** `value`. @throws {UnexpectedAnswer} that says what is missing */
export function present<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new UnexpectedAnswer(`the response contains no ${what}`);
  return value;
}

/** The failure of a call that another one depends on: `sts:AssumeRole`, while something was to be read with the role. */
export class CallError extends Error {
  override readonly name = 'CallError';
  /** `sts:AssumeRole`. */
  readonly call: string;
  /** ARN of what the call is about. */
  readonly resource: string;
  override readonly cause: unknown;

  constructor(call: string, resource: string, cause: unknown) {
    super(`${call} on ${resource} failed`);
    this.call = call;
    this.resource = resource;
    this.cause = cause;
  }
}

/** Names the call in an error. @throws {CallError} a new one, or the one that `work` threw */
export async function calling<T>(call: string, resource: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CallError ? error : new CallError(call, resource, error);
  }
}
