import { commit } from './pull-request.ts';
import { DESIRED_STATE, type Scene } from './set-scene.ts';
import type { Step } from './step.ts';

/**
 * What the run for a merge queue passes to the action. The file with the changes of the group is the one in the scene's workspace, as after a checkout.
 *
 * @param base the desired-state file at the base commit
 */
export function mergeGroupStep({ github: { repository } }: Scene, base: string): Partial<Step> {
  const [head_sha, base_sha] = [commit('1'), commit('b')];
  const head_ref = `refs/heads/gh-readonly-queue/${repository.defaultBranch}/pr-7-${base_sha}`;
  repository.files.push({ ref: base_sha, path: DESIRED_STATE, text: base });
  return {
    event: 'merge_group',
    payload: {
      action: 'checks_requested',
      merge_group: { head_sha, head_ref, base_sha, base_ref: `refs/heads/${repository.defaultBranch}` },
      repository: {
        private: repository.visibility !== 'public',
        visibility: repository.visibility,
        default_branch: repository.defaultBranch,
      },
    },
    env: { GITHUB_SHA: head_sha, GITHUB_REF: head_ref },
  };
}
