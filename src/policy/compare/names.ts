import { EVERYBODY, sameCaller } from '../callers.ts';
import { accepts, isMany, type Pattern } from '../pattern.ts';
import type { Wording } from '../types.ts';
import type { AnswerDifference } from './explore.ts';
import type { PreparedPair, PreparedStatement, Selection } from './prepared.ts';
import { MOST_SAMPLES } from './text-atoms.ts';

/** Most names in one list. */
const MOST_NAMES = 4;

/** Work on names for all lines, counted as positions of patterns at characters of samples: a tenth of a second. After that, samples stand in for names. */
const MOST_LOOKS = 2_000_000;

/** Says of a caller of the role's own account that no policy of its own lets it in. */
export const ALONE = 'without a policy of its own';

/** A pattern or text as it is shown. */
interface Name {
  /** The pattern. A list shows each pattern once. */
  readonly of: string;
  readonly text: string;
  /** The part of it that does not differ. */
  readonly known?: string;
  readonly example?: string;
}

/** Actions, resources or callers. */
export interface Names {
  readonly names: readonly Name[];
  /** Whether there may be more: a difference carries only some of its requests. */
  readonly isPart: boolean;
}

type Dimension = 'action' | 'resource';

/** Where a difference is, seen from one of its dimensions; in the other one it is at its first sample. (Callers need no place.) */
interface Place {
  readonly dimension: Dimension;
  readonly about: (one: PreparedStatement) => boolean;
  /** The statements that match, of the document that makes the difference. */
  readonly matched: readonly PreparedStatement[];
  /** All statements of that document with the conditions of one of these, since one may stand for several. */
  readonly alike: readonly PreparedStatement[];
  /** Statements of the other document, which could do the same but for what they exclude. */
  readonly others: readonly PreparedStatement[];
  /** Those of the others that have the conditions of a matching statement, or none. */
  readonly known: readonly PreparedStatement[];
  /** Which is the other document. */
  readonly where: string;
}

/** How the other document is called. */
const OTHER = {
  change: { live: 'still', desired: 'before' },
  difference: { live: 'in AWS', desired: 'in the file' },
} as const;

/** Names the requests of differences as the documents name them. */
export class Namer {
  private readonly pair: PreparedPair;
  private readonly wording: Wording;
  /** Whether the documents name no caller but everybody. */
  private readonly isAlone: boolean;
  private left = MOST_LOOKS;

  constructor(pair: PreparedPair, wording: Wording) {
    this.pair = pair;
    this.wording = wording;
    this.isAlone = pair.statements.every(({ principals }) => principals?.every((principal) => sameCaller(principal, EVERYBODY)));
  }

  callers({ targets, caller }: AnswerDifference): Names {
    const name = (id: string): string => {
      if (caller === 'alone') return `${quoted(id)} (${ALONE})`;
      if (caller === 'opaque') return `${quoted(id)} (unknown principal)`;
      return id === '*' ? `${this.isAlone ? 'everybody' : 'everybody else'} (${quoted(id)})` : quoted(id);
    };
    return { names: targets.map((id) => ({ of: id, text: name(id) })), isPart: targets.length >= MOST_SAMPLES };
  }

  /** Names each sample by the pattern that it matches in a statement that makes the difference, with one sample for a pattern. */
  named(dimension: Dimension, difference: AnswerDifference): Names {
    const place = this.placeOf(dimension, difference);
    const found = new Map<string, Name>();
    for (const sample of dimension === 'action' ? difference.actions : difference.targets) {
      const pattern = this.patternOf(sample, place);
      const of = pattern?.text ?? '';
      if (!found.has(of)) found.set(of, pattern ? this.nameOf(sample, pattern, place) : unnamed(dimension, sample));
    }
    return { names: [...found.values()], isPart: found.size >= MOST_SAMPLES };
  }

  private placeOf(dimension: Dimension, difference: AnswerDifference): Place {
    const { own, other, effect } = sidesOf(difference);
    const elsewhere = dimension === 'action' ? 'resource' : 'action';
    const text = readAs(elsewhere, (elsewhere === 'action' ? difference.actions : difference.targets)[0] ?? '');
    const matched = difference.matching
      .flatMap((index) => this.pair.statements[index] ?? [])
      .filter((one) => one.side === own && one.effect === effect);
    const conditions = new Set(matched.map(conditionsOf));
    const others = this.pair.statements.filter((one) => one.side === other && one.effect === effect);
    return {
      dimension,
      about: (one) => one[elsewhere] === null || this.holds(one[elsewhere], text),
      matched,
      alike: this.pair.statements.filter((one) => one.side === own && one.effect === effect && conditions.has(conditionsOf(one))),
      others,
      known: others.filter((one) => one.conditions.length === 0 || conditions.has(conditionsOf(one))),
      where: OTHER[this.wording][other],
    };
  }

  private patternOf(sample: string, { dimension, about, matched, alike, others }: Place): Pattern | undefined {
    const text = readAs(dimension, sample);
    const deciding = (one: PreparedStatement): boolean => this.holds(one[dimension], text) && about(one);
    const sure = matched.filter(deciding);
    const patterns = [
      ...(sure.length > 0 ? sure : alike.filter(deciding)).flatMap((one) => this.patternsOf(one[dimension], false)),
      ...others.flatMap((one) => this.patternsOf(one[dimension], true)),
    ];
    return patterns.find((one) => this.accepts(one, text));
  }

  private nameOf(sample: string, pattern: Pattern, place: Place): Name {
    const known = this.knownOf(pattern, place);
    const isWhole = pattern.text.toLowerCase() === sample.toLowerCase();
    // A made-up sample, in lower case, adds nothing to what is known.
    const isTelling = known.length === 0 ? !isWhole : place.dimension === 'action' && sample !== readAs(place.dimension, sample);
    return {
      of: pattern.text,
      text: isWhole ? quoted(sample) : quoted(pattern.text),
      ...(isTelling ? { example: `such as ${quoted(sample)}` } : {}),
      ...(known.length > 0 ? { known: `${place.where}: ${listed(known, false)}` } : {}),
    };
  }

  /** The patterns inside this one that the other document has in the same context. */
  private knownOf(pattern: Pattern, { dimension, about, known }: Place): readonly string[] {
    if (!pattern.tokens.some(isMany)) return [];
    const inside = known.flatMap((one) => {
      const patterns = this.patternsOf(one[dimension], false).filter((other) => other.text !== pattern.text);
      return patterns.length > 0 && about(one) ? patterns.filter((other) => this.isInside(other, pattern, dimension)) : [];
    });
    return [...new Set(inside.map(({ text }) => quoted(text)))];
  }

  private holds(selection: Selection | null, text: string): boolean {
    return selection !== null && this.patternsOf(selection, selection.negated).some((one) => this.accepts(one, text)) !== selection.negated;
  }

  private patternsOf(selection: Selection | null, negated: boolean): readonly Pattern[] {
    return selection?.negated === negated ? selection.patterns.flatMap((index) => this.pair.patterns[index] ?? []) : [];
  }

  /** Does the outer pattern contain the inner one? Judged by spelling: its `*` reads the inner one's wildcards as text. */
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

function unnamed(dimension: Dimension, sample: string): Name {
  return { of: '', text: `${dimension}s such as ${quoted(sample)}` };
}

/** The side whose statements make the difference (those that deny if a side denies, otherwise those that allow), and the side that has none such. */
function sidesOf({
  desired,
  live,
}: AnswerDifference): Pick<PreparedStatement, 'effect'> & Record<'own' | 'other', PreparedStatement['side']> {
  const level = desired === 'deny' || live === 'deny' ? 'deny' : 'allow';
  const effect = level === 'allow' ? 'Allow' : 'Deny';
  return desired === level ? { effect, own: 'desired', other: 'live' } : { effect, own: 'live', other: 'desired' };
}

function conditionsOf({ conditions }: PreparedStatement): string {
  return conditions.map(({ condition }) => condition).join();
}

function readAs(dimension: Dimension, text: string): string {
  return dimension === 'action' ? text.toLowerCase() : text;
}

/** Both lists in one, each name once, whatever its notes. */
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

/** Equal for lists with equal names. */
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
