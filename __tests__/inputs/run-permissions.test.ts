import { describe, expect, test } from '@jest/globals';
import { dependsOnRef, eventConflicts, permissionsOf, type RunPlace, refConflicts } from '../../src/inputs/run-permissions.ts';

/** Events × refs × inputs, as docs/events.md has them. */

const MAIN = 'refs/heads/main';
const TOPIC = 'refs/heads/topic';

const AGREED = ['schedule', 'workflow_dispatch', 'push', 'repository_dispatch'];
const CHANGES = ['pull_request', 'pull_request_review', 'merge_group'];
const OTHERS = ['workflow_run', 'issue_comment', 'release', 'pull_request_review_comment', 'create', ''];

const place = (event: string, ref: string, branch = 'main'): RunPlace => ({ event, ref, branch, problem: '' });
const unknown = (event: string, ref = MAIN): RunPlace => ({ event, ref, branch: undefined, problem: 'GitHub responded with 502.' });
const unasked = { ...unknown('push'), problem: '' };

/** AWS, writes, issue, comment, proposal. */
function may(at: RunPlace): string {
  const { readsAws, writesAws, keepsIssue, comments, isProposal } = permissionsOf(at);
  const words = { writes: writesAws, issue: keepsIssue, comments, proposal: isProposal };
  return [`reads ${readsAws}`, ...Object.entries(words).flatMap(([word, holds]) => (holds ? [word] : []))].join(', ');
}

const rows = (places: readonly RunPlace[], expected: string) => places.map((at): readonly [RunPlace, string] => [at, expected]);
const each = (events: readonly string[], ref: string) => events.map((event) => place(event, ref));
const PULL = 'refs/pull/7/merge';
const QUEUE = 'refs/heads/gh-readonly-queue/main/pr-7-b';

describe('what a run may do', () => {
  test.each<readonly [RunPlace, string]>([
    ...rows(each(AGREED, MAIN), 'reads always, writes, issue'),
    ...rows([place('push', 'refs/heads/release/1', 'release/1')], 'reads always, writes, issue'),
    ...rows(each(AGREED, TOPIC), 'reads always, proposal'),
    ...rows(each(OTHERS, MAIN), 'reads always'),
    ...rows(each(OTHERS, TOPIC), 'reads always, proposal'),
    ...rows(
      [place('pull_request', PULL), place('pull_request', MAIN), unknown('pull_request')],
      'reads with-credentials, comments, proposal',
    ),
    ...rows([place('pull_request_review', PULL), unknown('pull_request_review')], 'reads with-credentials, proposal'),
    ...rows([place('merge_group', QUEUE), place('merge_group', MAIN), unknown('merge_group')], 'reads never, proposal'),
    ...rows([place('pull_request_target', MAIN)], 'reads never, proposal'),
    // Nobody knows whether it is the branch.
    ...rows(
      [...AGREED, ...OTHERS].map((event) => unknown(event)),
      'reads always',
    ),
    ...rows([unknown('push', 'refs/heads/undefined')], 'reads always'),
    // Refs that only look like the branch.
    ...rows(
      ['refs/tags/main', 'main', '', 'refs/heads/Main', 'refs/heads/main/x', 'refs/heads/main '].map((ref) => place('push', ref)),
      'reads always, proposal',
    ),
  ])('%j: %s', (at, expected) => {
    expect(may(at)).toBe(expected);
  });

  test.each([
    [place('push', MAIN), ''],
    [place('release', MAIN), 'a run on release only reads.'],
    [place('pull_request', PULL), 'on pull_request the desired-state file is a proposal.'],
    [place('push', TOPIC), 'this run is on "refs/heads/topic", but the agreed desired-state file is on branch "main".'],
    [place('release', 'refs/tags/v1'), 'this run is on "refs/tags/v1", but the agreed desired-state file is on branch "main".'],
    [place('push', ''), 'this run is not on a ref, but the agreed desired-state file is on branch "main".'],
    [place('push', 'refs/heads/\u202e::x'), expect.stringContaining('"refs/heads/\\u202e::x"')],
    [unknown('push'), 'the default branch of the repository is unknown. GitHub responded with 502. Set the input branch.'],
    [unasked, 'the default branch of the repository is unknown. Set the input branch.'],
  ])('%j: why not more', (at, reason) => {
    expect(permissionsOf(at).reason).toEqual(reason);
  });

  test('people are asked for the branch only where it would change something', () => {
    const lacking = [...AGREED, ...CHANGES, ...OTHERS].filter((event) => permissionsOf(unknown(event)).lacksBranch);
    expect(lacking).toEqual(AGREED);
    expect(permissionsOf(place('push', TOPIC)).lacksBranch).toBe(false);
  });

  test('GitHub is asked for the branch only where it decides something', () => {
    expect([...AGREED, ...CHANGES, ...OTHERS].filter((event) => !dependsOnRef(event))).toEqual(CHANGES);
  });
});

describe('what is an error before any call', () => {
  const FIX = { mode: 'audit', fix: true };
  const ROLLBACK = { mode: 'rollback', fix: false };
  const AUDIT = { mode: 'audit', fix: false };
  const CAPTURE = { mode: 'capture', fix: false };
  const VALIDATE = { mode: 'validate', fix: false };
  const writers = 'only runs on schedule, workflow_dispatch, push and repository_dispatch may write to AWS.';

  test.each([...CHANGES, ...OTHERS])('%s never writes', (event) => {
    expect(eventConflicts(FIX, event)).toEqual([`Input fix: true is not allowed on ${event}: ${writers}`]);
    expect(eventConflicts(ROLLBACK, event)).toEqual([`Input mode: rollback is not allowed on ${event}: ${writers}`]);
    expect([...eventConflicts(AUDIT, event), ...eventConflicts(VALIDATE, event)]).toEqual([]);
  });

  test.each(AGREED)('%s may, on the branch alone', (event) => {
    for (const asked of [FIX, ROLLBACK, AUDIT, CAPTURE, VALIDATE]) {
      expect([...eventConflicts(asked, event), ...refConflicts(asked, place(event, MAIN))]).toEqual([]);
    }
  });

  test.each([AUDIT, FIX, ROLLBACK, CAPTURE, VALIDATE])('pull_request_target is refused: %j', (asked) => {
    expect(eventConflicts(asked, 'pull_request_target')).toEqual([expect.stringContaining('does not run on pull_request_target')]);
  });

  test.each([...AGREED, ...CHANGES, ...OTHERS])('mode capture on %s: an error only where AWS is not read', (event) => {
    expect(eventConflicts(CAPTURE, event)).toEqual(
      event === 'merge_group' ? ['Input mode: capture is not allowed on merge_group: such a run does not read AWS.'] : [],
    );
  });

  test.each(['workflow_dispatch', 'push', 'repository_dispatch'])('%s on another ref', (event) => {
    const says = (input: string) =>
      `${input} is not allowed: this run is on "refs/heads/topic", but the agreed desired-state file is on branch "main". ` +
      'Run the job on that branch (after the merge, if there is one), or set the input branch.';
    expect(refConflicts(FIX, place(event, TOPIC))).toEqual([says('Input fix: true')]);
    expect(refConflicts(ROLLBACK, place(event, TOPIC))).toEqual([says('Input mode: rollback')]);
    for (const asked of [AUDIT, CAPTURE, VALIDATE]) expect(refConflicts(asked, place(event, TOPIC))).toEqual([]);
  });

  test.each([AUDIT, FIX, ROLLBACK, CAPTURE, VALIDATE])('a schedule on another ref: %j', (asked) => {
    expect(refConflicts(asked, place('schedule', TOPIC))).toEqual([
      'Input branch: this run is on "refs/heads/topic", but the agreed desired-state file is on branch "main". ' +
        'GitHub runs schedules only on the default branch. Leave the input empty, or set it to that branch.',
    ]);
  });

  test.each(AGREED)('%s, and the branch is not known', (event) => {
    const says = (input: string) =>
      `${input} is not allowed: the default branch of the repository is unknown. GitHub responded with 502. Set the input branch.`;
    expect(refConflicts(FIX, unknown(event))).toEqual([says('Input fix: true')]);
    expect(refConflicts(ROLLBACK, unknown(event))).toEqual([says('Input mode: rollback')]);
    for (const asked of [AUDIT, CAPTURE, VALIDATE]) expect(refConflicts(asked, unknown(event))).toEqual([]);
  });

  test.each([...CHANGES, ...OTHERS])('%s reads on any ref', (event) => {
    for (const ref of [MAIN, TOPIC, PULL]) expect(refConflicts(AUDIT, place(event, ref))).toEqual([]);
  });
});
