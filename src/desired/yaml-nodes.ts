import { type Alias, isAlias, isMap, isScalar, type LineCounter, type ParsedNode } from 'yaml';
import type { FileError } from './file-error.ts';
import { dotted, type FileEntry, type FileNode, type Path } from './file-node.ts';

/** Scalars in the file; what an alias repeats counts each time. 1,000 targets written out in full have about 40,000. */
const MAX_VALUES = 200_000;

/** The tree of values, and the errors in it. If there is a `root` despite errors, it can be checked for more errors. */
export interface YamlReading {
  readonly root: FileNode | undefined;
  readonly errors: readonly FileError[];
}

/** Builds the tree of values with their places. */
export function readNodes(contents: ParsedNode, file: string, lines: LineCounter): YamlReading {
  const reader = new NodeReader(file, lines);
  const root = reader.read(contents, []);
  if (root.size <= MAX_VALUES) return { root, errors: reader.errors };
  const message = `the file expands to more than ${MAX_VALUES.toLocaleString('en')} values`;
  reader.refuse(contents.range[0], [], message, 'a desired state, with aliases (*name) used sparingly');
  return { root: undefined, errors: reader.errors };
}

/**
 * An alias shares the node of its anchor, and what it repeats is only counted. So a few lines of aliases that stand for billions of values cost no more than
 * any few lines.
 */
class NodeReader {
  readonly errors: FileError[] = [];
  readonly #file: string;
  readonly #lines: LineCounter;
  /** The value of an anchor is `undefined` while it is being read. */
  readonly #anchors = new Map<string, FileNode | undefined>();

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  read(node: ParsedNode, path: Path): FileNode {
    if (isAlias(node)) return this.#alias(node.source, node.range[0], path);
    if (node.anchor === undefined) return this.#content(node, path);
    this.#anchors.set(node.anchor, undefined);
    const content = this.#content(node, path);
    this.#anchors.set(node.anchor, content);
    return content;
  }

  refuse(offset: number, path: Path, message: string, expected: string): void {
    this.errors.push({ file: this.#file, ...this.#place(offset), path: dotted(path), message, expected });
  }

  #content(node: Exclude<ParsedNode, Alias>, path: Path): FileNode {
    const offset = node.range[0];
    if (isMap(node)) return this.#mapping(node.items, offset, path);
    if (isScalar(node)) return this.#scalar(offset, node.value, node.value === null && node.source === '' ? undefined : node.source);
    const items = node.items.map((item, index) => this.read(item, [...path, index]));
    return { ...this.#scalar(offset, items.map(jsonOf), undefined), items, size: total(items) };
  }

  #scalar(offset: number, value: unknown, source: string | undefined): FileNode {
    return { ...this.#place(offset), value, source, entries: undefined, items: undefined, size: 1 };
  }

  #mapping(pairs: readonly ParsedPair[], offset: number, path: Path): FileNode {
    const entries = new Map<string, FileEntry>();
    for (const { key: keyNode, value } of pairs) {
      const keyOffset = keyNode.range[0];
      const key = isScalar(keyNode) ? String(keyNode.value) : '';
      const inner = [...path, key];
      const node = value === null ? this.#scalar(keyOffset, null, undefined) : this.read(value, inner);
      const first = entries.get(key);
      if (first === undefined) entries.set(key, { key: this.#place(keyOffset), node });
      else this.refuse(keyOffset, inner, `duplicate key, first in line ${first.key.line}`, 'each key once');
    }
    const nodes = [...entries.values()].map((entry) => entry.node);
    // fromEntries defines every key as an own property, even `__proto__`.
    const value = Object.fromEntries([...entries].map(([key, entry]) => [key, entry.node.value]));
    return { ...this.#scalar(offset, value, undefined), entries, size: total(nodes) };
  }

  #alias(name: string, offset: number, path: Path): FileNode {
    const anchored = this.#anchors.get(name);
    if (anchored !== undefined) return { ...anchored, ...this.#place(offset) };
    const inside = this.#anchors.has(name);
    const message = inside ? `the alias *${name} refers to something that contains it` : `no anchor &${name} above`;
    this.refuse(offset, path, message, 'an alias for an earlier value');
    return this.#scalar(offset, null, `*${name}`);
  }

  #place(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

/** Keys are scalars here: others are syntax errors. */
interface ParsedPair {
  readonly key: ParsedNode;
  readonly value: ParsedNode | null;
}

function jsonOf(node: FileNode): unknown {
  return node.value;
}

function total(nodes: readonly FileNode[]): number {
  return nodes.reduce((size, node) => size + node.size, 1);
}
