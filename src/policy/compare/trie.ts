/** A prefix tree of the plain texts among the patterns, of what the others begin with, and of example texts. */
export interface TrieNode {
  readonly id: number;
  readonly next: Map<string, TrieNode>;
  /** Patterns that are this very text. */
  readonly accepted: number[];
  /** Patterns whose first wildcard comes next. */
  readonly starting: number[];
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
  add(text: string, label: string | null, wanted: boolean): TrieNode {
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

  /** From the root as long as there is one way on that is asked for, and no pattern ends or has its wildcard. */
  stem(): readonly (readonly [char: string, TrieNode])[] {
    const steps: (readonly [string, TrieNode])[] = [];
    for (let node = this.root; node.starting.length + node.accepted.length === 0; ) {
      const [only, ...others] = [...node.next].filter(([, { wanted }]) => wanted);
      if (!only || others.length > 0) break;
      steps.push(only);
      [, node] = only;
    }
    return steps;
  }

  private node(): TrieNode {
    return { id: ++this.count, next: new Map(), accepted: [], starting: [], label: null, wanted: false };
  }
}
