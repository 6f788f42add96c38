/** A prefix tree of the plain texts among the patterns, of the plain beginnings of the others, and of example texts. */
export interface TrieNode {
  readonly id: number;
  readonly next: Map<string, TrieNode>;
  /** Patterns that are exactly this text. */
  readonly accepted: number[];
  /** Patterns whose first wildcard comes next. */
  readonly starting: number[];
  /** The text as it is shown, if it is one of the patterns or examples. */
  label: string | null;
  /** Leads to a wanted pattern. */
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

  /** Adds a text, and returns its node. */
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

  /** The steps from the root, as long as exactly one of the ways on is wanted, and no pattern ends or has its first wildcard there. */
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
