import type { AwsAccess } from '../aws/access.ts';
import { CallError, UnexpectedAnswer } from '../aws/answers.ts';
import { errorCode, errorMessage, isRefusal } from '../aws/errors.ts';
import { adviseOrganization, adviseOrganizationRole, NO_SUCH_UNIT } from '../aws/organizations-advice.ts';
import type { OrganizationsCalls } from '../aws/organizations-client.ts';
import { describeEnded, endedCall } from '../aws/reading-ended.ts';
import { adviseHubAccess } from '../aws/sign-in-advice.ts';
import type { ReadError } from '../state/reading.ts';
import type { ReadOutcome } from './account-reader.ts';

/** Calls AWS Organizations, and records what fails. */
export interface OrganizationReader {
  readonly errors: readonly ReadError[];
  /**
   * @param call `organizations:ListAccounts`
   * @param unit that it is about, if it is about one
   */
  read<T>(call: string, work: (send: Send) => Promise<T>, unit?: string): Promise<ReadOutcome<T>>;
  record(error: Omit<ReadError, 'scope' | 'account'>): void;
}

export type Send = <T>(call: (calls: OrganizationsCalls) => Promise<T>) => Promise<T>;

/** @param role ARN of the role that may read the organization; `undefined`: the hub's own identity does */
export function organizationReader({ hub, assume }: Pick<AwsAccess, 'hub' | 'assume'>, role: string | undefined): OrganizationReader {
  const session = role === undefined ? hub : assume(role, undefined);
  const errors: ReadError[] = [];
  const record = (error: Omit<ReadError, 'scope' | 'account'>) => void errors.push({ scope: 'organization', account: '', ...error });
  return {
    errors,
    record,
    async read(call, work, unit) {
      try {
        return { kind: 'read', value: await work((send) => session.organizations(send)) };
      } catch (error) {
        const described = describe(error, call, session.principal, { role, hub: hub.principal, unit });
        record(described);
        return { kind: 'failed', code: described.code };
      }
    },
  };
}

function describe(
  error: unknown,
  call: string,
  principal: string,
  { role, hub, unit }: { readonly role: string | undefined; readonly hub: string; readonly unit: string | undefined },
): Omit<ReadError, 'scope' | 'account'> {
  const ended = endedCall(error);
  if (ended !== undefined) {
    const atCall = error instanceof CallError ? error.call : call;
    return { call: atCall, ...describeEnded(ended, atCall, '', 'the accounts of the organization were read') };
  }
  if (error instanceof CallError) {
    const { cause, call: failed, resource } = error;
    // If it is not that role, the hub's own credentials could not be renewed.
    const isRole = resource === role && isRefusal(errorCode(cause));
    const advice = isRole ? adviseOrganizationRole(cause, resource, hub) : adviseHubAccess(cause, failed, { role: resource });
    return { call: failed, code: errorCode(cause), message: errorMessage(cause), advice };
  }
  const message =
    errorCode(error) === NO_SUCH_UNIT && unit !== undefined ? `The organization does not contain the unit ${unit}.` : messageOf(error);
  const advice = adviseOrganization(error, { call, resource: '*', principal }, role !== undefined);
  return { call, code: errorCode(error), message, advice };
}

function messageOf(error: unknown): string {
  return error instanceof UnexpectedAnswer ? `Unexpected response: ${error.message}` : errorMessage(error);
}
