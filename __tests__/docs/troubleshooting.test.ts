import { describe, expect, test } from '@jest/globals';
import { type Message, messagesOf, messagesOfSources } from './messages.ts';
import { PAGES, textOf } from './pages.ts';

/**
 * The tables of docs/troubleshooting.md and the pages beside it, and the messages in the code. When this fails:
 *
 * - a row that the code does not say: quote the message as it is now, with `…` for what is put in at run time, or take the row out.
 * - a message without a row: add a row that quotes a part of it; or, if it says itself all that can be said, its beginning to `WITHOUT_ROW`, with the reason.
 */

/**
 * Where the texts stand that say what to do. A new file whose name has "advice" or "problem" in it is one of them, but for what a pull request's comment advises
 * about the file.
 */
const ADVISERS =
  /^src\/(?!proposal\/).*(?:advice|problem)[^/]*\.ts$|^src\/run\/(?:desired-file|written-files|real-place)\.ts$|^src\/inputs\/run-permissions\.ts$/;

/** Messages of these files that need no row, by their beginning. */
const WITHOUT_ROW: readonly (readonly [begins: string, why: string])[] = [
  ['Set the input branch.', 'the end of the message that the default branch is not known'],
  ['GitHub responded with … (…).', 'what GitHub said, before one of the messages below it'],
  ['GitHub could not be reached: ….', 'what happened on the way, before one of the messages of network/advice.ts'],
  ['… Or run aws-actions/configure-aws-credentials', 'the end of the message that id-token: write is missing'],
  ['… …. Set the input desired-state to another file.', 'the end of what real-place.ts says'],
  ['Input …: … …. Use a different path.', 'the end of what real-place.ts says'],
];

/** Names that the documentation gives to what has none in the code. */
const OF_CONCEPTS = new Set(['The headline', 'Not known']);

const messages = messagesOfSources();
const tables = PAGES.filter((page) => /^docs\/troubleshooting[\w-]*\.md$/.test(page)).map(textOf);
const rows = [...tables.join('\n').matchAll(/^\| `([^`]+)` \|/gm)].map(([, quote = '']) => ({ quote, pattern: patternOf(quote) }));

/** What a text has that contains the quote; `…` in either stands for anything. */
function patternOf(quote: string): RegExp {
  const parts = quote
    .split('…')
    .map((part) => [...part].map((char) => (/\w/.test(char) ? char : `\\u{${char.codePointAt(0)?.toString(16)}}`)).join(''));
  return new RegExp(parts.join('[^]*'), 'u');
}

/** A sentence, not the end of one that another text begins. */
const isSentence = ({ text }: Message): boolean => /^[A-Z…].* .* .* /s.test(text) && /[.:]/.test(text);

const advice = messages.filter((message) => ADVISERS.test(message.place.replace(/:\d+$/, '')) && isSentence(message));

test('there are rows and messages to look up', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(advice.length).toBeGreaterThan(20);
});

test('every row quotes a message of the code', () => {
  expect(rows.filter(({ pattern }) => !messages.some(({ text }) => pattern.test(text))).map(({ quote }) => quote)).toEqual([]);
});

test('every message that says what to do has a row', () => {
  const missing = advice
    .filter(({ text }) => !rows.some(({ pattern }) => pattern.test(text)))
    .filter(({ text }) => !WITHOUT_ROW.some(([begins]) => text.startsWith(begins)))
    .map(({ place, text }) => `${place}: ${text}`);
  expect(missing).toEqual([]);
});

/** The parts of a page that the documentation explains, by their names in bold. */
test.each(['docs/findings.md', 'docs/pull-requests.md', 'docs/capture.md'])('%s has the names of the code', (page) => {
  const named = [...textOf(page).matchAll(/^- \*\*([A-Z][^*:]*?)(?::\*\*|\*\*, )/gm)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => !OF_CONCEPTS.has(name) && !messages.some(({ text }) => text.includes(name)))).toEqual([]);
});

test('what is let off is there, and has no row', () => {
  const idle = WITHOUT_ROW.filter(
    ([begins]) => !advice.some(({ text }) => text.startsWith(begins) && !rows.some(({ pattern }) => pattern.test(text))),
  );
  expect(idle).toEqual([]);
});

describe('a text of the code', () => {
  test.each([
    ["const a = 'one text';", ['one text']],
    ['const a = `Allow #{call} on #{resource}.`;', ['Allow … on ….']],
    ["const a = 'one ' + 'text ' + `of #{count} parts` + ' ' + more;", ['one text of … parts …']],
    ["const a = `so #{isMany ? 'many' : 'few'} texts`;", ['so … texts', 'many', 'few']],
    ["import { a } from './a.ts';\nconst n = 1 + 2;", []],
  ])('%s', (source, texts) => {
    expect(messagesOf('a.ts', source.replaceAll('#{', '${')).map(({ text }) => text)).toEqual(texts);
  });
  test('is in its line', () => {
    expect(messagesOf('src/a.ts', "\n\nconst a = 'x';")[0]?.place).toBe('src/a.ts:3');
  });
});

test.each([
  ['In the hub account, allow … to call sts:AssumeRole on …. In the target', 'In the hub account, allow …In the target', true],
  ['Add the line', 'Add the line', true],
  ['Add a line', 'Add the line', false],
  ['second, then first', 'first…second', false],
  ['(a|b)*', 'a|b)*', true],
])('%s has %s in it: %s', (text, quote, has) => {
  expect(patternOf(quote).test(text)).toBe(has);
});
