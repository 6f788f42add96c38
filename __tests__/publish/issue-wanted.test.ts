import { expect, test } from '@jest/globals';
import { isIssueWanted } from '../../src/publish/issue-wanted.ts';

const SETTING = { issue: 'auto', mode: 'audit', githubToken: 't', keepsIssue: true, reason: '', lacksBranch: false } as const;
const PROPOSAL = { keepsIssue: false, reason: 'the file is a proposal.' };
const NO_BRANCH = { keepsIssue: false, reason: 'the branch is not known.', lacksBranch: true };

test.each([
  [{}, true, ''],
  [{ issue: 'always' }, true, ''],
  [{ mode: 'rollback' }, true, ''],
  [{ issue: 'never', githubToken: undefined }, false, ''],
  [{ issue: 'never', ...NO_BRANCH }, false, ''],
  [PROPOSAL, false, ''],
  [{ ...PROPOSAL, issue: 'always' }, false, 'The issue was not updated: the file is a proposal.'],
  [NO_BRANCH, false, 'The issue was not updated: the branch is not known.'],
  [{ ...NO_BRANCH, mode: 'validate' }, false, ''],
  [{ ...NO_BRANCH, githubToken: undefined }, false, 'github-token is empty'],
  [{ mode: 'validate' }, false, ''],
  [{ mode: 'validate', issue: 'always' }, false, 'mode validate'],
  [{ mode: 'capture', issue: 'always' }, false, 'mode capture'],
  [{ githubToken: undefined }, false, 'github-token is empty'],
] as const)('%j: %s', (change, wanted, reason) => {
  const decision = isIssueWanted({ ...SETTING, ...change });
  expect(decision.wanted).toBe(wanted);
  expect(decision.reason).toEqual(reason === '' ? '' : expect.stringContaining(reason));
});
