import { nearest } from '../text/nearest.ts';
import { duplicates } from './duplicates.ts';
import type { FileError } from './file-error.ts';
import { complain, type DesiredFile, type Path, textAt } from './file-node.ts';
import { classPaths, targetPaths } from './file-paths.ts';
import { CLASS_NAME, fits } from './syntax.ts';

/** Would read as if the defaults were a class. */
const RESERVED = 'defaults';
const LISTED = 8;

/** Classes have names that people can tell apart, and a target's class is one of them. */
export function classRules(file: DesiredFile): readonly FileError[] {
  return [...classNames(file), ...unknownClasses(file)];
}

function classNames(file: DesiredFile): FileError[] {
  const classes = classPaths(file).map((path) => ({ path, name: String(path.at(-1)) }));
  const misnamed = classes.flatMap(({ path, name }) => {
    const message = `found the key ${JSON.stringify(name)}`;
    if (!fits(name, CLASS_NAME)) return [complain(file, path, { message, expected: CLASS_NAME.expected, at: 'key' })];
    if (name.toLowerCase() !== RESERVED) return [];
    const expected = 'another name; keys for every target belong under defaults itself';
    return [complain(file, path, { message, expected, at: 'key' })];
  });
  const alike = duplicates(
    file,
    classes.map(({ path, name }) => ({ path, name: name.toLowerCase() })),
    (line) => ({
      message: `duplicate class: the same name, but for case, is already in line ${line}`,
      expected: 'names that differ in more than case',
      at: 'key',
    }),
  );
  return [...misnamed, ...alike];
}

function unknownClasses(file: DesiredFile): FileError[] {
  const stated = classPaths(file).map((path) => String(path.at(-1)));
  const known = new Set(stated);
  const names = stated.filter((name) => fits(name, CLASS_NAME));
  return targetPaths(file).flatMap((target) => {
    const path: Path = [...target, 'class'];
    const name = textAt(file.root, path);
    if (name === undefined || known.has(name)) return [];
    const message = `unknown class ${JSON.stringify(name.slice(0, CLASS_NAME.max))}`;
    return [complain(file, path, { message, expected: expectation(names), suggestion: nearest(name, names) })];
  });
}

function expectation(names: readonly string[]): string {
  if (names.length === 0) return 'the name of a class; the file has no classes';
  const more = names.length - LISTED;
  return `one of ${names.slice(0, LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
