import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountsIn, masker, maskText } from '../../../src/report/model/mask-text.ts';
import { runs } from '../../runs.ts';

const ACCOUNTS = ['123456789012', '999956789012', '222222222222'];

/** What does not change is what it is masked to. */
const same = (text: string): readonly [string, string] => [text, text];

describe('a text', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['account 123456789012.', 'account …9012.'],
    ['arn:aws:iam::123456789012:role/Micetro', 'arn:aws:iam::…9012:role/Micetro'],
    ['123456789012 is not 999956789012', '…9012 is not …9012·2'],
    ['an unknown 888888889012', 'an unknown …9012'],
    ['role_123456789012x', 'role_…9012x'],
    ['account=888888888888/888888877777', 'account=…8888/…7777'],
    ['{"Account":888888888888}', '{"Account":…8888}'],
    same('9876543210987 has thirteen digits'),
    same('12345678901 has eleven'),
    same(''),

    // Escaped
    ['%22123456789012%22', '%22…9012%22'],
    ['%22888888888888%22 %2522888888888888%2522', '%22…8888%22 %2522…8888%2522'],
    ['arn%3Aaws%3Aiam%3A%3A888888888888%3Arole', 'arn%3Aaws%3Aiam%3A%3A…8888%3Arole'],
    ['\\u0022888888888888\\u0022 \\x22888888888888', '\\u0022…8888\\u0022 \\x22…8888'],
    ['&quot;888888888888&quot; &#34;888888888888&#34;', '&quot;…8888&quot; &#34;…8888&#34;'],
    ['100%123456789012', '100%…9012'],

    // In a longer run of digits only a known account is found.
    ['22123456789012', '22…9012'],
    ['1234567890121234567890129', '…9012…90129'],
    ['12345678901234567890', '……7890'],
    same('1764547200000'),
    same('20261101030000'),

    // As the console writes it
    ['8888-8888-8888', '…8888'],
    ['account 1234-5678-9012, 9999-5678-9012', 'account …9012, …9012·2'],
    ['x8888-8888-7777y', 'x…7777y'],
    ['%228888-8888-7777%22', '%22…7777%22'],
    ['backup-2026-8888-8888-7777', 'backup-…7777'],
    ['8888‑8888‑7777 8888–8888–7777 8888−8888−7777', '…7777 …7777 …7777'],
    ['8888 8888 7777, 8888\u00A08888\u00A07777', '…7777, …7777'],
    ['8888%208888%207777 8888%2D8888%2D7777', '…7777 …7777'],
    ['8888-8888-7777-6666-5555-4444', '…4444'],
    same('08888-8888-7777 8888-8888-77770 8888-8888 88-88-8888-8888 8888-8888 8888'),
    same('2026-11-01T03:00:00Z 2026-11-01T03:00:00.123456Z'),
    same('+44 20 7946 0958, 10.128.0.1, 0.123456789'),

    // A known one also with other characters between its digits
    ['1234.5678.9012 1234_5678_9012 1234/5678/9012', '…9012 …9012 …9012'],
    ['123,456,789,012', '…9012'],
    ['1234%C2%A05678%C2%A09012', '…9012'],
    ['2026-1234-5678-9012', '2026-…9012'],
    ['7 1234 5678 9012 7', '7 …9012 7'],
    same('8888.8888.7777 888,888,887,777'),

    // Full-width
    ['１２３４５６７８９０１２', '…9012'],
    ['８８８８８８８８７７７７', '…7777'],
    ['８８８８-８８８８-７７７７', '…7777'],

    // Unique ids and access key ids
    ['AKIAIOSFODNN7EXAMPLE', 'AKIA…MPLE'],
    ['ASIAIOSFODNN7EXAMPLE, AROADBQP57FF2AEXAMPLE:me', 'ASIA…MPLE, AROA…MPLE:me'],
    ['AIDAJQABLZS4A3QDU576Q', 'AIDA…576Q'],
    ['XAKIAIOSFODNN7EXAMPLE', 'XAKIA…MPLE'],
    ['keyAKIAIOSFODNN7EXAMPLEs', 'keyAKIA…MPLEs'],
    ['7AROADBQP57FF2AEXAMPLE', '7AROA…MPLE'],
    ['user_AIDAJQABLZS4A3QDU576Q_x', 'user_AIDA…576Q_x'],
    ['%22AROADBQP57FF2AEXAMPLE%22', '%22AROA…MPLE%22'],
    ['\\u0022AROADBQP57FF2AEXAMPLE', '\\u0022AROA…MPLE'],
    ['arn:aws:iam::123456789012:user/u/key/AKIAIOSFODNN7EXAMPLE', 'arn:aws:iam::…9012:user/u/key/AKIA…MPLE'],
    ['assumed-role/Micetro/AKIAIOSFODNN7EXAMPLE-8888-8888-7777', 'assumed-role/Micetro/AKIA…MPLE-…7777'],
    ['AIDA123456789012ABCDE', 'AIDA…BCDE'],
    same('AKIA and AKIA… stay'),
    same('AROA1234'),
    same('SOUTHEASTASIAPRODUCTION'),

    // What is surely no id
    same('commit 3f1c9a7b888888888888d2e4f60718293a4b5c6d'),
    same(`sha256 ${'0a'.repeat(20)}888888888888${'0b'.repeat(6)}`),
    same('request 9f0c1d2e-1111-4222-8333-888888888888'),
    same('https://github.com/acme/access/actions/runs/19283746501/attempts/2'),
    ['0a9f0c1d2e-1111-4222-8333-888888888888', '0a9f0c1d2e-…8333-…8888'],
    ['9f0c1d2e-1111-4222-8333-123456789012', '9f0c1d2e-…8333-…9012'],
  ];
  test.each(cases)('%j', (text, expected) => {
    expect(maskText(text, ACCOUNTS)).toBe(expected);
    expect(maskText(expected, ACCOUNTS)).toBe(expected);
  });
});

describe('whatever is in a text', () => {
  const DIGITS = '0123456789';
  const account = fc.oneof(fc.constantFrom(...ACCOUNTS), fc.string({ unit: fc.constantFrom(...DIGITS), minLength: 12, maxLength: 12 }));
  const grouped = fc
    .tuple(account, fc.constantFrom('-', '‑', ' ', '\u00A0', '%2D', '%20'))
    .map(([id, separator]) => id.replace(/(\d{4})(?=\d)/g, `$1${separator}`));
  const uniqueId = fc
    .tuple(
      fc.constantFrom('AIDA', 'AROA', 'AKIA', 'ASIA', 'ANPA'),
      fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'), minLength: 16, maxLength: 17 }),
    )
    .map(([prefix, rest]) => prefix + rest);
  const between = fc.oneof(
    fc.constantFrom(
      '',
      '',
      ' ',
      '-',
      ':',
      '::',
      '/',
      '_',
      '=',
      '%22',
      '%3A',
      '%2522',
      '\\u0022',
      '"',
      '…',
      '…1234',
      '·2',
      'x',
      'X',
      '1',
      '2026',
      '１',
    ),
    fc.string({ maxLength: 3 }),
  );
  const pieces = fc.array(fc.tuple(between, fc.oneof(account, grouped, uniqueId)), { maxLength: 5 });

  test('no known account and no unique id is left, and masking twice is masking once', () => {
    fc.assert(
      fc.property(pieces, between, (list, end) => {
        const masked = maskText(list.flat().join('') + end, ACCOUNTS);
        const digits = masked.replace(/%2[0D]|[-‑ \u00A0]/g, '');
        for (const known of ACCOUNTS) expect(digits).not.toContain(known);
        expect(masked).not.toMatch(
          /A(?:IDA|ROA|KIA|SIA|NPA)[A-Z2-7]{16}|(?<![\d１])\d{12}(?![\d１])|(?<![\d１])\d{4}-\d{4}-\d{4}(?![\d１])/,
        );
        expect(maskText(masked, ACCOUNTS)).toBe(masked);
      }),
      { numRuns: runs(1000) },
    );
  });

  test('where nothing looks like an id, nothing is shortened', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.uuid(), fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 }))),
        (texts) => {
          const text = texts.join(' ');
          expect(maskText(text, ACCOUNTS)).toBe(text);
        },
      ),
    );
  });
});

test('different accounts stay different', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 40 }), (numbers) => {
      const accounts = numbers.map((number) => `${String(number).padStart(8, '0')}1234`);
      const mask = masker(accounts);
      expect(new Set(accounts.map(mask)).size).toBe(accounts.length);
    }),
  );
});

test('the accounts of a text are found as they are masked', () => {
  expect(
    accountsIn('a 888888888888, 8888-8888-7777 and %22666666666666%22; not 9f0c1d2e-1111-4222-8333-888888888888, 2026-8888-8888-7777'),
  ).toEqual(['888888888888', '888888887777', '666666666666']);
});

// Work that grows with the square of the length would take minutes, and run into the time that a test has.
test('a long text is masked like a short one', () => {
  const long = [
    '1'.repeat(200_000),
    '1-'.repeat(100_000),
    '1111-'.repeat(50_000),
    '%22'.repeat(70_000),
    '%25'.repeat(70_000),
    'A'.repeat(200_000),
    'AIDA'.repeat(50_000),
  ];
  for (const text of long) {
    const masked = maskText(text, ACCOUNTS);
    expect(maskText(masked, ACCOUNTS) === masked).toBe(true);
  }
});
