import { malformedPolicy } from '../protocol/errors.ts';
import type { Policy, Statement } from './statement.ts';

const SID = /^[A-Za-z0-9]*$/;
/** A vendor and whatever: IAM keeps names that its documentation does not allow, with commas and blanks in them. */
const ACTION = /^(\*|[A-Za-z0-9.-]+:.*)$/s;
const RESOURCE = /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+)$/s;
const STS_ACTION = /^sts:.*$/is;

/** Throws `MalformedPolicyDocument` for what IAM does not accept as the policy of a user, group or role, or as a managed policy. */
export function checkIdentityPolicy(policy: Policy): void {
  for (const statement of policy.statements) {
    if (statement.principals !== undefined) throw malformedPolicy('Policy document should not specify a principal.');
    if (!SID.test(statement.sid ?? '')) throw malformedPolicy('Statement IDs (SID) must be alpha-numeric.');
    checkActions(statement, ACTION, 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
    const resources = statement.resources ?? statement.notResources;
    if (resources === undefined || resources.length === 0) throw malformedPolicy('Policy statement must contain resources.');
    const wrong = resources.find((resource) => !RESOURCE.test(resource));
    if (wrong !== undefined) throw malformedPolicy(`Resource ${wrong} must be in ARN format or "*".`);
  }
}

/** Throws `MalformedPolicyDocument` for what IAM does not accept as a role's trust policy. Does not check whether its principals exist. */
export function checkTrustPolicy(policy: Policy): void {
  for (const statement of policy.statements) {
    if (statement.resources !== undefined) throw malformedPolicy('Has prohibited field Resource');
    if (statement.notResources !== undefined) throw malformedPolicy('Has prohibited field NotResource');
    if (statement.principals === undefined) throw malformedPolicy('Missing required field Principal');
    checkActions(statement, STS_ACTION, 'AssumeRole policy may only specify STS AssumeRole actions.');
  }
}

function checkActions(statement: Statement, form: RegExp, message: string): void {
  const actions = statement.actions ?? statement.notActions ?? [];
  if (actions.length === 0) throw malformedPolicy('Policy statement must contain actions.');
  if (!actions.every((action) => form.test(action))) throw malformedPolicy(message);
}
