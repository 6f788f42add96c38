import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskReport } from '../../../src/report/model/mask.ts';
import { isOpen } from '../../../src/report/model/order.ts';
import type { ReportFinding } from '../../../src/report/model/schema.ts';
import { renderSummary } from '../../../src/report/outputs/summary.ts';
import { renderHeadline } from '../../../src/report/sections/headline.ts';
import { runs } from '../../runs.ts';
import { anyReport, bigReport } from '../any-report.ts';
import { alive, finding, HUB, REFUSED, render, report, target } from '../example.ts';

const WHERE = {
  source: { serverUrl: 'https://github.example', repository: 'acme/iam', sha: '0a1b2c3' },
  runUrl: 'https://github.example/acme/iam/actions/runs/9',
  reportPath: 'drift.json',
};
const isOurs = (href: string): boolean => href.startsWith('https://github.example/acme/iam/');
const UNREAD = target({
  account: '444444444444',
  status: 'unreadable',
  connection: 'unknown',
  checks: { grant: 'unknown', trust: 'unknown', permissions: 'unknown' },
  error: REFUSED,
});
const OPEN = finding({ desired: 'a', live: 'b' });
const ACCEPTED = { owner: '@acme/ddi', reason: 'until the move is done', expires: '2027-01-31', expired: false };

describe('the headline', () => {
  const validate = { ...report().run, mode: 'validate' as const };
  const none = { ...report().summary, expected: 0, observed: 0, unreadable: 0 };
  const problem = { account: '', code: 'File', message: 'm', call: '', advice: '' };
  const cases: readonly [string, ReturnType<typeof report>, string][] = [
    ['all read, nothing found', report(), '✅ **No drift in what was compared.** 1 of 1 target can be reached. 2 of 2 accounts read.'],
    [
      'drift',
      report({ findings: [OPEN] }),
      '❌ **Drift: 1 finding in 1 account (1 widened).** 1 of 1 target can be reached. 2 of 2 accounts read.',
    ],
    [
      'drift of several kinds',
      report({
        findings: [OPEN, finding({ access: 'none', account: HUB }), finding({ access: 'narrowed' }), finding({ access: 'changed' })],
      }),
      '❌ **Drift: 4 findings in 2 accounts (1 widened, 1 changed, 1 narrowed, 1 without effect on access).** 1 of 1 target can be reached. 2 of 2 accounts read.',
    ],
    [
      'an account refused',
      report({ targets: [target(), UNREAD] }),
      '⚠️ **Incomplete: 2 of 3 accounts read.** 1 could not be read. 1 of 2 targets can be reached, 1 unknown. No drift in what was read. The rest is unknown.',
    ],
    [
      'an account refused, and drift',
      report({ targets: [target(), UNREAD], findings: [OPEN] }),
      '⚠️ **Incomplete: 2 of 3 accounts read.** 1 could not be read. 1 of 2 targets can be reached, 1 unknown. Found so far: 1 finding in 1 account (1 widened).',
    ],
    [
      'fewer read than expected',
      report({ summary: { ...report().summary, observed: 1 } }),
      '⚠️ **Incomplete: 1 of 2 accounts read.** 1 could not be read. 1 of 1 target can be reached. No drift in what was read. The rest is unknown.',
    ],
    [
      'accepted',
      report({ findings: [finding({ exception: ACCEPTED })] }),
      '✅ **No drift in what was compared.** 1 of 1 target can be reached. 2 of 2 accounts read. 1 finding accepted by an exception.',
    ],
    [
      'an exception ran out',
      report({ findings: [finding({ exception: { ...ACCEPTED, expired: true } })] }),
      '❌ **Drift: 1 finding in 1 account (1 widened).** 1 of 1 target can be reached. 2 of 2 accounts read. 1 exception expired.',
    ],
    [
      'a total outage',
      report({
        targets: [target({ connection: 'broken' }), target({ account: '333333333333', connection: 'broken' })],
        findings: [finding({ rule: 'hub-group-missing', account: HUB, access: 'narrowed' })],
      }),
      '❌ **0 of 2 targets can be reached.** Drift: 1 finding in 1 account (1 narrowed). 3 of 3 accounts read.',
    ],
    [
      'an outage, and an account refused',
      report({ targets: [target({ connection: 'broken' }), UNREAD], findings: [finding({ access: 'narrowed' })] }),
      '❌ **0 of 2 targets can be reached, 1 unknown.** Incomplete: 2 of 3 accounts read, 1 could not be read. Found so far: 1 finding in 1 account (1 narrowed).',
    ],
    [
      'cut off by what an exception accepts',
      report({ targets: [target({ connection: 'broken' })], findings: [finding({ exception: ACCEPTED })] }),
      '⚠️ **0 of 1 target can be reached.** No drift other than accepted findings. 2 of 2 accounts read. 1 finding accepted by an exception.',
    ],
    [
      'cut off by what the file asks for',
      report({ targets: [target({ connection: 'broken' })] }),
      '⚠️ **0 of 1 target can be reached.** No drift in what was compared. 2 of 2 accounts read.',
    ],
    [
      'nothing read at all',
      report({ hub: { account: HUB, status: 'unreadable', error: REFUSED }, targets: [UNREAD] }),
      '⚠️ **Nothing could be read: 0 of 2 accounts read.** It is unknown whether anything has drifted.',
    ],
    ['the file is valid', report({ run: validate, summary: none }), '✅ **The desired-state file is valid.** AWS was not read.'],
    [
      'the file is wrong',
      report({ run: validate, summary: none, errors: [problem] }),
      '❌ **The desired-state file has 1 problem.** AWS was not read.',
    ],
    [
      'a file that ended the run',
      report({ summary: none, targets: [], errors: [problem] }),
      '❌ **The desired-state file has 1 problem.** AWS was not read.',
    ],
    [
      'no credentials, as on a pull request from a fork',
      report({ run: { ...report({}).run, event: 'pull_request', proposal: true }, summary: none, targets: [] }),
      '✅ **The desired-state file is valid.** AWS was not read.',
    ],
  ];
  test.each(cases)('%s', (_, given, expected) => {
    expect(renderHeadline(given)).toBe(expected);
    expect(renderSummary(given).split('\n')[0]).toBe(expected);
  });

  test('nothing says clean, or no drift, of an estate that was not read whole', () => {
    const page = renderSummary(report({ hub: { account: HUB, status: 'unreadable', error: REFUSED }, targets: [UNREAD] }));
    expect(page).not.toMatch(/clean|no drift/i);
  });
});

describe('the accounts', () => {
  const page = (...targets: Parameters<typeof target>[0][]): string =>
    renderSummary(report({ targets: targets.map((part) => target(part)), findings: [OPEN] }), WHERE);

  test('a row each, problems first, with everything at a glance', () => {
    const found = page(
      { account: '555555555555' },
      {
        name: 'production',
        owner: '@acme/ddi',
        status: 'drifted',
        connection: 'broken',
        lastUsed: '2026-11-21T17:03:12Z',
        checks: { grant: 'ok', trust: 'drifted', permissions: 'unknown' },
      },
    );
    expect(found).toContain(
      [
        '| Account | Connection | Grant | Trust | Permissions | Status | Owner | Last used |',
        '| --- | --- | --- | --- | --- | --- | --- | --- |',
        '| `111111111111` (hub) | – | – | – | – | ✅ no drift |  | – |',
        '| `production` `222222222222` | ❌ broken | ✅ | ❌ drift | ❔ unknown | ❌ 1 finding: 1 widened | `@acme/ddi` | 2026-11-21 |',
        '| `555555555555` | ✅ | ✅ | ✅ | ✅ | ✅ no drift |  | – |',
        '',
      ].join('\n'),
    );
  });

  const GROUP_GONE = finding({ id: 'group', rule: 'hub-group-missing', account: HUB, access: 'narrowed' });
  test.each([
    ['by the hub', [GROUP_GONE], '❌ cannot be reached: see the hub'],
    ['by what is accepted in the hub', [{ ...GROUP_GONE, exception: ACCEPTED }], '❌ cannot be reached'],
    ['by what is accepted of its own', [finding({ exception: ACCEPTED })], '❌ cannot be reached; 1 accepted'],
  ])('one that is cut off %s points nowhere else', (_, findings, status) => {
    const page = renderSummary(report({ targets: [target({ connection: 'broken' })], findings }));
    expect(page).toContain(`| \`222222222222\` | ❌ broken | ✅ | ✅ | ✅ | ${status} |  |`);
  });

  test('of a hub that is a target, too, stand together, and each has its own findings', () => {
    const page = renderSummary(
      report({
        targets: [target({ account: HUB, status: 'drifted' })],
        findings: [finding({ id: 'role', account: HUB }), { ...GROUP_GONE, rule: 'hub-user-key-old', access: 'none' }],
      }),
    );
    expect(page).toContain('| `111111111111` (hub) | – | – | – | – | ❌ 1 finding: 1 without effect on access |  | – |\n');
    expect(page).toContain('| ↳ `Micetro` | ✅ | ✅ | ✅ | ✅ | ❌ 1 finding: 1 widened |  | – |\n');
  });

  test('an unreadable account says why, and what to do', () => {
    const found = renderSummary(report({ targets: [UNREAD] }));
    expect(found).toContain('⚠️ **unreadable**: AccessDenied |');
    expect(found).toContain(
      '- `444444444444`: `AccessDenied` at `sts:AssumeRole`: User is not authorized to perform: sts:AssumeRole. **What to do:** Let the hub auditor assume AssumeRoleAuditor.',
    );
  });

  test('the same refusal in many accounts is one line', () => {
    const refused = ['333333333333', '444444444444'].map((account) =>
      target({ ...UNREAD, account, error: { ...REFUSED, message: `not allowed on arn:aws:iam::${account}:role/Auditor` } }),
    );
    const found = renderSummary(
      report({ targets: [...refused, target({ ...UNREAD, account: '555555555555', error: { ...REFUSED, code: 'Timeout' } })] }),
    );
    expect(found).toContain(
      '- `333333333333`, `444444444444`: `AccessDenied` at `sts:AssumeRole`: not allowed on `arn:aws:iam::333333333333:role/Auditor`.',
    );
    expect(found).toContain('- `555555555555`: `Timeout` at');
  });

  test('of many accounts those that were not read or cannot connect stay in sight', () => {
    const fine = Array.from({ length: 20 }, (_, index) => target({ account: String(300_000_000_000 + index) }));
    const found = renderSummary(report({ targets: [...fine, UNREAD, target({ account: '555555555555', connection: 'broken' })] }));
    const fold = found.indexOf('20 accounts without drift');
    expect(fold).toBeGreaterThan(found.indexOf('| `444444444444` |'));
    expect(fold).toBeGreaterThan(found.indexOf('| `555555555555` |'));
  });

  test('many accounts without drift are folded away', () => {
    const found = page({ status: 'drifted' }, ...Array.from({ length: 15 }, (_, index) => ({ account: String(300_000_000_000 + index) })));
    expect(found).toContain('<details><summary>15 accounts without drift</summary>');
    expect(found.indexOf('`222222222222`')).toBeLessThan(found.indexOf('15 accounts without drift'));
    expect(render(found).match(/<table>/g)).toHaveLength(2);
  });
});

describe('the findings', () => {
  const trust = (...principals: string[]): unknown => ({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: principals }, Action: 'sts:AssumeRole' },
  });
  const widened = (account: string, line: number): ReportFinding =>
    finding({
      id: account,
      account,
      desired: trust(HUB),
      live: trust('999999999999', `arn:aws:iam::${HUB}:root`),
      explanation: ['Account 999999999999 may assume the role.'],
      witness: 'allowed only in AWS: sts:AssumeRole by 999999999999',
      location: { file: '.github/assume role.yml', line, column: 5 },
      fix: {
        status: 'none',
        reason: '',
        calls: [],
        command: `# in account ${account}\naws iam update-assume-role-policy --role-name Micetro`,
      },
    });

  test('tells all that is needed', () => {
    const page = renderSummary(report({ findings: [widened('222222222222', 7)] }), WHERE);
    expect(page).toContain(
      '<details><summary>🔴 <b>The trust policy of the role differs in <code>222222222222</code></b>: widened (<code>trust-changed</code>)</summary>',
    );
    expect(page).toContain('[`.github/assume role.yml:7`](https://github.example/acme/iam/blob/0a1b2c3/.github/assume%20role.yml#L7)');
    expect(page).toContain('- Account `999999999999` may assume the role.');
    expect(page).toContain('- For example, `allowed only in AWS: sts:AssumeRole by 999999999999`');
    expect(page).toContain('```sh\n# in account 222222222222\naws iam update-assume-role-policy --role-name Micetro\n```');
    expect(page).toContain('+          "arn:aws:iam::999999999999:root"');
    expect(page).not.toContain('-          "arn:aws:iam::999999999999:root"');
  });

  test('is headed by the name of its account', () => {
    const named = report({ targets: [target({ name: '<b>production' })], findings: [OPEN, finding({ account: HUB })] });
    expect(renderSummary(named)).toContain('differs in &#60;b&#62;production</b>: widened');
    expect(renderSummary(named)).toContain('differs in the hub</b>: widened');
  });

  test('the same change in two accounts is one entry', () => {
    const page = renderSummary(
      report({
        targets: [target(), target({ account: '333333333333' })],
        findings: [widened('222222222222', 7), widened('333333333333', 9)],
      }),
      WHERE,
    );
    expect(page.match(/<details>/g)).toHaveLength(1);
    expect(page).toMatch(/The same in 2 accounts: `222222222222` \(stated in .*yml#L7\)\), `333333333333` \(stated in .*yml#L9\)\)/);
    expect(page).toContain('# in account 222222222222\naws iam');
    expect(page).toContain('# in account 333333333333\naws iam');
  });

  test('no text of it is longer than it is read', () => {
    const long = 'word '.repeat(20_000);
    const fix = { status: 'none' as const, reason: long, calls: [], command: long };
    const given = finding({
      message: long,
      resource: long,
      witness: long,
      explanation: Array.from({ length: 100 }, () => long),
      desired: long,
      live: [long],
      fix,
    });
    expect(renderSummary(report({ findings: [given] })).length).toBeLessThan(30_000);
  });

  test('a command is shown whole or not at all', () => {
    const command = `aws iam x ${'y'.repeat(7_000)}`;
    const calls = [HUB, '222222222222', HUB].map((account) => ({ action: 'iam:x', account, input: {} }));
    const page = renderSummary(report({ findings: [finding({ fix: { status: 'none', reason: '', calls, command } })] }));
    expect(page).toContain(`\`\`\`sh\n# in account ${HUB}, 222222222222\n# too long for this page, see the report\n\`\`\``);
  });

  test('a command that repairs several of one kind is shown once', () => {
    const command = `# in account ${HUB}\naws iam put-group-policy --group-name micetro-targets`;
    const fix = { status: 'none' as const, reason: '', calls: [], command };
    const targets = ['222222222222', '333333333333'].map((account) => target({ account }));
    const page = renderSummary(
      report({ targets, findings: [widened('222222222222', 7), widened('333333333333', 9)].map((one) => ({ ...one, fix })) }),
    );
    expect(page.split(command)).toHaveLength(2);
  });

  test('worst first', () => {
    const rules = ['role-tag-changed', 'role-policy-missing', 'trust-changed', 'hub-group-policy-extra', 'role-boundary-changed'] as const;
    const accesses = ['none', 'narrowed', 'widened', 'widened', 'changed'] as const;
    const findings = rules.map((rule, index) =>
      finding({ id: rule, rule, access: accesses[index] ?? 'none', account: rule.startsWith('hub') ? HUB : '222222222222' }),
    );
    const order = [...renderSummary(report({ findings })).matchAll(/\(<code>([a-z-]+)<\/code>\)<\/summary>/g)].map((match) => match[1]);
    expect(order).toEqual(['hub-group-policy-extra', 'trust-changed', 'role-boundary-changed', 'role-policy-missing', 'role-tag-changed']);
  });

  const lines: readonly [string, Partial<ReportFinding>, string][] = [
    ['short values', { desired: 'a`', live: null }, '- Expected: `` a` ``\n- Found: nothing'],
    [
      'an exception that ran out',
      { exception: { ...ACCEPTED, expired: true } },
      '- **The exception expired on 2027-01-31** (`@acme/ddi`: until the move is done)',
    ],
    [
      'no repair',
      { fix: { status: 'none', reason: 'keys are people’s business', calls: [], command: '' } },
      '- No automatic repair: keys are people’s business',
    ],
    [
      'a refused repair',
      { fix: { status: 'refused', reason: 'too many', calls: [], command: '' } },
      '- **The repair was refused**: too many',
    ],
    ['a failed repair', { fix: { status: 'failed', reason: '', calls: [], command: '' } }, '- **The repair failed**\n'],
  ];
  test.each(lines)('%s', (_, part, expected) => expect(renderSummary(report({ findings: [finding(part)] }))).toContain(expected));

  test('an accepted one is listed apart, with who and why and until when', () => {
    const page = renderSummary(report({ findings: [finding({ message: 'Somebody is let in', exception: ACCEPTED })] }));
    expect(page).not.toContain('## Findings');
    expect(page).toContain(
      '- 🔴 `222222222222` `trust-changed`: Somebody is let in. Accepted until 2027-01-31 by `@acme/ddi`: until the move is done\n',
    );
  });

  test('a repaired one is listed apart', () => {
    const page = renderSummary(
      report({ findings: [finding({ fix: { status: 'verified', reason: '', calls: [], command: 'aws iam x' } })] }),
    );
    expect(page).not.toContain('## Findings');
    expect(page).toContain('## Repaired');
  });

  test('commands of a masked report say that they are shortened', () => {
    const given = report({ findings: [widened('222222222222', 7)] });
    const masked = renderSummary(maskReport(given));
    expect(masked).toContain('account ids are shortened here');
    expect(masked).toContain('# in account …2222\naws iam');
    expect(renderSummary(given)).not.toContain('account ids are shortened here');
  });
});

test('quotas and notes', () => {
  const page = renderSummary(
    report({ forecast: [{ what: 'inline policies of group g', used: 4300, limit: 5120, unit: 'characters' }], notes: ['Look *here*'] }),
  );
  expect(page).toContain('- Quota: inline policies of group g will use 4,300 of 5,120 characters (84 %)\n- Look \\*here\\*\n');
});

describe('whatever is in a report', () => {
  test('nothing on the page is alive, and every fold is closed', () => {
    fc.assert(
      fc.property(anyReport(6), (given) => {
        const page = renderSummary(given, WHERE);
        expect(alive(page, isOurs)).toEqual([]);
        expectBalanced(page);
      }),
      { numRuns: runs(80) },
    );
  });

  test('it fits, in whole entries, and what is left out adds up', () => {
    fc.assert(
      fc.property(anyReport(30), fc.integer({ min: 6_000, max: 60_000 }), (given, limit) => {
        const page = renderSummary(given, { ...WHERE, limit });
        expect(Buffer.byteLength(page)).toBeLessThanOrEqual(limit);
        expectBalanced(page);
        const open = given.findings.filter(isOpen).length;
        expect(shownFindings(page) + leftOut(page, 'more finding')).toBe(open);
        const total = [...page.matchAll(/^_([\d,]+) more/gm)].reduce((sum, match) => sum + Number(match[1]?.replaceAll(',', '')), 0);
        const said = /\*\*([\d,]+) entr(?:y|ies) not shown here/.exec(page)?.[1] ?? '0';
        expect(Number(said.replaceAll(',', ''))).toBe(total);
      }),
      { numRuns: runs(40) },
    );
  });

  test('the least severe go first', () => {
    const page = renderSummary({ ...bigReport(400), notes: ['short enough to fit'] }, { limit: 125_000 });
    expect(Buffer.byteLength(page)).toBeGreaterThan(120_000);
    // Fifty with their details, and a line each of the others that fit.
    expect(page.match(/<\/b>: widened \(/g)).toHaveLength(50);
    expect(page).toMatch(/^- 🟠 /m);
    expect(page).not.toContain('- ⚪');
    expect(page).toMatch(/_\d+ more findings not shown here\._/);
    expect(page).toContain('_1 more note not shown here._');
  });

  test('two thousand findings fit', () => {
    const page = renderSummary(bigReport(2_000), WHERE);
    expect(Buffer.byteLength(page)).toBeLessThan(1_048_576);
  });
});

function expectBalanced(page: string): void {
  const rendered = render(page);
  for (const tag of ['details', 'summary']) {
    expect(rendered.split(`<${tag}>`).length).toBe(rendered.split(`</${tag}>`).length);
  }
  expect(rendered).toMatch(/(<\/details>|<\/ul>|<\/p>|<\/table>|<\/tbody>)\s*$/);
}

/** How many findings the entries on a page stand for. */
function shownFindings(page: string): number {
  const counts = [
    ...page.matchAll(
      /<summary>\S+ <b>.*?(?: in (\d+) accounts)?<\/b>: (?:widened|changed|narrowed|none) \(<code>[a-z-]+<\/code>\)<\/summary>/g,
    ),
  ];
  return counts.reduce((sum, match) => sum + Number(match[1] ?? 1), 0);
}

function leftOut(page: string, noun: string): number {
  return Number(new RegExp(`^_([\\d,]+) ${noun}s? not shown here\\._$`, 'm').exec(page)?.[1]?.replaceAll(',', '') ?? 0);
}
