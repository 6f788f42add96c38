/** IAM tells users, groups, roles and tag keys apart without regard to case. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
