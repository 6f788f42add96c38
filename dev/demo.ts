/**
 * `npm run demo [-- --bundle FILE]`: four nights of a scheduled audit and a pull request, then a repair and its rollback, by the shipped `dist/index.js`,
 * against an AWS and a GitHub that run inside this process. Needs nothing but Node; nothing leaves the machine. Exits with 1 if anything is not as the demo says.
 */
import { parseArgs } from 'node:util';
import { ACCOUNTS, EXPECTED, NEWCOMER, PARTNER, STRANGER } from './demo/company.ts';
import { agreedFile, type Night, openCompany, spendNight } from './demo/night.ts';
import { reviewPull } from './demo/pull-request.ts';
import { attachMore, letAuditorIn, runReportedCommands, switchOffNewestKey } from './demo/repair.ts';
import { Stage } from './demo/stage.ts';
import { repairAndUndo } from './demo/writing.ts';
import type { Scene } from './runner/scene.ts';

const STORY: readonly (readonly [place: string, what: string])[] = [
  ['production', 'joan let an account in that nobody knows; it has come three times'],
  ['sandbox', 'a developer attached AdministratorAccess to the role, with the CLI'],
  ['backup', 'joan let a user in that was deleted'],
  ['staging, development', 'a CloudFormation stack detached AmazonEC2FullAccess'],
  ['legacy', 'a pipeline with Terraform deleted the grant in the hub'],
  ['hub', 'a second access key, by joan; a foreign role in a packed grant, by the pipeline'],
  ['analytics', 'the auditor was locked out'],
  ['mail', 'ReadOnlyAccess is attached, which an exception accepts for a time'],
  ['web, edge-europe, edge-america, lab', 'renamed, merged and rewritten: no drift'],
];

async function firstNight(stage: Stage, scene: Scene): Promise<Night> {
  stage.title('Night 1: the first audit');
  const night = await spendNight(scene);
  const { step, report } = night;
  const [issue] = scene.github.repository.issues;
  stage.prose('The job summary, with one of the findings unfolded:');
  stage.markdown(step.summary, (title) => title.includes('Micetro in production'));
  stage.print('', `The issue #1 that was opened: ${stage.style.bold(issue?.title ?? '')}  [${issue?.labels.join(', ')}]`);
  stage.print('Its body tells what the summary tells.');
  await stage.save('summary.md', step.summary);
  await stage.save('issue.md', issue?.body ?? '');
  await stage.save('report.json', JSON.stringify(report, null, 2));
  await stage.save('drift.sarif', night.sarif);
  stage.print('');
  const found = report.findings.map(({ rule, account, access }) => `${rule} ${account} ${access}`).toSorted();
  stage.claim('The step fails (exit code 1): there is drift, and an account that could not be read', step.exitCode === 1);
  stage.claim(
    `All ${EXPECTED.length} differences are found, each by its rule, and nothing else`,
    found.join() === [...EXPECTED].toSorted().join(),
  );
  stage.claim(
    'One of them is accepted by an exception and does not count',
    report.summary.excepted === 1 && step.outputs.get('drift-count') === '8',
  );
  stage.claim('The account that could not be read is called unreadable, with the reason', unreadable(report) === ACCOUNTS.analytics);
  stage.claim('One issue was opened', night.notifications.join() === '#1 opened');
  stage.claim(
    'It names who opened the trust in production, when and how, and that strangers used it three times',
    isToldOfProduction(report) && TOLD.test(issue?.body ?? ''),
  );
  stage.claim(
    'For every other difference CloudTrail shows who made it, too',
    report.findings.every(({ cause }) => cause.actor !== null),
  );
  return night;
}

/** How the issue tells it. */
const TOLD =
  /Changed by `arn:aws:iam::222222222201:user\/joan` on \d{1,2} \w{3} \d{4} \d\d:\d\d UTC \(UpdateAssumeRolePolicy, console\)\. Used since: 3 times by/;

function isToldOfProduction({ findings }: Night['report']): boolean {
  const finding = findings.find(({ rule, account }) => rule === 'trust-changed' && account === ACCOUNTS.production);
  return finding?.cause.match === 'exact' && finding.use?.count === 3 && finding.use.by.every((caller) => caller.startsWith(STRANGER));
}

function unreadable({ targets }: Night['report']): string {
  return targets
    .filter(({ status, error }) => status === 'unreadable' && error?.code === 'AccessDenied')
    .map(({ account }) => account)
    .join();
}

async function secondNight(stage: Stage, scene: Scene): Promise<void> {
  stage.title('Night 2: the same drift, no news');
  const { step, notifications } = await spendNight(scene);
  stage.claim('The step still fails (exit code 1)', step.exitCode === 1);
  stage.claim(
    'Nobody is told again: no second issue, no comment',
    notifications.length === 0 && scene.github.repository.issues.length === 1,
  );
}

async function thirdNight(stage: Stage, scene: Scene, { report }: Night): Promise<Night> {
  stage.title('Day 2: somebody runs the commands of the summary and switches the unknown key off. The web team attaches a policy');
  showCommands(stage, runReportedCommands(scene, report));
  switchOffNewestKey(scene);
  attachMore(scene);

  stage.title('Night 3: repaired, but for something new, and for the account that is still closed to the auditor');
  const night = await spendNight(scene);
  const comment = scene.github.repository.comments.at(-1)?.body ?? '';
  stage.markdown(firstLine(night.step.summary));
  stage.print('', 'The comment on the issue:');
  stage.markdown(comment);
  stage.print('');
  const left = night.report.findings.filter(({ exception }) => exception === null).map(({ rule, account }) => `${rule} ${account}`);
  stage.claim('What was repaired is gone, and what is new is found', left.join() === `role-policy-extra ${ACCOUNTS.web}`);
  stage.claim(
    'One comment tells both, and calls the owner of what is new',
    night.notifications.join() === '#1 commented' && comment.includes('For @acme/web.'),
  );
  stage.claim('The step fails (exit code 1), the issue stays open', night.step.exitCode === 1 && isOpen(scene));
  return night;
}

function showCommands(stage: Stage, commands: readonly string[]): void {
  for (const command of commands) stage.print(`$ ${command.length > 114 ? `${command.slice(0, 113)}…` : command}`);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function isOpen({ github }: Scene): boolean {
  return github.repository.issues[0]?.state === 'open';
}

async function pullRequest(stage: Stage, scene: Scene): Promise<void> {
  stage.title('Day 3: a pull request adds an account and lets a partner into another one');
  const { step, report, comments } = await reviewPull(scene, agreedFile());
  const [comment = ''] = comments;
  stage.prose('The comment on the pull request:');
  stage.print('');
  stage.markdown(comment);
  await stage.save('pull-request.md', comment);
  stage.print('');
  const { proposal, findings } = report;
  const told = (ids: readonly string[] = []) =>
    findings
      .filter(({ id }) => ids.includes(id))
      .map(({ rule, account }) => `${rule} ${account}`)
      .join();
  stage.claim('The check succeeds (exit code 0): on a pull request drift is the plan', step.exitCode === 0 && comments.length === 1);
  stage.claim(
    'What it asks for: a role in one new account, and a trust that opens to the partner',
    proposal?.asked?.map(({ kind, accounts }) => `${kind} ${accounts.join()}`).join() ===
      `grants ${NEWCOMER},widens ${ACCOUNTS.development}` && comment.includes(PARTNER),
  );
  stage.claim(
    'What it causes is told apart from what the web team did before',
    told(proposal?.live?.causes) === `trust-changed ${ACCOUNTS.development},grant-missing ${NEWCOMER},role-missing ${NEWCOMER}` &&
      told(proposal?.live?.drifted) === `role-policy-extra ${ACCOUNTS.web}`,
  );
  stage.claim(
    'The issue was left alone',
    isOpen(scene) && scene.github.repository.comments.filter(({ issue }) => issue === 1).length === 1,
  );
}

async function fourthNight(stage: Stage, scene: Scene, { report }: Night): Promise<void> {
  stage.title('Night 4: that is repaired, too, and the auditor may read all accounts again');
  showCommands(stage, runReportedCommands(scene, report));
  stage.print('');
  letAuditorIn(scene);
  const { step, notifications } = await spendNight(scene);
  stage.markdown(firstLine(step.summary));
  stage.print('', 'The last comment on the issue:');
  stage.markdown(scene.github.repository.comments.at(-1)?.body ?? '');
  stage.print('');
  stage.claim('The step succeeds (exit code 0)', step.exitCode === 0 && step.outputs.get('drift') === 'false');
  stage.claim(
    'Every account was read and is clean: the issue is closed',
    !isOpen(scene) && notifications.join() === '#1 commented,#1 closed',
  );
}

function setScene(stage: Stage): void {
  stage.print(stage.style.bold('Assume-Role Drift: four nights of a scheduled audit, then a repair'), '');
  stage.prose('A hub and twelve accounts in an AWS, a repository in a GitHub, both inside this process. What people did there:');
  stage.print('');
  for (const [place, what] of STORY) stage.print(`  ${place.padEnd(36)} ${what}`);
}

const { values } = parseArgs({ options: { bundle: { type: 'string' } } });
const began = performance.now();
const stage = await Stage.open();
setScene(stage);
{
  await using scene = await openCompany(values.bundle);
  const night = await firstNight(stage, scene);
  await secondNight(stage, scene);
  const third = await thirdNight(stage, scene, night);
  await pullRequest(stage, scene);
  await fourthNight(stage, scene, third);
  const writes = scene.aws.calls.filter(({ service, action }) => service === 'iam' && !/^(Get|List)/.test(action));
  stage.claim('In all four nights, and for the pull request, the action wrote nothing to AWS', writes.length === 0);
  await repairAndUndo(stage, scene);
}
stage.print(
  '',
  `Files: ${stage.folder}`,
  '  first night: summary.md  issue.md  report.json  drift.sarif',
  '  pull request: pull-request.md',
  '  repair: repair-report.json',
  '',
);
const seconds = ((performance.now() - began) / 1000).toFixed(1);
if (stage.failed.length > 0) {
  stage.print(`The demo failed: ${stage.failed.length} of ${stage.claims} claims did not hold.`);
  process.exitCode = 1;
} else {
  stage.print(`Shown in ${seconds} s, all ${stage.claims} claims checked: drift found, told once, repaired, undone.`);
}
