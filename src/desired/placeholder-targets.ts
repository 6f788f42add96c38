import { grouped } from '../text/grouped.ts';
import { type DesiredFile, dotted, nodeAt, type Path, textAt } from './file-node.ts';
import { hubValues, keySource, targetAccount, targetPaths, targetRoleName } from './file-paths.ts';
import { expandText } from './placeholders.ts';

interface StatedTarget {
  readonly path: Path;
  /** As an error names it. */
  readonly label: string;
  readonly account: string | undefined;
}

/** The targets that a text with placeholders is used for, in a file that may be invalid. Made once for a file, which may have many of both. */
export class PlaceholderTargets {
  readonly #file: DesiredFile;
  readonly #byAccount: ReadonlyMap<string, readonly StatedTarget[]>;
  readonly #nameless: readonly StatedTarget[];

  constructor(file: DesiredFile) {
    const targets = targetPaths(file).map((path): StatedTarget => {
      const { account } = targetAccount(file, path);
      return { path, account, label: account ?? dotted(path) };
    });
    this.#file = file;
    this.#byAccount = grouped(targets, ({ account }) => account ?? '');
    this.#nameless = targets.filter(({ path }) => nodeAt(file.root, [...path, 'name']) === undefined);
  }

  /** Those that a value of an exception is about: those in its account, or the one of them whose role it names. */
  ofException(path: Path): readonly StatedTarget[] {
    const account = this.exceptionAccount(path);
    const inAccount = this.#byAccount.get(account ?? '') ?? [];
    const roleName = textAt(this.#file.root, [...path.slice(0, 2), 'roleName']);
    if (roleName === undefined || path[2] === 'roleName' || account === undefined || inAccount.length < 2) return inAccount;
    const name = expandText(roleName, new Map(hubValues(this.#file)).set('account', account)).toLowerCase();
    return inAccount.filter((target) => targetRoleName(this.#file, target.path)?.toLowerCase() === name);
  }

  exceptionAccount(path: Path): string | undefined {
    const account = textAt(this.#file.root, [...path.slice(0, 2), 'account']);
    return account === undefined ? undefined : expandText(account, hubValues(this.#file));
  }

  /** Labels of the targets that have no name, though a text with `{targetName}` is used for them. */
  nameless(path: Path): readonly string[] {
    return this.#nameless.filter((target) => this.#isUsedFor(path, target)).map(({ label }) => label);
  }

  #isUsedFor(path: Path, target: StatedTarget): boolean {
    switch (path[0]) {
      case 'targets':
        return target.path[1] === path[1];
      case 'exceptions':
        return this.ofException(path).includes(target);
      case 'defaults':
        return this.#isFrom(path.slice(0, 2), target);
      case 'classes':
        return this.#isFrom(path.slice(0, 3), target);
      default:
        return true;
    }
  }

  /** Whether a target's role has the key at the end of the path from there. */
  #isFrom(path: Path, target: StatedTarget): boolean {
    const stated = keySource(this.#file, target.path, String(path.at(-1)));
    return stated !== undefined && dotted(stated) === dotted(path);
  }
}
