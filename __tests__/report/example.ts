import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { notLookedUp } from '../../src/attribution/cause.ts';
import { type PolicyKind, parsePolicy } from '../../src/policy/index.ts';
import { NOT_ASKED } from '../../src/report/model/attribution-schema.ts';
import { exceptionToPaste } from '../../src/report/model/exception-to-paste.ts';
import type { Report, ReportFinding, ReportTarget } from '../../src/report/model/schema.ts';
import { isMapping } from '../../src/state/json.ts';
import { isUrgent, placeOf, RULES } from '../../src/state/rules.ts';

export const HUB = '111111111111';
export const FILE = '.github/assume-role.yml';

export function finding(part: Partial<ReportFinding> = {}): ReportFinding {
  const account = part.account ?? '222222222222';
  const { rule = 'trust-changed', access = 'widened', desired = null, live = null } = part;
  const kind = rule.startsWith('trust-') ? 'trust' : 'identity';
  const { id = 'f1', resource = `arn:aws:iam::${account}:role/Micetro` } = part;
  return {
    id: 'f1',
    toAccept: part.toAccept ?? (isUrgent(rule) ? '' : exceptionToPaste({ rule, account, resource, id })),
    rule: 'trust-changed',
    account,
    roleArn: placeOf({ rule, account }, HUB) === 'hub' ? null : `arn:aws:iam::${account}:role/Micetro`,
    resource: `arn:aws:iam::${account}:role/Micetro`,
    access: 'widened',
    severity: isUrgent(rule) ? 'leaked-key' : BY_ACCESS[access],
    title: RULES[rule].title,
    message: `The trust of role Micetro in ${account} lets others in`,
    explanation: [],
    desired: null,
    live: null,
    canonical: part.canonical ?? { desired: canonicalWithin(desired, kind), live: canonicalWithin(live, kind) },
    witness: null,
    location: { file: FILE, line: 7, column: 5 },
    cause: notLookedUp(NOT_ASKED),
    use: null,
    exception: null,
    fix: { status: 'none', reason: '', calls: [], command: '' },
    ...part,
  };
}

const BY_ACCESS = { widened: 'more', changed: 'changed', narrowed: 'less', none: 'none' } as const;

/** The value with every policy document in it in canonical form. */
function canonicalWithin(value: unknown, kind: PolicyKind): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => canonicalWithin(item, kind));
  if (!isMapping(value)) return value;
  if (Object.hasOwn(value, 'Statement')) return parsePolicy(value, kind).canonical;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, canonicalWithin(item, kind)]));
}

export function target(part: Partial<ReportTarget> = {}): ReportTarget {
  const account = part.account ?? '222222222222';
  return {
    account,
    name: null,
    owner: null,
    roleName: 'Micetro',
    roleArn: `arn:aws:iam::${account}:role/Micetro`,
    status: 'clean',
    connection: 'works',
    lastUsed: null,
    checks: { grant: 'ok', trust: 'ok', permissions: 'ok' },
    error: null,
    ...part,
  };
}

/** A report whose counts follow from its parts. */
export function report(
  part: { targets?: ReportTarget[]; findings?: ReportFinding[] } & Partial<Omit<Report, 'targets' | 'findings'>> = {},
): Report {
  const findings = part.findings ?? [];
  const targets = part.targets ?? [target()];
  const hub = part.hub ?? { account: HUB, status: 'clean', error: null };
  const open = findings.filter((each) => each.exception === null || each.exception.expired);
  const accounts = [hub, ...targets];
  const has = (status: ReportTarget['status']): number => accounts.filter((each) => each.status === status).length;
  const connected = (connection: ReportTarget['connection']): number => targets.filter((each) => each.connection === connection).length;
  const of = (access: ReportFinding['access']): number => open.filter((each) => each.access === access).length;
  return {
    version: 1,
    run: {
      mode: 'audit',
      fix: false,
      event: 'schedule',
      proposal: false,
      startedAt: '2026-11-01T03:00:00Z',
      finishedAt: '2026-11-01T03:00:09Z',
      toolVersion: '1.0.0',
      desiredState: { path: FILE, sha256: null },
    },
    summary: {
      expected: accounts.length,
      observed: accounts.length - has('unreadable'),
      clean: has('clean'),
      drifted: has('drifted'),
      unreadable: has('unreadable'),
      findings: findings.length,
      excepted: findings.length - open.length,
      widened: of('widened'),
      narrowed: of('narrowed'),
      changed: of('changed'),
      none: of('none'),
      fixed: 0,
      connections: { works: connected('works'), broken: connected('broken'), unknown: connected('unknown') },
    },
    notCompared: [],
    plan: null,
    changes: [],
    notMade: [],
    errors: [],
    forecast: [],
    notes: [],
    proposal: null,
    ...part,
    hub,
    targets,
    findings,
  };
}

export const REFUSED = {
  code: 'AccessDenied',
  message: 'User is not authorized to perform: sts:AssumeRole',
  call: 'sts:AssumeRole',
  advice: 'Let the hub auditor assume AssumeRoleAuditor.',
};

/** What an account's owner, a pull request or AWS may put into a text. */
export const HOSTILE: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '</summary></details><h1>owned</h1>',
  '](javascript:alert(1))',
  '[click](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '| | | | |',
  'a\\| b \\\\| c',
  'trailing\\',
  '```\n# heading\n```',
  '`` ` ```',
  '~~~~\n<b>x</b>',
  '::error::owned',
  '\n::set-output name=x::y',
  '##[command]rm',
  '@everyone and @acme/admins, (@me)',
  'see #1, GH-2, acme/repo#3 and 0123456789abcdef0123456789abcdef01234567',
  'https://evil.example www.evil.example mailto:a@evil.example a@evil.example xmpp:x',
  '<!-- assume-role-drift:memory v1 AAAA -->',
  '-->',
  '\u202Egnp.exe\u202C and \u200Bzero\u200D \u{E0041}',
  'line\r\nline\u2028line\u0085line',
  '\u0000\u001B[31mred\u0007',
  '\uD800 lone',
  '# h',
  '- item',
  '1. item',
  '> quote',
  '===',
  '    indented',
  '$a$ and $$b$$',
  '*bold* _em_ ~~strike~~ **x**',
  '&lt;b&gt; &#64;acme',
  '',
  ' ',
  '__proto__',
  'x'.repeat(10_000),
  '`'.repeat(300),
  '😀'.repeat(700),
];

/** As GitHub renders it, but without its filter of tags, so that HTML which got through shows. */
export function render(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }).trimEnd();
}

/** What a reader of the rendered page sees, without the contents of code, where GitHub links nothing. */
export function liveText(rendered: string): string {
  return entities(rendered.replace(/<pre>.*?<\/pre>|<code[^>]*>.*?<\/code>/gs, '⌷').replace(/<[^>]*>/g, ''));
}

export function entities(text: string): string {
  return text
    .replace(/&#x([\da-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, decimal: string) => String.fromCodePoint(Number(decimal)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

const OURS = /^\/?(p|h1|h2|h3|em|strong|b|ul|ol|li|table|thead|tbody|tr|th|td|pre|br|hr|code|details|summary)$/;

/** Every way in which a text of somebody else could have come alive on a page; empty when there is none. */
export function alive(markdown: string, links: (href: string) => boolean = () => false): string[] {
  const rendered = render(markdown);
  const found: string[] = [];
  for (const [, name = '', rest = ''] of rendered.matchAll(/<([^\s>!]+)([^>]*)>/g)) {
    const href = /^ href="([^"]*)"$/.exec(rest)?.[1];
    if (name === '/a' || (name === 'a' && href !== undefined && links(href))) continue;
    if (OURS.test(name) && (rest === '' || /^ class="language-(diff|sh|yaml)"$/.test(rest) || rest === ' align="left"')) continue;
    found.push(`<${name}${rest}>`);
  }
  const text = liveText(rendered);
  for (const pattern of [/@[a-z\d]/gi, /#\d/g, /\bGH-\d/gi, /\b[\da-f]{7,40}\b/gi, /https?:\/\/|www\./gi, /\$/g]) {
    for (const [hit] of text.matchAll(pattern)) found.push(`live: ${hit}`);
  }
  for (const [hit] of markdown.matchAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu)) {
    if (hit === '\n' || hit === '\t') continue;
    found.push(`hidden: ${JSON.stringify(hit)}`);
  }
  return found;
}
