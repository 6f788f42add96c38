import { isAlias, isMap, isScalar, type LineCounter, type ParsedNode } from 'yaml';
import type { FileError } from './file-error.ts';
import { dotted, type FileEntry, type FileNode, type Path } from './file-node.ts';

/** All values of the file, those that aliases repeat counted each time. 1,000 targets in full have about 40,000. */
const MAX_VALUES = 200_000;

/** What YAML makes of the text: the tree of values, and errors. A `root` beside errors can still be checked for more. */
export interface YamlReading {
  readonly root: FileNode | undefined;
  readonly errors: readonly FileError[];
}

/**
 * The tree of values with their places. Aliases share the node they stand for, and what they repeat is counted,
 * so that a few lines that stand for billions of values cost no more than a few lines.
 */
export function readNodes(contents: ParsedNode, file: string, lines: LineCounter): YamlReading {
  const errors: FileError[] = [];
  /** `undefined` while the anchored value is being read. */
  const anchors = new Map<string, FileNode | undefined>();

  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fail = (offset: number, path: Path, message: string, expected: string) => {
    errors.push({ file, ...place(offset), path: dotted(path), message, expected });
  };
  const leaf = (offset: number, value: unknown, source: string | undefined): FileNode => {
    return { ...place(offset), value, source, entries: undefined, items: undefined, size: 1 };
  };

  const readAlias = (name: string, offset: number, path: Path): FileNode => {
    const anchored = anchors.get(name);
    if (anchored !== undefined) return { ...anchored, ...place(offset) };
    const message = anchors.has(name) ? `the alias *${name} stands for something that it is part of` : `nothing above is called &${name}`;
    fail(offset, path, message, 'an alias for an earlier value');
    return leaf(offset, null, `*${name}`);
  };

  const readMapping = (pairs: readonly ParsedPair[], offset: number, path: Path): FileNode => {
    const entries = new Map<string, FileEntry>();
    for (const { key: keyNode, value } of pairs) {
      const keyOffset = keyNode.range[0];
      const keyScalar = isAlias(keyNode) ? readAlias(keyNode.source, keyOffset, path).value : isScalar(keyNode) ? keyNode.value : '';
      const key = String(keyScalar);
      const first = entries.get(key);
      if (first !== undefined)
        fail(keyOffset, [...path, key], `the key is here a second time, first in line ${first.key.line}`, 'each key once');
      const node = value === null ? leaf(keyOffset, null, undefined) : read(value, [...path, key]);
      if (first === undefined) entries.set(key, { key: place(keyOffset), node });
    }
    // fromEntries defines each key as the mapping's own, `__proto__` too.
    const value = Object.fromEntries([...entries].map(([key, entry]) => [key, entry.node.value]));
    return {
      ...place(offset),
      value,
      source: undefined,
      entries,
      items: undefined,
      size: total([...entries.values()].map((entry) => entry.node)),
    };
  };

  const read = (node: ParsedNode, path: Path): FileNode => {
    if (isAlias(node)) return readAlias(node.source, node.range[0], path);
    const { anchor } = node;
    if (anchor !== undefined) anchors.set(anchor, undefined);
    const result = readContent(node, path);
    if (anchor !== undefined) anchors.set(anchor, result);
    return result;
  };

  const readContent = (node: Exclude<ParsedNode, { source: string; resolve: unknown }>, path: Path): FileNode => {
    const offset = node.range[0];
    if (isMap(node)) return readMapping(node.items, offset, path);
    if (isScalar(node)) return leaf(offset, node.value, node.value === null && node.source === '' ? undefined : node.source);
    const items = node.items.map((item, index) => read(item, [...path, index]));
    return { ...place(offset), value: items.map((item) => item.value), source: undefined, entries: undefined, items, size: total(items) };
  };

  const root = read(contents, []);
  if (root.size <= MAX_VALUES) return { root, errors };
  fail(
    contents.range[0],
    [],
    `the file stands for more than ${MAX_VALUES.toLocaleString('en')} values`,
    'a desired state, with aliases (*name) used sparingly',
  );
  return { root: undefined, errors };
}

interface ParsedPair {
  readonly key: ParsedNode;
  readonly value: ParsedNode | null;
}

function total(nodes: readonly FileNode[]): number {
  return nodes.reduce((size, node) => size + node.size, 1);
}
