/**
 * `npm run docs`: writes the generated parts of the documentation: inputs and outputs from action.yml, the rules from their texts, the keys of the
 * desired-state file from its schema, the permissions from the list of calls. With --check it writes nothing, names the stale pages and exits with 1.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generatedContents } from './docs/contents.ts';
import { fillRegions, hasRegions } from './docs/regions.ts';

const root = new URL('../', import.meta.url);
const contents = generatedContents(readFileSync(new URL('action.yml', root), 'utf8'));
const docs = readdirSync(new URL('docs', root)).filter((name) => name.endsWith('.md'));

const check = process.argv.includes('--check');
for (const path of ['README.md', ...docs.map((name) => `docs/${name}`)]) {
  const url = new URL(path, root);
  const page = readFileSync(url, 'utf8');
  if (!hasRegions(page)) continue;
  const fresh = fillRegions(page, contents);
  if (fresh === page) continue;
  if (check) {
    console.error(`${path} is stale: run npm run docs`);
    process.exitCode = 1;
  } else {
    writeFileSync(url, fresh);
    console.log(`${path} written`);
  }
}
