import type { Desired } from '../state/desired.ts';
import { expand } from './expand.ts';
import type { FileError } from './file-error.ts';
import type { DesiredFile } from './file-node.ts';
import { type PartialParse, parseParts } from './partial-parse.ts';
import { brokenRules, type RuleOptions } from './rules.ts';
import { schemaErrors } from './schema-errors.ts';
import { readSource } from './source-text.ts';
import { parseStarterParts } from './starter-file.ts';
import { readYaml } from './yaml.ts';

/** The desired state, or all errors in the file in the order of its lines. */
export type DesiredOrErrors = { readonly desired: Desired } | { readonly errors: readonly FileError[] };

/** What a starter file says so far. `user` is `undefined` if it does not name the hub user yet. */
export type StarterOrErrors = { readonly desired: Desired; readonly user: string | undefined } | { readonly errors: readonly FileError[] };

/**
 * Parses the desired-state file (YAML 1.2 or JSON), checks it, and expands defaults and placeholders. Never throws.
 *
 * @param options.path names the file in errors and locations: its path in the workspace
 */
export function parseDesired(input: string | Uint8Array, { path }: { readonly path: string }): DesiredOrErrors {
  const read = readRoot(input, path);
  return 'errors' in read ? read : checked(read, parseParts(read.file.root.value), { isStarter: false });
}

/**
 * Parses a file for mode `capture` to start from. Without `targets` it is a starter file, which may lack the hub's user and groups as well; with `targets`
 * it has to be a whole desired state. Never throws.
 */
export function parseStarterFile(input: string | Uint8Array, { path }: { readonly path: string }): StarterOrErrors {
  const read = readRoot(input, path);
  if ('errors' in read) return read;
  const { value, entries } = read.file.root;
  const isStarter = entries?.has('targets') === false;
  const parsed = checked(read, isStarter ? parseStarterParts(value) : parseParts(value), { isStarter });
  if ('errors' in parsed) return parsed;
  const namesUser = entries?.get('hub')?.node.entries?.has('user') === true;
  return { desired: parsed.desired, user: namesUser ? parsed.desired.state.hub.user.name : undefined };
}

interface ReadRoot {
  readonly file: DesiredFile;
  readonly yamlErrors: readonly FileError[];
  readonly sha256: string;
}

function readRoot(input: string | Uint8Array, path: string): ReadRoot | { readonly errors: readonly FileError[] } {
  const read = readSource(input, path);
  if ('error' in read) return { errors: [read.error] };
  const { root, errors: yamlErrors } = readYaml(read.source);
  if (root === undefined) return { errors: yamlErrors.length > 0 ? inOrder(yamlErrors) : [emptyFile(path)] };
  return { file: { path, root }, yamlErrors, sha256: read.source.sha256 };
}

function checked({ file, yamlErrors, sha256 }: ReadRoot, { parts, issues }: PartialParse, options: RuleOptions): DesiredOrErrors {
  const broken = [...schemaErrors(file, issues), ...brokenRules(file, options)];
  const placed = [...yamlErrors, ...broken.filter((error) => !hasErrorAt(yamlErrors, error))];
  const { desired, errors: expansionErrors } = expand(file, parts, sha256);
  const errors = inOrder([...placed, ...expansionErrors.filter((error) => !hasErrorAt(placed, error))]);
  return errors.length > 0 ? { errors } : { desired };
}

function emptyFile(path: string): FileError {
  return { file: path, line: 1, column: 1, path: '', message: 'the file is empty', expected: 'a mapping with version, hub and targets' };
}

/** A mistake that one check reports often fails the later ones, too; only the first error at a place is reported. */
function hasErrorAt(placed: readonly FileError[], error: FileError): boolean {
  return placed.some((other) => other.line === error.line && other.column === error.column);
}

/** Nobody reads more. A file with that many errors is not a desired state, and may have been written to flood the log. */
const MAX_ERRORS = 1000;

function inOrder(errors: readonly FileError[]): readonly FileError[] {
  const once = new Map<string, FileError>();
  for (const error of errors) {
    // The path is left out: a mistake in an aliased value is an error at each path that leads there, but is corrected once.
    const key = JSON.stringify([error.line, error.column, error.message, error.expected]);
    if (!once.has(key)) once.set(key, error);
  }
  const sorted = [...once.values()].sort((one, other) => one.line - other.line || one.column - other.column);
  const next = sorted[MAX_ERRORS];
  if (next === undefined) return sorted;
  const more: FileError = {
    ...next,
    path: '',
    message: `${sorted.length - MAX_ERRORS} more errors after this`,
    expected: 'a desired state',
  };
  return [...sorted.slice(0, MAX_ERRORS), more];
}
