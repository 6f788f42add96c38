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

/** The grantee with the trust that the action's roles must have in its account: that of one principal of the hub, with the external id. */
export function withToolTrusts(grantee: Grantee, tools: readonly StatedTool[], hub: Scope): Grantee {
  const toolTrusts = tools.flatMap((tool) => expandToolTrust(grantee, tool, hub));
  return toolTrusts.length === 0 ? grantee : { ...grantee, target: { ...grantee.target, toolTrusts } };
}

function expandToolTrust({ target, values }: Grantee, { tool, role, trustedBy }: StatedTool, hub: Scope): readonly ToolTrust[] {
  if (trustedBy === undefined) return [];
  const path: Path = [tool, 'trustedBy'];
  const principal = expandedText({ ...hub, values }, path, trustedBy, HUB_PRINCIPAL);
  if (fits(principal, HUB_PRINCIPAL) && (accountOf(principal) !== hub.account || partitionOf(principal) !== hub.partition)) {
    hub.complaints.add(path, { expected: `a role or user of the hub account ${hub.account} in the partition ${hub.partition}` });
  }
  const roleArn = entityArn(hub.partition, target.account, 'role', role.roleName, role.path);
  return [
    {
      tool,
      roleName: role.roleName,
      roleArn,
      trust: trustPolicy(principal, { partition: hub.partition, account: target.account }, role.externalId),
    },
  ];
}
