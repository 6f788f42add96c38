/** `npm run names`: fails when two files of `src/` export different things under one name, and says where. */
import { ambiguousNamesIn } from './ambiguous-names.ts';
import { programOfSources } from './program.ts';

/** Names that may have several meanings, each with the reason. */
const ALLOWED: ReadonlyMap<string, string> = new Map([]);

const found = ambiguousNamesIn(programOfSources()).filter(({ name }) => !ALLOWED.has(name));
for (const { name, places } of found) console.error(`${name}: ${places.join(', ')}`);
if (found.length > 0) {
  console.error(`${found.length} exported names have several meanings: rename all but one of each.`);
  process.exitCode = 1;
} else console.log('every exported name of src/ has one meaning');
