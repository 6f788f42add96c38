import { describe, expect, test } from '@jest/globals';
import { fold } from '../../src/report/model/fold.ts';
import { compareWithMemory } from '../../src/report/model/issue-diff.ts';
import { maskReport } from '../../src/report/model/mask.ts';
import { memoryOf } from '../../src/report/model/memory.ts';
import type { Report, ReportFinding } from '../../src/report/model/schema.ts';
import { annotations } from '../../src/report/outputs/annotations.ts';
import { renderIssueBody } from '../../src/report/outputs/issue.ts';
import { renderIssueComment } from '../../src/report/outputs/issue-comment.ts';
import { renderSummary } from '../../src/report/outputs/summary.ts';
import { digest } from '../../src/report/sections/digest.ts';
import { headlineText } from '../../src/report/sections/headline.ts';
import { exitOf } from '../../src/run/exit.ts';
import { finding, HUB, report, target } from './example.ts';

const ONE = '222222222222';
const ACCOUNTS = Array.from({ length: 80 }, (_, index) => String(300_000_000_000 + index));

function undeclared(account: string): ReportFinding {
  const live = { name: `secret <b>project</b> ${account.slice(-2)}`, state: 'ACTIVE' };
  const texts = { title: `Account ${account} of the organization is not in the file`, message: `Account ${account} is active.` };
  return finding({ id: `u${account}`, rule: 'target-undeclared', access: 'none', account: HUB, resource: account, live, ...texts });
}

const suspended = finding({
  id: 's',
  rule: 'target-not-active',
  access: 'none',
  account: HUB,
  resource: ONE,
  title: `Target account ${ONE} is suspended`,
  message: `AWS Organizations lists the target account ${ONE} as SUSPENDED; expected ACTIVE.`,
});

const unread = {
  errors: [{ account: '', code: 'AccessDeniedException', message: 'no', call: 'organizations:ListAccounts', advice: 'Allow it.' }],
  notCompared: [{ resource: 'organization', what: 'organization' as const, accounts: 1 }],
};

describe('80 accounts that are not in the file', () => {
  const many = report({ findings: ACCOUNTS.map(undeclared), hub: { account: HUB, status: 'drifted', error: null } });

  test('are one entry on every page, which names them', () => {
    expect(fold(many.findings, many)).toHaveLength(1);
    for (const page of [renderSummary(many), renderIssueBody(many, undefined)]) {
      expect(page.match(/<details>/g)?.length).toBeLessThan(4);
      expect(page).toContain('<b>80 accounts of the organization are not in the file</b>');
      expect(page).toContain('`secret <b>project</b> 00` `300000000000`');
      expect(page.length).toBeLessThan(30_000);
    }
    const comment = renderIssueComment(compareWithMemory(many, memoryOf([]))) ?? '';
    expect(comment).toContain('80 accounts of the organization are not in the file');
    expect(comment.length).toBeLessThan(5_000);
    expect(annotations(many)).toMatchObject([
      { level: 'notice', message: expect.stringContaining('The same in 80 accounts: 300000000000, 300000000001') },
    ]);
    expect(headlineText(many)).toMatch(/80 findings in 80 accounts/);
  });

  test('have no name on pages that anybody can read', () => {
    const masked = maskReport(many);
    const pages = JSON.stringify([masked, renderSummary(masked), renderIssueBody(masked, undefined)]);
    expect(pages).not.toContain('secret');
    expect(pages).not.toMatch(/3000000000\d\d/);
    expect(new Set(masked.findings.map(({ id }) => id)).size).toBe(80);
  });
});

test('the owner of a target is told that its account is not active', () => {
  const owned = report({ targets: [target({ owner: '@acme/ddi' })], findings: [suspended] });
  expect(renderIssueComment(compareWithMemory(owned, memoryOf([])))).toContain('For @acme/ddi.');
});

describe('an organization that was not read', () => {
  const remembered = memoryOf(
    [suspended, undeclared(ACCOUNTS[0] ?? '')].map(({ id, account, rule, message }) => ({ id, account, rule, message })),
  );
  const standing = (now: Report) => compareWithMemory(now, remembered).standing.map(({ id }) => id);

  test('leaves what was found in it standing, and nothing else', () => {
    expect(standing(report(unread))).toEqual(['s', 'u300000000000']);
    expect(standing(report())).toEqual([]);
    const others = memoryOf([{ id: 'x', account: HUB, rule: 'hub-user-login-extra', message: 'm' }]);
    expect(compareWithMemory(report(unread), others)).toMatchObject({ standing: [], gone: [{ id: 'x' }] });
    expect(standing(report({ hub: { account: HUB, status: 'unreadable', error: null } }))).toEqual(['s', 'u300000000000']);
  });

  test('is said in the headline and in the first lines', () => {
    expect(headlineText(report(unread))).toContain('The organization could not be read.');
    expect(digest(report(unread))).toContain('**Not read:** the organization.');
    const both = report({
      ...unread,
      targets: [target({ status: 'unreadable', error: { code: 'X', message: 'm', call: 'c', advice: '' } })],
    });
    expect(digest(both)).toContain('**Not read:** 1 account: `222222222222`; the organization.');
  });

  test('fails the step, but on a proposal', () => {
    const text = 'The organization could not be read completely. Not all of its accounts were compared with the targets.';
    expect(exitOf(report(unread), 'never')).toEqual({ failures: [text], warnings: [] });
    const proposal = report(unread);
    expect(exitOf({ ...proposal, run: { ...proposal.run, proposal: true } }, 'drift')).toEqual({ failures: [], warnings: [text] });
    expect(exitOf(report({ notCompared: unread.notCompared }), 'drift')).toEqual({ failures: [], warnings: [] });
  });
});
