import type { FileError } from './file-error.ts';
import { complain, type DesiredFile, locationOf, type Path, textAt } from './file-node.ts';
import { itemPaths, targetAccount, targetPaths } from './file-paths.ts';

interface StatedId {
  readonly path: Path;
  readonly id: string;
}

/** Each id once, and nothing that is both in and out: an excluded target, or a unit on both lists. */
export function organizationRules(file: DesiredFile): readonly FileError[] {
  const include = statedIds(file, ['organization', 'include']);
  const exclude = statedIds(file, ['organization', 'exclude']);
  const targets = targetPaths(file).flatMap((target) => {
    const { path, account } = targetAccount(file, target);
    return account === undefined ? [] : [{ path, id: account }];
  });
  const lineOf = ({ path }: StatedId) => locationOf(file, path, 'value').line;
  const clash = (others: readonly StatedId[], what: string, expected: string) =>
    exclude.flatMap(({ path, id }) => {
      const other = others.find((one) => one.id === id);
      return other === undefined ? [] : [complain(file, path, { message: `${id} is ${what} in line ${lineOf(other)}`, expected })];
    });
  const repeated = [include, exclude].flatMap((list) =>
    list.flatMap(({ path, id }, index) => {
      const first = list.slice(0, index).find((one) => one.id === id);
      return first === undefined ? [] : [complain(file, path, { message: `duplicate of line ${lineOf(first)}`, expected: 'each id once' })];
    }),
  );
  return [
    ...repeated,
    ...clash(include, 'included', 'a unit that is not under include'),
    ...clash(targets, 'a target', 'an account that is not a target'),
  ];
}

function statedIds(file: DesiredFile, list: Path): readonly StatedId[] {
  return itemPaths(file, list).flatMap((path) => {
    const id = textAt(file.root, path);
    return id === undefined ? [] : [{ path, id }];
  });
}
