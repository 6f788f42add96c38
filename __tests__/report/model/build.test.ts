import { expect, test } from '@jest/globals';
import { buildReport } from '../../../src/report/model/build.ts';
import { type ReportFile, reportSchema } from '../../../src/report/model/schema.ts';
import type { ReadError } from '../../../src/state/reading.ts';
import type { State } from '../../../src/state/state.ts';
import { AT, desiredOf, driftOf, editGroup, editRole, HUB, liveOf, ONE, SMALL, TWO, trust } from '../../drift/estate.ts';
import { planOf } from '../../plan/planning.ts';

const desired = desiredOf(SMALL);
const clean = liveOf(desired);
const refused: ReadError = { scope: 'target', account: ONE, code: 'AccessDenied', message: 'no', call: 'iam:GetRole', advice: 'allow it' };

function reportOf(live: State, errors: readonly ReadError[] = [], file = desired): ReportFile {
  const drift = driftOf(file, live, errors);
  const facts = { mode: 'audit', fix: false, event: 'schedule', startedAt: AT, finishedAt: AT, toolVersion: '1' } as const;
  return reportSchema.parse(buildReport(facts, file, { state: live, errors }, drift, planOf(drift.findings, file, live, { errors })));
}

const statuses = ({ hub, targets }: ReportFile) => [hub.status, ...targets.map(({ status }) => status)];

test.each<readonly [string, State, readonly ReadError[], readonly string[], Partial<ReportFile['summary']>]>([
  ['all clean', clean, [], ['clean', 'clean', 'clean'], { expected: 3, observed: 3, clean: 3, findings: 0 }],
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
    { observed: 0, clean: 0, unreadable: 3 },
  ],
  ['the hub drifted', editGroup(clean, { members: [] }), [], ['drifted', 'clean', 'clean'], { drifted: 1, clean: 2, narrowed: 1 }],
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
