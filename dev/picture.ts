/**
 * `npx tsx dev/picture.ts [--bundle FILE]`: writes docs/summary.png, the job summary of the demo's first night, and docs/pull-request.png, the comment on its
 * pull request, as GitHub shows them. On Debian: apt-get install chromium pngquant
 * fonts-noto-core fonts-noto-mono fonts-noto-color-emoji
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { ACCOUNTS } from './demo/company.ts';
import { agreedFile, openCompany, spendNight } from './demo/night.ts';
import { reviewPull } from './demo/pull-request.ts';
import { attachMore, letAuditorIn, runReportedCommands, switchOffNewestKey } from './demo/repair.ts';

const WIDTH = 1120;

const run = promisify(execFile);

/** The light theme of GitHub's Markdown, as far as a summary needs it. */
const CSS = `
body { margin: 0; padding: 20px; background: #fff; color: #1f2328; font: 14px/1.5 "Noto Sans", Helvetica, Arial, sans-serif, "Noto Color Emoji"; }
article { border: 1px solid #d1d9e0; border-radius: 6px; }
header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; padding: 12px 16px; font-weight: 600; }
main { padding: 16px 24px; }
h3 { font-size: 17px; line-height: 1.25; margin: 20px 0 10px; }
h2 { font-size: 21px; line-height: 1.25; margin: 20px 0 12px; padding-bottom: 6px; border-bottom: 1px solid #d1d9e0b3; }
p, ul, table, pre, details { margin: 0 0 12px; }
ul { padding-left: 28px; }
li { margin: 3px 0; }
a { color: #0969da; text-decoration: none; }
code { background: #818b981f; border-radius: 6px; padding: 2px 5px; font: 12px "Noto Sans Mono", "Liberation Mono", monospace; }
a code { color: inherit; }
pre { background: #f6f8fa; border-radius: 6px; padding: 12px 16px; overflow: hidden; }
pre code { background: none; padding: 0; line-height: 1.45; display: block; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #d1d9e0; padding: 5px 10px; text-align: left; white-space: nowrap; }
tr:nth-child(2n) td { background: #f6f8fa; }
summary { margin-bottom: 8px; }
details { margin-bottom: 6px; }
.add { background: #dafbe1; color: #116329; } .del { background: #ffebe9; color: #82071e; }
.add, .del { display: block; }
`;

function htmlOf(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

function unfolded(html: string): string {
  const open = html.replace(/<details>(?=<summary>[^\n]*<code>trust-changed<\/code>)/, '<details open>');
  if (open === html) throw new Error('The summary has no finding to unfold.');
  return open;
}

function page(title: string, html: string): string {
  const coloured = html.replace(
    /(<code class="language-diff">)([\s\S]*?)(<\/code>)/g,
    (_block, open: string, text: string, close: string) => {
      const lines = text
        .split('\n')
        .map((line) => (/^[+-]/.test(line) ? `<span class="${line.startsWith('+') ? 'add' : 'del'}">${line}</span>` : line));
      return open + lines.join('\n').replaceAll('</span>\n', '</span>') + close;
    },
  );
  return `<!doctype html><meta charset="utf-8"><style>${CSS}</style><article><header>${title}</header><main>${coloured}</main></article>
<script>document.title = String(Math.ceil(document.documentElement.getBoundingClientRect().height));</script>`;
}

/** Chromium without a window, without the network and without the profile of whoever runs it. */
async function chromium(profile: string, args: readonly string[]): Promise<string> {
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
  const all = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${profile}`, ...quiet, ...args];
  return (await run('chromium', all, { maxBuffer: 2 ** 26 })).stdout;
}

interface Pages {
  readonly summary: string;
  readonly comment: string;
}

/** The first night; then the company repairs most of it, and somebody opens the pull request. */
async function pagesOf(bundle: string | undefined): Promise<Pages> {
  await using scene = await openCompany(bundle);
  const { step, report } = await spendNight(scene);
  if (!step.summary.includes(ACCOUNTS.production)) throw new Error(`No summary to show: ${step.stdout}`);
  runReportedCommands(scene, report);
  switchOffNewestKey(scene);
  letAuditorIn(scene);
  attachMore(scene);
  const review = await reviewPull(scene, agreedFile());
  const [comment] = review.comments;
  if (comment === undefined) throw new Error(`No comment to show: ${review.step.stdout}`);
  return { summary: step.summary, comment };
}

async function draw(folder: string, name: string, content: string): Promise<void> {
  const picture = fileURLToPath(new URL(`../docs/${name}.png`, import.meta.url));
  const file = join(folder, `${name}.html`);
  await writeFile(file, content);
  const dom = await chromium(join(folder, 'profile'), [`--window-size=${WIDTH},800`, '--dump-dom', `file://${file}`]);
  const height = /<title>(\d+)<\/title>/.exec(dom)?.[1] ?? '2000';
  const size = [`--window-size=${WIDTH},${height}`, '--force-device-scale-factor=1.5'];
  await chromium(join(folder, 'profile'), [...size, `--screenshot=${picture}`, `file://${file}`]);
  await run('pngquant', ['--force', '--strip', '--quality=70-95', '--output', picture, picture]);
  console.log(`${picture} written`);
}

const { values } = parseArgs({ options: { bundle: { type: 'string' } } });
const folder = await mkdtemp(join(tmpdir(), 'picture-'));
try {
  const { summary, comment } = await pagesOf(values.bundle);
  await draw(folder, 'summary', page('audit summary', unfolded(htmlOf(summary))));
  await draw(folder, 'pull-request', page('github-actions bot commented', htmlOf(comment)));
} finally {
  await rm(folder, { recursive: true, force: true });
}
