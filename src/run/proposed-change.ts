import { parseDesired } from '../desired/index.ts';
import { type DriftOptions, findDrift } from '../drift/drift.ts';
import type { RunPermissions } from '../inputs/run-permissions.ts';
import { type ComparedState, impactOf, impactWithoutBase } from '../proposal/impact.ts';
import type { Base, Proposal } from '../proposal/proposal.ts';
import { requestedAccess } from '../proposal/requested-access.ts';
import { type FileAt, readFileAt } from '../publish/file-at.ts';
import { repoRefOf } from '../publish/repo-ref.ts';
import type { RunContext } from '../publish/run-context.ts';
import type { Desired } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import { MOST_BYTES } from './desired-file.ts';
import type { Task } from './task.ts';

/** The file at the base commit: what it says, where that can be compared with. */
export interface BaseState {
  readonly base: Base;
  readonly desired: Desired | undefined;
}

/** A change of the file that is not agreed on yet. */
export interface ProposedChange {
  /** `null`: a merge queue's, which may be of several pull requests. */
  readonly pullRequest: number | null;
  /** Commits: with the change, and without it. */
  readonly head: string;
  readonly base: string;
}

/** The change that a run is for, if it is for one: a pull request's, or a merge queue's. */
export function changeOf(
  { pullRequest, mergeGroup }: Pick<RunContext, 'pullRequest' | 'mergeGroup'>,
  { isProposal }: Pick<RunPermissions, 'isProposal'>,
): ProposedChange | undefined {
  if (!isProposal) return undefined;
  if (pullRequest === undefined) return mergeGroup && { pullRequest: null, ...mergeGroup };
  return { pullRequest: pullRequest.number, head: pullRequest.head.sha, base: pullRequest.base.sha };
}

/** Fetches the file at the base commit and reads it as the head's is read. What prevents that is reported; it is not an error of the change. */
export async function readBase(
  { context, inputs, octokit, deadline }: Pick<Task, 'context' | 'inputs' | 'octokit' | 'deadline'>,
  { base: commit }: ProposedChange,
): Promise<BaseState> {
  const without = (status: Base['status'], reason: string): BaseState => ({ base: { commit, status, reason }, desired: undefined });
  if (octokit === undefined) {
    return without('unavailable', 'The file of the base could not be read: the input github-token is empty.');
  }
  const file = await deadline.orElse<FileAt>(
    () => readFileAt(octokit, repoRefOf(context.repository), inputs.desiredState, commit, MOST_BYTES),
    ({ message: reason }) => ({ status: 'failed', reason }),
  );
  if (file.status === 'missing') return without('new', '');
  if (file.status === 'failed') return without('unavailable', `The file of the base could not be read. ${file.reason}`);
  const parsed = parseDesired(file.content, { path: inputs.desiredState });
  if ('errors' in parsed) return without('invalid', 'The file of the base has errors, so it cannot be compared with this one.');
  return { base: { commit, status: 'compared', reason: '' }, desired: parsed.desired };
}

/** The base's file, if it can be compared with what this run reads: the run has credentials for the head's hub only. */
export function comparableBase({ desired }: BaseState, head: State): Desired | undefined {
  const isSameHub = desired?.state.hub.account === head.hub.account && desired.state.partition === head.partition;
  return isSameHub ? desired : undefined;
}

/** What the change asks for, from the two files alone. */
export function proposalOf(
  { pullRequest, head: commit }: ProposedChange,
  before: BaseState,
  head: Desired,
  options: DriftOptions,
): Proposal {
  const isKnown = before.base.status === 'compared' || before.base.status === 'new';
  const asked = isKnown ? requestedAccess(before.desired, head, options) : null;
  return { pullRequest, head: commit, base: before.base, asked, live: null };
}

/** The head's file is wrong: nothing is known of what it asks for. */
export function brokenProposal({ pullRequest, head, base }: ProposedChange): Proposal {
  return { pullRequest, head, base: { commit: base, status: 'unavailable', reason: '' }, asked: null, live: null };
}

/** What the change means for what is live. `other`: the base's file, where it can be compared, and what was read for it. */
export function withLive(
  proposal: Proposal,
  before: BaseState,
  head: ComparedState,
  other: { readonly desired: Desired; readonly reading: Reading } | undefined,
  options: DriftOptions,
): Proposal {
  if (other !== undefined) {
    const { findings } = findDrift(other.desired, other.reading, options);
    return { ...proposal, live: impactOf(head, { findings, reading: other.reading, state: other.desired.state }) };
  }
  const live = impactWithoutBase(head, proposal.base.status === 'new');
  return before.desired === undefined ? { ...proposal, live } : { ...proposal, live, base: { ...proposal.base, ...OTHER_HUB } };
}

const OTHER_HUB = {
  status: 'other-hub',
  reason: 'The file of the base describes a different hub, which this run did not read. Drift in that hub is unknown.',
} as const;
