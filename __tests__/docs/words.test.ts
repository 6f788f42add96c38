import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SEVERITIES } from '../../src/drift/severity.ts';
import { PAGES, pathOf, textOf } from './pages.ts';

test('the severities are the code’s, in its order', () => {
  const section = textOf('docs/judging.md').split('## Severity')[1]?.split('\n## ')[0] ?? '';
  expect([...section.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, severity]) => severity)).toEqual([...SEVERITIES]);
});

/** GitHub's name for a heading: https://docs.github.com/get-started/writing-on-github */
function anchorsOf(page: string): Set<string> {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

test.each(PAGES)('the links of %s lead somewhere', (page) => {
  const text = textOf(page).replace(/^```[\s\S]*?^```$/gm, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(([, link, source]) => link ?? source ?? '');
  const broken = links
    .filter((link) => !/^https:\/\//.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? pathOf(page) : join(dirname(pathOf(page)), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).has(anchor);
    });
  expect(broken).toEqual([]);
});

test('every page can be reached from the README', () => {
  const reached = new Set<string>(['README.md']);
  for (const page of reached) {
    if (!page.endsWith('.md')) continue;
    for (const [, link = ''] of textOf(page).matchAll(/\]\(([^)\s#]+)/g)) {
      const target = join(dirname(page), link);
      if (!link.startsWith('https:') && existsSync(pathOf(target))) reached.add(target);
    }
  }
  expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
});

test.each(['docs/summary.png', 'docs/pull-request.png'])('%s is small enough to be looked at', (picture) => {
  expect(readFileSync(pathOf(picture)).length).toBeLessThan(300_000);
});
