import { type Document, isCollection, isNode, type Node, visit } from 'yaml';
import type { Path } from '../desired/file-node.ts';

/**
 * Before what is at the path changes or goes: whatever repeats it by an alias, or repeats what it is part of, gets a copy of its own. Else the alias would
 * stand for nothing any more, or change along.
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
