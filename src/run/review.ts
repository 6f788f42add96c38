import { withAttribution } from '../report/model/attribution-part.ts';
import { withProposal } from '../report/model/proposal-part.ts';
import type { Report } from '../report/model/schema.ts';
import { attributionOf } from './attribute.ts';
import { checkFile, isFileCheck, withFileNotes } from './check-file.ts';
import { compare } from './compare.ts';
import { withAuditor } from './hub-access.ts';
import { comparableBase, type ProposedChange, proposalOf, readBase, withLive } from './proposed-change.ts';
import { driftOptions, type Task } from './task.ts';

/** A change of the file that is proposed: what it asks for, and, where AWS may be read, what it means for what is live. Never writes. */
export async function review(task: Task, change: ProposedChange): Promise<Report> {
  const { desired } = task;
  const options = driftOptions(task);
  const fetched = readBase(task, change);
  if (isFileCheck(task)) {
    const report = checkFile(task);
    return withProposal(report, proposalOf(change, await fetched, desired, options));
  }
  return withAuditor(task, async (seen) => {
    const { reading, readFor } = seen;
    const base = await fetched;
    const other = comparableBase(base, desired.state);
    const before = other && { desired: other, reading: await readFor(other.state) };
    const { drift, report } = compare(task, reading, options);
    const head = { findings: drift.findings, reading, state: desired.state };
    const proposal = withLive(proposalOf(change, base, desired, options), base, head, before, options);
    // What the change itself causes, nobody has changed in AWS.
    const known = withAttribution(report, await attributionOf(task, seen, proposal.live?.drifted ?? []));
    return withProposal(withFileNotes(known, desired, options.at), proposal);
  });
}
