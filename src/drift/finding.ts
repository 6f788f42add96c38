import { createHash } from 'node:crypto';
import type { Location } from '../state/desired.ts';
import type { Rule } from '../state/rules.ts';
import type { Target } from '../state/state.ts';
import type { Access } from './access.ts';
import { accountOfDifference, type Difference, entityArnOf, messageOf, resourceOf, ruleOf, titleOf } from './difference.ts';
import { driftIdentity } from './difference-json.ts';
import { type Severity, severityOf } from './severity.ts';

/** What a rule finds out. Everything else about a finding follows from it. */
export interface FindingInput {
  readonly difference: Difference;
  readonly access: Access;
  /** Where the file says, or would say, the desired value. */
  readonly location: Location;
  /** For people, from the comparison of documents: one line each. */
  readonly explanation?: readonly string[];
  /** A request that only one side allows. */
  readonly witness?: string | null;
}

/** One difference between desired and live. */
export interface Finding {
  /** Stable across runs while the drift is the same. */
  readonly id: string;
  readonly difference: Difference;
  readonly rule: Rule;
  readonly account: string;
  /** Those that it is about, in the order of the file: one, or of what an account has once all that use it; none where it is the hub's. */
  readonly targets: readonly TargetRef[];
  /** ARN of what has to change; exceptions match on it exactly. */
  readonly resource: string;
  readonly access: Access;
  readonly severity: Severity;
  /** The fact in a few words, unescaped, without the account. */
  readonly title: string;
  /** One line for a person, unescaped. */
  readonly message: string;
  /** Empty where no documents were compared. */
  readonly explanation: readonly string[];
  readonly witness: string | null;
  readonly location: Location;
  readonly exception: AppliedException | null;
}

/** A target by its address and by the ARN that is wanted of its role. */
export type TargetRef = Pick<Target, 'account' | 'roleName' | 'roleArn'>;

export interface AppliedException {
  readonly owner: string;
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day. */
  readonly expires: string;
  readonly expired: boolean;
}

/** Completes a finding. Its id is a digest of rule, account, resource, entity and what is there: not of what is desired, of wording or of the day. */
export function toFinding(
  { difference, access, location, explanation = [], witness = null }: FindingInput,
  targets: readonly TargetRef[] = [],
): Finding {
  const [rule, account, resource] = [ruleOf(difference), accountOfDifference(difference), resourceOf(difference)];
  const identity = JSON.stringify([rule, account, resource, entityArnOf(difference), driftIdentity(difference)]);
  return {
    id: createHash('sha256').update(identity).digest('hex').slice(0, 16),
    difference,
    rule,
    account,
    targets: targets.map(({ account: of, roleName, roleArn }) => ({ account: of, roleName, roleArn })),
    resource,
    access,
    severity: severityOf(difference, access),
    title: titleOf(difference, access),
    message: messageOf(difference, access),
    explanation,
    witness,
    location,
    exception: null,
  };
}
