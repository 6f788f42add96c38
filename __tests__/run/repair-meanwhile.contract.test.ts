import { expect, test } from '@jest/globals';
import { type Estate, groupIn, roleIn } from '../../dev/aws/estate.ts';
import type { Guide } from '../../dev/aws/guide.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { openInProcess } from './in-process.ts';
import { ROLLED_BACK, repair, reportOf, rollback, writes } from './repairing.ts';

/** Somebody else writes while a repair writes: their work stays, and the report says so. */

const HUB = '111111111111';
const TARGETS = 18;
const LAST = `assume-${200_000_000_000 + TARGETS}-Micetro`;

/** All the grants of the group ask for something that the file does not. */
function conditions(draft: Estate): void {
  for (const policy of groupIn(draft, HUB, 'micetro-targets').inlinePolicies) {
    const document = JSON.parse(JSON.stringify(policy.document));
    document.Statement[0].Condition = { Bool: { 'aws:SecureTransport': 'true' } };
    Object.assign(policy, { document });
  }
}

const open = (edit: (draft: Estate, guide: Guide) => void = conditions): Promise<Scene> =>
  openInProcess({ guide: { fixer: true, targets: TARGETS }, edit });

function document(scene: Scene, name: string): unknown {
  const policy = scene.aws.account(HUB).call('GetGroupPolicy', { GroupName: 'micetro-targets', PolicyName: name });
  const [, text = ''] = /<PolicyDocument>(.*?)<\/PolicyDocument>/.exec(policy) ?? [];
  return JSON.parse(decodeURIComponent(text));
}

function write(scene: Scene, name: string, edit: (document: { Statement: Record<string, unknown>[] }) => void): void {
  const edited = JSON.parse(JSON.stringify(document(scene, name)));
  edit(edited);
  const PolicyDocument = JSON.stringify(edited);
  scene.aws.account(HUB).call('PutGroupPolicy', { GroupName: 'micetro-targets', PolicyName: name, PolicyDocument });
}

test.each([
  [
    'gives it another condition',
    (statement: Record<string, unknown>) => Object.assign(statement, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
  ],
  [
    'says with a Sid why it is so',
    (statement: Record<string, unknown>) => Object.assign(statement, { Sid: 'AskSecurityBeforeYouChangeThis' }),
  ],
])(
  'of eighteen policies the last is edited before the run gets there: a colleague %s',
  async (_name, edit) => {
    await using scene = await open();
    let theirs: unknown;
    const before = () => {
      if (theirs !== undefined || writes(scene).length < TARGETS - 3) return;
      write(scene, LAST, ({ Statement: [statement = {}] }) => edit(statement));
      theirs = document(scene, LAST);
    };
    scene.aws.faults.set([{ action: 'PutGroupPolicy', before, delayMs: 60 }]);
    const { exitCode, summary } = await repair(scene);
    const report = await reportOf(scene);

    expect(document(scene, LAST)).toEqual(theirs);
    const puts = writes(scene).map(({ params }) => params.PolicyName);
    expect([puts.length, puts.includes(LAST)]).toEqual([TARGETS - 1, false]);
    expect(report.changes.map(({ input, outcome }) => [input.PolicyName === LAST, outcome])).toEqual(
      Array(TARGETS - 1).fill([false, 'verified']),
    );
    expect(report.notMade).toEqual([
      expect.objectContaining({ found: theirs, reason: expect.stringMatching(/changed since it was read.*Run again/) }),
    ]);
    const left = report.findings.filter(({ fix }) => fix.status !== 'verified');
    expect(left.map(({ rule, live, fix }) => [rule, JSON.stringify(live).includes('Condition'), fix.status])).toEqual([
      ['grant-changed', true, 'refused'],
    ]);
    expect(left[0]?.fix.reason).toMatch(/changed since it was read/);
    expect(exitCode).toBe(1);
    expect(summary).toMatch(/## Not attempted\n[^#]*changed since it was read/);

    // The next run knows of the edit, and the rollback has nothing to do with it.
    scene.aws.faults.clear();
    await rollback(scene);
    expect([document(scene, LAST), (await reportOf(scene, ROLLED_BACK)).changes.length]).toEqual([theirs, TARGETS - 1]);
    expect((await repair(scene)).exitCode).toBe(0);
  },
  120_000,
);

test('in a target: nothing more is written there, nobody is let in, and the others go on', async () => {
  const [ONE, TWO] = ['200000000001', '200000000002'];
  await using scene = await open((draft) => {
    for (const account of [ONE, TWO]) {
      const role = roleIn(draft, account, 'Micetro');
      role.inlinePolicies.push({ name: 'a', document: anything('s3:*') }, { name: 'b', document: anything('sqs:*') });
    }
    const group = groupIn(draft, HUB, 'micetro-targets');
    group.inlinePolicies = group.inlinePolicies.slice(2);
  });
  const before = () => {
    const edited = JSON.stringify(anything('s3:GetObject'));
    scene.aws.account(ONE).call('PutRolePolicy', { RoleName: 'Micetro', PolicyName: 'b', PolicyDocument: edited });
  };
  scene.aws.faults.set([{ action: 'DeleteRolePolicy', account: ONE, params: { PolicyName: 'a' }, before, times: 1 }]);
  expect((await repair(scene)).exitCode).toBe(1);
  const { notMade } = await reportOf(scene);
  expect([...(scene.aws.account(ONE).role('Micetro')?.inline.keys() ?? [])]).toEqual(['b']);
  expect(notMade.map(({ account, input, found }) => [account, input.PolicyName, found])).toEqual([
    [ONE, 'b', anything('s3:GetObject')],
    [HUB, `assume-${ONE}-Micetro`, undefined],
  ]);
  const made = writes(scene).map(({ account, params }) => `${account} ${params.PolicyName}`);
  expect(made.toSorted()).toEqual([`${HUB} assume-${TWO}-Micetro`, `${ONE} a`, `${TWO} a`, `${TWO} b`]);
}, 120_000);

function anything(action: string): Record<string, unknown> {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] };
}
