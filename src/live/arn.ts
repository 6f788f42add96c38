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
