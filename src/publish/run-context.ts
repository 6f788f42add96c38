import { z } from 'zod';
import { quoted } from '../text/quoted.ts';

/** What the runner's variables and the event's payload say of the run. A missing variable is empty text. */
export interface RunContext {
  /** `schedule`, `pull_request` … */
  readonly event: string;
  readonly repository: Repository;
  /** The checked-out commit; on a pull request that of the test merge. */
  readonly sha: string;
  readonly ref: string;
  readonly runId: string;
  /** From 1. */
  readonly runAttempt: number;
  /** Without a slash at the end. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** URL of this run's page. */
  readonly runUrl: string;
  /** Absolute path. */
  readonly workspace: string;
  /** `.github/workflows/drift.yml`; `undefined` when the runner does not say. */
  readonly workflowFile: string | undefined;
  /** URL of the action's own files at the version that runs, without a slash at the end; `undefined` for an action in the workspace. */
  readonly actionUrl: string | undefined;
  readonly pullRequest: PullRequest | undefined;
  readonly mergeGroup: MergeGroup | undefined;
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
  /** `private` includes an enterprise's internal repositories. `unknown`: the payload does not say; ask GitHub, or treat it as public. */
  readonly visibility: 'public' | 'private' | 'unknown';
  /** `undefined`: the payload does not say. */
  readonly defaultBranch: string | undefined;
}

export interface PullRequest {
  readonly number: number;
  readonly head: Commit;
  readonly base: Commit;
  /** The head is in another repository, or in one that has been deleted. */
  readonly fromFork: boolean;
}

export interface Commit {
  readonly sha: string;
  readonly ref: string;
  /** `owner/name`; `undefined` when the repository was deleted. */
  readonly repository: string | undefined;
}

/** What a merge queue is about to merge: https://docs.github.com/webhooks/webhook-events-and-payloads#merge_group */
export interface MergeGroup {
  /** Its commit, with the pull requests of the group merged. */
  readonly head: string;
  /** The commit that it goes on top of. */
  readonly base: string;
}

const commit = z.object({ sha: z.string(), ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() });
const visibility = z.object({ private: z.boolean().nullish(), visibility: z.string().nullish() });
const defaultBranch = z.object({ default_branch: z.string().min(1) });
const pullRequest = z.object({ number: z.int().min(1), head: commit, base: commit });
const mergeGroup = z.object({ head_sha: z.string(), base_sha: z.string() });

/**
 * @param env the environment of the step: https://docs.github.com/actions/reference/variables-reference
 * @param payload the event's payload, parsed, of any shape: https://docs.github.com/webhooks/webhook-events-and-payloads
 */
export function runContext(env: Readonly<Record<string, string | undefined>>, payload: unknown): RunContext {
  const text = (name: string) => env[name] ?? '';
  const url = (name: string, standard: string) => (text(name) === '' ? standard : text(name)).replace(/\/+$/, '');
  const [owner = '', name = ''] = text('GITHUB_REPOSITORY').split('/');
  const serverUrl = url('GITHUB_SERVER_URL', 'https://github.com');
  return {
    event: text('GITHUB_EVENT_NAME'),
    repository: { owner, name, ...repositoryFacts(part(payload, 'repository')) },
    sha: text('GITHUB_SHA'),
    ref: text('GITHUB_REF'),
    runId: text('GITHUB_RUN_ID'),
    runAttempt: Number.parseInt(text('GITHUB_RUN_ATTEMPT'), 10) || 1,
    serverUrl,
    apiUrl: url('GITHUB_API_URL', 'https://api.github.com'),
    runUrl: `${serverUrl}/${owner}/${name}/actions/runs/${text('GITHUB_RUN_ID')}`,
    workspace: text('GITHUB_WORKSPACE'),
    workflowFile: /^[^/]+\/[^/]+\/(.+)@[^@]*$/.exec(text('GITHUB_WORKFLOW_REF'))?.[1],
    actionUrl: actionUrl(serverUrl, text('GITHUB_ACTION_REPOSITORY'), text('GITHUB_ACTION_REF')),
    pullRequest: pullRequestOf(part(payload, 'pull_request')),
    mergeGroup: mergeGroupOf(part(payload, 'merge_group')),
  };
}

function actionUrl(serverUrl: string, repository: string, ref: string): string | undefined {
  return repository === '' || ref === '' ? undefined : `${serverUrl}/${repository}/blob/${ref}`;
}

/**
 * What a run does not know of its event, as a warning for people; `undefined` if it knows enough.
 *
 * @param problem why the payload could not be read; empty if it could
 */
export function eventWarning(problem: string, { event, pullRequest, mergeGroup }: RunContext): string | undefined {
  const isOfChange = /^(?:pull_request|pull_request_review|merge_group)$/.test(event);
  if (isOfChange && pullRequest === undefined && mergeGroup === undefined) {
    const why = problem === '' ? 'The payload of the event does not contain its commits.' : problem;
    return `${why} The run does not know which change it is for, so it does not compare the file with the base and writes no comment. Run the job again.`;
  }
  return problem === '' || event === '' ? undefined : `${problem} The run knows only the name of the event, ${quoted(event)}.`;
}

/** From any description of the repository by GitHub: a payload's, or the answer to `GET /repos/{owner}/{repo}`. */
export function repositoryFacts(description: unknown): Pick<Repository, 'visibility' | 'defaultBranch'> {
  return { visibility: visibilityOf(description), defaultBranch: defaultBranch.safeParse(description).data?.default_branch };
}

function visibilityOf(description: unknown): Repository['visibility'] {
  const parsed = visibility.safeParse(description);
  if (!parsed.success) return 'unknown';
  const { visibility: named, private: isPrivate } = parsed.data;
  if (named === 'public' || isPrivate === false) return 'public';
  return named === 'private' || named === 'internal' || isPrivate === true ? 'private' : 'unknown';
}

function pullRequestOf(description: unknown): PullRequest | undefined {
  const parsed = pullRequest.safeParse(description);
  if (!parsed.success) return undefined;
  const [head, base] = [side(parsed.data.head), side(parsed.data.base)];
  return { number: parsed.data.number, head, base, fromFork: head.repository === undefined || head.repository !== base.repository };
}

function mergeGroupOf(description: unknown): MergeGroup | undefined {
  const parsed = mergeGroup.safeParse(description);
  return parsed.success ? { head: parsed.data.head_sha, base: parsed.data.base_sha } : undefined;
}

function side(description: z.output<typeof commit>): Commit {
  return { sha: description.sha, ref: description.ref, repository: description.repo?.full_name };
}

function part(payload: unknown, name: string): unknown {
  return typeof payload === 'object' && payload !== null ? new Map(Object.entries(payload)).get(name) : undefined;
}
