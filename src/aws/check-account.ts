import { accountOf, entityArn, partitionOf } from '../iam/arn.ts';
import { HubAccessError, type HubOptions } from './access.ts';

type Expected = Pick<HubOptions, 'account' | 'partition'>;

/**
 * Refuses a role that can't be the hub's before any call is made.
 *
 * @throws {HubAccessError} when it is not the ARN of a role, or is in another account
 */
export function checkRole(expected: Expected, role: string): void {
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(role)) {
    throw new HubAccessError(
      'InvalidRole',
      'credentials',
      `"${role}" is not a role ARN.`,
      `Expected a form such as ${entityArn(expected.partition ?? 'aws', expected.account ?? '111111111111', 'role', 'NAME')}.`,
    );
  }
  checkAccount(expected, role);
}

/**
 * Where no file names the hub account, every account is accepted.
 *
 * @param arn the identity whose credentials are used
 * @throws {HubAccessError} when it is not in the hub account
 */
export function checkAccount({ account, partition }: Expected, arn: string): void {
  const [foundAccount, foundPartition] = [accountOf(arn), partitionOf(arn)];
  if (account === undefined && partition === undefined && foundAccount !== undefined) return;
  if (foundAccount === account && foundPartition === partition) return;
  throw new HubAccessError(
    'WrongAccount',
    'credentials',
    `The credentials belong to account ${foundAccount ?? '(unknown)'} (partition ${foundPartition ?? '(unknown)'}), but the hub account in the desired-state file is ${account} (partition ${partition}). Nothing was read.`,
    'Use credentials of the hub account, or correct hub.account (or hub.partition) in the file.',
  );
}
