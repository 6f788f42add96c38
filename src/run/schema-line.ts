import type { RunContext } from '../publish/run-context.ts';
import type { Job } from './job.ts';

/**
 * The line by which editors find the schema of the file, as the version of the action that runs publishes it; none where the runner does not say where
 * the action came from (one of the workspace's own): https://docs.github.com/actions/reference/variables-reference
 */
export function schemaLine(
  { GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '' }: Job['env'],
  { serverUrl }: RunContext,
): string[] {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./-]+$/.test(ref)) return [];
  return [`yaml-language-server: $schema=${serverUrl}/${repository}/raw/${ref}/schema/desired-state.v1.json`];
}
