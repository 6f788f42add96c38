import type { Finding } from '../drift/finding.ts';
import { documentOf } from '../drift/sources.ts';
import type { State, Target } from '../state/state.ts';
import type { Limits } from './call.ts';
import { namesOf } from './ways.ts';

/** What the advice depends on beside the finding. */
interface CutOffScene {
  readonly state: State;
  readonly limits: Limits;
}

/** For people: who would be cut off, and what would allow the repair. */
export function cutOffReason(targets: readonly Target[], finding: Finding, scene: CutOffScene): string {
  return `It would remove the last proven access of the hub user to the ${namesOf(targets)}. ${adviceAgainstCut(finding, scene)}`;
}

function adviceAgainstCut({ difference }: Finding, { limits, state }: CutOffScene): string {
  switch (difference.kind) {
    case 'trust':
    case 'orphans':
      return 'Name the hub user or the hub account in the trust policy in the file.';
    case 'boundary':
      return 'Allow sts:AssumeRole on these roles in the boundary that the file names, and allow the auditor role to read it (iam:GetPolicy, iam:GetPolicyVersion).';
    case 'attached':
      if (difference.live === null && documentOf(difference.arn, state) === undefined) {
        return `The content of ${difference.arn} could not be read. Make sure that the policy exists, and that the auditor role is allowed to call iam:GetPolicy and iam:GetPolicyVersion on it.`;
      }
      break;
    default:
  }
  const others = 'remove the targets from the file, or accept the finding with an exception';
  return limits.scope === 'all'
    ? `This run writes no grant that replaces it. See the findings about these targets, ${others}.`
    : `Set fix-scope: all to also write the missing grants, ${others}.`;
}
