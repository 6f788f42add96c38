/**
 * The ARN of a managed policy as the file names it: an ARN as it is, `policy/team/name` as one of the account's own, anything else as
 * one of AWS's own (`job-function/…` and the like included).
 */
export function policyArn(reference: string, partition: string, account: string): string {
  if (reference.startsWith('arn:')) return reference;
  const owner = reference.startsWith('policy/') ? account : 'aws';
  const path = reference.startsWith('policy/') ? reference : `policy/${reference}`;
  return `arn:${partition}:iam::${owner}:${path}`;
}

/** The shortest name that `policyArn` reads as the ARN; the ARN itself where there is none. */
export function policyReference(arn: string, partition: string, account: string): string {
  const [, owner, path = ''] = /^arn:[^:]*:iam::([^:]*):(policy\/.*)$/.exec(arn) ?? [];
  const short = owner === 'aws' ? path.slice('policy/'.length) : path;
  return policyArn(short, partition, account) === arn ? short : arn;
}

/** Whether the policy is one of AWS's own, and not a customer's. */
export function isOfAws(arn: string): boolean {
  return /^arn:[^:]*:iam::aws:/.test(arn);
}

/** The name of a policy with its path: `team/dns`, `AmazonEC2FullAccess`. */
export function nameOfPolicy(arn: string): string {
  return arn.replace(/^arn:[^:]*:iam::[^:]*:policy\//, '');
}

/** The form of a version's id. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html */
export function isVersionId(text: string): boolean {
  return /^v[1-9][0-9]*(?:\.[A-Za-z0-9-]*)?$/.test(text);
}

/** Why a policy of that ARN can't be attached in the account; `undefined` if it can. */
export function policyObstacle(arn: string, partition: string, account: string): string | undefined {
  const [, arnPartition, , , owner] = arn.split(':');
  if (arnPartition !== partition) return `the policy is in the partition ${arnPartition}, not in ${partition}`;
  if (owner !== 'aws' && owner !== account)
    return `the policy belongs to account ${owner}; account ${account} can use only its own policies and AWS managed policies`;
  return undefined;
}

/**
 * Whether AWS's own policy of that ARN is the quarantine that AWS puts on a user whose access key leaked. A customer's policy may bear the same name and is
 * none. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
 */
export function isKeyQuarantine(arn: string): boolean {
  return /^arn:[a-z-]+:iam::aws:policy\/AWSCompromisedKeyQuarantine(?:V\d+)?$/.test(arn);
}
