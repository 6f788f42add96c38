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
  return `It would take away the last way of the hub user into the ${namesOf(targets)}: nothing else is proved to let it in. ${adviceAgainstCut(finding, scene)}`;
}

function adviceAgainstCut({ difference }: Finding, { limits, state }: CutOffScene): string {
  switch (difference.kind) {
    case 'trust':
    case 'orphans':
      return 'Let the trust in the file name the hub user, or the hub account.';
    case 'boundary':
      return 'Let the boundary in the file allow sts:AssumeRole on these roles, and let the auditor read it (iam:GetPolicy, iam:GetPolicyVersion).';
    case 'attached':
      if (difference.live === null && documentOf(difference.arn, state) === undefined) {
        return `What ${difference.arn} allows and denies could not be read: make sure that it exists, and that the auditor may call iam:GetPolicy and iam:GetPolicyVersion on it.`;
      }
      break;
    default:
  }
  const others = 'take the targets out of the file, or accept this by an exception';
  return limits.scope === 'all'
    ? `No grant that this run writes takes its place: see what its findings say, ${others}.`
    : `Have the grants that are missing written as well (fix-scope: all), ${others}.`;
}
