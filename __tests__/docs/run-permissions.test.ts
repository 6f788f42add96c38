import { expect, test } from '@jest/globals';
import { permissionsOf } from '../../src/inputs/run-permissions.ts';
import { textOf } from './pages.ts';

/** The table of docs/events.md, held against what the code lets a run do. */

const rows = [...textOf('docs/events.md').matchAll(/^\| (.+) \|$/gm)]
  .slice(2)
  .map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));
const eventsIn = (cell: string): string[] => [...cell.matchAll(/`([a-z_]+)`/g)].map(([, event = '']) => event);

function cellsFor(event: string, branch: string, hasCredentials: boolean): string[] {
  const { readsAws, writesAws, keepsIssue, comments, isProposal } = permissionsOf({ event, ref: 'refs/heads/main', branch, problem: '' });
  const reads = readsAws === 'always' || (readsAws === 'with-credentials' && hasCredentials);
  return [
    reads ? 'yes' : 'no',
    writesAws ? 'with' : 'never',
    keepsIssue ? 'kept' : 'not touched',
    comments ? 'kept' : 'no',
    isProposal ? 'no' : 'as `fail-on` says',
  ];
}

/** The row, its events, and the branch and the credentials that it is about. */
const CASES: readonly (readonly [row: RegExp, events: readonly string[], branch?: string, hasCredentials?: boolean])[] = [
  [/on the branch$/, ['schedule', 'workflow_dispatch', 'push', 'repository_dispatch']],
  [/^the same on another ref$/, ['schedule', 'workflow_dispatch', 'push', 'repository_dispatch'], 'other'],
  [/^`pull_request` with credentials$/, ['pull_request']],
  [/^`pull_request` without credentials/, ['pull_request'], 'main', false],
  [/^`pull_request_review`$/, ['pull_request_review']],
  [/^`merge_group`$/, ['merge_group']],
  [/^all others/, ['workflow_run', 'issue_comment', 'release']],
];

test.each(CASES)('%s %j', (pattern, events, branch = 'main', hasCredentials = true) => {
  const [name = '', ...cells] = rows.find(([first = '']) => pattern.test(first)) ?? [];
  expect(name.includes('same') ? events : eventsIn(name)).toEqual(events);
  for (const event of events) {
    const expected = cellsFor(event, branch, hasCredentials);
    for (const [index, cell] of cells.entries()) {
      expect(cell === 'as `pull_request`' ? cellsFor('pull_request', branch, hasCredentials)[index] : cell).toMatch(
        new RegExp(`^${expected[index]}\\b`),
      );
    }
  }
});

test('the rows are these, and that of the event on which no run is', () => {
  expect(rows).toHaveLength(CASES.length + 1);
  expect(rows.at(-1)?.[0]).toMatch(/^`pull_request_target`/);
});
