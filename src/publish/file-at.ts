import type { AnswerTo } from './answers.ts';
import { ask } from './ask.ts';
import { type GitHubProblem, githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';

/** A file as it is in a commit. `failed`: whether the file exists is not known; the reason is a sentence for people. */
export type FileAt =
  | { readonly status: 'found'; readonly content: Uint8Array }
  | { readonly status: 'missing' }
  | { readonly status: 'failed'; readonly reason: string };

type FileEntry = Extract<AnswerTo<'GET /repos/{owner}/{repo}/contents/{path}'>, { readonly type: 'file' }>;

/**
 * Reads a file of the repository at a commit, without a checkout. https://docs.github.com/rest/repos/contents#get-repository-content
 *
 * @param limit bytes; a larger file is not read
 */
export async function readFileAt(octokit: Octokit, repo: RepoRef, path: string, commit: string, limit: number): Promise<FileAt> {
  try {
    const entry = await ask(octokit, 'GET /repos/{owner}/{repo}/contents/{path}', { ...repo, path, ref: commit });
    if (Array.isArray(entry) || entry.type !== 'file') return { status: 'failed', reason: `At ${commit.slice(0, 7)} it is not a file.` };
    if (entry.size > limit) return { status: 'failed', reason: `At ${commit.slice(0, 7)} it has more than ${limit} bytes.` };
    return { status: 'found', content: await contentOf(octokit, repo, entry) };
  } catch (error) {
    const problem = githubProblem(error, 'contents');
    if (problem === undefined) throw error;
    if (problem.status !== 404) return { status: 'failed', reason: problem.text };
    const ofCommit = await problemWithCommit(octokit, repo, commit);
    if (ofCommit === undefined) return { status: 'missing' };
    return { status: 'failed', reason: ofCommit.status === 404 ? problem.text : ofCommit.text };
  }
}

/** GitHub returns files of more than a megabyte without their content. Their blob has it. */
async function contentOf(octokit: Octokit, repo: RepoRef, entry: FileEntry): Promise<Uint8Array> {
  if (typeof entry.content === 'string' && (entry.content !== '' || entry.size === 0)) return Buffer.from(entry.content, 'base64');
  const { content } = await ask(octokit, 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { ...repo, file_sha: entry.sha });
  return Buffer.from(content, 'base64');
}

/**
 * GitHub also answers 404 to a token without rights, and for a commit that was pruned. In both cases the file may exist.
 *
 * @returns `undefined`: the commit is there, and the token may read it
 */
async function problemWithCommit(octokit: Octokit, repo: RepoRef, commit: string): Promise<GitHubProblem | undefined> {
  try {
    await ask(octokit, 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { ...repo, commit_sha: commit });
    return undefined;
  } catch (error) {
    const problem = githubProblem(error, 'contents');
    if (problem === undefined) throw error;
    return problem;
  }
}
