/** A file that the provenance attestation names. `sha256` in hexadecimal. */
export interface Subject {
  readonly path: string;
  readonly sha256: string;
}

export interface ReleaseFacts {
  /** Of package.json: `1.2.3`. */
  readonly version: string;
  /** All tags of the repository. */
  readonly tags: readonly string[];
  /** The text of CHANGELOG.md, newest version first. */
  readonly changelog: string;
  readonly subjects: readonly Subject[];
}

export interface ReleasePlan {
  /** No tag has this version yet. Otherwise there is nothing to release. */
  readonly isNew: boolean;
  /** `v1.2.3`, never moved. */
  readonly tag: string;
  /** `v1`, moved to each release of the major version. */
  readonly majorTag: string;
  /** Markdown: the version's section of the changelog, without its heading. */
  readonly notes: string;
  readonly subjects: readonly Subject[];
}

/**
 * Plans a release. Pure.
 *
 * @throws Error if the version is not `X.Y.Z`, if the changelog has no section of a new version, or if there is nothing to attest
 */
export function planRelease({ version, tags, changelog, subjects }: ReleaseFacts): ReleasePlan {
  const major = /^(\d+)\.\d+\.\d+$/.exec(version)?.[1];
  if (major === undefined) throw new Error(`package.json: expected a version X.Y.Z, found ${version}.`);
  const tag = `v${version}`;
  const isNew = !tags.includes(tag);
  const notes = sectionOf(version, changelog);
  if (isNew && notes === '') throw new Error(`CHANGELOG.md has no section "## ${version}" with text. Run npm run version.`);
  if (isNew && subjects.length === 0) throw new Error('dist/ has no files to attest. Run npm run build.');
  return { isNew, tag, majorTag: `v${major}`, notes, subjects };
}

/** The text between `## VERSION` and the next heading of that level. */
function sectionOf(version: string, changelog: string): string {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => line.trim() === `## ${version}`);
  if (start < 0) return '';
  const after = lines.slice(start + 1);
  const end = after.findIndex((line) => line.startsWith('## '));
  return `${after
    .slice(0, end < 0 ? undefined : end)
    .join('\n')
    .trim()}\n`.trimStart();
}

/** Lines for `$GITHUB_OUTPUT`. */
export function outputLines({ isNew, tag, majorTag, subjects }: ReleasePlan): string {
  const paths = subjects.map(({ path }) => path).join(',');
  return `is-new=${isNew}\ntag=${tag}\nmajor-tag=${majorTag}\nsubjects=${paths}\n`;
}

/** The plan for a person. */
export function forPerson({ isNew, tag, majorTag, notes, subjects }: ReleasePlan): string {
  const files = subjects.map(({ path, sha256 }) => `  ${sha256}  ${path}`).join('\n');
  const first = isNew ? `Release ${tag} and move ${majorTag} to it.` : `${tag} has been released: nothing to do.`;
  return `${first}\n\nNotes:\n\n${notes}\nAttested files (SHA-256):\n\n${files}\n`;
}
