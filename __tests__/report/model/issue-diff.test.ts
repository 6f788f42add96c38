import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { compareWithMemory, nextMemory } from '../../../src/report/model/issue-diff.ts';
import { maskReport } from '../../../src/report/model/mask.ts';
import { memoryOf, type RememberedFinding, readMemory, writeMemory } from '../../../src/report/model/memory.ts';
import type { Report } from '../../../src/report/model/schema.ts';
import { bigReport } from '../any-report.ts';
import { finding, HOSTILE, HUB, REFUSED, report, target } from '../example.ts';

const A = '222222222222';
const UNKNOWN = { grant: 'unknown', trust: 'unknown', permissions: 'unknown' } as const;

function old(part: Partial<RememberedFinding> = {}): RememberedFinding {
  return { id: 'old', account: A, rule: 'trust-changed', message: 'm', ...part };
}

describe('a memory', () => {
  test('comes back as it was written, whatever is in it', () => {
    const findings = HOSTILE.map((text, index) => old({ id: `i${index}`, message: text.slice(0, 100).toString() }));
    const text = writeMemory(memoryOf(findings));
    expect(text).toMatch(/^<!-- [\w:+/= -]* -->$/);
    expect(readMemory(`# x\n${text}\nrest`)?.findings.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
  });

  const many = (size: number, random: (index: number) => string): RememberedFinding[] =>
    Array.from({ length: size }, (_, index) =>
      old({
        id: (index * 2_654_435_761).toString(16).padStart(16, '0'),
        account: String(200_000_000_000 + index * 7_919),
        message: random(index),
      }),
    );
  const noise = (index: number): string =>
    Array.from({ length: 20 }, (_, each) => ((index + 1) * (each + 7) * 2_654_435_761).toString(36)).join('');
  const sizes: readonly [number, keyof RememberedFinding | 'none', boolean][] = [
    [50, 'message', true],
    [300, 'rule', true],
    [15_000, 'none', false],
  ];
  test.each(sizes)('of %d findings has room for: %s', (size, kept, whole) => {
    const text = writeMemory(memoryOf(many(size, noise)));
    expect(text.length).toBeLessThanOrEqual(20_000);
    const memory = readMemory(text);
    expect(memory?.total).toBe(size);
    expect(memory?.findings.length).toBe(whole ? size : 0);
    if (kept !== 'none') expect(memory?.findings[0]?.[kept]).not.toBe('');
    if (kept === 'rule') expect(memory?.findings[0]?.message).toBe('');
  });

  const packText = (text: string): string => `<!-- assume-role-drift:memory ${deflateRawSync(text).toString('base64')} -->`;
  const pack = (value: unknown): string => packText(JSON.stringify(value));
  const bad: readonly [string, string][] = [
    ['nothing', ''],
    ['no base64', '<!-- assume-role-drift:memory {"v":1} -->'],
    ['nothing that unpacks', '<!-- assume-role-drift:memory AAAA -->'],
    ['another version', pack({ v: 2, n: 0, d: '', f: [] })],
    ['another shape', pack({ v: 1, n: 0, d: '', f: [{ id: 'x' }] })],
    ['a text that is too long', pack({ v: 1, n: 1, d: '', f: [['x', 'x', 'x', 'x'.repeat(5_000)]] })],
    ['a bomb', packText(`${JSON.stringify({ v: 1, n: 0, d: '', f: [] })}${' '.repeat(6_000_000)}`)],
  ];
  test.each(bad)('is not read from %s', (_, body) => expect(readMemory(body)).toBeUndefined());
});

describe('without a memory', () => {
  test('all is new, worst first', () => {
    const given = report({ findings: [finding({ id: 'a', access: 'none' }), finding({ id: 'b' })] });
    expect(compareWithMemory(given, undefined).new.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

describe('a finding that the issue remembers', () => {
  const seen = report({ findings: [finding({ id: 'old' })] });
  const blindTarget = report({ targets: [target({ status: 'unreadable', error: REFUSED })] });
  const blindHub = { account: HUB, status: 'unreadable', error: REFUSED } as const;
  const cases: readonly [string, Report, RememberedFinding, 'gone' | 'standing' | 'neither'][] = [
    ['is there', seen, old(), 'neither'],
    ['is not there', report(), old(), 'gone'],
    ['is of an account that is no longer wanted', report({ targets: [] }), old(), 'gone'],
    ['is of an account that was refused', blindTarget, old(), 'standing'],
    ['is of an account with an error', report({ errors: [{ account: A, ...REFUSED }] }), old(), 'standing'],
    ['is of another account than the refused one', blindTarget, old({ account: '333333333333' }), 'gone'],
    ['is of another account that ends alike', blindTarget, old({ account: '333333332222' }), 'gone'],
    ['is the hub’s, which was refused', report({ hub: blindHub }), old({ account: HUB, rule: 'hub-user-policy-extra' }), 'standing'],
    ['is a grant, and the hub was refused', report({ hub: blindHub }), old({ rule: 'grant-missing' }), 'standing'],
    ['is no grant, and only the hub was refused', report({ hub: blindHub }), old(), 'gone'],
    [
      'is a grant, and the grants were not seen',
      report({ targets: [target({ checks: { ...UNKNOWN, trust: 'ok' } })] }),
      old({ rule: 'grant-changed' }),
      'standing',
    ],
    [
      'is of an account that the report lacks, and something was not read',
      { ...report(), summary: { ...report().summary, unreadable: 1, observed: 1 } },
      old({ account: '333333333333' }),
      'standing',
    ],
    ['is known by its id alone, and something was refused', blindTarget, old({ account: '', rule: '' }), 'standing'],
    ['is known by its id alone', report(), old({ account: '', rule: '' }), 'gone'],
    ['was remembered before ids were masked', maskReport(blindTarget), old(), 'standing'],
  ];
  test.each(cases)('that %s', (_, given, entry, expected) => {
    const { gone, standing } = compareWithMemory(given, memoryOf([entry]));
    expect({ gone: gone.length, standing: standing.length }).toEqual({
      gone: Number(expected === 'gone'),
      standing: Number(expected === 'standing'),
    });
    expect(nextMemory(given, memoryOf([entry])).findings.map(({ id }) => id)).toEqual(expected === 'gone' ? [] : ['old']);
  });

  const settled: readonly [string, Parameters<typeof finding>[0], string][] = [
    ['accepted since', { exception: { owner: 'o', reason: 'r', expires: '2027-01-31', expired: false } }, 'accepted'],
    ['repaired', { fix: { status: 'verified', reason: '', calls: [], command: '' } }, 'repaired'],
  ];
  test.each(settled)('and that was %s is gone for that reason', (_, part, why) => {
    const given = report({ targets: [target({ status: 'unreadable', error: REFUSED })], findings: [finding({ id: 'old', ...part })] });
    expect(compareWithMemory(given, memoryOf([old()])).gone).toEqual([{ ...old(), why }]);
  });

  test('is not called gone when masking has changed all ids', () => {
    const news = compareWithMemory(maskReport(seen), memoryOf([old()]));
    expect(news.gone).toEqual([]);
    expect(news.new).toHaveLength(1);
  });
});

describe('too many to remember', () => {
  const many = bigReport(15_000);
  const memory = readMemory(writeMemory(nextMemory(many, undefined)));

  test('the same again is no news', () =>
    expect(compareWithMemory(many, memory)).toMatchObject({ new: [], gone: [], standing: [], recount: null }));
  test('others are counted', () => {
    expect(compareWithMemory({ ...many, findings: many.findings.slice(1) }, memory).recount).toEqual({ before: 15_000, now: 14_999 });
  });
  test('with an account refused nothing can be said, and the memory stays', () => {
    const blind = {
      ...many,
      findings: many.findings.slice(1),
      summary: { ...many.summary, unreadable: 1, observed: many.summary.observed - 1 },
    };
    expect(compareWithMemory(blind, memory).recount).toBeNull();
    expect(nextMemory(blind, memory)).toEqual(memory);
  });
});
