/** What a `${` begins in a document of version 2012-10-17: a variable, or a character such as `${*}`. */
export type Interpolation = Variable | { readonly kind: 'literal'; readonly length: number; readonly char: string };

export interface Variable {
  readonly kind: 'variable';
  /** Number of characters that it takes up. */
  readonly length: number;
  /**
   * Lower case. Text that begins like a variable but is not one, such as `${}`, has its spelling for a name, with a mark in front, since a condition
   * key may be spelled the same. AWS does not say what IAM makes of it, so it counts as a variable that is unlike any other.
   */
  readonly name: string;
  /** The default value, which it stands for if its key is absent; `null` if it has none. */
  readonly fallback: string | null;
}

/** `${key}` or `${key, 'default'}`. */
const VARIABLE = /^\$\{([^{}',\s](?:[^{}',]*[^{}',\s])?)(?:, '([^']*)')?\}/;
const LITERAL = /^\$\{([*?$])\}/;
/** Up to the closing brace or, without one, to the end of the text. */
const ODD = /^\$\{[^}]*\}?/;

/** No document can hold this character. */
const MARK = '\u0000';

/** A name that no document can hold: not that of a condition key. */
export function markedName(text: string): string {
  return `${MARK}${text}`;
}

/** Is it the name of a condition key, and so of a real variable? */
export function isKeyName(name: string): boolean {
  return !name.startsWith(MARK);
}

/** The variable as a document spells it. */
export function variableText(name: string): string {
  return isKeyName(name) ? `\${${name}}` : name.slice(MARK.length);
}

/** `null` if there is no `${` at the position. */
export function interpolationAt(text: string, position: number): Interpolation | null {
  if (!text.startsWith('${', position)) return null;
  const rest = text.slice(position);
  const [literal, char = ''] = LITERAL.exec(rest) ?? [];
  if (literal !== undefined) return { kind: 'literal', length: literal.length, char };
  const [written, name = '', fallback = null] = VARIABLE.exec(rest) ?? [];
  if (written !== undefined) return { kind: 'variable', length: written.length, name: name.toLowerCase(), fallback };
  const [odd = ''] = ODD.exec(rest) ?? [];
  return { kind: 'variable', length: odd.length, name: markedName(odd), fallback: null };
}

/** The text with each interpolation replaced, and each character outside of them as well. */
export function replaceIn(
  text: string,
  interpolation: (found: Interpolation, written: string) => string,
  character: (char: string) => string,
): string {
  let replaced = '';
  for (let position = 0; position < text.length; ) {
    const found = interpolationAt(text, position);
    const length = found?.length ?? 1;
    const written = text.slice(position, position + length);
    replaced += found ? interpolation(found, written) : character(written);
    position += length;
  }
  return replaced;
}

/** The text with its variables replaced by what `textOf` returns for them, as plain text. Variables for which it returns `null` stay. */
export function fillIn(text: string, textOf: (variable: Variable) => string | null): string {
  const interpolation = (found: Interpolation, written: string): string => {
    const value = found.kind === 'variable' ? textOf(found) : null;
    return value === null ? written : escapeText(value);
  };
  // A dollar sign must not form a variable together with the text that now follows it.
  return replaceIn(text, interpolation, (char) => (char === '$' ? escapeText(char) : char));
}

/** Plain text as a document of version 2012-10-17 spells it. */
export function escapeText(text: string): string {
  return text.replace(/[*?$]/g, (char) => `\${${char}}`);
}
