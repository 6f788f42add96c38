/** Reading and writing ARNs: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */

/** The account in an ARN; `undefined` where the text is none, or names no account. */
export function accountOf(arn: string | undefined): string | undefined {
  const parts = (arn ?? '').split(':');
  return parts[0] === 'arn' && parts.length >= 6 && parts[4] !== '' ? parts[4] : undefined;
}

/** The partition in an ARN: `aws`, `aws-cn`. */
export function partitionOf(arn: string): string | undefined {
  const parts = arn.split(':');
  return parts[0] === 'arn' && parts.length >= 6 ? parts[1] : undefined;
}

/** The path in the ARN of a user, group or role: `/` or `/…/`. */
export function pathOf(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  const first = resource.indexOf('/');
  return first < 0 ? '/' : resource.slice(first, resource.lastIndexOf('/') + 1);
}

/** The name in the ARN of a user, group or role, without its path. */
export function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** The part of an ARN that people say: `arn:aws:iam::aws:policy/job-function/ViewOnlyAccess` → `job-function/ViewOnlyAccess`. */
export function shortName(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

/** The ARN of a user, group or role. @param path `/` or `/…/` */
export function entityArn(partition: string, account: string, kind: 'user' | 'group' | 'role', name: string, path = '/'): string {
  return `arn:${partition}:iam::${account}:${kind}${path}${name}`;
}

export interface RoleArn {
  readonly partition: string;
  readonly account: string;
  readonly path: string;
  readonly name: string;
}

/** The parts of a role's ARN; `undefined` where the text is none, or is a pattern (with wildcards or policy variables) that may stand for several. */
export function roleOf(arn: string): RoleArn | undefined {
  const [, partition, account, path, name] = /^arn:([a-z-]+):iam::(\d{12}):role(\/(?:[!-~]+\/)?)([\w+=,.@-]{1,64})$/.exec(arn) ?? [];
  if (partition === undefined || account === undefined || path === undefined || name === undefined) return undefined;
  return /[*?]|\$\{/.test(path) ? undefined : { partition, account, path, name };
}
