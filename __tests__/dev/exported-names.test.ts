import { expect, test } from '@jest/globals';
import { ambiguousNamesIn } from '../../dev/checks/ambiguous-names.ts';
import { programOf } from '../../dev/checks/program.ts';

/** The names that are found in these files, with their places. */
function namesIn(files: Readonly<Record<string, string>>): readonly string[] {
  return ambiguousNamesIn(programOf(new Map(Object.entries(files)))).map(({ name, places }) => `${name}: ${places.join(' ')}`);
}

test('names with several meanings, values and types alike', () => {
  expect(
    namesIn({
      'src/one.ts':
        'export const limit = 1;\nexport interface Place { readonly path: string }\nexport function read() {}\nexport class Job {}\n',
      'src/two.ts': '\nexport function limit() {}\nexport type Place = string;\nconst inner = 1;\nexport { inner as read };\n',
      'src/deep/three.ts': 'type Task = string;\nexport type { Task as Job };\nexport const Place = 1;\n',
      'src/index.ts': "export { limit as most } from './one.ts';\n",
      'src/most.ts': 'export const most = 2;\n',
    }),
  ).toEqual([
    'Job: src/one.ts:4 src/deep/three.ts:1',
    'Place: src/one.ts:2 src/two.ts:3 src/deep/three.ts:3',
    'limit: src/one.ts:1 src/two.ts:2',
    'most: src/one.ts:1 src/most.ts:1',
    'read: src/one.ts:3 src/two.ts:4',
  ]);
});

test('names with one meaning, however often they are exported', () => {
  expect(
    namesIn({
      'src/one.ts': 'export interface Verdict { readonly text: string }\nexport const Verdict = 1;\nexport default 1;\n',
      'src/index.ts': "export { Verdict } from './one.ts';\nexport * from './one.ts';\nexport * as one from './one.ts';\n",
      'src/again.ts': "import { Verdict } from './one.ts';\nexport { Verdict, Verdict as Answer };\nexport default 2;\n",
      'src/private.ts': 'interface Verdict { readonly code: number }\nexport const codeOf = ({ code }: Verdict) => code;\n',
      'dev/elsewhere.ts': 'export const Verdict = 2;\n',
    }),
  ).toEqual([]);
});
