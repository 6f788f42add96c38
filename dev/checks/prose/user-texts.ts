import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messagesOf } from './messages.ts';

/** A text that users read, and where it begins. */
export interface UserText {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What is read as it is: pages, the action's metadata, templates with their descriptions, examples with their comments. */
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'action.yml', 'docs', 'templates', 'examples'];
const KINDS = /\.(?:md|ya?ml|tf|json)$/;

/** All that users read: the strings of `src/`, from which the JSON schemas are made, and whole pages. */
export function userTexts(): readonly UserText[] {
  return [...filesIn('src', /\.ts$/).flatMap(textsOfSource), ...PAGES.flatMap((path) => filesIn(path, KINDS)).map(textOfPage)];
}

function textsOfSource(path: string): UserText[] {
  return messagesOf(path, readFileSync(join(ROOT, path), 'utf8'));
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
