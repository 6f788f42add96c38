/** `npm run state`: fails when a module of `src/` has state of its own, and says where. */
import { moduleStateIn } from './module-variables.ts';
import { programOfSources } from './program.ts';

const found = moduleStateIn(programOfSources());
for (const { place, reason } of found) console.error(`${place}: ${reason}`);
if (found.length > 0) {
  console.error(
    'Everything in the process shares the state of a module. Give it to the run that needs it, or declare the constant readonly.',
  );
  process.exitCode = 1;
} else console.log('no module of src/ has state');
