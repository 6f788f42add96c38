import { fileDrift } from '../drift/drift.ts';
import { exceptionEnds } from '../drift/exceptions.ts';
import { adviceFor } from '../proposal/advice.ts';
import { fileReport } from '../report/model/build.ts';
import type { Report } from '../report/model/schema.ts';
import type { Desired } from '../state/desired.ts';
import { hasCredentials } from './hub-access.ts';
import { planOf } from './plan-of.ts';
import type { CheckedRun, Task } from './task.ts';

/** A pull request from a fork has no credentials: its file is checked all the same. One of the repository's own should have them. */
export function isFileCheck(run: CheckedRun): boolean {
  const { readsAws } = run.permissions;
  return run.inputs.mode === 'validate' || readsAws === 'never' || (readsAws === 'with-credentials' && !hasCredentials(run));
}

/** Whether the run signs in to AWS, or would if the job had credentials that GitHub does not keep from it. */
export function shouldSignIn(run: CheckedRun): boolean {
  const { inputs, permissions } = run;
  if (inputs.mode === 'capture' || !isFileCheck(run)) return true;
  return inputs.mode !== 'validate' && permissions.readsAws === 'with-credentials' && hasSecrets(run);
}

/**
 * GitHub gives secrets to neither forks nor Dependabot, so a key of which only the id is written in the workflow is half there.
 * https://docs.github.com/code-security/reference/supply-chain-security/dependabot-on-actions
 */
function hasSecrets({ job, context }: CheckedRun): boolean {
  return context.pullRequest?.fromFork === false && job.env.GITHUB_ACTOR !== 'dependabot[bot]';
}

/** The file alone: quotas, and what it could say more strictly. */
export function checkFile(task: Task): Report {
  if (task.inputs.auditorRole !== undefined && shouldSignIn(task)) {
    const message =
      'The job has no AWS credentials, so only the file was checked. To compare it with AWS, add "id-token: write" to the permissions of the job.';
    task.job.runner.annotate({ level: 'warning', message });
  }
  const { job, desired, facts } = task;
  const run = facts();
  const findings = fileDrift(desired, run.startedAt);
  const plan = planOf(task, { state: desired.state, errors: [] }, findings);
  return withFileNotes(fileReport(run, desired, findings, plan), desired, new Date(job.clock.now()));
}

/** With what the file could say more strictly, and whose exceptions end. A night's audit does not repeat it; whoever changes the file is told. */
export function withFileNotes(report: Report, desired: Desired, at: Date): Report {
  return { ...report, notes: [...new Set([...report.notes, ...exceptionEnds(desired.exceptions, at), ...adviceFor(desired)])] };
}
