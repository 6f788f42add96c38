import { expect, test } from '@jest/globals';
import type { Role } from '../../dev/aws/accounts/entities.ts';
import type { Fault } from '../../dev/aws/faults/fault.ts';
import type { ParamInput } from '../../dev/aws/protocol/query.ts';
import type { RecordedCall } from '../../dev/aws/recording.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { turns } from '../runs.ts';
import { openInProcess } from './in-process.ts';
import { repair, reportOf } from './repairing.ts';
import { openDrifted } from './sweep-estate.ts';
import { AccessWatch, effective, madeBy, nameOf, told, WRITES } from './sweeping.ts';
import { HUB, managed, trust } from './target-cases.ts';

/** Somebody else edits what a write is about to replace or delete, right before it is read for the last time: their work stays, and the report says so. */

/** One call after the other, so that each comes where it came before. */
const inTurn = (scene: Scene) => repair(scene, { inputs: { concurrency: '1', 'verify-timeout': '1' } });

async function callsUndisturbed(): Promise<readonly RecordedCall[]> {
  await using scene = await openDrifted(openInProcess);
  expect((await inTurn(scene)).exitCode).toBe(0);
  return scene.aws.calls;
}

let undisturbed: ReturnType<typeof callsUndisturbed> | undefined;
const callsAtBest = () => (undisturbed ??= callsUndisturbed());

interface Moment {
  /** The write. */
  readonly write: RecordedCall;
  /** Hits the call right before it, which reads what it replaces. */
  readonly reread: Fault;
}

async function momentBefore(name: string): Promise<Moment> {
  const calls = await callsAtBest();
  const index = calls.findIndex((call) => madeBy(call) === name);
  const [read, write] = calls.slice(index - 1, index + 1);
  if (read === undefined || write === undefined) throw new RangeError(`No call makes ${name}`);
  expect([read.account, read.action]).toEqual([write.account, expect.stringMatching(/^(Get|List)/)]);
  const { action, account, params } = read;
  const asked = JSON.stringify(params);
  const after = calls.slice(0, index - 1).filter((call) => call.account === account && JSON.stringify(call.params) === asked).length;
  return { write, reread: { action, account, params, after, times: 1 } };
}

/** Makes what a call sets or takes away something else, or takes it away first. @returns AWS's answer */
function editAsColleague({ aws }: Scene, { action, account, params }: RecordedCall): string {
  const admin = aws.account(account);
  const { UserName: user = '', GroupName: group = '', RoleName: role = '', PolicyName = '' } = params;
  const names = { UserName: params.UserName, GroupName: params.GroupName, RoleName: params.RoleName };
  const call = (name: string, input: ParamInput) => admin.call(name, { ...names, ...input });
  if (/^(Put|Delete)(User|Group|Role)Policy$/.test(action)) {
    const owner = admin.group(group) ?? admin.role(role) ?? admin.user(user);
    return call(action.replace('Delete', 'Put'), { PolicyName, PolicyDocument: edited(owner, PolicyName) });
  }
  switch (action) {
    case 'UpdateAssumeRolePolicy':
      return call(action, { PolicyDocument: JSON.stringify(trust({ AWS: [`arn:aws:iam::${HUB}:root`, COLLEAGUE] })) });
    case 'PutRolePermissionsBoundary':
      return call(action, { PermissionsBoundary: managed('SecurityAudit') });
    case 'UpdateRole':
      return call(action, { Description: 'A colleague’s' });
    case 'TagRole':
      return call(action, { Tags: [{ Key: params['Tags.member.1.Key'], Value: 'a colleague’s' }] });
    default:
      return call(action, { PolicyArn: params.PolicyArn });
  }
}

const COLLEAGUE = 'arn:aws:iam::888888888888:root';

/** The policy with a Sid that says whose it is; where there is none, another one. */
function edited(owner: Pick<Role, 'inline'> | undefined, policy: string): string {
  const { Statement: list } = JSON.parse(owner?.inline.get(policy)?.text ?? OTHER);
  return JSON.stringify({ Version: '2012-10-17', Statement: [list].flat().map((statement) => ({ ...statement, Sid: 'Colleague' })) });
}

const OTHER = JSON.stringify({ Statement: { Effect: 'Deny', Action: 'sqs:*', Resource: '*' } });

/** All writes but those that only add something. */
const REPLACING = WRITES.filter(({ action }) => !/^(Attach|Create)/.test(action)).map(nameOf);

test.each(turns(REPLACING))(
  '%s',
  async (name) => {
    await using scene = await openDrifted(openInProcess);
    const { write, reread } = await momentBefore(name);
    const account = scene.aws.account(write.account);
    const watch = new AccessWatch(scene);
    let theirs: unknown;
    const before = () => {
      editAsColleague(scene, write);
      theirs = account.content();
    };
    scene.aws.faults.set([{ ...reread, before }, watch.fault]);
    expect((await inTurn(scene)).exitCode).toBe(1);
    watch.look();
    expect(watch.lost).toEqual([]);
    // Nor is anything else written there.
    expect(account.content()).toEqual(theirs);
    const { plan, changes, notMade, findings } = await reportOf(scene);
    expect(told(changes)).toEqual(effective(scene));
    expect(changes.filter(({ outcome }) => outcome !== 'verified')).toEqual([]);
    expect([told(notMade)[0], notMade[0]]).toEqual([
      name,
      expect.objectContaining({ reason: expect.stringMatching('changed since it was read') }),
    ]);
    expect(notMade[0]).toHaveProperty('found');
    const meant = plan?.calls.find((call) => told([call])[0] === name)?.findings ?? [];
    expect(findings.filter(({ id, fix }) => meant.includes(id) && fix.status === 'verified')).toEqual([]);
  },
  120_000,
);

test('all of it, before the first write: only what nobody else touched is written', async () => {
  await using scene = await openDrifted(openInProcess);
  const edits = await Promise.all(REPLACING.map(momentBefore));
  const touched = new Set(edits.map(({ write }) => write.account));
  const content = () => [...touched].map((id) => scene.aws.account(id).content());
  let theirs: unknown;
  const before = () => {
    for (const { write } of edits) editAsColleague(scene, write);
    theirs = content();
  };
  scene.aws.faults.set([{ action: 'AssumeRole', params: { RoleArn: scene.guide.fixerRole }, before, times: 1 }]);
  expect((await inTurn(scene)).exitCode).toBe(1);
  expect(content()).toEqual(theirs);
  const { changes, notMade } = await reportOf(scene);
  const [left, made] = [true, false].map((is) => WRITES.filter(({ account }) => touched.has(account) === is).map(nameOf));
  expect([told(notMade), told(changes), effective(scene)]).toEqual([left, made, made]);
  expect(notMade.filter(({ reason }) => !reason.includes('changed since it was read'))).toEqual([]);
}, 120_000);
