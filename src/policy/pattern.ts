import type { Version } from './statement.ts';
import { interpolationAt } from './variables.ts';

/** One step of a pattern. Texts are read character by character (UTF-16 units; documents are Latin-1). */
export type Token =
  /** One of these characters (two where case is ignored). */
  | { readonly kind: 'char'; readonly chars: string }
  /** `?`, `*`. */
  | { readonly kind: 'one' | 'many' }
  /** `?` and `*` in an ARN segment before the last. */
  | { readonly kind: 'one-but-colon' | 'many-but-colon' };

/** A token, or a policy variable. */
export type PatternPart =
  | Token
  | {
      readonly kind: 'variable';
      /** Lower case. */
      readonly name: string;
      /** What it stands for where its key is absent. */
      readonly fallback: string | null;
      /** Stands for its text in any case. */
      readonly ignoreCase: boolean;
      /** Stands in a pattern with wildcards. AWS does not say whether wildcards in the variable's text then count as well. */
      readonly wildcards: boolean;
    };

/**
 * A set of texts. If it holds policy variables, `tokens` is the smallest wildcard pattern around it, in which each variable may stand for any text.
 */
export interface Pattern {
  /** Equal for equal sets of texts, as far as their spelling shows. */
  readonly identity: string;
  /** With its variables; `null` if what they stand for may change how the rest is read. */
  readonly parts: readonly PatternPart[] | null;
  readonly tokens: readonly Token[];
  /** Names of the policy variables in it, lower case. */
  readonly variables: readonly string[];
  /** Those without a default value: if one of them is absent, nothing matches. */
  readonly required: readonly string[];
  /** As written. */
  readonly text: string;
}

interface Form {
  readonly wildcards: boolean;
  readonly ignoreCase: boolean;
  readonly variables: boolean;
}

/** For actions, which have wildcards but no variables, and ignore case: texts are compared with it in lower case. */
export function actionPattern(text: string): Pattern {
  return compile(text, text.toLowerCase(), { wildcards: true, ignoreCase: false, variables: false }, 'action');
}

/**
 * An ARN with fewer than six segments stands for all ARNs that begin with these: the missing segments are `*`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html on incomplete ARNs
 */
export function resourcePattern(text: string, version: Version): Pattern {
  const written = compile(text, text, { wildcards: true, ignoreCase: false, variables: version === '2012-10-17' }, 'resource');
  const { parts, tokens, variables } = written;
  const missing = text.startsWith('arn:') ? 5 - (parts ?? []).filter((part) => part.kind === 'char' && part.chars === ':').length : 0;
  if (missing <= 0) return written;
  const rest = Array.from({ length: missing }, (): readonly Token[] => [{ kind: 'char', chars: ':' }, ANY_TEXT]).flat();
  const completed = patternOf([...(parts ?? []), ...rest], `${written.identity}${rest.map(identityOf).join('')}`, text);
  if (variables.length === 0) return completed;
  // A variable may hold colons, and AWS does not say whether segments are counted before or after it is filled in: this pattern is around both.
  const start = (parts ?? []).findIndex(({ kind }) => kind === 'variable');
  return { ...completed, identity: `incomplete ${written.identity}`, parts: null, tokens: [...tokens.slice(0, start), ANY_TEXT] };
}

/** For the string operators, and for any other exact text (`wildcards` and `ignoreCase` off). */
export function stringPattern(text: string, version: Version, form: { wildcards: boolean; ignoreCase: boolean }): Pattern {
  return compile(
    text,
    text,
    { ...form, variables: version === '2012-10-17' },
    `string${form.wildcards ? '*' : ''}${form.ignoreCase ? 'i' : ''}`,
  );
}

/**
 * For ArnLike and ArnEquals: each of the six segments is matched on its own. `null` for fewer segments: AWS does not say what these match.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnPattern(text: string, version: Version): Pattern | null {
  const whole = compile(text, text, { wildcards: true, ignoreCase: false, variables: version === '2012-10-17' }, 'arn');
  let colons = 0;
  // A variable before the last segment may hold colons, and AWS does not say whether these end the segment.
  let isKnown = true;
  const parts = (whole.parts ?? []).map((part): PatternPart => {
    if (part.kind === 'char' && part.chars === ':') colons++;
    if (colons >= 5) return part;
    if (part.kind === 'variable') isKnown = false;
    if (part.kind === 'one') return { kind: 'one-but-colon' };
    return part.kind === 'many' ? { kind: 'many-but-colon' } : part;
  });
  if (colons < 5) return null;
  const pattern = patternOf(parts, whole.identity, text);
  return isKnown ? pattern : { ...pattern, parts: null, tokens: whole.tokens };
}

/** Does the text have a wildcard or a policy variable, so that it may stand for more than one text? */
export function isPattern(text: string): boolean {
  return /[*?]|\$\{/.test(text);
}

function compile(text: string, source: string, form: Form, family: string): Pattern {
  const parts: PatternPart[] = [];
  for (let position = 0; position < source.length; ) {
    const interpolation = form.variables ? interpolationAt(source, position) : null;
    const char = source[position] ?? '';
    if (interpolation?.kind === 'variable') {
      const { name, fallback } = interpolation;
      parts.push({ kind: 'variable', name, fallback, ignoreCase: form.ignoreCase, wildcards: form.wildcards });
    } else parts.push(interpolation ? { kind: 'char', chars: interpolation.char } : tokenOf(char, form));
    position += interpolation?.length ?? 1;
  }
  const simple = simplify(parts);
  return patternOf(simple, `${family} ${simple.map(identityOf).join('')}`, text);
}

/** Control characters mark everything that is not a plain character: no document can hold them. */
function identityOf(part: PatternPart): string {
  switch (part.kind) {
    case 'char':
      return part.chars.charAt(0);
    case 'variable':
      return `\u0001${part.name}\u0002${part.fallback ?? '\u0003'}\u0001`;
    default:
      return part.kind === 'one' ? '\u0004' : '\u0005';
  }
}

function patternOf(parts: readonly PatternPart[], identity: string, text: string): Pattern {
  const variables = parts.flatMap((part) => (part.kind === 'variable' ? [part] : []));
  return {
    identity,
    parts,
    tokens: simplify<Token>(parts.map((part) => (part.kind === 'variable' ? ANY_TEXT : part))),
    variables: variables.map(({ name }) => name),
    required: variables.filter(({ fallback }) => fallback === null).map(({ name }) => name),
    text,
  };
}

function tokenOf(char: string, form: Form): Token {
  if (form.wildcards && char === '*') return { kind: 'many' };
  if (form.wildcards && char === '?') return { kind: 'one' };
  if (!form.ignoreCase) return { kind: 'char', chars: char };
  return {
    kind: 'char',
    chars: [...new Set([char.toLowerCase(), char.toUpperCase(), char])].filter((variant) => variant === char || isLatin1(variant)).join(''),
  };
}

/** Documents are Latin-1, so only its letters have another case. Other letters occur only in texts that we made up, and have none. */
function isLatin1(text: string): boolean {
  return text.length === 1 && text <= '\u00ff';
}

const ANY_TEXT: Token = { kind: 'many' };

/** `**` is `*`, and `*?` is `?*`: fewer states for the same texts. */
function simplify<T extends PatternPart>(parts: readonly (T | Token)[]): readonly (T | Token)[] {
  const out: (T | Token)[] = [];
  let wild: (T | Token)[] = [];
  const flush = (): void => {
    for (const part of wild) if (part.kind === 'one') out.push(part);
    if (wild.some((part) => part.kind === 'many')) out.push(ANY_TEXT);
    wild = [];
  };
  for (const part of parts) {
    if (part.kind === 'one' || part.kind === 'many') wild.push(part);
    else {
      flush();
      out.push(part);
    }
  }
  flush();
  return out;
}

/** Does the text belong to the pattern, or, with variables in it, can it? Takes time proportional to `text` times `tokens`. */
export function accepts(tokens: readonly Token[], text: string): boolean {
  let reached = extend([], 0, tokens);
  for (let index = 0; index < text.length && reached.length > 0; index++) {
    const char = text[index] ?? '';
    const next: number[] = [];
    for (const position of reached) {
      const token = tokens[position];
      if (token && takes(token, char)) extend(next, isMany(token) ? position : position + 1, tokens);
    }
    reached = next;
  }
  return reached.at(-1) === tokens.length;
}

export function isMany(token: Token | undefined): boolean {
  return token?.kind === 'many' || token?.kind === 'many-but-colon';
}

/** Can the token read this character? `null` stands for a character that no pattern in question names. */
export function takes(token: Token, char: string | null): boolean {
  if (token.kind === 'char') return char !== null && token.chars.includes(char);
  if (token.kind === 'one' || token.kind === 'many') return true;
  return char !== ':';
}

/** Adds a position, and those that are reached from it without reading: a `*` may stand for nothing. They come, and stay, in ascending order. */
function extend(positions: number[], position: number, tokens: readonly Token[]): number[] {
  const last = positions.at(-1) ?? -1;
  for (let at = position; at <= tokens.length; at++) {
    if (at > last) positions.push(at);
    if (!isMany(tokens[at])) break;
  }
  return positions;
}
