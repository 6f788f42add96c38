import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import { openPull } from '../runner/pull-request.ts';
import type { StepResult } from '../runner/run-action.ts';
import { DESIRED_STATE, type Scene } from '../runner/scene.ts';
import { ACCOUNTS, NEWCOMER, PARTNER } from './company.ts';

export interface Review {
  readonly step: StepResult;
  readonly report: ReportFile;
  /** Bodies of the comments on the pull request. */
  readonly comments: readonly string[];
}

/** The file with one more account, and with a trust policy that lets a partner's account in. */
export function proposed(file: string): string {
  const trust = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: ['{hubAccount}', PARTNER] }, Action: 'sts:AssumeRole' },
  };
  return file
    .replace(`account: "${ACCOUNTS.development}", name: development`, `$&, trust: ${JSON.stringify(trust)}`)
    .replace('exceptions:', `  - { account: "${NEWCOMER}", name: new-branch-office }\nexceptions:`);
}

/** Somebody opens a pull request with such a file, and the check runs. Afterwards the workspace has the agreed file again. */
export async function reviewPull(scene: Scene, file: string): Promise<Review> {
  const { pull, step } = openPull(scene, { base: file });
  await scene.write(DESIRED_STATE, proposed(file));
  const result = await scene.run(step());
  await scene.write(DESIRED_STATE, file);
  return {
    step: result,
    report: reportSchema.parse(await scene.report()),
    comments: scene.github.repository.comments.filter(({ issue }) => issue === pull.number).map(({ body }) => body),
  };
}
