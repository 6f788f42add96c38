import { expect, test } from '@jest/globals';
import { buildReport } from '../../../src/report/model/build.ts';
import { type Report, type ReportFile, reportSchema, toReportFile } from '../../../src/report/model/schema.ts';
import type { ReadError } from '../../../src/state/reading.ts';
import type { State } from '../../../src/state/state.ts';
import { AT, assume, desiredOf, driftOf, editGroup, editRole, HUB, liveOf, ONE, SMALL, TWO, trust } from '../../drift/estate.ts';
import { planOf } from '../../plan/planning.ts';

const desired = desiredOf(SMALL);
const clean = liveOf(desired);
const refused: ReadError = { scope: 'target', account: ONE, code: 'AccessDenied', message: 'no', call: 'iam:GetRole', advice: 'allow it' };

function built(live: State, errors: readonly ReadError[] = [], file = desired): Report {
  const drift = driftOf(file, live, errors);
  const facts = { mode: 'audit', fix: false, event: 'schedule', proposal: false, startedAt: AT, finishedAt: AT, toolVersion: '1' } as const;
  return buildReport(facts, file, { state: live, errors }, drift, planOf(drift.findings, file, live, { errors }));
}

function reportOf(...given: Parameters<typeof built>): ReportFile {
  return reportSchema.parse(toReportFile(built(...given)));
}

/** Nothing was read of the account. */
function unreadRole(live: State, account: string): State {
  const targets = live.targets.map((one) => (one.account === account ? { ...one, role: { ...one.role, value: undefined } } : one));
  return { ...live, targets };
}

const statuses = ({ hub, targets }: ReportFile) => [hub.status, ...targets.map(({ status }) => status)];

test.each<readonly [string, State, readonly ReadError[], readonly string[], Partial<ReportFile['summary']>]>([
  [
    'all clean',
    clean,
    [],
    ['clean', 'clean', 'clean'],
    { expected: 3, observed: 3, clean: 3, findings: 0, connections: { works: 2, broken: 0, unknown: 0 } },
  ],
  [
    'one cut off, and nothing read of the other',
    unreadRole(editRole(clean, { trust: trust({ AWS: 'arn:aws:iam::999999999999:root' }) }), TWO),
    [{ ...refused, account: TWO }],
    ['clean', 'drifted', 'unreadable'],
    { connections: { works: 0, broken: 1, unknown: 1 } },
  ],
  [
    'one drifted',
    editRole(clean, { trust: trust({ AWS: '*' }) }),
    [],
    ['clean', 'drifted', 'clean'],
    { observed: 3, clean: 2, drifted: 1, widened: 1 },
  ],
  [
    'one refused, though what was seen of it is clean',
    clean,
    [refused],
    ['clean', 'unreadable', 'clean'],
    { observed: 2, clean: 2, unreadable: 1 },
  ],
  [
    'one refused in part, and drifted',
    editRole(clean, { trust: trust({ AWS: '*' }) }),
    [refused],
    ['clean', 'unreadable', 'clean'],
    { unreadable: 1, drifted: 0, widened: 1 },
  ],
  [
    'grants that could not be read: no target is clean',
    editGroup(clean, { inlinePolicies: undefined }),
    [{ ...refused, scope: 'hub', account: HUB }],
    ['unreadable', 'unreadable', 'unreadable'],
    { observed: 0, clean: 0, unreadable: 3, connections: { works: 0, broken: 0, unknown: 2 } },
  ],
  [
    'the hub drifted',
    editGroup(clean, { members: [] }),
    [],
    ['drifted', 'clean', 'clean'],
    { drifted: 1, clean: 2, narrowed: 1, connections: { works: 0, broken: 2, unknown: 0 } },
  ],
])('%s', (_name, live, errors, expected, summary) => {
  const report = reportOf(live, errors);
  expect(statuses(report)).toEqual(expected);
  expect(report.summary).toMatchObject(summary);
});

test('a hub whose drift is accepted is clean, and so is one of which only a target drifted', () => {
  const accepts = desiredOf(`${SMALL}exceptions: [{ rule: hub-group-member-missing, owner: me, reason: x, expires: 2027-01-31 }]\n`);
  const live = editRole(editGroup(clean, { members: [] }), { trust: trust({ AWS: '*' }) });
  const report = reportOf(live, [], accepts);
  expect(statuses(report)).toEqual(['clean', 'drifted', 'clean']);
  expect(report.summary).toMatchObject({ findings: 2, excepted: 1, clean: 2 });
});

test('a target whose grant was not seen says why', () => {
  const { targets } = reportOf(editGroup(clean, { inlinePolicies: undefined }), [{ ...refused, scope: 'hub', account: HUB }]);
  expect(targets.map(({ account, error }) => [account, error?.code])).toEqual([
    [ONE, 'HubUnreadable'],
    [TWO, 'HubUnreadable'],
  ]);
});

const ROOTS = [`arn:aws:iam::${HUB}:root`, 'arn:aws:iam::999999999999:root'];
const inline = (document: string | Readonly<Record<string, unknown>>) => ({ inlinePolicies: [{ name: 'own', document }] });

test.each<[string, State, State]>([
  [
    'a trust policy',
    editRole(clean, { trust: trust({ AWS: ROOTS }) }),
    editRole(clean, { trust: trust({ AWS: ['999999999999', HUB] }, { Action: ['STS:assumeRole'], Sid: 'x' }) }),
  ],
  [
    'an inline policy',
    editRole(clean, inline(assume('*', { Action: ['s3:Get*', 's3:List*'] }))),
    editRole(clean, inline(JSON.stringify(assume(['*'], { Action: ['s3:List*', 's3:Get*', 's3:Get*'] })))),
  ],
  ['an extra grant', editGroup(clean, inline(assume('*'))), editGroup(clean, inline(assume(['*'], { Action: ['STS:assumerole'] })))],
])('%s written in another way is the same in canonical form, and in the file it is as it is written', (_name, one, other) => {
  const [before, after] = [one, other].map((live) => built(live));
  expect(after?.findings.map(({ canonical }) => canonical)).toEqual(before?.findings.map(({ canonical }) => canonical));
  expect(after?.findings.map(({ live }) => live)).not.toEqual(before?.findings.map(({ live }) => live));
});

test('a report of an earlier version, which does not say whether its file was a proposal, is still read', () => {
  const { run, ...rest } = reportOf(clean);
  const { proposal, ...before } = run;
  expect([proposal, reportSchema.parse({ ...rest, run: before }).run.proposal]).toEqual([false, false]);
});

test('a report of an earlier version, which does not count connections, is still read', () => {
  const { summary, ...rest } = reportOf(clean);
  const { connections: _counted, ...before } = summary;
  expect(reportSchema.parse({ ...rest, summary: before }).summary.connections).toEqual({ works: 0, broken: 0, unknown: 0 });
});

test('what is no policy is shown as it is, and a report file has no canonical form', () => {
  const report = built(editRole(clean, inline('{"Statement":[]}')));
  expect(report.findings[0]?.canonical).toEqual({ desired: null, live: { Statement: [] } });
  expect(Object.keys(report)).toEqual(Object.keys(toReportFile(report)));
  expect(Object.keys(toReportFile(report).findings[0] ?? {})).toEqual(
    Object.keys(report.findings[0] ?? {}).filter((key) => key !== 'canonical'),
  );
});

test('what was read of the hub and the roles is on record, and what was not read is left out', () => {
  const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
  const conditional = editRole(clean, { trust: trust({ AWS: `arn:aws:iam::${HUB}:root` }, condition), boundary: undefined });
  const { hub, targets } = reportOf(unreadRole(conditional, TWO));
  expect(hub.live).toMatchObject({ user: { arn: `arn:aws:iam::${HUB}:user/micetro`, boundary: null, activeKeys: 1, consoleLogin: false } });
  expect(hub.live?.groups.map(({ arn, members }) => [arn, members])).toEqual([[`arn:aws:iam::${HUB}:group/micetro-targets`, ['micetro']]]);
  expect(targets.map(({ live }) => live)).toEqual([
    {
      trust: { allows: [`arn:aws:iam::${HUB}:root`], denies: [], conditions: ['sts:ExternalId'] },
      managedPolicies: ['arn:aws:iam::aws:policy/AmazonRoute53FullAccess', 'arn:aws:iam::aws:policy/AmazonEC2FullAccess'],
      inlinePolicies: [],
    },
    undefined,
  ]);
});

test('a role that does not exist is on record as missing', () => {
  const targets = clean.targets.map((one) => ({ ...one, role: { ...one.role, value: null } }));
  expect(reportOf({ ...clean, targets }).targets[0]?.live).toBeNull();
});
