import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedCall } from '../../dev/aws/recording.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import type { Step, StepResult } from '../../dev/runner/step.ts';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';

/** Runs that write: of the bundle or in process, as the scene has it. */

type More = Partial<Omit<Step, 'inputs'>> & { readonly inputs?: Readonly<Record<string, string>> };

const REPORT = 'assume-role-report.json';
export const ROLLED_BACK = 'rollback-report.json';

/** A repair by hand, with room in its limits. */
export function repair(scene: Scene, { inputs, ...more }: More = {}): Promise<StepResult> {
  const roomy = { 'max-grants': '200', 'max-revocations': '200', 'verify-timeout': '30' };
  const fixer = { fix: 'true', 'fixer-role': scene.guide.fixerRole };
  return scene.run({ event: 'workflow_dispatch', ...more, inputs: { ...fixer, ...roomy, ...inputs } });
}

/** The undoing of the last repair; its report is another file. */
export function rollback(scene: Scene, { inputs, ...more }: More = {}): Promise<StepResult> {
  const undo = { mode: 'rollback', 'repair-report': REPORT, 'report-path': ROLLED_BACK, 'fail-on': 'never' };
  return repair(scene, { ...more, inputs: { fix: 'false', ...undo, ...inputs } });
}

export async function reportOf(scene: Scene, path = REPORT): Promise<ReportFile> {
  return reportSchema.parse(JSON.parse(await readFile(join(scene.workspace, path), 'utf8')));
}

/** Calls of the action that change something, those that were refused and lost included. */
export function writes({ aws }: Scene): readonly RecordedCall[] {
  return aws.calls.filter(({ service, action }) => service === 'iam' && !/^(Get|List)/.test(action));
}

/** `DetachRolePolicy 200000000001`, in the order in which they came. */
export function written(scene: Scene): string[] {
  return writes(scene).map(({ action, account }) => `${action} ${account}`);
}

/** Rule and state of repair of each finding, sorted. */
export function repairs({ findings }: ReportFile): string[] {
  return findings.map(({ rule, account, fix }) => `${rule} ${account} ${fix.status}`).toSorted();
}
