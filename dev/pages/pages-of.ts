import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { guideEstate } from '../aws/guide.ts';
import { openPull } from '../runner/pull-request.ts';
import type { Scene, SceneOptions } from '../runner/set-scene.ts';
import type { StepResult } from '../runner/step.ts';
import { namedFile, type PageScene } from './scenes.ts';

/** What the action publishes of one estate. Markdown; empty where it publishes nothing. */
export interface Pages {
  readonly summary: string;
  readonly issue: string;
  /** The comment on the issue that tells the owners. */
  readonly news: string;
  /** The comment on a pull request that takes the last target in. */
  readonly pull: string;
  /** The run that made the first three. */
  readonly step: StepResult;
}

/** Opens a scene for a bundle, or in process. */
type Open = (options: SceneOptions) => Promise<Scene>;

/** The HTML report of a night on the scene's estate. */
export async function htmlReportOf({ guide: options, edit }: PageScene, open: Open): Promise<string> {
  const file = namedFile(guideEstate(options));
  await using scene = await open({ guide: options, edit, file });
  await scene.run({ inputs: { 'html-path': 'report.html' } });
  return readFile(join(scene.workspace, 'report.html'), 'utf8');
}

/** Runs a night and a pull request on the scene's estate. */
export async function pagesOf({ guide: options, edit }: PageScene, open: Open): Promise<Pages> {
  const file = namedFile(guideEstate(options));
  await using scene = await open({ guide: options, edit, file });
  const step = await scene.run({ inputs: { attribution: 'auto' } });
  const { issues, comments } = scene.github.repository;
  const [issue = '', news = ''] = [issues[0]?.body, comments[0]?.body];
  const withoutLast = file.replace(/ {2}- \{[^\n]*\n$/, '');
  await scene.run(openPull(scene, { base: withoutLast }).step());
  const pull = comments.at(-1)?.body ?? '';
  return { summary: step.summary, issue, news, pull: pull === news ? '' : pull, step };
}
