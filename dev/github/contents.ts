import { createHash } from 'node:crypto';
import { type Answer, type Call, ok } from './call.ts';
import { notFound, Problem } from './problem.ts';
import type { File, Repository } from './repository.ts';
import { pullView, repositoryView } from './views.ts';

/** The contents API omits the content of larger files. */
const INLINE_BYTES = 1024 * 1024;

/** https://docs.github.com/rest/repos/contents: a file at a commit or ref, as JSON or (by the Accept header) as it is. */
export function getContents(call: Call): Answer {
  const { repository } = call.site;
  const path = call.segments[2] ?? '';
  const ref = call.query.get('ref') ?? repository.defaultBranch;
  if (!refs(repository).has(ref)) throw new Problem(404, `No commit found for the ref ${ref}`);
  const file = repository.files.find((candidate) => candidate.path === path && candidate.ref === ref);
  if (file === undefined) {
    const inside = repository.files.filter((candidate) => candidate.ref === ref && candidate.path.startsWith(`${path}/`));
    if (inside.length === 0) throw notFound();
    return ok(inside.map(entryOf));
  }
  if (call.accept.includes('raw')) return ok(file.text);
  const isLarge = Buffer.byteLength(file.text) > INLINE_BYTES;
  const content = isLarge ? '' : Buffer.from(file.text).toString('base64').replace(/.{60}/g, '$&\n');
  return ok({ ...entryOf(file), encoding: isLarge ? 'none' : 'base64', content });
}

function entryOf(file: File) {
  const { path, text } = file;
  return { type: 'file', path, name: path.split('/').at(-1), size: Buffer.byteLength(text), sha: blobSha(file) };
}

/** The id that git computes: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
function blobSha({ text }: File): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex');
}

/** https://docs.github.com/rest/git/blobs#get-a-blob */
export function getBlob(call: Call): Answer {
  const file = call.site.repository.files.find((candidate) => blobSha(candidate) === call.segments[2]);
  if (file === undefined) throw notFound();
  const content = Buffer.from(file.text).toString('base64');
  return ok({ sha: blobSha(file), size: Buffer.byteLength(file.text), encoding: 'base64', content });
}

/** https://docs.github.com/rest/git/commits#get-a-commit-object */
export function getCommit(call: Call): Answer {
  const sha = call.segments[2] ?? '';
  if (!refs(call.site.repository).has(sha)) throw notFound();
  return ok({ sha, message: 'a commit', parents: [] });
}

/** Every ref that has files, and the commits of pull requests. */
function refs({ files, pulls, defaultBranch }: Repository): ReadonlySet<string> {
  return new Set([defaultBranch, ...files.map(({ ref }) => ref), ...pulls.flatMap(({ head, base }) => [head.sha, base.sha])]);
}

export function getPull(call: Call): Answer {
  const pull = call.site.repository.pulls.find(({ number }) => number === Number(call.segments[2]));
  if (pull === undefined) throw notFound();
  return ok(pullView(call.site, pull));
}

export function getRepository(call: Call): Answer {
  return ok(repositoryView(call.site));
}
