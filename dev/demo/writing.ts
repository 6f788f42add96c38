import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import { awsPolicy, trustAccount } from '../aws/guide.ts';
import { readEstate } from '../aws/read.ts';
import type { StepResult } from '../runner/run-action.ts';
import type { Scene } from '../runner/scene.ts';
import { ACCOUNTS } from './company.ts';
import { JOAN } from './deeds.ts';
import { reportOf } from './night.ts';
import type { Stage } from './stage.ts';

/** The last day of the demo: a repair by the action, a clean audit, and the rollback of the repair. */

const ROLE = 'Micetro';

/** People were busy again: too much access in two accounts, too little in two others. */
function driftAgain({ aws, guide }: Scene): void {
  const { production, sandbox, backup, lab } = ACCOUNTS;
  const trust = JSON.stringify(trustAccount('aws', '999999999999'));
  aws.account(production).as(JOAN).call('UpdateAssumeRolePolicy', { RoleName: ROLE, PolicyDocument: trust });
  aws
    .account(sandbox)
    .as(JOAN)
    .call('AttachRolePolicy', { RoleName: ROLE, PolicyArn: awsPolicy('aws', 'AdministratorAccess') });
  for (const name of ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess']) {
    aws
      .account(backup)
      .as(JOAN)
      .call('DetachRolePolicy', { RoleName: ROLE, PolicyArn: awsPolicy('aws', name) });
  }
  aws.account(backup).as(JOAN).call('DeleteRole', { RoleName: ROLE });
  aws
    .account(guide.hub)
    .as(JOAN)
    .call('DeleteGroupPolicy', { GroupName: guide.groups[0] ?? '', PolicyName: `assume-${lab}-${ROLE}` });
}

interface Written {
  readonly step: StepResult;
  readonly report: ReportFile;
}

async function write(scene: Scene, inputs: Readonly<Record<string, string>>, path?: string): Promise<Written> {
  const step = await scene.run({ event: 'workflow_dispatch', inputs: { 'fixer-role': scene.guide.fixerRole, ...inputs } });
  const report = path === undefined ? await reportOf(scene, step) : JSON.parse(await readFile(join(scene.workspace, path), 'utf8'));
  return { step, report: reportSchema.parse(report) };
}

function showChanges(stage: Stage, { changes }: ReportFile): void {
  for (const { action, account, outcome } of changes) stage.print(`  ${outcome.padEnd(10)} ${account} ${action}`);
}

/** Checks its claims. Leaves the company with the drift of this day. */
export async function repairAndUndo(stage: Stage, scene: Scene): Promise<void> {
  const accounts = [scene.guide.hub, ...scene.guide.targets];
  const read = () => readEstate(scene.endpoint, accounts);
  const agreed = await read();
  driftAgain(scene);
  const drifted = await read();

  stage.title('Day 5: a role trusts strangers, one is an administrator, one is gone, a grant is gone. A repair by the action, fix: true');
  const repair = await write(scene, { fix: 'true' });
  stage.markdown(repair.step.summary.split('\n', 1)[0] ?? '');
  stage.print('', 'What it wrote, in this order:');
  showChanges(stage, repair.report);
  await stage.save('repair-report.json', JSON.stringify(repair.report, null, 2));
  await scene.write('repair-report.json', JSON.stringify(repair.report));
  stage.print('');
  const { changes, findings } = repair.report;
  stage.claim(
    'The step succeeds (exit code 0): every repair was made, and seen to be in effect',
    repair.step.exitCode === 0 && changes.every(({ outcome }) => outcome === 'verified'),
  );
  stage.claim('Each of the four findings is told as repaired', findings.filter(({ fix }) => fix.status === 'verified').length === 4);
  stage.claim(
    'A reader that shares nothing with the action sees what was there before, and nothing else',
    isDeepStrictEqual(await read(), agreed),
  );

  stage.title('Night 5: the audit after it');
  const before = scene.aws.calls.length;
  const audit = await scene.run();
  stage.markdown(audit.summary.split('\n', 1)[0] ?? '');
  stage.print('');
  stage.claim('The step succeeds (exit code 0), and nothing was written', audit.exitCode === 0 && onlyReads(scene, before));

  stage.title('Day 6: the repair is taken back, mode: rollback with its report');
  const path = 'rollback-report.json';
  const undo = await write(
    scene,
    { mode: 'rollback', 'repair-report': 'repair-report.json', 'report-path': path, 'fail-on': 'never' },
    path,
  );
  showChanges(stage, undo.report);
  stage.print('');
  stage.claim('Everything is as it was before the repair', undo.step.exitCode === 0 && isDeepStrictEqual(await read(), drifted));
}

function onlyReads({ aws }: Scene, from: number): boolean {
  return aws.calls.slice(from).every(({ service, action }) => service === 'sts' || /^(Get|List|Lookup)/.test(action));
}
