import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ncc from '@vercel/ncc';
import { transform } from 'esbuild';

/** Builds `dist/` (or the folder given as the first argument) from `src/index.ts`: one ES module and the licences of what is in it. */

const root = fileURLToPath(new URL('..', import.meta.url));
const out = process.argv[2] ?? join(root, 'dist');

// `module` before `main`: the AWS SDK's ES modules can be tree-shaken down to the commands that are imported.
// Minified, the step starts 0.1 s sooner. Nobody has to trust what is in dist/: CI builds it again and compares.
const { code, assets } = await ncc(join(root, 'src/index.ts'), {
  cache: false,
  license: 'licenses.txt',
  mainFields: ['module', 'main'],
  minify: false,
  quiet: true,
  target: 'es2022',
});

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const [name, { source }] of Object.entries({ 'index.js': { source: code }, ...assets })) {
  await mkdir(dirname(join(out, name)), { recursive: true });
  // Plain ASCII, which V8 reads faster. Comments with licences are in licenses.txt.
  const { code: small } = name.endsWith('.js')
    ? await transform(source.toString(), { minify: true, charset: 'ascii', target: 'es2022', legalComments: 'none' })
    : { code: source };
  await writeFile(join(out, name), small);
}
