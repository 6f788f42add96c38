import { isRefusal } from '../aws/errors.ts';
import type { ReadError } from '../state/reading.ts';
import type { AccountReader } from './account-reader.ts';

/** What was read once for several purposes. Whether a failure counts as an error is for each of them to say. */
export interface SharedRead<T> {
  readonly value: T;
  readonly errors: readonly ReadError[];
}

export async function sharedRead<T>(reader: AccountReader, read: (apart: AccountReader) => Promise<T>): Promise<SharedRead<T>> {
  const apart = reader.withOwnErrors();
  const value = await read(apart);
  return { value, errors: apart.errors };
}

/** For what has to be known: every failure is recorded. */
export function asNeeded<T>(reader: AccountReader, { value, errors }: SharedRead<T>): T {
  reader.record(errors);
  return value;
}

/**
 * For what an audit does without: it is no error that the auditor may not read it, that it does not exist, or that AWS knows no such ARN. Throttling, lost
 * connections and expired credentials are errors here as well.
 */
export function ifReadable<T>(reader: AccountReader, { value, errors }: SharedRead<T>): T {
  reader.record(errors.filter((error) => !isFinal(error)));
  return value;
}

/** The same for what is asked whether the file states it or not: it is no error either that AWS fails at it, or answers with something else. */
export function ifAnswered<T>(reader: AccountReader, { value, errors }: SharedRead<T>): T {
  reader.record(errors.filter((error) => !isFinal(error) && !isOdd(error)));
  return value;
}

function isOdd({ call, code }: ReadError): boolean {
  return call.startsWith('iam:') && /^(UnexpectedAnswer|InvalidAction|ServiceFailure|InternalFailure|InternalError)$/.test(code);
}

/** A refusal of another call than IAM's is one of the credentials. */
function isFinal({ call, code }: ReadError): boolean {
  return call.startsWith('iam:') && (isRefusal(code) || /^(NoSuchEntity|InvalidInput|ValidationError)$/.test(code));
}
