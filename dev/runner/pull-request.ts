import { addPull, type Pull, pushHead } from '../github/repository.ts';
import { FORK_TOKEN } from '../github/tokens.ts';
import { DESIRED_STATE, type Scene } from './set-scene.ts';
import type { Step } from './step.ts';

export interface PullOptions {
  /** The desired-state file at the base commit; `null` if there is none. */
  readonly base: string | null;
  /** Whether it comes from another repository: no credentials, no OIDC, a token that only reads. */
  readonly fork?: boolean;
}

/** A pull request of a scene's repository, and the runs that its events start. */
export interface OpenPull {
  readonly pull: Pull;
  /** A push to its branch, forced or not, which gives it a new head. */
  push(head: string): void;
  /** What the run for a head passes to the action; by default for the current head, otherwise for an earlier one. */
  step(head?: string): Partial<Step>;
}

/** A commit id of one hexadecimal digit, 40 times. */
export function commit(digit: string): string {
  return digit.repeat(40);
}

const MERGE = commit('d');
const NO_CREDENTIALS = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };

/** Opens a pull request. Its version of the file is the one in the scene's workspace, as after a checkout. */
export function openPull(scene: Scene, { base, fork = false }: PullOptions): OpenPull {
  const { repository } = scene.github;
  const own = `${repository.owner}/${repository.name}`;
  const ends = {
    head: { sha: commit('1'), ref: 'change', repository: fork ? 'stranger/access' : own },
    base: { sha: commit('b'), ref: 'main', repository: own },
  };
  const pull = addPull(repository, ends);
  if (base !== null) repository.files.push({ ref: ends.base.sha, path: DESIRED_STATE, text: base });
  const side = (end: Pull['head']) => ({ sha: end.sha, ref: end.ref, repo: { full_name: end.repository } });
  return {
    pull,
    push: (head) => pushHead(pull, head),
    step: (head = pull.head.sha) => ({
      event: 'pull_request',
      payload: {
        action: 'synchronize',
        number: pull.number,
        repository: { private: repository.visibility !== 'public', visibility: repository.visibility },
        pull_request: { number: pull.number, head: { ...side(pull.head), sha: head }, base: side(pull.base) },
      },
      env: { GITHUB_SHA: MERGE, GITHUB_REF: `refs/pull/${pull.number}/merge`, ...(fork ? NO_CREDENTIALS : {}) },
      ...(fork ? { inputs: { 'github-token': FORK_TOKEN.value } } : {}),
    }),
  };
}
