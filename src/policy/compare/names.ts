import { EVERYBODY, sameCaller } from '../callers.ts';
import { accepts, isMany, type Pattern } from '../pattern.ts';
import { MOST_SAMPLES } from './branches.ts';
import type { Difference } from './explore.ts';
import type { PreparedPair, PreparedStatement, Selection } from './prepared.ts';

/** Most names in one list. */
const MOST_NAMES = 4;

/** Positions of patterns at characters of samples, over all lines: a tenth of a second. Names that are not found by then are shown as samples. */
const MOST_LOOKS = 2_000_000;

/** A pattern or text as it is shown. */
interface Name {
  /** The pattern. Names of one are shown once in a list. */
  readonly of: string;
  readonly text: string;
  /** What of it is no difference. */
  readonly known?: string;
  readonly example?: string;
}

/** Actions, resources or callers. */
export interface Names {
  readonly names: readonly Name[];
  /** Whether there may be more: a difference brings some of its requests along. */
  readonly isPart: boolean;
}

type Dimension = 'action' | 'resource';

/** Names the requests of differences as the documents name them. */
export class Namer {
  private readonly pair: PreparedPair;
  private left = MOST_LOOKS;

  constructor(pair: PreparedPair) {
    this.pair = pair;
  }

  callers({ targets, opaque }: Difference): Names {
    const isAlone = this.pair.statements.every(({ principals }) => principals?.every((principal) => sameCaller(principal, EVERYBODY)));
    const name = (id: string): string => {
      if (opaque) return `${quoted(id)} (unknown whom it is)`;
      return id === '*' ? `${isAlone ? 'everybody' : 'everybody else'} (${quoted(id)})` : quoted(id);
    };
    return { names: targets.map((id) => ({ of: id, text: name(id) })), isPart: targets.length >= MOST_SAMPLES };
  }

  /** Each sample as part of the pattern of a statement that makes the difference, and one sample for a pattern. */
  named(dimension: Dimension, difference: Difference): Names {
    const samples = dimension === 'action' ? difference.actions : difference.targets;
    const names = samples.map((sample): Name => {
      const read = readAs(dimension, sample);
      const deciding = this.deciding(difference, dimension, read).flatMap((one) => this.patternsOf(one[dimension], false));
      const excepting = this.others(difference).flatMap((one) => this.patternsOf(one[dimension], true));
      const pattern = [...deciding, ...excepting].find((one) => this.accepts(one, read));
      if (!pattern) return { of: '', text: `${dimension}s such as ${quoted(sample)}` };
      const known = this.noDifference(dimension, pattern, difference);
      const isWhole = pattern.text.toLowerCase() === sample.toLowerCase();
      // A made up one, in lower case, tells no more than what is known.
      const isTelling = known === null ? !isWhole : dimension === 'action' && sample !== read;
      return {
        of: pattern.text,
        text: isWhole ? quoted(sample) : quoted(pattern.text),
        ...(isTelling ? { example: `such as ${quoted(sample)}` } : {}),
        ...(known === null ? {} : { known }),
      };
    });
    const shown = distinct(names);
    return { names: shown, isPart: shown.length >= MOST_SAMPLES };
  }

  /** What the other document has of the pattern in the same context. */
  private noDifference(dimension: Dimension, pattern: Pattern, difference: Difference): string | null {
    const leaves = new Set(this.matched(difference).map(leavesOf));
    const inside = this.others(difference)
      .filter((one) => (one.leaves.length === 0 || leaves.has(leavesOf(one))) && this.holdsElsewhere(one, dimension, difference))
      .flatMap((one) => this.patternsOf(one[dimension], false))
      .filter((other) => other.text !== pattern.text && this.isInside(other, pattern, dimension))
      .map(({ text }) => quoted(text));
    if (inside.length === 0) return null;
    return `${sidesOf(difference).other === 'live' ? 'still' : 'before'}: ${listed([...new Set(inside)], false)}`;
  }

  /** The statements that make the difference for the sample: those that match or, as one may stand for several, such with the same conditions. */
  private deciding(difference: Difference, dimension: Dimension, sample: string): readonly PreparedStatement[] {
    const holds = (one: PreparedStatement): boolean =>
      this.holds(one[dimension], sample) && this.holdsElsewhere(one, dimension, difference);
    const matched = this.matched(difference);
    const sure = matched.filter(holds);
    if (sure.length > 0) return sure;
    const leaves = new Set(matched.map(leavesOf));
    return this.ofSide(difference, sidesOf(difference).own).filter((one) => leaves.has(leavesOf(one)) && holds(one));
  }

  private matched(difference: Difference): readonly PreparedStatement[] {
    const matching = new Set(difference.matching.flatMap((index) => this.pair.statements[index] ?? []));
    return this.ofSide(difference, sidesOf(difference).own).filter((one) => matching.has(one));
  }

  /** The statements of the other document that could do the same. */
  private others(difference: Difference): readonly PreparedStatement[] {
    return this.ofSide(difference, sidesOf(difference).other);
  }

  private ofSide(difference: Difference, wanted: PreparedStatement['side']): readonly PreparedStatement[] {
    const { effect } = sidesOf(difference);
    return this.pair.statements.filter((one) => one.side === wanted && one.effect === effect);
  }

  /** In the other dimension, is the statement about the difference's first sample? (Of callers that is not asked.) */
  private holdsElsewhere(one: PreparedStatement, dimension: Dimension, { actions, targets }: Difference): boolean {
    if (dimension === 'resource') return this.holds(one.action, readAs('action', actions[0] ?? ''));
    return one.resource === null || this.holds(one.resource, targets[0] ?? '');
  }

  private holds(selection: Selection | null, text: string): boolean {
    return selection !== null && this.patternsOf(selection, selection.negated).some((one) => this.accepts(one, text)) !== selection.negated;
  }

  private patternsOf(selection: Selection | null, negated: boolean): readonly Pattern[] {
    return selection?.negated === negated ? selection.patterns.flatMap((index) => this.pair.patterns[index] ?? []) : [];
  }

  /** Is all that the inner pattern stands for of the outer one, seen by its writing: where `*` takes the other's wildcards for text. */
  private isInside(inner: Pattern, outer: Pattern, dimension: Dimension): boolean {
    if (outer.variables.length > 0 || outer.tokens.some(({ kind }) => kind === 'one')) return false;
    return this.accepts(outer, readAs(dimension, inner.text));
  }

  private accepts({ tokens }: Pattern, text: string): boolean {
    const cost = text.length * (1 + tokens.filter(isMany).length);
    if (cost > this.left) return false;
    this.left -= cost;
    return accepts(tokens, text);
  }
}

/** Whose statements make the difference, those that deny where one side denies, else those that allow, and whose would make none. */
function sidesOf({ desired, live }: Difference): Pick<PreparedStatement, 'effect'> & Record<'own' | 'other', PreparedStatement['side']> {
  const level = desired === 'deny' || live === 'deny' ? 'deny' : 'allow';
  const effect = level === 'allow' ? 'Allow' : 'Deny';
  return desired === level ? { effect, own: 'desired', other: 'live' } : { effect, own: 'live', other: 'desired' };
}

function leavesOf({ leaves }: PreparedStatement): string {
  return leaves.map(({ leaf }) => leaf).join();
}

function readAs(dimension: Dimension, text: string): string {
  return dimension === 'action' ? text.toLowerCase() : text;
}

/** Both, each name once, whatever the notes. */
export function joined(left: Names, right: Names): Names {
  return { names: distinct([...left.names, ...right.names]), isPart: left.isPart || right.isPart };
}

export function textOf({ names, isPart }: Names): string {
  return listed(
    names.map(({ text, example, known }) => {
      const notes = [example, known].filter((note) => note !== undefined);
      return notes.length === 0 ? text : `${text} (${notes.join('; ')})`;
    }),
    isPart,
  );
}

/** Equal for lists of equal names. */
export function identityOf({ names }: Names): string {
  return JSON.stringify(names.map(({ of, known }) => [of, known]));
}

function distinct(names: readonly Name[]): readonly Name[] {
  const found = new Map<string, Name>();
  for (const name of names) if (!found.has(name.of)) found.set(name.of, name);
  return [...found.values()];
}

function listed(texts: readonly string[], isPart: boolean): string {
  const shown = texts.slice(0, MOST_NAMES).join(', ');
  if (texts.length <= MOST_NAMES) return shown;
  return isPart ? `${shown} and more` : `${shown} and ${texts.length - MOST_NAMES} more`;
}

function quoted(text: string): string {
  return `\`${text}\``;
}
