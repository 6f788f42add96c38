/**
 * `npm run bench [-- SIZE…]`: how long it takes to read estates of 10, 100 and 1,000 targets at 40 ms a request, beside the floor
 * (the same calls over bare HTTP) and the AWS SDK used plainly. Needs nothing but this repository.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Job } from './job.ts';
import { type Contender, type Measured, measure, startServer, stopServer } from './measure.ts';
import { shipped } from './shipped.ts';
import { table } from './table.ts';

const LAG = 40;
const CONCURRENCY = 64;
const ROUNDS = 3;
const DIST = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
const SCRIPTS = ['server', 'usage', 'floor', 'bare-sdk', 'read-live'] as const;

/** Each script as one file of plain JavaScript, so that no compiler slows its start. */
async function bundle(folder: string): Promise<(name: (typeof SCRIPTS)[number]) => string> {
  await build({
    entryPoints: SCRIPTS.map((name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return (name) => join(folder, `${name}.mjs`);
}

async function contenders(script: Awaited<ReturnType<typeof bundle>>, folder: string, job: Job): Promise<Contender[]> {
  const env = { BENCH_JOB: JSON.stringify(job) };
  return [
    { name: 'floor: bare HTTP', args: [script('floor')], env },
    { name: 'bare SDK, a client a target', args: [script('bare-sdk')], env },
    { name: 'readLive alone', args: [script('read-live')], env },
    ...(existsSync(DIST) ? [await shipped(DIST, folder, job)] : []),
  ];
}

/** The median of several rounds by wall time. The contenders take turns, so that a busy moment of the machine hits all of them alike. */
async function measureAll(size: number, folder: string, script: Awaited<ReturnType<typeof bundle>>): Promise<Measured[]> {
  const server = await startServer(script('server'), size, LAG, CONCURRENCY);
  const all = await contenders(script, folder, server.job);
  const rounds: Measured[][] = all.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, contender] of all.entries()) rounds[index]?.push(await measure(server, script('usage'), contender));
  }
  await stopServer(server);
  return rounds.flatMap((runs) => runs.toSorted((a, b) => a.wallSeconds - b.wallSeconds)[Math.floor(ROUNDS / 2)] ?? []);
}

const asked = process.argv.slice(2);
const sizes = asked.length > 0 ? asked.map(Number) : [10, 100, 1_000];
if (!sizes.every((size) => Number.isInteger(size) && size > 0)) throw new Error(`Not numbers of targets: ${asked.join(' ')}`);
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  const script = await bundle(folder);
  const rows: { size: number; measured: Measured[] }[] = [];
  for (const size of sizes) rows.push({ size, measured: await measureAll(size, folder, script) });
  console.log(`${LAG} ms a request, ${CONCURRENCY} targets in flight, median of ${ROUNDS} rounds, Node ${process.version}\n`);
  console.log(table(rows));
} finally {
  await rm(folder, { recursive: true, force: true });
}
