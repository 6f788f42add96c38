import { quoted } from '../text/quoted.ts';

/** What an event lets a run do on the branch whose desired-state file is the agreed one. */
interface EventPermissions {
  /** `with-credentials`: a pull request from a fork has none, so its file alone is checked. */
  readonly readsAws: 'always' | 'with-credentials' | 'never';
  /** With `fix: true` and in mode `rollback`. */
  readonly writesAws: boolean;
  readonly keepsIssue: boolean;
  /** On the pull request. */
  readonly comments: boolean;
  /** The desired-state file is not agreed on yet: drift is what its change is about, and does not fail the step. */
  readonly isProposal: boolean;
}

const AGREED: EventPermissions = { readsAws: 'always', writesAws: true, keepsIssue: true, comments: false, isProposal: false };
const CHANGE: EventPermissions = { readsAws: 'with-credentials', writesAws: false, keepsIssue: false, comments: false, isProposal: true };
const OTHERS: EventPermissions = { readsAws: 'always', writesAws: false, keepsIssue: false, comments: false, isProposal: false };

/**
 * The same table as in docs/events.md. A merge queue's OIDC subject names a branch that GitHub makes for the occasion, so no trust
 * policy lets it in. https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const BY_EVENT: ReadonlyMap<string, EventPermissions> = new Map([
  ['schedule', AGREED],
  ['workflow_dispatch', AGREED],
  ['push', AGREED],
  ['repository_dispatch', AGREED],
  ['pull_request', { ...CHANGE, comments: true }],
  ['pull_request_review', CHANGE],
  ['merge_group', { ...CHANGE, readsAws: 'never' }],
  ['pull_request_target', { ...CHANGE, readsAws: 'never' }],
]);

const WRITING: readonly string[] = [...BY_EVENT].filter(([, { writesAws }]) => writesAws).map(([event]) => event);

function forEvent(event: string): EventPermissions {
  return BY_EVENT.get(event) ?? OTHERS;
}

/** Where a run is. */
export interface RunPlace {
  readonly event: string;
  /** `refs/heads/main`; empty if the runner doesn't say. */
  readonly ref: string;
  /** The branch whose desired-state file is the agreed one; `undefined` if it is not known. */
  readonly branch: string | undefined;
  /** Why the branch is not known, in sentences for people; empty if it is. */
  readonly problem: string;
}

/** What a run may do. */
export interface RunPermissions extends EventPermissions {
  /** Why it may not do all that a run on the branch may, as the end of a sentence; empty if it may. */
  readonly reason: string;
  /** It may do less only because the branch is not known. */
  readonly lacksBranch: boolean;
}

/** Whether what a run may do depends on its ref. On the others the file is a proposal in any case. */
export function dependsOnRef(event: string): boolean {
  return !forEvent(event).isProposal;
}

/**
 * What a run may do. It writes nothing, neither to AWS nor to the issue, unless it is known to be on the branch. Drift still fails a run of which that is not
 * known: a night on which GitHub does not answer must not pass for a clean one.
 */
export function permissionsOf({ event, ref, branch, problem }: RunPlace): RunPermissions {
  const allowed = forEvent(event);
  if (allowed.isProposal) return { ...allowed, reason: `on ${event} the desired-state file is a proposal.`, lacksBranch: false };
  if (branch !== undefined && ref === `refs/heads/${branch}`) {
    return { ...allowed, reason: allowed.keepsIssue ? '' : `a run on ${event} only reads.`, lacksBranch: false };
  }
  const reading = { ...allowed, writesAws: false, keepsIssue: false };
  if (branch === undefined) {
    const reason = ['the default branch of the repository is unknown.', problem, 'Set the input branch.']
      .filter((text) => text !== '')
      .join(' ');
    return { ...reading, reason, lacksBranch: allowed.keepsIssue };
  }
  return { ...reading, isProposal: true, reason: `${placeText(ref, branch)}.`, lacksBranch: false };
}

function placeText(ref: string, branch: string): string {
  const where = ref === '' ? 'not on a ref' : `on ${quoted(ref, 300)}`;
  return `this run is ${where}, but the agreed desired-state file is on branch ${quoted(branch, 300)}`;
}

/** The inputs that decide what a run is to do. */
interface Asked {
  readonly mode: string;
  readonly fix: boolean;
}

/** What the event rules out on every ref, one error each. */
export function eventConflicts(asked: Asked, event: string): string[] {
  if (event === 'pull_request_target') {
    return [
      'This action does not run on pull_request_target: such a run has the secrets of the base repository, but the desired-state file may come ' +
        'from anybody. Use pull_request instead. A pull request from a fork is then checked without AWS.',
    ];
  }
  const { readsAws, writesAws } = forEvent(event);
  const writers = `${WRITING.slice(0, -1).join(', ')} and ${WRITING.at(-1)}`;
  return [
    ...(writesAws ? [] : writing(asked).map((input) => `${input} is not allowed on ${event}: only runs on ${writers} may write to AWS.`)),
    ...(asked.mode === 'capture' && readsAws === 'never'
      ? [`Input mode: capture is not allowed on ${event}: such a run does not read AWS.`]
      : []),
  ];
}

/** What the ref rules out on an event that `eventConflicts` has nothing against. */
export function refConflicts(asked: Asked, place: RunPlace): string[] {
  const { event, ref, branch } = place;
  const { writesAws, isProposal, reason } = permissionsOf(place);
  if (event === 'schedule' && isProposal && branch !== undefined) {
    return [
      `Input branch: ${placeText(ref, branch)}. GitHub runs schedules only on the default branch. Leave the input empty, or set it to that branch.`,
    ];
  }
  const advice = branch === undefined ? '' : ' Run the job on that branch (after the merge, if there is one), or set the input branch.';
  return writesAws ? [] : writing(asked).map((input) => `${input} is not allowed: ${reason}${advice}`);
}

function writing({ mode, fix }: Asked): string[] {
  return [...(fix ? ['Input fix: true'] : []), ...(mode === 'rollback' ? ['Input mode: rollback'] : [])];
}
