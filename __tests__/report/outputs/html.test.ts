import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskReport } from '../../../src/report/model/mask.ts';
import type { Report, ReportFinding, ReportTarget } from '../../../src/report/model/schema.ts';
import { renderHtml } from '../../../src/report/outputs/html.ts';
import { STYLES } from '../../../src/report/sections/html/styles.ts';
import { runs } from '../../runs.ts';
import { anyReport, bigReport } from '../any-report.ts';
import { FILE, finding, HOSTILE, HUB, REFUSED, report, target } from '../example.ts';
import { alive, attribute, type Page, readPage, sectionText, textOf, textsOf } from './read-html.ts';

const pageOf = (given: Report, ...rest: unknown[]): Page => readPage(renderHtml(given, ...(rest as [])));

const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: HUB }, Action: 'sts:AssumeRole' }] };
const OPEN = { ...TRUST, Statement: [{ ...TRUST.Statement[0], Principal: { AWS: '*' } }] };
const exception = { owner: '@acme/ddi', reason: 'until the migration', expires: '2027-01-31', expired: false };
const caused = {
  cause: {
    match: 'exact',
    at: '2026-10-31T17:03:00Z',
    event: 'UpdateAssumeRolePolicy',
    account: '222222222222',
    actor: 'arn:aws:iam::222222222222:user/joan',
    via: 'console',
    eventId: 'e1',
    reason: '',
  },
  use: {
    since: '2026-10-31T17:03:00Z',
    count: 3,
    atLeast: false,
    by: ['999999999999 (AIDAEXAMPLE)'],
    lastAt: '2026-10-31T18:00:00Z',
    regions: ['us-east-1'],
  },
} satisfies Partial<ReportFinding>;
const live: ReportTarget['live'] = {
  trust: { allows: [`arn:aws:iam::${HUB}:root`], denies: [], conditions: ['sts:ExternalId'] },
  managedPolicies: ['arn:aws:iam::aws:policy/AmazonEC2FullAccess', 'arn:aws:iam::222222222222:policy/dns'],
  inlinePolicies: ['extra'],
  boundary: 'arn:aws:iam::222222222222:policy/limit',
};

/** A repair run that met everything. */
const FULL = report({
  run: { ...report().run, fix: true, desiredState: { path: FILE, sha256: 'a'.repeat(64) } },
  hub: {
    account: HUB,
    status: 'drifted',
    live: {
      user: { arn: `arn:aws:iam::${HUB}:user/micetro`, managedPolicies: [], groups: ['micetro-targets'], boundary: null, activeKeys: 2 },
      groups: [{ arn: `arn:aws:iam::${HUB}:group/micetro-targets`, members: ['micetro'], inlinePolicies: ['assume-222222222222'] }],
    },
    error: null,
  },
  targets: [
    target({ name: 'production', owner: '@acme/ddi', live, status: 'drifted', lastUsed: '2026-10-30T00:00:00Z' }),
    target({ account: '333333333333', status: 'unreadable', connection: 'unknown', error: REFUSED }),
    target({ account: '444444444444', connection: 'broken', live: null }),
  ],
  findings: [
    finding({ ...caused, id: 'aaa', desired: TRUST, live: OPEN, explanation: ['Anybody gets in.'], witness: 'sts:AssumeRole by *' }),
    finding({ id: 'bbb', rule: 'role-policy-extra', access: 'widened', exception }),
    finding({ id: 'ccc', rule: 'role-path-changed', access: 'narrowed', exception: { ...exception, expired: true } }),
    finding({
      id: 'ddd',
      rule: 'role-policy-missing',
      access: 'narrowed',
      fix: { status: 'verified', reason: '', calls: [], command: '' },
    }),
  ],
  notCompared: [
    { resource: 'arn:aws:iam::aws:policy/AmazonEC2FullAccess', what: 'policy-content', accounts: 12 },
    { resource: HUB, what: 'callers', accounts: 1 },
  ],
  changes: [
    {
      account: '222222222222',
      action: 'iam:AttachRolePolicy',
      input: { RoleName: 'Micetro', PolicyArn: 'arn:aws:iam::aws:policy/AmazonEC2FullAccess' },
      before: null,
      after: 'attached',
      effect: 'grant',
      findings: ['ddd'],
      at: '2026-11-01T03:00:05.120Z',
      outcome: 'verified',
      requestId: 'request-7',
      reason: '',
    },
  ],
  notMade: [{ account: '222222222222', action: 'iam:DeleteRolePolicy', input: { PolicyName: 'x' }, reason: 'changed since it was read' }],
  notes: ['The exception for role-policy-extra in line 9 runs out after 2027-01-31.'],
});

describe('the page', () => {
  const html = renderHtml(FULL, {
    runUrl: 'https://github.example/acme/access/actions/runs/1',
    reportPath: 'r.json',
    reportSha256: 'b'.repeat(64),
  });
  const page = readPage(html);

  test.each<[string, string, readonly string[]]>([
    [
      'record',
      'when, from what and by what it was made',
      ['1 Nov 2026 03:00:00 UTC to 1 Nov 2026 03:00:09 UTC', FILE, 'a'.repeat(64), 'b'.repeat(64), '1.0.0', '/actions/runs/1'],
    ],
    [
      'coverage',
      'what was read, what was not, and what was not compared',
      [
        '3 of 4 accounts read completely',
        'AmazonEC2FullAccess in 12 accounts',
        'other callers',
        'AccessDenied at sts:AssumeRole',
        'This report makes no statement about them',
      ],
    ],
    [
      'findings',
      'who did it, and whether it was used',
      [
        'Changed by arn:aws:iam::222222222222:user/joan on 31 Oct 2026 17:03 UTC',
        'Used since: 3 times by 999999999999',
        'Anybody gets in.',
        'aaa',
        `${FILE}:7`,
        '-        "AWS"',
        '+        "AWS": "*"',
        'expired on 2027-01-31',
      ],
    ],
    ['accepted', 'who answers for what is accepted, and until when', ['@acme/ddi', 'until the migration', '2027-01-31', 'bbb']],
    ['changes', 'what was written', ['2026-11-01 03:00:05 UTC', 'iam:AttachRolePolicy', 'grants access', 'request-7', 'ddd']],
    ['not-made', 'what was not', ['iam:DeleteRolePolicy', 'changed since it was read']],
    ['hub', 'the hub as it was read', ['user/micetro', 'micetro-targets', '2', 'Console passwordnot read', 'assume-222222222222']],
    [
      'targets',
      'each target as it was read',
      [
        'production',
        `arn:aws:iam::${HUB}:root`,
        'under conditions on sts:ExternalId',
        'AmazonEC2FullAccess',
        'arn:aws:iam::222222222222:policy/dns',
        'inline: extra',
        'boundary: arn:aws:iam::222222222222:policy/limit',
        'works',
        '2026-10-30',
        'not read',
        'The role does not exist.',
      ],
    ],
    ['notes', 'what is worth a look', ['runs out after 2027-01-31']],
  ])('has in its section %s %s', (id, _what, texts) => {
    const text = sectionText(page, id);
    for (const each of texts) expect(text).toContain(each);
  });

  test('is one file that loads and runs nothing, and has no parse error', () => expect(alive(html)).toEqual([]));

  test('allows nothing to load or run, in case something gets in', () => {
    const policy = page.elements.find((element) => attribute(element, 'http-equiv') === 'Content-Security-Policy');
    expect(policy && attribute(policy, 'content')).toContain("default-src 'none'; style-src 'unsafe-inline'");
  });

  test('has one main heading, headings in order, and a heading for each link of its contents', () => {
    const levels = page.elements.flatMap(({ tagName }) => (/^h\d$/.test(tagName) ? [Number(tagName[1])] : []));
    expect(levels[0]).toBe(1);
    expect(levels.slice(1).every((level, index) => level > 1 && level - (levels[index] ?? 0) <= 1)).toBe(true);
    const ids = page.elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = page.elements.flatMap((element) => attribute(element, 'href')?.slice(1) ?? []);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
    expect(textsOf(page, 'h2')).toEqual(
      page.elements
        .filter((element) => element.tagName === 'a')
        .slice(0, 9)
        .map(({ childNodes }) => textOf(childNodes)),
    );
  });

  test('has the landmarks, and tables whose headings say what they head', () => {
    const tags = page.elements.map(({ tagName }) => tagName);
    for (const tag of ['header', 'nav', 'main', 'footer']) expect(tags.filter((each) => each === tag)).toHaveLength(1);
    const heads = page.elements.filter(({ tagName }) => tagName === 'th');
    expect(heads.every((head) => attribute(head, 'scope') !== undefined)).toBe(true);
    expect(tags.filter((tag) => tag === 'caption')).toHaveLength(tags.filter((tag) => tag === 'table').length);
  });
});

describe('without drift', () => {
  test.each<[string, Report, RegExp]>([
    ['all read', report(), /^None in what was compared\. For what was not compared, see Coverage\.$/],
    [
      'one not read',
      report({ targets: [target({ status: 'unreadable', connection: 'unknown', error: REFUSED })] }),
      /^None in what was read and compared\. For what could not be read, see Coverage\.$/,
    ],
    [
      'the file alone',
      report({ summary: { ...report().summary, expected: 0, observed: 0 }, targets: [] }),
      /^AWS was not read, so no drift could be found\.$/,
    ],
  ])('%s: the page says of what', (_name, given, expected) => {
    expect(sectionText(pageOf(given), 'findings').replace(/^Findings/, '')).toMatch(expected);
    expect(pageOf(given).text).not.toMatch(/\bclean\b/);
  });

  test('what is not compared is never called as agreed', () => {
    const incomplete = report({ targets: [target({ status: 'unreadable', error: REFUSED, connection: 'unknown' })] });
    expect(sectionText(pageOf(incomplete), 'coverage')).not.toContain('The file states everything');
    expect(sectionText(pageOf(report()), 'coverage')).toContain('The file states everything');
  });
});

test('the same finding in several accounts is one, with its cause in each', () => {
  const inAccount = (account: string) =>
    finding({
      ...caused,
      id: `f-${account}`,
      account,
      cause: { ...caused.cause, actor: `arn:aws:iam::${account}:user/joan` },
      resource: `arn:aws:iam::${account}:role/Micetro`,
    });
  const accounts = ['222222222222', '333333333333'];
  const page = pageOf(report({ targets: accounts.map((account) => target({ account })), findings: accounts.map(inAccount) }));
  expect(page.elements.filter(({ tagName }) => tagName === 'article')).toHaveLength(1);
  for (const account of accounts) expect(sectionText(page, 'findings')).toContain(`Changed by arn:aws:iam::${account}:user/joan`);
});

test('a masked page has no account id and no digest by which one could be found', () => {
  const html = renderHtml(maskReport(FULL), { reportPath: 'r.json', reportSha256: 'b'.repeat(64) });
  expect(html).not.toMatch(/\d{12}|[ab]{64}/);
  expect(html).toContain('Shortened in this copy');
  expect(alive(html)).toEqual([]);
});

test('whatever AWS, people and pull requests write comes out as text', () => {
  for (const text of HOSTILE) {
    const html = renderHtml(
      report({
        targets: [
          target({ name: text, owner: text, live: { inlinePolicies: [text], trust: { allows: [text], denies: [], conditions: [] } } }),
        ],
        findings: [finding({ message: text, title: text, resource: text, desired: text, live: OPEN, explanation: [text] })],
      }),
    );
    expect(alive(html)).toEqual([]);
    // White space, and what is not displayed, are shown in another way.
    const [word = ''] = /^[!-~]+/.exec(text.slice(0, 20).replaceAll('`', '')) ?? [];
    expect(readPage(html).text).toContain(word);
  }
});

test('no text of a report is more than text', () => {
  fc.assert(
    fc.property(anyReport(6), fc.boolean(), (given, masked) => {
      expect(alive(renderHtml(masked ? maskReport(given) : given))).toEqual([]);
    }),
    { numRuns: runs(25) },
  );
});

test('a report of 1,200 different findings in as many accounts has them all, the worst with all details, in less than 1.8 MB', () => {
  const html = renderHtml(bigReport(1200));
  expect(Buffer.byteLength(html)).toBeLessThan(1_800_000);
  expect([...html.matchAll(/<tr><th scope="row"><strong>unit \d+<\/strong>/g)]).toHaveLength(1200);
  expect([...html.matchAll(/<article /g)]).toHaveLength(500);
  expect(html).toContain('The details of 700 more findings are in the JSON report.');
});

describe('contrast', () => {
  const themes = [...STYLES.matchAll(/:root \{([^}]*)\}/g)].map(([, body = '']) =>
    Object.fromEntries([...body.matchAll(/--([a-z-]+): (#[\da-f]{3,6})/g)].map(([, name = '', colour = '']) => [name, colour])),
  );
  const luminance = (colour: string): number => {
    const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : (colour.slice(1).match(/../g) ?? []);
    const [red = 0, green = 0, blue = 0] = digits
      .map((pair) => Number.parseInt(pair, 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const PAIRS: readonly (readonly [string, string])[] = [
    ['text', 'page'],
    ['text', 'panel'],
    ['soft', 'page'],
    ['soft', 'panel'],
    ['soft', 'none-panel'],
    ['link', 'page'],
    ...['good', 'bad', 'warn', 'other'].flatMap((tone) => [[tone, `${tone}-panel`] as const, ['text', `${tone}-panel`] as const]),
  ];
  test.each(['light', 'dark', 'print'].map((name, index) => [name, index] as const))('%s: every text can be read', (_name, index) => {
    const weak = PAIRS.filter(([text, panel]) => contrast(themes[index]?.[text] ?? '#000', themes[index]?.[panel] ?? '#000') < 4.5);
    expect(weak).toEqual([]);
  });
});
