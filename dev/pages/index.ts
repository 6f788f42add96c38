/**
 * `npx tsx dev/pages [--bundle FILE] [--out FOLDER]`: runs the action on each scene, writes its job summary, issue, comment on news and comment on a pull
 * request, and prints how long they are.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openerOf } from '../runner/scene.ts';
import { type Pages, pagesOf } from './pages-of.ts';
import { PAGE_SCENES } from './scenes.ts';

const KINDS: readonly Exclude<keyof Pages, 'step'>[] = ['summary', 'issue', 'news', 'pull'];

function row(scene: string, kind: string, text: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '').length;
  const shown = text.replace(/<!--[\s\S]*?-->\n*/g, '').split('\n<details>')[0] ?? '';
  const numbers = [text.length, text.split('\n').length, words, shown.trim().split('\n').length];
  return `| ${[scene, kind, ...numbers.map((number) => number.toLocaleString('en-US'))].join(' | ')} |`;
}

const { values } = parseArgs({ options: { bundle: { type: 'string' }, out: { type: 'string' } } });
console.log('| findings | page | characters | lines | words | lines before the first fold |\n| --- | --- | ---: | ---: | ---: | ---: |');
for (const scene of PAGE_SCENES) {
  const pages = await pagesOf(scene, openerOf(values.bundle));
  for (const kind of KINDS) {
    console.log(row(scene.name, kind, pages[kind]));
    if (values.out === undefined) continue;
    await mkdir(values.out, { recursive: true });
    await writeFile(join(values.out, `${scene.name}-${kind}.md`), pages[kind]);
  }
}
