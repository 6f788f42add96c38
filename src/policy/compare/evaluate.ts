import { type Answer, allOf, anyOf } from '../answer.ts';
import { callersNamed, covers, letsInAlone } from '../callers.ts';
import { accepts, isMany, type Pattern, type PatternPart, type Token } from '../pattern.ts';
import type { Principal } from '../statement.ts';
import { parseRange } from './addresses.ts';
import type { CallerKind } from './branches.ts';
import type { CompiledCondition, ValueMatcher } from './compiled-condition.ts';
import type { KeyValue, Level } from './contexts.ts';
import type { DocumentSide, PreparedPair, PreparedStatement, Selection } from './prepared.ts';
import { parseDate, parseNumber } from './quantities.ts';
import { isPlain, truthIfAbsent, truthOf } from './truth.ts';
import { isInBlock, isInRange } from './value-atoms.ts';

/** One request, with what is known of its context. */
export interface KnownRequest {
  readonly action: string;
  /** A resource or a caller. */
  readonly target: string;
  readonly caller: CallerKind;
  /** Keys that are not in it may have any value, or none. */
  readonly context: readonly KeyValue[];
}

type Context = ReadonlyMap<string, readonly string[] | null>;

/** Work for all requests of one comparison, counted as positions of patterns at characters of texts: a tenth of a second. After that nothing is known. */
const MOST_LOOKS = 2_000_000;

/** Asks the two documents single requests, straight from their statements: the walk through classes of requests has no part in it. */
export class Evaluator {
  readonly #pair: PreparedPair;
  #left = MOST_LOOKS;

  constructor(pair: PreparedPair) {
    this.#pair = pair;
  }

  /** Whether the document may answer the request in this way. */
  mayAnswer(side: DocumentSide, request: KnownRequest, level: Level): boolean {
    const context: Context = new Map(request.context.map(({ key, values }) => [key.toLowerCase(), values]));
    const own = this.#pair.statements.filter((one) => one.side === side);
    const answers = (effect: PreparedStatement['effect']): Answer =>
      anyOf(own.filter((one) => one.effect === effect).map((one) => this.#applies(one, request, context)));
    const [denied, allowed] = [answers('Deny'), answers('Allow')];
    if (level === 'deny') return denied !== false;
    return denied !== true && (level === 'allow' ? allowed !== false : allowed !== true);
  }

  #applies(statement: PreparedStatement, request: KnownRequest, context: Context): Answer {
    const { action, resource, principals, conditions } = statement;
    return allOf([
      this.#selects(action, request.action.toLowerCase(), context),
      resource === null || this.#selects(resource, request.target, context),
      principals === null || isCaller(principals, statement, request),
      ...conditions.map(({ condition }) => this.#holds(this.#pair.conditions[condition], context)),
    ]);
  }

  #selects({ negated, patterns }: Selection, text: string, context: Context): Answer {
    const found = anyOf(patterns.map((index) => this.#matches(this.#pair.patterns[index], text, context)));
    return found === null ? null : found !== negated;
  }

  #holds(condition: CompiledCondition | undefined, context: Context): Answer {
    const values = condition && context.get(condition.key);
    if (condition === undefined || values === undefined) return null;
    if (values === null) return truthIfAbsent(condition);
    // What an empty value is to conditions on presence and on sets is not known, nor what several are to a plain operator.
    if (values.includes('') || (values.length > 1 && isPlain(condition))) return null;
    const answers = values.map((value): Answer => {
      const matched = anyOf(condition.matchers.map((matcher) => this.#matchesValue(matcher, value, context)));
      return matched === null ? null : truthOf(condition, matched);
    });
    return condition.operator.quantifier === 'ForAllValues' ? allOf(answers) : anyOf(answers);
  }

  #matchesValue(matcher: ValueMatcher, value: string, context: Context): Answer {
    switch (matcher.family) {
      case 'text':
        return matcher.type === 'arn' && value.split(':').length < 6 ? null : this.#matches(matcher.pattern, value, context);
      case 'number':
      case 'date': {
        const quantity = matcher.family === 'date' ? parseDate(value) : parseNumber(value);
        return quantity === null ? null : isInRange(matcher, quantity);
      }
      case 'address': {
        const address = parseRange(value)?.from;
        return address === undefined ? null : isInBlock(matcher, address);
      }
      case 'unknown':
        return null;
    }
  }

  #matches(pattern: Pattern | undefined, text: string, context: Context): Answer {
    if (pattern === undefined) return null;
    this.#left -= text.length * (1 + pattern.tokens.filter(isMany).length);
    if (this.#left < 0) return null;
    if (!accepts(pattern.tokens, text)) return false;
    if (pattern.variables.length === 0) return true;
    const filled = filledIn(pattern, context);
    if (filled === null || !accepts(filled.tokens, text)) return false;
    return filled.isExact ? true : null;
  }
}

function isCaller(principals: readonly Principal[], { effect }: PreparedStatement, { target, caller }: KnownRequest): Answer {
  if (caller === 'opaque') return null;
  const reaches = caller === 'alone' && effect === 'Allow' ? letsInAlone : covers;
  const answers = callersNamed(target).map((named) => principals.some((principal) => reaches(principal, named)));
  return answers.every((answer) => answer === answers[0]) ? (answers[0] ?? null) : null;
}

/** A pattern with its variables filled in, as far as that is known: what it matches, or more. */
interface Filled {
  readonly tokens: readonly Token[];
  readonly isExact: boolean;
}

/** `null` where a variable has nothing to stand for, so that nothing matches. */
function filledIn({ parts, tokens }: Pattern, context: Context): Filled | null {
  if (parts === null) return { tokens, isExact: false };
  const filled = parts.map((part) => (part.kind === 'variable' ? variableIn(part, context) : { tokens: [part], isExact: true }));
  const known = filled.flatMap((one) => one ?? []);
  if (known.length < filled.length) return null;
  return { tokens: known.flatMap((one) => one.tokens), isExact: known.every(({ isExact }) => isExact) };
}

function variableIn(part: Variable, context: Context): Filled | null {
  const text = textOf(part, context);
  if (text === null) return null;
  if (text === undefined) return { tokens: [{ kind: 'many' }], isExact: false };
  const tokens = Array.from(text, (char): Token => {
    if (part.wildcards && char === '*') return { kind: 'many' };
    if (part.wildcards && char === '?') return { kind: 'one' };
    return { kind: 'char', chars: part.ignoreCase ? char + char.toLowerCase() + char.toUpperCase() : char };
  });
  // Whether an empty text counts as absent is not known, nor whether wildcards in a text count as such.
  return { tokens, isExact: text !== '' && tokens.every(({ kind }) => kind === 'char') };
}

type Variable = Extract<PatternPart, { kind: 'variable' }>;

/** What the variable stands for: `undefined` where that is not known, `null` for nothing. */
function textOf({ name, fallback }: Variable, context: Context): string | null | undefined {
  const values = context.get(name);
  if (values === null) return fallback;
  return values?.length === 1 ? values[0] : undefined;
}

/** A text of the pattern, with what the context has for its variables; `null` where it does not say that. */
export function textIn({ parts }: Pattern, context: readonly KeyValue[]): string | null {
  const known: Context = new Map(context.map(({ key, values }) => [key.toLowerCase(), values]));
  const texts = (parts ?? [null]).map((part) => {
    if (part?.kind === 'variable') return textOf(part, known) ?? null;
    return part && (part.kind === 'char' ? part.chars.charAt(0) : 'x');
  });
  return texts.includes(null) ? null : texts.join('');
}
