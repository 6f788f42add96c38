import { expect, test } from '@jest/globals';
import { renderMarkdown } from '../../dev/demo/markdown.ts';
import { styleFor, width, wrap } from '../../dev/demo/style.ts';

const plain = styleFor({ isTTY: false }, {});
const render = (markdown: string, isOpen = false) => renderMarkdown(markdown, { style: plain, columns: 40, isOpen: () => isOpen });

const FINDING = [
  '<details><summary>🔴 <b>widened</b>: it &amp; more (<code>rule</code>)</summary>',
  '',
  'Inside.',
  '',
  '</details>',
  '',
  'After.',
];

test.each([
  ['marks and links', '**Drift:** `a\\b` in [the file](https://x.y/z), 1 \\* 2.', ['Drift: a\\b in the file, 1 * 2.']],
  ['comments', '<!-- hidden\nmemory -->\n\nShown.', ['Shown.']],
  ['headings', '## Findings\n\nWorst first.', ['Findings', '', 'Worst first.']],
  ['lists, with what hangs over indented', `- ${'word '.repeat(9).trim()}`, ['• word word word word word word word', '  word word']],
  ['tables', '| A | B |\n| --- | --- |\n| `one` | ✅ ok |\n| three | x |', ['A      B', 'one    ✅ ok', 'three  x']],
  ['code', '```diff\n-a\n+b\n```\n', ['  -a', '  +b', '']],
  ['a folded finding', FINDING.join('\n'), ['▸ 🔴 widened: it & more (rule)', 'After.']],
])('%s', (_name, markdown, lines) => {
  expect(render(markdown)).toEqual(lines);
});

test('an unfolded finding', () => {
  expect(render(FINDING.join('\n'), true)).toEqual(['▾ 🔴 widened: it & more (rule)', '', '    Inside.', '', 'After.']);
});

test('emoji take two columns, and what modifies them none', () => {
  expect([width('✅ ok'), width('⚠️'), width('é')]).toEqual([5, 2, 1]);
});

test('long words are left whole', () => {
  expect(wrap('a verylongword b', 6)).toEqual(['a', 'verylongword', 'b']);
});

test.each([
  [{ isTTY: true }, {}, '\x1b[1mx\x1b[22m'],
  [{ isTTY: true }, { NO_COLOR: '1' }, 'x'],
  [{ isTTY: true }, { TERM: 'dumb' }, 'x'],
  [{}, {}, 'x'],
])('colours only where they show: %j %j', (output, env, shown) => {
  expect(styleFor(output, env).bold('x')).toBe(shown);
});
