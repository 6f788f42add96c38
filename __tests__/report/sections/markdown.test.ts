import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  cellCode,
  code,
  codeLink,
  details,
  fenced,
  htmlCode,
  htmlText,
  plain,
  tableHead,
  tableRow,
} from '../../../src/report/sections/markdown.ts';
import { cut, visibleLine } from '../../../src/text/visible.ts';
import { runs } from '../../runs.ts';
import { unicodeText } from '../../unicode-text.ts';
import { alive, entities, HOSTILE, render } from '../example.ts';

const anyText = fc.oneof(
  unicodeText({ maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'`|\\<>&@#*_~[]()!-+=.:/$ \n\t1aw'), maxLength: 30 }),
  fc.constantFrom(...HOSTILE),
);

/** Without half a surrogate pair. */
function isWhole(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

/** The cells of the only data row of a table. */
function cells(markdown: string): string[] {
  return [...render(markdown).matchAll(/<td>(.*?)<\/td>/gs)].map((match) => match[1] ?? '');
}

describe('text in raw HTML', () => {
  const cases: readonly [string, string][] = [
    ['Micetro in production', 'Micetro in production'],
    ['Anyone (`*`) can assume <b>', 'Anyone (<code>*</code>) can assume &#60;b&#62;'],
    ['for @acme/ddi, #1', 'for <code>@acme/ddi,</code> <code>#1</code>'],
    ['a\nb', 'a b'],
    ['half a `', 'half a `'],
  ];
  test.each(cases)('%j', (text, expected) => expect(htmlText(text)).toBe(expected));
  test('nothing in it is alive', () => {
    for (const text of HOSTILE) expect(alive(details(htmlText(text), 'x'))).toEqual([]);
  });
});

describe('code', () => {
  const cases: readonly [string, string][] = [
    ['Micetro', '`Micetro`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['``a', '``` ``a ```'],
    [' a ', '`  a  `'],
    ['', '` `'],
    ['a\nb', '`a␊b`'],
    ['a\u202Eb', '`a⟨U+202E⟩b`'],
    ['\u001B[1m', '`␛[1m`'],
  ];
  test.each(cases)('%j', (text, expected) => expect(code(text)).toBe(expected));

  test('shows exactly the text, whatever it is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(text.trim() !== '');
        const rendered = render(code(text));
        expect(entities(rendered)).toBe(`<p><code>${visibleLine(text)}</code></p>`);
      }),
    );
  });
});

describe('plain', () => {
  const cases: readonly [string, string][] = [
    ['The role is gone.', 'The role is gone.'],
    ['ask @acme/ddi, (see #12)!', 'ask `@acme/ddi`, (see `#12`)\\!'],
    ['at https://evil.example/x.', 'at `https://evil.example/x`.'],
    ['in 222222222222: a', 'in `222222222222`: a'],
    ['*a* <b>', '\\*a\\* &#60;b&#62;'],
    ['a|b', 'a&#124;b'],
    ['the `role x`, (`y`).', 'the `role x`, (`y`).'],
    ['`a|b` and `a`b and `a``b`', '`a`&#124;`b` and \\`a\\`b and \\`a\\`\\`b\\`'],
    ['@a(`b` `c`', '`` @a(`b` `` `c`'],
    ['`@acme/ddi` is told', '`@acme/ddi` is told'],
    ['two\n\nlines', 'two lines'],
    ['1. one', '1\\. one'],
    ['- one', '\\- one'],
  ];
  test.each(cases)('%j', (text, expected) => expect(plain(text)).toBe(expected));

  test.each(HOSTILE.map((text) => [text.slice(0, 40), text]))('is not alive: %j', (_, text) => {
    expect(alive(plain(text))).toEqual([]);
    expect(alive(`- ${plain(text)}\n`)).toEqual([]);
  });

  test('is one paragraph that reads as the text, and nothing in it is alive', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const rendered = render(plain(text));
        expect(alive(plain(text))).toEqual([]);
        const shown = visibleLine(text.replace(/[\s\u0085]+/gu, ' ').trim());
        // What stands between backticks becomes code.
        if (shown !== '' && !shown.includes('`')) expect(entities(rendered.replace(/<\/?code>/g, ''))).toBe(`<p>${shown}</p>`);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('tables', () => {
  test('no text adds a cell or ends the row', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const table = tableHead(['A', 'B', 'C']) + tableRow([cellCode(a), plain(b), 'end']);
        const found = cells(table);
        expect(found).toHaveLength(3);
        expect(found[2]).toBe('end');
        expect(alive(table)).toEqual([]);
      }),
      { numRuns: runs(300) },
    );
  });

  test('a pipe is shown', () => expect(cells(tableHead(['A']) + tableRow([cellCode('a|b')]))).toEqual(['<code>a|b</code>']));
  test('a pipe after a backslash can be told', () =>
    expect(cells(tableHead(['A']) + tableRow([cellCode('a\\|b')]))).toEqual(['<code>a\\¦b</code>']));
});

describe('blocks', () => {
  test('nothing gets out of a fence', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const rendered = render(`${fenced(text, 'diff')}after\n`);
        expect(rendered).toMatch(/^<pre><code class="language-diff">[^<]*<\/code><\/pre>\n<p>after<\/p>$/);
      }),
    );
  });

  test('nothing gets out of the first line of a fold', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const rendered = render(`${details(`x ${htmlCode(text)}`, plain(text))}\nafter\n`);
        expect(rendered.match(/<\/?(details|summary)>/g)).toEqual(['<details>', '<summary>', '</summary>', '</details>']);
        expect(rendered).toMatch(/<\/details>\n<p>after<\/p>$/);
        expect(alive(details(htmlCode(text), plain(text)))).toEqual([]);
      }),
    );
  });

  test('nothing gets out of a link', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, path) => {
        fc.pre(isWhole(path));
        const rendered = render(`in ${codeLink(text, `https://github.example/${encodeURI(path)}`)}`);
        expect(rendered).toMatch(/^<p>in <a href="https:\/\/github\.example\/[^"]*"><code>[^<]*<\/code><\/a><\/p>$/);
      }),
    );
  });
});

describe('cut', () => {
  test('is the text itself, or at most as long as asked, says how long it was, and splits no pair', () => {
    fc.assert(
      fc.property(unicodeText({ maxLength: 200 }), fc.integer({ min: 40, max: 120 }), (text, max) => {
        const short = cut(text, max);
        if (text.length <= max) expect(short).toBe(text);
        else {
          expect(short.length).toBeLessThanOrEqual(max);
          expect(short).toMatch(new RegExp(` … \\(${text.length} characters\\)$`));
        }
        if (isWhole(text)) expect(isWhole(short)).toBe(true);
      }),
    );
  });

  test.each([40, 41, 42, 43])('an emoji at the edge of %d goes whole', (max) => expect(isWhole(cut('😀'.repeat(60), max))).toBe(true));
});
