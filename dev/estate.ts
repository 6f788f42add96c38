/**
 * `npm run estate [-- ACCOUNTS]`: an estate of 300 accounts, or of as many as asked for, from its first capture through every kind of drift to a clean audit, by
 * the shipped `dist/index.js`: on the embedded AWS, and on moto if it is installed. Prints what each step took and found. Exits with 1 if that is not what it has to be.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startMoto } from './aws/moto.ts';
import { embeddedPlace, motoPlace, type Place } from './estate/place.ts';
import { estateStory } from './estate/story.ts';
import { heading, mistakes, row } from './estate/table.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { on: { type: 'string' } } });
const accounts = Number(positionals[0] ?? 300);
if (!Number.isInteger(accounts) || accounts < 12) throw new Error('The number of accounts has to be 12 or more');

async function tell(place: Place): Promise<void> {
  await using there = place;
  const workspace = await mkdtemp(join(tmpdir(), 'estate-'));
  console.log(heading(there.name, accounts));
  try {
    for await (const step of estateStory(there, workspace)) {
      console.log(row(step));
      const wrong = mistakes(step);
      if (wrong.length === 0) continue;
      console.log(wrong.join('\n'));
      process.exitCode = 1;
    }
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

if (values.on !== 'moto') await tell(await embeddedPlace(accounts));
if (values.on !== 'embedded') {
  await using moto = await startMoto();
  if (moto === undefined) console.log('moto is not installed here.');
  else await tell(await motoPlace(moto, accounts));
}
