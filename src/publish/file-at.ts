import type { Place } from './find-issue.ts';
import { githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';

/** A file as it is in a commit. `failed`: nobody knows whether it is there; the reason is a sentence for people. */
export type FileAt =
  | { readonly status: 'found'; readonly content: Uint8Array }
  | { readonly status: 'missing' }
  | { readonly status: 'failed'; readonly reason: string };

type Entry = Exclude<Awaited<ReturnType<Octokit['rest']['repos']['getContent']>>['data'], readonly unknown[]>;

/**
 * Reads a file of the repository at a commit, without a checkout. https://docs.github.com/rest/repos/contents#get-repository-content
 *
 * @param limit bytes; of a larger file nothing is read
 */
export async function readFileAt(octokit: Octokit, place: Place, path: string, commit: string, limit: number): Promise<FileAt> {
  try {
    const { data } = await octokit.rest.repos.getContent({ ...place, path, ref: commit });
    if (Array.isArray(data) || data.type !== 'file') return { status: 'failed', reason: `At ${commit.slice(0, 7)} it is no file.` };
    if (data.size > limit) return { status: 'failed', reason: `At ${commit.slice(0, 7)} it has more than ${limit} bytes.` };
    return { status: 'found', content: await contentOf(octokit, place, data) };
  } catch (error) {
    const problem = githubProblem(error, 'contents');
    if (problem === undefined) throw error;
    if (problem.status === 404 && (await isThere(octokit, place, commit))) return { status: 'missing' };
    return { status: 'failed', reason: problem.text };
  }
}

/** Files of more than a megabyte come without their content; their blob has it. */
async function contentOf(octokit: Octokit, place: Place, entry: Entry): Promise<Uint8Array> {
  if ('content' in entry && (entry.content !== '' || entry.size === 0)) return Buffer.from(entry.content, 'base64');
  const { data } = await octokit.rest.git.getBlob({ ...place, file_sha: entry.sha });
  return Buffer.from(data.content, 'base64');
}

/** Not found is also what a token without rights is told, or one that asks for a commit that was pruned: then the file may well be there. */
async function isThere(octokit: Octokit, place: Place, commit: string): Promise<boolean> {
  try {
    await octokit.rest.git.getCommit({ ...place, commit_sha: commit });
    return true;
  } catch (error) {
    if (githubProblem(error, 'contents') === undefined) throw error;
    return false;
  }
}
