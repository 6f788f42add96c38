/** A prefix tree of the plain texts among the patterns, and of example texts. */
export interface TrieNode {
  readonly id: number;
  readonly next: Map<string, TrieNode>;
  /** Patterns that are this very text. */
  readonly accepted: number[];
  /** The text as it is to be shown, where it is one of the patterns or examples. */
  label: string | null;
  /** Leads to a pattern that is asked for. */
  wanted: boolean;
}

export class Trie {
  readonly root: TrieNode;
  private count = 0;

  constructor() {
    this.root = this.node();
  }

  /** Number of nodes. */
  get size(): number {
    return this.count;
  }

  /** The node of the text. */
  add(text: string, label: string, wanted: boolean): TrieNode {
    let node = this.root;
    node.wanted ||= wanted;
    for (const char of text) {
      const next = node.next.get(char) ?? this.node();
      node.next.set(char, next);
      next.wanted ||= wanted;
      node = next;
    }
    node.label ??= label;
    return node;
  }

  private node(): TrieNode {
    return { id: ++this.count, next: new Map(), accepted: [], label: null, wanted: false };
  }
}
