import { z } from 'zod';
import type { ReportFile } from '../../src/report/model/schema.ts';
import { roleIn } from '../aws/estate.ts';
import { awsPolicy } from '../aws/guide.ts';
import type { Scene } from '../runner/scene.ts';
import { ACCOUNTS } from './company.ts';
import { JOAN, WEB_TEAM } from './deeds.ts';

const input = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/**
 * Does what a person would do with the commands of the report, one after the other.
 *
 * @returns the commands
 */
export function runReportedCommands(scene: Scene, report: ReportFile): string[] {
  return report.findings
    .filter(({ exception }) => exception === null)
    .flatMap(({ fix }) => {
      for (const call of fix.calls) scene.aws.account(call.account).as(JOAN).call(call.action.replace('iam:', ''), input.parse(call.input));
      return fix.command === '' ? [] : fix.command.split('\n');
    });
}

/** Access keys are left to people: the report has no command for them. Deactivates the newest of the user's keys. */
export function switchOffNewestKey(scene: Scene): void {
  const hub = scene.aws.account(scene.guide.hub);
  const newest = hub.user(scene.guide.user)?.keys.at(-1);
  if (newest !== undefined)
    hub.as(JOAN).call('UpdateAccessKey', { UserName: scene.guide.user, AccessKeyId: newest.id, Status: 'Inactive' });
}

/** What somebody on the web team did, with good intentions. */
export function attachMore(scene: Scene): void {
  scene.aws
    .account(ACCOUNTS.web)
    .as(WEB_TEAM)
    .call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: awsPolicy('aws', 'AmazonS3FullAccess') });
}

/** Restores the trust policy of the auditor role in the account that could not be read. */
export function letAuditorIn(scene: Scene): void {
  const { trust } = roleIn(scene.guide.estate, ACCOUNTS.analytics, 'AssumeRoleAuditor');
  const PolicyDocument = typeof trust === 'string' ? trust : JSON.stringify(trust);
  scene.aws.account(ACCOUNTS.analytics).as(JOAN).call('UpdateAssumeRolePolicy', { RoleName: 'AssumeRoleAuditor', PolicyDocument });
}
