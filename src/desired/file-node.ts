import type { Location } from '../state/desired.ts';
import { quoted } from '../text/quoted.ts';
import type { FileError } from './file-error.ts';

/** The way from the root of the file to a value: keys of mappings and indexes of lists. */
export type Path = readonly (string | number)[];

/** A value in the file, with its place. The keys of a mapping are in a Map, where `__proto__` is a key like any other. */
export interface FileNode {
  /** Line and column start at 1. */
  readonly line: number;
  readonly column: number;
  /** The plain JSON value. */
  readonly value: unknown;
  /** A scalar as it is written, without quotes; `undefined` for mappings and lists, and for a value that is left out. */
  readonly source: string | undefined;
  readonly entries: ReadonlyMap<string, FileEntry> | undefined;
  readonly items: readonly FileNode[] | undefined;
  /** Number of scalars in this value; 1 for a scalar. What an alias repeats counts each time. */
  readonly size: number;
}

export interface FileEntry {
  readonly key: { readonly line: number; readonly column: number };
  readonly node: FileNode;
}

export interface DesiredFile {
  readonly path: string;
  readonly root: FileNode;
}

export function childOf(node: FileNode | undefined, step: string | number): FileNode | undefined {
  return typeof step === 'number' ? node?.items?.[step] : node?.entries?.get(step)?.node;
}

export function nodeAt(root: FileNode, path: Path): FileNode | undefined {
  let node: FileNode | undefined = root;
  for (const step of path) node = childOf(node, step);
  return node;
}

/** The text at the path; `undefined` if there is no value, or one that is not text. */
export function textAt(root: FileNode, path: Path): string | undefined {
  const value = nodeAt(root, path)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The text of a scalar. An account id without quotes is a number to YAML; it is taken as it is written. */
export function scalarText(node: FileNode): string | undefined {
  if (typeof node.value === 'string') return node.value;
  return typeof node.value === 'number' ? node.source : undefined;
}

/**
 * The location that stands for a path. With `key` it is the key; with `value` it is the value if that is a scalar, else the key.
 * A list item has no key, so its location is the item itself. For a path that is not in the file it is the nearest place around it.
 */
export function locationOf(file: DesiredFile, path: Path, at: 'key' | 'value'): Location {
  let node: FileNode = file.root;
  let place: { line: number; column: number } = node;
  for (const [index, step] of path.entries()) {
    const child = childOf(node, step);
    if (child === undefined) break;
    const key = typeof step === 'string' ? node.entries?.get(step)?.key : undefined;
    const last = index === path.length - 1;
    const scalar = last && at === 'value' && child.source !== undefined;
    place = scalar || key === undefined ? child : key;
    node = child;
  }
  return { file: file.path, line: place.line, column: place.column };
}

/** The path as text: `hub.user.inlinePolicies["a.b"]`, `targets[0].roleName`. */
export function dotted(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w{}=,@+-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** Describes the value for an error: `found the number 012345678901`. */
function described(node: FileNode | undefined): string {
  if (node === undefined) return 'missing';
  if (node.items !== undefined) return node.items.length === 0 ? 'found an empty list' : 'found a list';
  if (node.entries !== undefined) return node.entries.size === 0 ? 'found an empty mapping' : 'found a mapping';
  if (node.value === null) return 'found nothing (null)';
  if (typeof node.value === 'string') return `found ${quoted(node.value, 60)}`;
  return `found the ${typeof node.value} ${node.source ?? String(node.value)}`;
}

/** What is wrong at a path. */
export interface Complaint {
  readonly expected: string;
  /** Default: what was found at the path. */
  readonly message?: string;
  readonly suggestion?: string | undefined;
  /** Whether the error is about the key or about the value (the default). */
  readonly at?: 'key' | 'value';
}

/** Places a complaint in the file. */
export function complain(file: DesiredFile, path: Path, complaint: Complaint): FileError {
  return {
    ...locationOf(file, path, complaint.at ?? 'value'),
    path: dotted(path),
    message: complaint.message ?? described(nodeAt(file.root, path)),
    expected: complaint.expected,
    ...(complaint.suggestion === undefined ? {} : { suggestion: complaint.suggestion }),
  };
}
