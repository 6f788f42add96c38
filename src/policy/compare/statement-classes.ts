import type { DocumentSide, PreparedPair, PreparedStatement, Selection } from './prepared.ts';
import { type Residual, type Residuals, TARGET } from './residual.ts';
import type { Entry } from './text-question.ts';

interface StatementClass {
  /** One statement, which stands for all of the class. */
  readonly index: number;
  readonly side: DocumentSide;
  readonly effect: string;
  /** NotAction, NotResource: matches if none of its patterns does. */
  readonly negated: boolean;
  /** What the statement says after this dimension. */
  readonly after: number;
  readonly unconditional: boolean;
}

/**
 * The statements that are left, in classes of statements of which it no longer matters which one matches: those of one side that say the same after
 * this dimension. A statement with NotAction or NotResource is a class of its own.
 */
export class StatementClasses {
  readonly entries: readonly Entry[];
  /** For resources, the last dimension before the conditions: an unconditional Deny overrules its whole side, an unconditional Allow its side's Allows. */
  readonly overruled: ReadonlyMap<number, readonly number[]>;
  private readonly classes: StatementClass[] = [];

  constructor(
    pair: PreparedPair,
    { alive, different }: Residual,
    residuals: Residuals,
    stage: number,
    selectionOf: (statement: PreparedStatement) => Selection | null,
  ) {
    const numbers = new Map<string, number>();
    const groupsOf = new Map<number, Set<number>>();
    let everything = false;
    for (const index of alive) {
      const statement = pair.statements[index];
      const selection = statement && selectionOf(statement);
      if (!selection) continue;
      const { side, effect } = statement;
      const after = residuals.signature(index, statement, stage + 1);
      const key = selection.negated ? `not ${index}` : `${side} ${after}`;
      const number = numbers.get(key) ?? this.classes.length;
      if (number === this.classes.length) {
        this.classes.push({ index, side, effect, negated: selection.negated, after, unconditional: statement.conditions.length === 0 });
      }
      numbers.set(key, number);
      everything ||= selection.negated && different.has(index);
      for (const pattern of selection.patterns) groupsOf.set(pattern, (groupsOf.get(pattern) ?? new Set()).add(number));
    }
    this.entries = [...groupsOf].flatMap(([index, groups]) => {
      const pattern = pair.patterns[index];
      return pattern ? [{ pattern, groups: [...groups], wanted: everything || !this.isBalanced(groups) }] : [];
    });
    if (everything) this.entries = [...this.entries, EVERYTHING];
    this.overruled = stage === TARGET ? this.findOverruled() : new Map();
  }

  get size(): number {
    return this.classes.length;
  }

  /** The statements that match a text of these groups. */
  matching(groups: ReadonlySet<number>): readonly number[] {
    return this.classes.filter((one, number) => groups.has(number) !== one.negated).map(({ index }) => index);
  }

  /** Do both sides have the pattern, and say the same after it? They answer alike where a text matches such patterns only. */
  private isBalanced(groups: ReadonlySet<number>): boolean {
    const after = (side: DocumentSide): string =>
      [...groups]
        .flatMap((number) => {
          const one = this.classes[number];
          return one && one.side === side && !one.negated ? [one.after] : [];
        })
        .sort((a, b) => a - b)
        .join();
    return after('desired') === after('live');
  }

  private findOverruled(): ReadonlyMap<number, readonly number[]> {
    const found = new Map<number, readonly number[]>();
    this.classes.forEach((one, number) => {
      if (one.negated || !one.unconditional) return;
      const overruled = this.classes.flatMap((other, at) =>
        at !== number && other.side === one.side && (one.effect === 'Deny' || other.effect === 'Allow') ? [at] : [],
      );
      found.set(number, overruled);
    });
    return found;
  }
}

/** Asks for all texts: where only a NotAction or NotResource of one side matches, no pattern does. */
const EVERYTHING: Entry = {
  pattern: { identity: 'everything', parts: [{ kind: 'many' }], tokens: [{ kind: 'many' }], variables: [], required: [], text: '*' },
  groups: [-1],
  wanted: true,
};
