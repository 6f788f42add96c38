import type { FileError } from './file-error.ts';
import { type Complaint, complain, type DesiredFile, locationOf, type Path } from './file-node.ts';

interface Named {
  readonly path: Path;
  /** Equal for those that are duplicates. `undefined` or empty: not compared. */
  readonly name: string | undefined;
}

/** An error for each item that has the name of an earlier one. `complaint` gets the line of that one. */
export function duplicates<Item extends Named>(
  file: DesiredFile,
  items: readonly Item[],
  complaint: (line: number, item: Item) => Complaint,
): FileError[] {
  const first = new Map<string, number>();
  return items.flatMap((item) => {
    const { path, name } = item;
    if (name === undefined || name === '') return [];
    const line = first.get(name);
    if (line !== undefined) return [complain(file, path, complaint(line, item))];
    first.set(name, locationOf(file, path, 'key').line);
    return [];
  });
}
