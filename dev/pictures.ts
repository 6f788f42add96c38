/**
 * `npm run pictures [-- --bundle FILE] [--reports FOLDER]`: writes the pictures of the docs from real runs of the demo, each in light and dark: the job summary of
 * its first night, the comment on its pull request, and the HTML report, which is printed as well. With `--reports`, the HTML reports of other scenes go to that
 * folder, as files, as pictures and printed. On Debian: apt-get install chromium pngquant poppler-utils fonts-noto-core fonts-noto-mono fonts-noto-color-emoji
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ACCOUNTS } from './demo/company.ts';
import { agreedFile, openCompany, spendNight } from './demo/night.ts';
import { reviewPull } from './demo/pull-request.ts';
import { attachMore, letAuditorIn, runReportedCommands, switchOffNewestKey } from './demo/repair.ts';
import { htmlReportOf } from './pages/pages-of.ts';
import { PAGE_SCENES } from './pages/scenes.ts';
import { type Browser, openBrowser, type Shot, type Theme } from './pictures/chromium.ts';
import { githubPage, htmlOf, unfolded } from './pictures/github-page.ts';
import { openerOf } from './runner/scene.ts';

const THEMES: readonly Theme[] = ['light', 'dark'];
const GITHUB = { width: 1120, scale: 1.1 } as const;
/** What a reader sees first: all of it is in the report itself. */
const REPORT = { width: 1280, most: 1500, scale: 1.2 } as const;

/** What is shown: HTML. */
interface Sights {
  readonly summary: string;
  readonly comment: string;
  readonly report: string;
}

/** The first night; then the company repairs most of it, and somebody opens the pull request. */
async function sightsOf(bundle: string | undefined): Promise<Sights> {
  await using scene = await openCompany(bundle);
  const { step, report, html } = await spendNight(scene);
  if (!step.summary.includes(ACCOUNTS.production)) throw new Error(`No summary to show: ${step.stdout}`);
  runReportedCommands(scene, report);
  switchOffNewestKey(scene);
  letAuditorIn(scene);
  attachMore(scene);
  const review = await reviewPull(scene, agreedFile());
  const [comment] = review.comments;
  if (comment === undefined) throw new Error(`No comment to show: ${review.step.stdout}`);
  return {
    summary: githubPage('audit summary', unfolded(htmlOf(step.summary))),
    comment: githubPage('github-actions bot commented', htmlOf(comment)),
    report: html,
  };
}

async function drawThemes(browser: Browser, html: string, path: string, shot: Omit<Shot, 'theme'>): Promise<void> {
  for (const theme of THEMES) {
    await browser.draw(html, `${path}-${theme}.png`, { ...shot, theme });
    console.log(`${path}-${theme}.png written`);
  }
}

async function drawDocs(browser: Browser, bundle: string | undefined): Promise<void> {
  const docs = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
  const { summary, comment, report } = await sightsOf(bundle);
  await drawThemes(browser, summary, docs('summary'), GITHUB);
  await drawThemes(browser, comment, docs('pull-request'), GITHUB);
  await drawThemes(browser, report, docs('html-report'), REPORT);
  await browser.print(report, docs('html-report-print'), 1);
}

async function drawReports(browser: Browser, folder: string, bundle: string | undefined): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const scene of PAGE_SCENES) {
    const html = await htmlReportOf(scene, openerOf(bundle));
    const path = join(folder, scene.name);
    await writeFile(`${path}.html`, html);
    await drawThemes(browser, html, path, { ...REPORT, most: 6000 });
    console.log(`${scene.name}: ${html.length} characters, ${await browser.print(html, `${path}-print`, 20)} printed pages`);
  }
}

const { values } = parseArgs({ options: { bundle: { type: 'string' }, reports: { type: 'string' } } });
await using browser = await openBrowser();
if (values.reports === undefined) await drawDocs(browser, values.bundle);
else await drawReports(browser, values.reports, values.bundle);
