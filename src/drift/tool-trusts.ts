import type { TargetAccount } from '../state/state.ts';
import type { FindingInput } from './finding.ts';
import { comparedPolicies } from './policies.ts';
import type { Sides } from './sides.ts';

/**
 * Rule `tool-role-trust-changed`: of the action's own roles in an account of targets, those of which the file says who may assume them. A role that does not exist lets
 * nobody in, which is narrower than the file says.
 */
export function toolTrustDrift({ desired: { hub }, locate, comparer }: Sides, of: TargetAccount, live: TargetAccount): FindingInput[] {
  const { account, toolTrusts = [] } = of;
  return toolTrusts.flatMap(({ tool, roleName, trust: desired }): FindingInput[] => {
    const found = live.toolTrusts?.find((other) => other.tool === tool);
    if (!desired || found?.trust === undefined) return [];
    const difference = {
      kind: 'tool-trust',
      hubAccount: hub.account,
      of: { kind: 'Role', account, name: roleName, arn: found.roleArn },
      tool,
      desired,
      live: found.trust,
    } as const;
    const compared = found.trust === null ? ({ access: 'narrowed' } as const) : comparedPolicies(comparer, desired, found.trust);
    return compared === null ? [] : [{ difference, ...compared, location: locate.tool(tool, 'trustedBy') }];
  });
}
