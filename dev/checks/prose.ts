/** Part of `npm run lint`: fails when a text that users read has a phrase that is not plain English, and says where and what to write. */
import { findPhrases } from './prose/find-phrases.ts';
import { pageTexts, sourceTexts } from './prose/user-texts.ts';

const found = [...sourceTexts(), ...pageTexts()].flatMap(({ path, line, text }) =>
  findPhrases(text, line).map((one) => ({ ...one, path })),
);
for (const { path, line, text, phrase } of found) console.error(`${path}:${line}: "${text}": write "${phrase.instead}"`);
if (found.length > 0) {
  console.error(`${found.length} phrases to avoid: dev/checks/prose/phrases.ts has an example for each, and what to write.`);
  process.exitCode = 1;
}
