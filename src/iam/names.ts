export interface PathAndName {
  /** `/` or `/…/`. */
  readonly path: string;
  readonly name: string;
}

/** The parts of a name that stands with its path, as in an ARN: `ddi/micetro` → `/ddi/`, `micetro`. IAM's calls take the name alone. */
export function pathAndName(text: string): PathAndName {
  const end = text.lastIndexOf('/') + 1;
  return { path: `/${text.slice(0, end)}`, name: text.slice(end) };
}

/** IAM tells users, groups, roles and tag keys apart without regard to case. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
