import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import type { SeededKey } from '../aws/seed.ts';
import { runAction, type StepResult } from '../runner/run-action.ts';
import type { LargeEstate } from './large-estate.ts';
import type { Place } from './place.ts';

export const FILE = 'access.yml';

export interface Outcome {
  readonly step: StepResult;
  readonly report: ReportFile;
}

export type Run = (inputs: Readonly<Record<string, string>>) => Promise<Outcome>;

/** Runs of the shipped bundle in a workspace, by hand, with the inputs that all of them share. */
export function runnerIn(workspace: string, place: Place, estate: LargeEstate, key: SeededKey): Run {
  const env = { AWS_ENDPOINT_URL: place.url, AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey };
  // Two look-ups a second: runs with drift would take longer, and what they are about is elsewhere.
  const quiet = { issue: 'never', attribution: 'off', 'mask-accounts': 'false' };
  const roles = { 'auditor-role': estate.auditorRole, 'organization-role': estate.organizationRole };
  return async (inputs) => {
    const all = { 'desired-state': FILE, ...quiet, ...roles, ...inputs };
    const step = await runAction({
      workspace,
      event: 'workflow_dispatch',
      payload: { repository: { default_branch: 'main' } },
      env,
      inputs: all,
    });
    const report: unknown = JSON.parse(await readFile(join(workspace, 'assume-role-report.json'), 'utf8'));
    return { step, report: reportSchema.parse(report) };
  };
}
