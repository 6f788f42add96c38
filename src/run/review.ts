import { findDrift } from '../drift/drift.ts';
import type { PullRequest } from '../publish/run-context.ts';
import { buildReport } from '../report/model/build.ts';
import { withProposal } from '../report/model/proposal-part.ts';
import type { Report } from '../report/model/schema.ts';
import { checkFile, isFileCheck, withFileNotes } from './check-file.ts';
import { readBoth } from './hub-access.ts';
import { planOf } from './plan-of.ts';
import { comparableBase, proposalOf, readBase, withLive } from './pull-request.ts';
import { driftOptions, type Task } from './task.ts';

/** A pull request: what its change of the file asks for, and, where AWS may be read, what it means for what is live. Never writes. */
export async function review(task: Task, pull: PullRequest): Promise<Report> {
  const { job, context, inputs, desired, facts } = task;
  const options = driftOptions(task);
  const fetched = readBase(job, context, inputs, pull);
  if (isFileCheck(task)) {
    const report = checkFile(task);
    return withProposal(report, proposalOf(pull, await fetched, desired, options));
  }
  const other = fetched.then((base) => comparableBase(base, desired)?.state);
  const { now: reading, before } = await readBoth(job, context, inputs, desired, other);
  const drift = findDrift(desired, reading, options);
  const report = buildReport(facts(), desired, reading, drift, planOf(inputs, desired, reading, drift.findings));
  const base = await fetched;
  const head = { desired, findings: drift.findings, reading };
  return withProposal(
    withFileNotes(report, desired, options.at),
    withLive(proposalOf(pull, base, desired, options), base, head, before, options),
  );
}
