import type { Desired } from '../state/desired.ts';
import { expand } from './expand.ts';
import type { FileError } from './file-error.ts';
import type { DesiredFile } from './file-node.ts';
import { readContent, type SalvagedContent } from './partial-parse.ts';
import { brokenRules, type RuleOptions } from './rules.ts';
import { schemaErrors } from './schema-errors.ts';
import { readSource } from './source-text.ts';
import { readStub } from './starter-file.ts';
import { readYaml } from './yaml.ts';

/** The desired state, or everything that is wrong with the file, in the order of its lines. */
export type DesiredOrErrors = { readonly desired: Desired } | { readonly errors: readonly FileError[] };

/** A file to start from: what it says so far, with as many targets as it has. `user` is `undefined` where it names none yet. */
export type FrameOrErrors = { readonly desired: Desired; readonly user: string | undefined } | { readonly errors: readonly FileError[] };

/**
 * Reads the desired-state file: YAML 1.2 or JSON, checked and expanded into the one `State`. Never throws.
 *
 * @param options.path How errors and locations name the file: its path from the workspace.
 */
export function parseDesired(input: string | Uint8Array, { path }: { readonly path: string }): DesiredOrErrors {
  const read = readRoot(input, path);
  return 'errors' in read ? read : checked(read, readContent(read.file.root.value), { stub: false });
}

/** Reads a file that may lack targets, and with them the hub's user and groups. With targets it has to be a whole desired state. Never throws. */
export function parseFrame(input: string | Uint8Array, { path }: { readonly path: string }): FrameOrErrors {
  const read = readRoot(input, path);
  if ('errors' in read) return read;
  const { value, entries } = read.file.root;
  const isStub = entries?.has('targets') === false;
  const parsed = checked(read, isStub ? readStub(value) : readContent(value), { stub: isStub });
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

function checked({ file, yamlErrors, sha256 }: ReadRoot, { content, issues }: SalvagedContent, options: RuleOptions): DesiredOrErrors {
  const broken = [...schemaErrors(file, issues), ...brokenRules(file, options)];
  const placed = [...yamlErrors, ...broken.filter((error) => !explains(yamlErrors, error))];
  const { desired, errors: expansionErrors } = expand(file, content, sha256);
  const errors = inOrder([...placed, ...expansionErrors.filter((error) => !explains(placed, error))]);
  return errors.length > 0 ? { errors } : { desired };
}

function emptyFile(path: string): FileError {
  return { file: path, line: 1, column: 1, path: '', message: 'the file is empty', expected: 'a mapping with version, hub and targets' };
}

/** What is wrong at one stage is often wrong at the next, too, and one mistake is told once. */
function explains(placed: readonly FileError[], error: FileError): boolean {
  return placed.some((other) => other.line === error.line && other.column === error.column);
}

/** More than anybody reads; a file with so many errors is not a desired state, and may be made to flood the log. */
const MAX_ERRORS = 1000;

function inOrder(errors: readonly FileError[]): readonly FileError[] {
  const once = new Map<string, FileError>();
  for (const error of errors) {
    // The path is left out: what an alias repeats is wrong at each path that leads there, and mended once.
    const key = JSON.stringify([error.line, error.column, error.message, error.expected]);
    if (!once.has(key)) once.set(key, error);
  }
  const sorted = [...once.values()].sort((one, other) => one.line - other.line || one.column - other.column);
  const next = sorted[MAX_ERRORS];
  if (next === undefined) return sorted;
  const more: FileError = {
    ...next,
    path: '',
    message: `${sorted.length - MAX_ERRORS} more errors from here on`,
    expected: 'a desired state',
  };
  return [...sorted.slice(0, MAX_ERRORS), more];
}
