import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messagesOf } from './messages.ts';
import type { UserText } from './user-text.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What is read as it is: pages, the action's metadata, templates with their descriptions, examples with their comments. */
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'action.yml', 'docs', 'templates', 'examples'];
const KINDS = /\.(?:md|ya?ml|tf|json)$/;

/** The strings of `src/`, from which the JSON schemas are made too. */
export function sourceTexts(): readonly UserText[] {
  return filesIn('src', /\.ts$/).flatMap((path) => messagesOf(path, readFileSync(join(ROOT, path), 'utf8')));
}

export function pageTexts(): readonly UserText[] {
  return PAGES.flatMap((path) => filesIn(path, KINDS)).map(textOfPage);
}

function textOfPage(path: string): UserText {
  return { path, line: 1, text: readFileSync(join(ROOT, path), 'utf8') };
}

/** The file itself, or those below the folder. */
function filesIn(path: string, kinds: RegExp): readonly string[] {
  if (kinds.test(path)) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => kinds.test(name))
    .map((name) => `${path}/${name.replaceAll('\\', '/')}`)
    .toSorted();
}
