import { fileDrift } from '../drift/drift.ts';
import { exceptionEnds } from '../drift/exceptions.ts';
import { adviceFor } from '../proposal/advice.ts';
import { annotate } from '../publish/runner.ts';
import { fileReport } from '../report/model/build.ts';
import type { Report } from '../report/model/schema.ts';
import type { Desired } from '../state/desired.ts';
import { hasCredentials } from './hub-access.ts';
import { planOf } from './plan-of.ts';
import type { Task } from './task.ts';

/** A pull request from a fork has no credentials: its file is checked all the same. One of the repository's own should have them. */
export function isFileCheck(task: Task): boolean {
  const { pullRequest } = task.context;
  const { mode, auditorRole } = task.inputs;
  const { readsAws } = task.permissions;
  if (mode === 'validate' || readsAws === 'never') return true;
  if (readsAws === 'always' || hasCredentials(task)) return false;
  if (pullRequest?.fromFork === false && auditorRole !== undefined) {
    const message =
      'No credentials for AWS, so the file alone was checked. Add "id-token: write" to the permissions of the job to compare it with AWS.';
    annotate({ level: 'warning', message });
  }
  return true;
}

/** The file alone: quotas, and what it could say more strictly. */
export function checkFile(task: Task): Report {
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
