/** What stands at a `${` in a document of version 2012-10-17. */
export type Interpolation = Variable | { readonly kind: 'literal'; readonly length: number; readonly char: string };

export interface Variable {
  readonly kind: 'variable';
  /** Characters that it takes up. */
  readonly length: number;
  /**
   * Lower case. What begins like a variable and is none has its writing for a name, marked, as a condition key may be written so, too: nobody says
   * what IAM makes of it, so it is one that is like no other.
   */
  readonly name: string;
  /** What it stands for where its key is absent; `null`: it has no default value. */
  readonly fallback: string | null;
}

/** `${key}` or `${key, 'default'}`. */
const VARIABLE = /^\$\{([^{}',\s](?:[^{}',]*[^{}',\s])?)(?:, '([^']*)')?\}/;
const LITERAL = /^\$\{([*?$])\}/;
/** Up to its end or, where it has none, all that comes after it. */
const ODD = /^\$\{[^}]*\}?/;

/** No document holds it. */
const MARK = '\u0000';

/** Is it the name of a condition key, and so of a real variable? */
export function isKeyName(name: string): boolean {
  return !name.startsWith(MARK);
}

/** The variable as a document writes it. */
export function variableText(name: string): string {
  return isKeyName(name) ? `\${${name}}` : name.slice(MARK.length);
}

/** `null` where no `${` stands at the position. */
export function interpolationAt(text: string, position: number): Interpolation | null {
  if (!text.startsWith('${', position)) return null;
  const rest = text.slice(position);
  const [literal, char = ''] = LITERAL.exec(rest) ?? [];
  if (literal !== undefined) return { kind: 'literal', length: literal.length, char };
  const [written, name = '', fallback = null] = VARIABLE.exec(rest) ?? [];
  if (written !== undefined) return { kind: 'variable', length: written.length, name: name.toLowerCase(), fallback };
  const [odd = ''] = ODD.exec(rest) ?? [];
  return { kind: 'variable', length: odd.length, name: `${MARK}${odd}`, fallback: null };
}

/** The text with each interpolation replaced, and with each character that is part of none. */
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

/** The text with what its variables stand for in their place, as plain text. Those that stand for `null` stay. */
export function fillIn(text: string, textOf: (variable: Variable) => string | null): string {
  const interpolation = (found: Interpolation, written: string): string => {
    const value = found.kind === 'variable' ? textOf(found) : null;
    return value === null ? written : escapeText(value);
  };
  // A dollar sign must not begin a variable with what is put behind it.
  return replaceIn(text, interpolation, (char) => (char === '$' ? escapeText(char) : char));
}

/** Plain text as a document of version 2012-10-17 writes it. */
export function escapeText(text: string): string {
  return text.replace(/[*?$]/g, (char) => `\${${char}}`);
}
