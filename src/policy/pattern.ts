import type { Version } from './statement.ts';

/** One step of a pattern. Texts are read character by character (UTF-16 units: documents are Latin-1). */
export type Token =
  /** One of these characters (two where case is ignored). */
  | { readonly kind: 'char'; readonly chars: string }
  /** `?`, `*`. */
  | { readonly kind: 'one' | 'many' }
  /** `?` and `*` in an ARN segment before the last. */
  | { readonly kind: 'one-but-colon' | 'many-but-colon' };

/**
 * A set of texts. Where it holds policy variables, `tokens` is the smallest wildcard pattern around it (each variable may stand for any
 * text), and the set itself is known by its identity alone.
 */
export interface Pattern {
  /** Equal for equal sets of texts, as far as their writing tells. */
  readonly identity: string;
  readonly tokens: readonly Token[];
  /** Names of the policy variables in it, lower case. */
  readonly variables: readonly string[];
  /** Those without a default value: where one of them is absent, nothing matches. */
  readonly required: readonly string[];
  /** As written. */
  readonly text: string;
}

interface Form {
  readonly wildcards: boolean;
  readonly ignoreCase: boolean;
  readonly variables: boolean;
}

/** An action: wildcards, case ignored, no variables. Compared in lower case. */
export function actionPattern(text: string): Pattern {
  return compile(text, text.toLowerCase(), { wildcards: true, ignoreCase: false, variables: false }, 'action');
}

export function resourcePattern(text: string, version: Version): Pattern {
  return compile(text, text, { wildcards: true, ignoreCase: false, variables: version === '2012-10-17' }, 'resource');
}

/** Of the condition operators for strings; also any other exact text (`wildcards` and `ignoreCase` off). */
export function stringPattern(text: string, version: Version, form: { wildcards: boolean; ignoreCase: boolean }): Pattern {
  return compile(
    text,
    text,
    { ...form, variables: version === '2012-10-17' },
    `string${form.wildcards ? '*' : ''}${form.ignoreCase ? 'i' : ''}`,
  );
}

/**
 * Of ArnLike and ArnEquals: each of the six segments is matched on its own. `null` where there are fewer: AWS does not say what that matches.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnPattern(text: string, version: Version): Pattern | null {
  const pattern = compile(text, text, { wildcards: true, ignoreCase: false, variables: version === '2012-10-17' }, 'arn');
  let colons = 0;
  const tokens = pattern.tokens.map((token): Token => {
    if (token.kind === 'char' && token.chars === ':') colons++;
    if (colons >= 5) return token;
    if (token.kind === 'one') return { kind: 'one-but-colon' };
    if (token.kind === 'many' && pattern.variables.length === 0) return { kind: 'many-but-colon' };
    return token;
  });
  return colons < 5 ? null : { ...pattern, tokens };
}

/** Has a wildcard or a policy variable: may stand for more than one text. */
export function isPattern(text: string): boolean {
  return /[*?]|\$\{/.test(text);
}

/** `${key}` or `${key, 'default'}`. */
const VARIABLE = /^\$\{([^{}',]+)(?:,\s*'([^']*)')?\}/;

/** Anything else that begins like a variable: nobody says what IAM makes of it, so it is one that is known by its writing alone. */
const ODD_VARIABLE = /^\$\{[^}]*\}?/;

/** Read from a bounded piece of text, so that hostile text costs no more than its length. */
const LONGEST_VARIABLE = 300;

function compile(text: string, source: string, form: Form, family: string): Pattern {
  const tokens: Token[] = [];
  const variables: string[] = [];
  const required: string[] = [];
  let identity = '';
  for (let position = 0; position < source.length; ) {
    const rest = form.variables && source.startsWith('${', position) ? source.slice(position, position + LONGEST_VARIABLE) : '';
    const literal = /^\$\{([*?$])\}/.exec(rest);
    const variable = literal ? null : VARIABLE.exec(rest);
    const odd = literal || variable ? null : ODD_VARIABLE.exec(rest);
    const char = source[position] ?? '';
    if (variable) {
      const name = (variable[1] ?? '').toLowerCase();
      variables.push(name);
      if (variable[2] === undefined) required.push(name);
      tokens.push({ kind: 'many' });
      identity += `\u0001${name}\u0002${variable[2] ?? '\u0003'}\u0001`;
      position += variable[0].length;
    } else if (odd) {
      variables.push(odd[0]);
      required.push(odd[0]);
      tokens.push({ kind: 'many' });
      identity += `\u0001${odd[0]}\u0001`;
      position += odd[0].length;
    } else if (literal) {
      tokens.push({ kind: 'char', chars: literal[1] ?? '' });
      identity += `\u0004${literal[1] ?? ''}`;
      position += literal[0].length;
    } else {
      const token = tokenOf(char, form);
      tokens.push(token);
      identity += token.kind === 'char' ? token.chars[0] : char;
      position++;
    }
  }
  return { identity: `${family} ${identity}`, tokens: simplify(tokens), variables, required, text };
}

function tokenOf(char: string, form: Form): Token {
  if (form.wildcards && char === '*') return { kind: 'many' };
  if (form.wildcards && char === '?') return { kind: 'one' };
  if (!form.ignoreCase) return { kind: 'char', chars: char };
  return { kind: 'char', chars: [...new Set([char.toLowerCase(), char.toUpperCase()])].filter((variant) => variant.length === 1).join('') };
}

/** `**` is `*`, and `*?` is `?*`: fewer states for the same texts. */
function simplify(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  let wild: Token[] = [];
  const flush = (): void => {
    out.push(...wild.filter((token) => token.kind === 'one'));
    if (wild.some((token) => token.kind === 'many')) out.push({ kind: 'many' });
    wild = [];
  };
  for (const token of tokens) {
    if (token.kind === 'one' || token.kind === 'many') wild.push(token);
    else {
      flush();
      out.push(token);
    }
  }
  flush();
  return out;
}

/** Does the text belong to the pattern (with variables: may it)? Linear in `text` times `tokens`. */
export function accepts(tokens: readonly Token[], text: string): boolean {
  let reached = closure(new Set([0]), tokens);
  for (let index = 0; index < text.length && reached.size > 0; index++) {
    const char = text[index] ?? '';
    const next = new Set<number>();
    for (const position of reached) {
      const token = tokens[position];
      if (!token || !takes(token, char)) continue;
      next.add(isMany(token) ? position : position + 1);
    }
    reached = closure(next, tokens);
  }
  return reached.has(tokens.length);
}

export function isMany(token: Token | undefined): boolean {
  return token?.kind === 'many' || token?.kind === 'many-but-colon';
}

/** Can the token read this character? `null` stands for a character that no pattern in play names. */
export function takes(token: Token, char: string | null): boolean {
  if (token.kind === 'char') return char !== null && token.chars.includes(char);
  if (token.kind === 'one' || token.kind === 'many') return true;
  return char !== ':';
}

/** Positions reached without reading: a `*` may stand for nothing. */
function closure(positions: Set<number>, tokens: readonly Token[]): Set<number> {
  for (const position of positions) {
    if (isMany(tokens[position])) positions.add(position + 1);
  }
  return positions;
}
