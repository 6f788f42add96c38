import { describe, expect, test } from '@jest/globals';
import { pagesOf } from '../../dev/pages/pages-of.ts';
import { PAGE_SCENES } from '../../dev/pages/scenes.ts';
import { openInProcess } from './in-process.ts';

/** What somebody sees first of a night's pages: the truth, the worst first, and not much. */

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;
const visible = (page: string) => page.replace(/<!--[\s\S]*?-->\n*/g, '');
const firstScreen = (page: string) => visible(page).split('\n## ')[0] ?? '';

/** Lines of the first screen that every issue begins with. */
const EXPECTED: Readonly<Record<string, readonly RegExp[]>> = {
  '0': [],
  '1': [
    /^❌ \*\*Drift: 1 finding in 1 account \(1 widened\)\.\*\* 20 of 20 targets can be reached\. 21 of 21 accounts read\.$/m,
    /^- \*\*Locked out:\*\* nobody/m,
    /^- 🔴 \*\*More access than the file allows:\*\* Anyone \(`\*`\) can assume Micetro in archive-1\.$/m,
    /^- \*\*Do first:\*\* Anyone \(`\*`\) can assume Micetro in archive-1\. Look in CloudTrail/m,
  ],
  '30': [
    /^❌ \*\*23 of 33 targets can be reached\.\*\* Drift: 30 findings/m,
    /^- 🚫 \*\*Locked out:\*\* .*\*\*10 of 33 targets\*\*/m,
    /^- 🔴 .*\*\* Anyone \(`\*`\) can assume Micetro in archive-4; Account `999999999999` can assume Micetro in build-4; AdministratorAccess attached to Micetro in production-5 and \d+ more\.$/m,
  ],
  '400': [/^- 🔴 .*\*\* Anyone \(`\*`\) can assume Micetro in .*; Account `999999999999` can assume .*; AdministratorAccess attached/m],
  outage: [
    /^❌ \*\*0 of 20 targets can be reached\.\*\* Drift: 1 finding in 1 account \(1 narrowed\)\. 21 of 21 accounts read\.$/m,
    /^- 🚫 \*\*Locked out:\*\* .*\*\*20 of 20 targets\*\*\. In the hub: Hub group micetro-targets does not exist\.$/m,
    /^- \*\*More access than the file allows:\*\* nobody\.$/m,
  ],
};

/** Most words of each page. A first-round issue with 30 findings had 3,205, one with 400 had 9,599. */
const MOST_WORDS: Readonly<Record<string, { readonly issue: number; readonly news: number; readonly pull: number }>> = {
  '0': { issue: 0, news: 0, pull: 160 },
  '1': { issue: 1_000, news: 80, pull: 250 },
  '30': { issue: 2_500, news: 500, pull: 1_100 },
  '400': { issue: 5_500, news: 600, pull: 2_200 },
  outage: { issue: 1_300, news: 0, pull: 700 },
};

describe.each(PAGE_SCENES)('$name findings', (scene) => {
  test('the first screen is true, worst first and short', async () => {
    const { summary, issue, news, pull, step } = await pagesOf(scene, openInProcess);
    const screen = firstScreen(issue);
    for (const line of EXPECTED[scene.name] ?? []) expect(screen).toMatch(line);
    expect(screen.trim().split('\n').length).toBeLessThanOrEqual(12);
    // The summary says the same, but for what is new: it is written before the issue is read.
    if (issue !== '') expect(firstScreen(summary).split('\n')[0]).toBe(screen.split('\n')[0]);
    const most = MOST_WORDS[scene.name] ?? { issue: 0, news: 0, pull: 0 };
    for (const [page, limit] of [
      [visible(issue), most.issue],
      [news, most.news],
      [pull, most.pull],
    ] as const) {
      expect(words(page)).toBeLessThanOrEqual(limit);
    }
    const errors = step.annotations.filter(({ level }) => level === 'error');
    expect(errors.length).toBeLessThanOrEqual(10);
    if (scene.name !== '30' && scene.name !== '400') return;
    // Of the ten that GitHub shows, the first are the worst; the last is the step's own.
    expect(errors.slice(0, 3).map(({ properties }) => /title=([^,]*)/.exec(properties)?.[1])).toEqual([
      expect.stringMatching(/^widened%3A Anyone \(`\*`\) can assume Micetro in /),
      expect.stringMatching(/^widened%3A Account 999999999999 can assume Micetro in /),
      expect.stringMatching(/^widened%3A AdministratorAccess attached to Micetro in /),
    ]);
    expect(errors.at(-1)?.message).toMatch(/targets can be reached/);
  }, 120_000);
});

test('a status that is green stands for a target that is reached and has not drifted', async () => {
  const outage = PAGE_SCENES.find(({ name }) => name === 'outage');
  if (outage === undefined) throw new Error('There is no such scene.');
  const { summary, issue } = await pagesOf(outage, openInProcess);
  for (const page of [summary, issue]) {
    const rows = page.split('\n').filter((line) => /^\| `[a-z]+-\d` `\d{12}`/.test(line));
    expect(rows).toHaveLength(20);
    for (const row of rows) expect(row).toContain('❌ cannot be reached: see the hub');
  }
}, 60_000);
