import { adviseAssume, adviseHubAccess, adviseRead } from '../aws/advice.ts';
import { CallError, UnexpectedAnswer } from '../aws/answers.ts';
import { errorCode, errorMessage } from '../aws/errors.ts';
import type { Session } from '../aws/session.ts';
import type { ReadError } from '../state/reading.ts';

/** What became of a read. `missing`: AWS says that there is no such thing. `failed`: the error is noted. */
export type Outcome<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly code: string };

/** Reads of one account. A failure is noted with advice and does not end the other reads. */
export interface AccountReader {
  readonly session: Session;
  readonly errors: readonly ReadError[];
  /**
   * @param call `iam:GetRole`
   * @param resource ARN that the call is about
   * @param known `listed`: AWS has just named it, so that it is an error when it is not there
   */
  read<T>(call: string, resource: string, work: () => Promise<T>, known?: 'listed'): Promise<Outcome<T>>;
}

export interface AccountReaderOptions {
  readonly scope: ReadError['scope'];
  readonly session: Session;
  /** Who assumes the session's role, for advice. */
  readonly assumedBy: string;
  readonly externalId: string | undefined;
}

export function createAccountReader(options: AccountReaderOptions): AccountReader {
  const { scope, session } = options;
  const errors: ReadError[] = [];
  const seen = new Set<string>();
  const note = (error: Omit<ReadError, 'scope' | 'account'>): void => {
    // Reads that run side by side fail alike when the credentials do: said once.
    const key = JSON.stringify([error.code, error.call, error.message]);
    if (!seen.has(key)) errors.push({ scope, account: session.account, ...error });
    seen.add(key);
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
        note(described);
        return { kind: 'failed', code: described.code };
      }
    },
  };
}

function describe(
  error: unknown,
  call: string,
  resource: string,
  { scope, session, assumedBy, externalId }: AccountReaderOptions,
): Omit<ReadError, 'scope' | 'account'> {
  if (error instanceof CallError) {
    const { cause, resource: role } = error;
    // Else it was the hub's own credentials that could not be renewed.
    const ofTarget = scope === 'target' && role === session.principal;
    const site = { call: error.call, resource: role, principal: assumedBy, externalId };
    const advice = ofTarget ? adviseAssume(cause, site) : adviseHubAccess(cause, error.call, { role });
    return { call: error.call, code: errorCode(cause), message: errorMessage(cause), advice };
  }
  const message = error instanceof UnexpectedAnswer ? `Unexpected answer: ${error.message}` : errorMessage(error);
  return { call, code: errorCode(error), message, advice: adviseRead(error, { call, resource, principal: session.principal }) };
}

/** The value that was read, else `undefined`. */
export function readOrUndefined<T>(outcome: Outcome<T>): T | undefined {
  return outcome.kind === 'read' ? outcome.value : undefined;
}
