import { accountOf, entityArn, partitionOf } from '../iam/arn.ts';
import { trustPolicy } from '../iam/grant-document.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { Tool, ToolTrust } from '../state/state.ts';
import type { Path } from './file-node.ts';
import type { Grantee } from './grants.ts';
import { expandedText, type Scope } from './scope.ts';
import { fits, HUB_PRINCIPAL } from './syntax.ts';

/** A role of the action, with what the file says of who may assume it. */
export interface StatedTool {
  readonly tool: Tool;
  readonly role: AssumableRole;
  readonly trustedBy: string | undefined;
}

/**
 * The trust that one of the action's roles must have in an account: that of one principal of the hub, with the external id.
 *
 * @param targets those in the account; the principal may be named after them, and the role has one trust for all of them
 */
export function expandToolTrust(
  account: string,
  targets: readonly [Grantee, ...Grantee[]],
  { tool, role, trustedBy }: StatedTool,
  hub: Scope,
): readonly ToolTrust[] {
  if (trustedBy === undefined) return [];
  const path: Path = [tool, 'trustedBy'];
  const [principal = '', ...others] = new Set(
    targets.map(({ values }) => expandedText({ ...hub, values }, path, trustedBy, HUB_PRINCIPAL)),
  );
  if (fits(principal, HUB_PRINCIPAL) && (accountOf(principal) !== hub.account || partitionOf(principal) !== hub.partition)) {
    hub.complaints.add(path, { expected: `a role or user of the hub account ${hub.account} in the partition ${hub.partition}` });
  }
  if (others.length > 0) {
    hub.complaints.add(path, {
      message: `the targets in account ${account} make different principals of it: ${[principal, ...others].join(', ')}`,
      expected: 'the same principal for all roles of an account',
    });
  }
  const roleArn = entityArn(hub.partition, account, 'role', role.roleName, role.path);
  return [
    { tool, roleName: role.roleName, roleArn, trust: trustPolicy(principal, { partition: hub.partition, account }, role.externalId) },
  ];
}
