import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import type { StepResult } from '../runner/run-action.ts';
import { openScene, type Scene } from '../runner/scene.ts';
import { ACCOUNTS, desiredFile, NEWCOMER, setUpCompany } from './company.ts';
import { drift } from './deeds.ts';

/** One scheduled run of the action. */
export interface Night {
  readonly step: StepResult;
  readonly report: ReportFile;
  readonly sarif: string;
  /** The HTML report. */
  readonly html: string;
  /** What GitHub sent to people in this night. */
  readonly notifications: readonly string[];
}

const DAY = 24 * 60 * 60 * 1000;

/** The file on the main branch, with an exception that has not expired. */
export function agreedFile(): string {
  return desiredFile(new Date(Date.now() + 90 * DAY).toISOString().slice(0, 10));
}

/** The company of the demo, drifted, before its first night. `bundle`: another build than the shipped one. */
export async function openCompany(bundle: string | undefined): Promise<Scene> {
  const scene = await openScene({
    guide: { targets: [...Object.values(ACCOUNTS), NEWCOMER], fixer: true },
    edit: setUpCompany,
    file: agreedFile(),
    ...(bundle === undefined ? {} : { bundle }),
  });
  await drift(scene, setUpCompany);
  return scene;
}

export async function spendNight(scene: Scene): Promise<Night> {
  const before = scene.github.repository.notifications.length;
  const step = await scene.run({ inputs: { 'sarif-path': 'drift.sarif', 'html-path': 'report.html', attribution: 'auto' } });
  return {
    step,
    report: reportSchema.parse(await reportOf(scene, step)),
    sarif: await readFile(join(scene.workspace, 'drift.sarif'), 'utf8'),
    html: await readFile(join(scene.workspace, 'report.html'), 'utf8'),
    notifications: scene.github.repository.notifications.slice(before).map(({ event, issue }) => `#${issue} ${event}`),
  };
}

export async function reportOf(scene: Scene, { stdout, stderr }: StepResult): Promise<unknown> {
  try {
    return await scene.report();
  } catch (error) {
    throw new Error(`The action wrote no report. It said:\n${stdout}${stderr}`, { cause: error });
  }
}
