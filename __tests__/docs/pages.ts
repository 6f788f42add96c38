import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../docs/', import.meta.url);

/** The pages that people read, by their paths from the root of the repository. */
export const PAGES: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((name) => `docs/${name}`),
];

export function pathOf(page: string): string {
  return fileURLToPath(new URL(`../../${page}`, import.meta.url));
}

export function textOf(page: string): string {
  return readFileSync(pathOf(page), 'utf8');
}

/** A fenced block and what the comment before it says that it is: `workflow`, `policy: hub-auditor-trust`. */
export interface Snippet {
  readonly page: string;
  readonly line: number;
  /** `undefined` for a block that does not say what it is. */
  readonly kind: string | undefined;
  readonly language: string;
  readonly text: string;
}

const BLOCK = /(?:^<!-- (?:snippet: )?([\w: -]+) -->\n)?^```(\w*)\n([\s\S]*?)^```$/gm;

export function snippets(): Snippet[] {
  return PAGES.flatMap((page) => {
    const text = textOf(page);
    return [...text.matchAll(BLOCK)].map(
      (match): Snippet => ({
        page,
        line: text.slice(0, match.index).split('\n').length,
        kind: match[1],
        language: match[2] ?? '',
        text: match[3] ?? '',
      }),
    );
  });
}

/** Name and snippet, as `test.each` takes them. */
export function snippetsOf(kind: string): [name: string, snippet: Snippet][] {
  return snippets()
    .filter((snippet) => snippet.kind === kind)
    .map((snippet) => [`${snippet.page}:${snippet.line}`, snippet]);
}

/** The JSON of a policy on a page. @throws {Error} where there is none of that name */
export function policy(name: string): string {
  const found = snippets().find(({ kind }) => kind === `policy: ${name}`);
  if (found === undefined) throw new Error(`No page has a policy ${name}.`);
  return found.text;
}
