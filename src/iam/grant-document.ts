import { type Policy, parsePolicy } from '../policy/index.ts';

/**
 * The document of an inline policy that lets a group's users assume roles, in the form that Micetro's multi-account guide gives it.
 *
 * @param resource ARN of the role, or of several where grants are packed
 */
export function grantDocument(resource: string | readonly string[]): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: [{ Sid: '', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resource }] };
}

/** The same as a policy. */
export function grantPolicy(resource: string | readonly string[]): Policy {
  return parsePolicy(grantDocument(resource), 'identity');
}

/** A trust policy that lets the principals assume a role of the account, with the external id if there is one. */
export function trustPolicy(
  principals: string | readonly string[],
  { partition, account }: Pick<Policy, 'partition' | 'account'>,
  externalId?: string,
): Policy {
  const [single, ...more] = typeof principals === 'string' ? [principals] : principals;
  const principal = more.length === 0 ? single : principals;
  const condition = externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } };
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole', ...condition };
  return parsePolicy({ Version: '2012-10-17', Statement: [statement] }, 'trust', { partition, account });
}
