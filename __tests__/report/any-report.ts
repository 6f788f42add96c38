import fc from 'fast-check';
import { SEVERITIES } from '../../src/drift/severity.ts';
import type { Report, ReportFinding, ReportTarget } from '../../src/report/model/schema.ts';
import { RULE_NAMES } from '../../src/state/rules.ts';
import { FILE, finding, HOSTILE, HUB, report, target } from './example.ts';

const ACCOUNTS = ['222222222222', '333333333333', '444444442222', '555555555555', HUB] as const;

const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.constantFrom('Micetro', 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'in account 999999999999', '@acme/ddi'),
);
const account = fc.constantFrom(...ACCOUNTS);
const document = fc.record({
  Version: fc.constant('2012-10-17'),
  Statement: fc.array(
    fc.record({ Effect: fc.constantFrom('Allow', 'Deny'), Action: text, Principal: fc.record({ AWS: fc.oneof(account, text) }) }),
    { maxLength: 3 },
  ),
});
const value = fc.oneof(
  fc.constant(null),
  text,
  document,
  fc.array(text, { maxLength: 3 }),
  fc.record({ policies: fc.array(text, { maxLength: 2 }), document }),
);
const access = fc.constantFrom('widened', 'changed', 'narrowed', 'none' as const);
const error = fc.record({ code: text, message: text, call: text, advice: text });

const anyFinding: fc.Arbitrary<ReportFinding> = fc
  .record({
    id: fc.uuid(),
    rule: fc.constantFrom(...RULE_NAMES),
    account,
    resource: text,
    access,
    severity: fc.constantFrom(...SEVERITIES),
    title: text,
    message: text,
    explanation: fc.array(text, { maxLength: 3 }),
    desired: value,
    live: value,
    witness: fc.option(text),
    location: fc.record({ file: fc.oneof(fc.constant(FILE), text), line: fc.nat(100).map((line) => line + 1), column: fc.constant(1) }),
    exception: fc.option(fc.record({ owner: text, reason: text, expires: fc.constant('2027-01-31'), expired: fc.boolean() })),
    fix: fc.record({
      status: fc.constantFrom('none', 'planned', 'applied', 'verified', 'failed', 'refused' as const),
      reason: text,
      calls: fc.array(fc.record({ action: text, account, input: fc.record({ RoleName: text }) }), { maxLength: 1 }),
      command: text,
    }),
  })
  .map((part) => finding(part));

const anyTarget = (id: string): fc.Arbitrary<ReportTarget> =>
  fc
    .record({
      account: fc.constant(id),
      name: fc.option(text),
      owner: fc.option(text),
      status: fc.constantFrom('clean', 'drifted', 'unreadable' as const),
      connection: fc.constantFrom('works', 'broken', 'unknown' as const),
      error: fc.option(error),
    })
    .map((part) => target(part));

/** Reports with hostile texts everywhere; `size` is the greatest number of findings. */
export function anyReport(size: number): fc.Arbitrary<Report> {
  return fc
    .record({
      targets: fc.tuple(...ACCOUNTS.slice(0, 4).map(anyTarget)),
      findings: fc.array(anyFinding, { maxLength: size }),
      errors: fc.array(fc.tuple(account, error), { maxLength: 3 }),
      notes: fc.array(text, { maxLength: 4 }),
      forecast: fc.array(
        fc.record({
          what: text,
          used: fc.nat(6000),
          limit: fc.nat(6000),
          unit: fc.constantFrom('characters', 'policies', 'groups' as const),
        }),
        { maxLength: 2 },
      ),
    })
    .map(({ errors, ...rest }) => report({ ...rest, errors: errors.map(([id, part]) => ({ account: id, ...part })) }));
}

/** A report of `size` different findings in as many accounts, each with a document of its own. */
export function bigReport(size: number): Report {
  const accounts = Array.from({ length: size }, (_, index) => String(200_000_000_000 + index * 7_919));
  const trust = (principal: string): unknown => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
  });
  const accesses = ['widened', 'changed', 'narrowed', 'none'] as const;
  const desired = trust(HUB);
  // What takes long to make is made once, and the ids are put in.
  const [PRINCIPAL, ID] = ['900000000000', 'id-of-finding'];
  const model = finding({ id: ID, desired, live: trust(PRINCIPAL) });
  const canonicalLive = JSON.stringify(model.canonical.live);
  return report({
    targets: accounts.map((id) => target({ account: id, name: `unit ${id}`, owner: '@acme/ddi', status: 'drifted' })),
    findings: accounts.map((account, index) => {
      const [id, principal] = [`id${index}`, String(900_000_000_000 + index)];
      return finding({
        id,
        account,
        access: accesses[index % 4] ?? 'none',
        desired,
        live: trust(principal),
        canonical: { desired: model.canonical.desired, live: JSON.parse(canonicalLive.replaceAll(PRINCIPAL, principal)) },
        toAccept: model.toAccept.replaceAll(model.account, account).replace(ID, id),
        location: { file: FILE, line: index + 1, column: 5 },
        fix: {
          status: 'none',
          reason: '',
          calls: [],
          command: `aws iam update-assume-role-policy --role-name Micetro --policy-document '${'x'.repeat(200)}'`,
        },
      });
    }),
  });
}
