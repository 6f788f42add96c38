import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Theme = 'light' | 'dark';

/** How a page is drawn. Lengths are CSS pixels. */
export interface Shot {
  readonly theme: Theme;
  readonly width: number;
  /** More of the page than this is cut off; default: the whole page. */
  readonly most?: number;
  /** Pixels of the picture for each of CSS. */
  readonly scale: number;
}

/** A browser without a window, without the network and without the profile of whoever runs it. */
export interface Browser extends AsyncDisposable {
  /** Draws the page into a PNG file. */
  draw(html: string, picture: string, shot: Shot): Promise<void>;
  /** Prints the page on A4, and draws its first pages into PNG files `PREFIX-1.png` and so on. Returns how many pages there are. */
  print(html: string, prefix: string, most: number): Promise<number>;
}

const QUIET = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];

export async function openBrowser(): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  const chromium = async (html: string, args: readonly string[]): Promise<string> => {
    const file = join(folder, 'page.html');
    await writeFile(file, html);
    const all = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${join(folder, 'profile')}`];
    return (await run('chromium', [...all, ...QUIET, ...args, pathToFileURL(file).href], { maxBuffer: 2 ** 26 })).stdout;
  };
  return {
    async draw(html, picture, { theme, width, most, scale }) {
      const height = Math.min(await heightOf(chromium, html, width), most ?? Number.POSITIVE_INFINITY);
      const size = [`--window-size=${width},${height}`, `--force-device-scale-factor=${scale}`];
      await chromium(html, [...size, `--blink-settings=preferredColorScheme=${theme === 'dark' ? 0 : 1}`, `--screenshot=${picture}`]);
      await shrink(picture);
    },
    async print(html, prefix, most) {
      const pdf = join(folder, 'page.pdf');
      await chromium(html, ['--no-pdf-header-footer', `--print-to-pdf=${pdf}`]);
      await run('pdftoppm', ['-r', '90', '-png', '-l', String(most), pdf, join(folder, 'sheet')]);
      const sheets = (await readdir(folder)).filter((name) => /^sheet-\d+\.png$/.test(name)).sort();
      for (const [index, sheet] of sheets.entries()) {
        await run('cp', [join(folder, sheet), `${prefix}-${index + 1}.png`]);
        await rm(join(folder, sheet));
        await shrink(`${prefix}-${index + 1}.png`);
      }
      const { stdout } = await run('pdfinfo', [pdf]);
      return Number(/^Pages:\s+(\d+)$/m.exec(stdout)?.[1] ?? 0);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Of the whole page. A page that may run nothing can't say how high it is, so a copy without that rule is measured. */
async function heightOf(
  chromium: (html: string, args: readonly string[]) => Promise<string>,
  html: string,
  width: number,
): Promise<number> {
  const measuring = '<script>document.title = String(Math.ceil(document.documentElement.getBoundingClientRect().height));</script>';
  const open = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  const dom = await chromium(`${open}${measuring}`, [`--window-size=${width},800`, '--dump-dom']);
  return Number(/<title>(\d+)<\/title>/.exec(dom)?.[1] ?? 2000);
}

async function shrink(picture: string): Promise<void> {
  await run('pngquant', ['--force', '--strip', '--speed', '1', '--nofs', '--output', picture, '64', picture]);
}
