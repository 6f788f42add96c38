import { isNode, isPair, type Node, visit } from 'yaml';

/** All comment lines of a node and of what is in it, in the order in which they stand in the text. */
export function commentsIn(node: unknown): readonly string[] {
  if (!isNode(node)) return [];
  const lines: string[] = [];
  const after: Node[] = [];
  const add = (comment: string | null | undefined) => {
    if (comment) lines.push(...comment.split('\n'));
  };
  visit(node, {
    Node: (_key, found) => {
      add(found.commentBefore);
      if (found === node) after.push(found);
      else add(found.comment);
    },
  });
  for (const found of after) add(found.comment);
  return lines;
}

/** Moves the comment lines of something that is removed: above what follows it, or to the end of the list or mapping that it was in. */
export function leave(lines: readonly string[], next: unknown, within: Node): void {
  if (lines.length === 0) return;
  const text = lines.join('\n');
  const place = isPair(next) ? next.key : next;
  if (isNode(place)) place.commentBefore = joined(text, place.commentBefore);
  else within.comment = joined(text, within.comment);
}

function joined(first: string, second: string | null | undefined): string {
  return second ? `${first}\n${second}` : first;
}
