/**
 * `npm run release`: plans the release of this commit and prints the plan as lines for `$GITHUB_OUTPUT`: whether the version is new, its tags, and the
 * files that are attested. `--notes FILE` also writes the release notes to FILE. `--dry-run` prints the plan for a person instead: tags, notes, and the
 * digest of each attested file. Tags, releases and attestations are made by the workflow, never here.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { forPerson, outputLines, planRelease } from './release/plan.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root));
const { values } = parseArgs({ options: { notes: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } } });

const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('package.json').toString()));
const tags = execFileSync('git', ['tag', '--list'], { cwd: fileURLToPath(root), encoding: 'utf8' })
  .split('\n')
  .filter(Boolean);
const subjects = readdirSync(new URL('dist/', root))
  .sort()
  .map((name) => ({
    path: `dist/${name}`,
    sha256: createHash('sha256')
      .update(read(`dist/${name}`))
      .digest('hex'),
  }));

const plan = planRelease({ version, tags, changelog: read('CHANGELOG.md').toString(), subjects });
if (values.notes !== undefined) writeFileSync(values.notes, plan.notes);
process.stdout.write(values['dry-run'] ? forPerson(plan) : outputLines(plan));
