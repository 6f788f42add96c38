import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { desiredStateJsonSchema, reportJsonSchema } from './json-schemas.ts';

/*
 * `npm run schema`: writes the published schemas, which are made from those in the code. With --check it writes nothing, names the stale ones and exits with 1.
 */

const root = new URL('../', import.meta.url);
const published = [
  { path: 'schema/desired-state.v1.json', schema: desiredStateJsonSchema() },
  { path: 'schema/report.v1.json', schema: reportJsonSchema() },
];

const check = process.argv.includes('--check');
for (const { path, schema } of published) {
  const url = new URL(path, root);
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (textOf(url) === text) continue;
  if (check) {
    console.error(`${path} is stale: run npm run schema`);
    process.exitCode = 1;
  } else {
    mkdirSync(fileURLToPath(new URL('./', url)), { recursive: true });
    writeFileSync(url, text);
    console.log(`${path} written`);
  }
}

function textOf(url: URL): string | undefined {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return undefined;
  }
}
