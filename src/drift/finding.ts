import { createHash } from 'node:crypto';
import type { Location } from '../state/desired.ts';
import type { Rule } from '../state/rules.ts';
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

export interface AppliedException {
  readonly owner: string;
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day. */
  readonly expires: string;
  readonly expired: boolean;
}

/** Completes a finding. Its id is a digest of rule, account, resource, entity and what is there: not of what is desired, of wording or of the day. */
export function toFinding({ difference, access, location, explanation = [], witness = null }: FindingInput): Finding {
  const [rule, account, resource] = [ruleOf(difference), accountOfDifference(difference), resourceOf(difference)];
  const identity = JSON.stringify([rule, account, resource, entityArnOf(difference), driftIdentity(difference)]);
  return {
    id: createHash('sha256').update(identity).digest('hex').slice(0, 16),
    difference,
    rule,
    account,
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
