import { githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';

/** A file as it is in a commit. `failed`: whether the file exists is not known; the reason is a sentence for people. */
export type FileAt =
  | { readonly status: 'found'; readonly content: Uint8Array }
  | { readonly status: 'missing' }
  | { readonly status: 'failed'; readonly reason: string };

type ContentEntry = Exclude<Awaited<ReturnType<Octokit['rest']['repos']['getContent']>>['data'], readonly unknown[]>;

/**
 * Reads a file of the repository at a commit, without a checkout. https://docs.github.com/rest/repos/contents#get-repository-content
 *
 * @param limit bytes; a larger file is not read
 */
export async function readFileAt(octokit: Octokit, repo: RepoRef, path: string, commit: string, limit: number): Promise<FileAt> {
  try {
    const { data } = await octokit.rest.repos.getContent({ ...repo, path, ref: commit });
    if (Array.isArray(data) || data.type !== 'file') return { status: 'failed', reason: `At ${commit.slice(0, 7)} it is no file.` };
    if (data.size > limit) return { status: 'failed', reason: `At ${commit.slice(0, 7)} it has more than ${limit} bytes.` };
    return { status: 'found', content: await contentOf(octokit, repo, data) };
  } catch (error) {
    const problem = githubProblem(error, 'contents');
    if (problem === undefined) throw error;
    if (problem.status === 404 && (await commitExists(octokit, repo, commit))) return { status: 'missing' };
    return { status: 'failed', reason: problem.text };
  }
}

/** GitHub returns files of more than a megabyte without their content. Their blob has it. */
async function contentOf(octokit: Octokit, repo: RepoRef, entry: ContentEntry): Promise<Uint8Array> {
  if ('content' in entry && (entry.content !== '' || entry.size === 0)) return Buffer.from(entry.content, 'base64');
  const { data } = await octokit.rest.git.getBlob({ ...repo, file_sha: entry.sha });
  return Buffer.from(data.content, 'base64');
}

/** GitHub also answers 404 to a token without rights, and for a commit that was pruned. In both cases the file may exist. */
async function commitExists(octokit: Octokit, repo: RepoRef, commit: string): Promise<boolean> {
  try {
    await octokit.rest.git.getCommit({ ...repo, commit_sha: commit });
    return true;
  } catch (error) {
    if (githubProblem(error, 'contents') === undefined) throw error;
    return false;
  }
}
