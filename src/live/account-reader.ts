import type { AwsAccess } from '../aws/access.ts';
import { adviseAssume, adviseRead } from '../aws/advice.ts';
import { CallError, UnexpectedAnswer } from '../aws/answers.ts';
import { errorCode, errorMessage } from '../aws/errors.ts';
import { describeEnded, endedCall, isEndedCode } from '../aws/reading-ended.ts';
import type { Session } from '../aws/session.ts';
import { adviseHubAccess } from '../aws/sign-in-advice.ts';
import type { ReadError } from '../state/reading.ts';

/** The outcome of a read. `missing`: AWS answered that there is no such entity. `failed`: the error was recorded. */
export type ReadOutcome<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly code: string };

/** Reads in one account. A failure is recorded, with advice, and does not stop the other reads. */
export interface AccountReader {
  readonly session: Session;
  readonly errors: readonly ReadError[];
  /**
   * @param call `iam:GetRole`
   * @param resource ARN that the call is about
   * @param known `listed`: AWS has just listed it, so it is an error if it does not exist
   */
  read<T>(call: string, resource: string, work: () => Promise<T>, known?: 'listed'): Promise<ReadOutcome<T>>;
  /** Takes over errors of another reader. */
  record(errors: readonly ReadError[]): void;
  /** A reader of the same account that keeps its errors to itself. */
  withOwnErrors(): AccountReader;
  /** The same for what is read of one target's role: errors that are not the whole account's name it. */
  ofRole(roleName: string): AccountReader;
}

export interface AccountReaderOptions {
  readonly scope: ReadError['scope'];
  readonly session: Session;
  /** ARN of the principal that assumes the session's role, for advice. */
  readonly assumedBy: string;
  readonly externalId: string | undefined;
  /** Of the target whose role alone is read. */
  readonly roleName?: string;
}

/** Reads in the hub with the auditor's access. */
export function hubReader({ hub }: AwsAccess): AccountReader {
  return createAccountReader({ scope: 'hub', session: hub, assumedBy: hub.principal, externalId: undefined });
}

export function createAccountReader(options: AccountReaderOptions): AccountReader {
  const { scope, session } = options;
  const errors: ReadError[] = [];
  const recorded = new Set<string>();
  const record = (error: ReadError): void => {
    // When the credentials fail, all concurrent reads fail with the same error: it is recorded once.
    // So is the end of the time to read, which all of them meet.
    const key = isEndedCode(error.code) ? error.code : JSON.stringify([error.roleName, error.code, error.call, error.message]);
    if (!recorded.has(key)) errors.push(error);
    recorded.add(key);
  };
  return {
    session,
    errors,
    async read(call, resource, work, known) {
      try {
        return { kind: 'read', value: await work() };
      } catch (error) {
        if (errorCode(error) === 'NoSuchEntity' && known === undefined) return { kind: 'missing' };
        const described = describe(error, call, resource, options);
        record({ scope, account: session.account, ...described });
        return { kind: 'failed', code: described.code };
      }
    },
    record: (others) => others.forEach(record),
    withOwnErrors: () => createAccountReader(options),
    ofRole: (roleName) => createAccountReader({ ...options, roleName }),
  };
}

function describe(
  error: unknown,
  call: string,
  resource: string,
  { scope, session, assumedBy, externalId, roleName }: AccountReaderOptions,
): Omit<ReadError, 'scope' | 'account'> {
  const ended = endedCall(error);
  if (ended !== undefined) {
    const atCall = error instanceof CallError ? error.call : call;
    return { call: atCall, ...describeEnded(ended, atCall, `in account ${session.account}`, 'this account was read completely') };
  }
  if (error instanceof CallError) {
    const { cause, resource: role } = error;
    // If it is not the target's role, the hub's own credentials could not be renewed.
    const ofTarget = scope === 'target' && role === session.principal;
    const site = { call: error.call, resource: role, principal: assumedBy, externalId };
    const advice = ofTarget ? adviseAssume(cause, site) : adviseHubAccess(cause, error.call, { role });
    return { call: error.call, code: errorCode(cause), message: errorMessage(cause), advice };
  }
  const message = error instanceof UnexpectedAnswer ? `Unexpected response: ${error.message}` : errorMessage(error);
  const advice = adviseRead(error, { call, resource, principal: session.principal });
  return { call, code: errorCode(error), message, advice, ...(roleName === undefined ? {} : { roleName }) };
}

/** The value, if it was read. */
export function readOrUndefined<T>(outcome: ReadOutcome<T>): T | undefined {
  return outcome.kind === 'read' ? outcome.value : undefined;
}
