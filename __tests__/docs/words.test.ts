import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SEVERITIES } from '../../src/drift/severity.ts';
import { PAGES, pathOf, textOf } from './pages.ts';

test('the severities are the code’s, in its order', () => {
  const section = textOf('docs/judging.md').split('## Severity')[1]?.split('\n## ')[0] ?? '';
  expect([...section.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, severity]) => severity)).toEqual([...SEVERITIES]);
});

function headingsOf(page: string): string[] {
  return [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
}

/** GitHub's name for a heading: https://docs.github.com/get-started/writing-on-github */
function anchorsOf(page: string): Set<string> {
  return new Set(
    headingsOf(page).map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

/** What GitHub serves for a repository beside its files, by its place seen from a page: the runs of a workflow, and their badge. */
const RUNS = /^\.\.\/\.\.\/actions\/workflows\/([\w-]+\.yml)(?:\/badge\.svg)?$/;

test.each(PAGES)('the links of %s lead somewhere', (page) => {
  const text = textOf(page).replace(/^```[\s\S]*?^```$/gm, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|src(?:set)?="([^"]+)"/g)].map(([, link, source]) => link ?? source ?? '');
  const broken = links
    .filter((link) => !/^https:\/\//.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const [, workflow] = RUNS.exec(path) ?? [];
      if (workflow !== undefined) return !existsSync(pathOf(`.github/workflows/${workflow}`));
      const target = path === '' ? pathOf(page) : join(dirname(pathOf(page)), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).has(anchor);
    });
  expect(broken).toEqual([]);
});

/** Long pages are not read: one subject each. */
test.each(PAGES.filter((page) => /^README|^docs/.test(page)))('%s is short', (page) => {
  expect(textOf(page).length).toBeLessThan(page === 'README.md' ? 12_001 : 6_000);
});

test('no page has the same heading twice, so that every link leads to one place', () => {
  const twice = PAGES.filter((page) => headingsOf(textOf(page)).length > new Set(headingsOf(textOf(page))).size);
  expect(twice).toEqual([]);
});

test('every page is finished', () => {
  expect(PAGES.filter((page) => /being written|\bTODO\b|\bTBD\b/.test(textOf(page)))).toEqual([]);
});

test('every page of docs/ is in its index', () => {
  const linked = new Set([...textOf('docs/README.md').matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, page]) => `docs/${page}`));
  expect(PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md' && !linked.has(page))).toEqual([]);
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

const pictures = readdirSync(pathOf('docs')).filter((name) => name.endsWith('.png'));

test.each(pictures)('%s is small enough to be looked at, and shown', (picture) => {
  expect(readFileSync(pathOf(`docs/${picture}`)).length).toBeLessThan(200_000);
  expect(PAGES.filter((page) => textOf(page).includes(picture))).not.toEqual([]);
});

test('every picture but of paper is there in light and in dark', () => {
  const themes = ['-light.png', '-dark.png'];
  const names = new Set(pictures.flatMap((name) => themes.filter((end) => name.endsWith(end)).map((end) => name.slice(0, -end.length))));
  expect([...names].flatMap((name) => themes.map((end) => name + end)).sort()).toEqual(
    pictures.filter((name) => !/-print-\d+\.png$/.test(name)).sort(),
  );
});
