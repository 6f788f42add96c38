import { type Document, isCollection, isNode, type Node, visit } from 'yaml';
import type { Path } from '../desired/file-node.ts';

/**
 * Replaces the aliases of the value at a path, and of what encloses it, by copies. To be called before the value is changed or removed: otherwise the aliases
 * would change with it, or stand for nothing.
 */
export function writeOutAliases(document: Document, path: Path): void {
  const touched = new Set<Node>();
  for (let length = 1; length < path.length; length++) {
    const ancestor = document.getIn(path.slice(0, length), true);
    if (isCollection(ancestor)) touched.add(ancestor);
  }
  const own = document.getIn(path, true);
  if (isNode(own)) {
    visit(own, {
      Node: (_key, node) => {
        touched.add(node);
      },
    });
  }
  if (![...touched].some((node) => 'anchor' in node && node.anchor !== undefined)) return;
  visit(document, {
    Alias: (_key, alias) => {
      const source = alias.resolve(document);
      if (source === undefined || !touched.has(source) || touched.has(alias)) return undefined;
      return document.createNode(source.toJS(document));
    },
  });
}
