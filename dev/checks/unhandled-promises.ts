/** Part of `npm run lint`: fails when a promise of `src/` may fail before anybody waits for it, and says where. */
import { pendingPromisesIn } from './pending-promises.ts';
import { programOfSources } from './program.ts';

const found = pendingPromisesIn(programOfSources());
for (const { place, name } of found) console.error(`${place}: ${name} holds a promise that may fail before anybody waits for it`);
if (found.length > 0) {
  console.error('Wait for it in the next statement, or start the work with startEarly of src/run/start-early.ts.');
  process.exitCode = 1;
}
