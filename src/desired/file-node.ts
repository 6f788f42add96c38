import type { Location } from '../state/desired.ts';
import { quoted } from '../text/quoted.ts';
import type { FileError } from './file-error.ts';

/** Steps from the root of the file to a value in it. */
export type Path = readonly (string | number)[];

/**
 * A value of the file, with where it stands. Mappings keep their keys in a Map, so that a key such as `__proto__` is one like any other.
 */
export interface FileNode {
  /** Line and column from 1. */
  readonly line: number;
  readonly column: number;
  /** The plain JSON value. */
  readonly value: unknown;
  /** How a scalar is written, without its quotes. */
  readonly source: string | undefined;
  readonly entries: ReadonlyMap<string, FileEntry> | undefined;
  readonly items: readonly FileNode[] | undefined;
  /** Number of values in it, those that aliases repeat counted each time. */
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

/** The scalar string at the path, `undefined` where there is none. */
export function textAt(root: FileNode, path: Path): string | undefined {
  const value = nodeAt(root, path)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** Of unquoted digits the text as it is written, so that it can be compared even then. */
export function scalarText(node: FileNode): string | undefined {
  if (typeof node.value === 'string') return node.value;
  return typeof node.value === 'number' ? node.source : undefined;
}

/**
 * Where to point for a path: `value` at a scalar itself, at the key of anything else; `key` always at the key.
 * List items have no key, so it is the item. What is not in the file is pointed at by its nearest enclosing place.
 */
export function placeOf(file: DesiredFile, path: Path, at: 'key' | 'value'): Location {
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

/** `hub.user.inlinePolicies["a.b"]`, `targets[0].roleName`. */
export function dotted(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w{}=,@+-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** What stands there, for a message: `found the number 012345678901`. */
export function found(node: FileNode | undefined): string {
  if (node === undefined) return 'missing';
  if (node.items !== undefined) return node.items.length === 0 ? 'found an empty list' : 'found a list';
  if (node.entries !== undefined) return node.entries.size === 0 ? 'found an empty mapping' : 'found a mapping';
  if (node.value === null) return 'found nothing (null)';
  if (typeof node.value === 'string') return `found ${quoted(node.value, 60)}`;
  return `found the ${typeof node.value} ${node.source ?? String(node.value)}`;
}

export interface Complaint {
  readonly expected: string;
  /** Default: what stands at the path. */
  readonly message?: string;
  readonly suggestion?: string | undefined;
  readonly at?: 'key' | 'value';
}

/** An error at a path of the file. */
export function complain(file: DesiredFile, path: Path, complaint: Complaint): FileError {
  return {
    ...placeOf(file, path, complaint.at ?? 'value'),
    path: dotted(path),
    message: complaint.message ?? found(nodeAt(file.root, path)),
    expected: complaint.expected,
    ...(complaint.suggestion === undefined ? {} : { suggestion: complaint.suggestion }),
  };
}
