import { describe, expect, test } from '@jest/globals';
import { findPhrases } from '../../dev/checks/prose/find-phrases.ts';
import { messagesOf } from '../../dev/checks/prose/messages.ts';
import { PHRASES } from '../../dev/checks/prose/phrases.ts';

test.each(PHRASES.map(({ bad, good, avoid }) => [bad, good, avoid] as const))('"%s" is found, "%s" is not', (bad, good, avoid) => {
  expect(findPhrases(bad).map(({ phrase }) => phrase.avoid)).toContain(avoid);
  expect(findPhrases(good)).toEqual([]);
});

/** Sentences that the action or its pages once had, and what they are now. */
test.each([
  ['Has to change: `arn:aws:iam::222222222222:role/x`', 'Resource: `arn:aws:iam::222222222222:role/x`'],
  ['role Micetro and its like', 'role Micetro and 3 others'],
  ['Sessions may last 60 seconds; wanted are 3600.', 'Sessions can last 60 seconds; expected 3600.'],
  ['made, and seen to be in effect', 'made and verified'],
  ['It is rid of what it denied.', 'What it denied is no longer denied.'],
  ['Creating it again does not heal the trust.', 'Creating it again does not restore the trust.'],
  ['In the hub, allow sts:AssumeRole on role/x to role/y.', 'In the hub account, allow role/y to call sts:AssumeRole on role/x.'],
  ['Allow iam:GetRole on role/x to role/y.', 'Allow role/y to call iam:GetRole on role/x.'],
  ['an active key beyond the 1 that may be there', '2 active keys, 1 allowed'],
  ['Describe the role as the file does', 'Restore the description of the role'],
  ['account 222222222222 is here a second time', 'duplicate account 222222222222'],
  ['Capture writes over no file unasked.', 'The file already exists. To update it, set overwrite to true.'],
  ['How to report a hole', 'How to report a vulnerability'],
  ['The document is no valid policy.', 'The document is not a valid policy.'],
])('"%s" is found, "%s" is not', (bad, good) => {
  expect(findPhrases(bad)).not.toEqual([]);
  expect(findPhrases(good)).toEqual([]);
});

describe('a phrase', () => {
  test('is in its line, whatever the case', () => {
    expect(findPhrases('One line.\nIt Is No Valid policy.', 7)).toMatchObject([{ line: 8, text: 'Is No Valid' }]);
  });
  test.each(['It is\nno valid policy.', '# It is\n# no valid policy.', '> It is\n> no valid policy.'])(
    'goes over the end of a line: %j',
    (text) => {
      expect(findPhrases(text)).toMatchObject([{ line: 1 }]);
    },
  );
});

describe('a text of the code', () => {
  test.each([
    ["const a = 'one text';", ['one text']],
    ['const a = `Allow #{call} on #{resource}.`;', ['Allow … on ….']],
    ["const a = 'one ' + 'text ' + `of #{count} parts` + ' ' + more;", ['one text of … parts …']],
    ["const a = `so #{isMany ? 'many' : 'few'} texts`;", ['so … texts', 'many', 'few']],
    ["import { a } from './a.ts';\nconst n = 1 + 2; // no text", []],
  ])('%s', (source, texts) => {
    expect(messagesOf('a.ts', source.replaceAll('#{', '${')).map(({ text }) => text)).toEqual(texts);
  });
  test('is in its line', () => {
    expect(messagesOf('src/a.ts', "\n\nconst a = 'x';")).toMatchObject([{ path: 'src/a.ts', line: 3 }]);
  });
});
