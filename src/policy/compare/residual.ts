import type { Budget } from './budget.ts';
import type { DocumentSide, PreparedPair, PreparedStatement, Selection } from './prepared.ts';

/**
 * The dimensions of a request in the order in which they are decided: the action, then the resource or the caller, then the condition keys
 * one by one (key k is stage `FIRST_KEY + k`).
 */
export const ACTION = 0;
export const TARGET = 1;
export const FIRST_KEY = 2;

/** What is still to be decided about the statements that match so far. */
export interface Residual {
  /** Statements that may still decide, as indexes; of statements of one side that say the same from here on, only one. */
  readonly alive: readonly number[];
  /** Those of them without an equal on the other side. Where none of these matches, nothing can differ. */
  readonly different: ReadonlySet<number>;
}

/** Reduces sets of statements to what can still make a difference. */
export class Residuals {
  private readonly pair: PreparedPair;
  private readonly budget: Budget;
  private readonly numbers = new Map<string, number>();
  private readonly signatures = new Map<number, number>();

  constructor(pair: PreparedPair, budget: Budget) {
    this.pair = pair;
    this.budget = budget;
  }

  /** `null` if both sides say the same from here on. */
  reduce(matching: readonly number[], stage: number): Residual | null {
    const sides: Readonly<Record<DocumentSide, Map<number, number>>> = { desired: new Map(), live: new Map() };
    for (const index of matching) {
      const statement = this.pair.statements[index];
      if (!statement) continue;
      const signature = this.signature(index, statement, stage);
      const side = sides[statement.side];
      if (!side.has(signature)) side.set(signature, index);
    }
    const desired = stage >= FIRST_KEY ? this.decisive(sides.desired, stage) : sides.desired;
    const live = stage >= FIRST_KEY ? this.decisive(sides.live, stage) : sides.live;
    const different = new Set<number>();
    for (const [signature, index] of desired) if (!live.has(signature)) different.add(index);
    for (const [signature, index] of live) if (!desired.has(signature)) different.add(index);
    if (different.size === 0) return null;
    return { alive: [...desired.values(), ...live.values()], different };
  }

  /** Only conditions are left: an unconditional Deny decides, and an unconditional Allow makes all other Allows superfluous. */
  private decisive(side: Map<number, number>, stage: number): Map<number, number> {
    const settled = (effect: string): [number, number] | undefined =>
      [...side].find(([, index]) => {
        const statement = this.pair.statements[index];
        return statement?.effect === effect && (statement.conditions.at(-1)?.key ?? -1) < stage - FIRST_KEY;
      });
    const deny = settled('Deny');
    if (deny) return new Map([deny]);
    const allow = settled('Allow');
    if (!allow) return side;
    return new Map([...side].filter(([signature, index]) => signature === allow[0] || this.pair.statements[index]?.effect === 'Deny'));
  }

  /** Equal for statements that say the same from this stage on. */
  signature(index: number, statement: PreparedStatement, stage: number): number {
    const slot = index * (this.pair.keys.length + FIRST_KEY + 1) + stage;
    const known = this.signatures.get(slot);
    if (known !== undefined) return known;
    this.budget.spend(statement.conditions.length);
    const parts: string[] = [statement.effect];
    if (stage <= ACTION) parts.push(selectionText(statement.action));
    if (stage <= TARGET) parts.push(targetText(statement));
    parts.push(
      statement.conditions
        .filter(({ key }) => key >= stage - FIRST_KEY)
        .map(({ condition }) => condition)
        .join(),
    );
    const text = parts.join(' ');
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    this.signatures.set(slot, number);
    return number;
  }
}

function selectionText({ negated, patterns }: Selection): string {
  return `${negated ? 'not ' : ''}${[...patterns].sort((a, b) => a - b).join()}`;
}

function targetText({ resource, principals }: PreparedStatement): string {
  if (resource) return selectionText(resource);
  // An id may hold any separator: paths may contain commas.
  return JSON.stringify((principals ?? []).map(({ kind, id }) => `${kind}:${id}`).sort());
}
