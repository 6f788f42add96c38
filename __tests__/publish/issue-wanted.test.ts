import { expect, test } from '@jest/globals';
import { isIssueWanted } from '../../src/publish/issue-wanted.ts';

const SETTING = { issue: 'auto', mode: 'audit', event: 'schedule', githubToken: 't' } as const;

test.each([
  [{}, true, ''],
  [{ event: 'workflow_dispatch', issue: 'always' }, true, ''],
  [{ event: 'push' }, true, ''],
  [{ mode: 'rollback' }, true, ''],
  [{ issue: 'never', githubToken: undefined }, false, ''],
  [{ event: 'pull_request' }, false, ''],
  [{ event: 'pull_request', issue: 'always' }, false, 'on pull_request the desired-state file is a proposal'],
  [{ event: 'pull_request_review', issue: 'always' }, false, 'on pull_request_review'],
  [{ mode: 'validate' }, false, ''],
  [{ mode: 'validate', issue: 'always' }, false, 'mode validate'],
  [{ mode: 'capture', issue: 'always' }, false, 'mode capture'],
  [{ githubToken: undefined }, false, 'github-token is empty'],
] as const)('%j: %s', (change, wanted, reason) => {
  const decision = isIssueWanted({ ...SETTING, ...change });
  expect(decision.wanted).toBe(wanted);
  expect(decision.reason).toEqual(reason === '' ? '' : expect.stringContaining(reason));
});
