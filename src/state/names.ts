/** IAM tells users, groups, roles and tag keys apart without regard to case. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** `arn:aws:iam::222222222222:role/ddi/Micetro` → `222222222222`. Empty for AWS's own policies and for what is no ARN. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** The part of an ARN that people say: `arn:aws:iam::aws:policy/job-function/ViewOnlyAccess` → `job-function/ViewOnlyAccess`. */
export function shortName(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

/** `user`, `group` or `role` with a path (`/`, `/ddi/`) as IAM writes its ARN. */
export function entityArn(partition: string, account: string, kind: 'user' | 'group' | 'role', name: string, path = '/'): string {
  return `arn:${partition}:iam::${account}:${kind}${path}${name}`;
}
