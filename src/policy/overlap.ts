import { accepts, isMany, resourcePattern, type Token } from './pattern.ts';

export interface TextCase {
  readonly ignoreCase?: boolean;
}

function tokensOf(text: string, options: TextCase): readonly Token[] {
  return resourcePattern(options.ignoreCase ? text.toLowerCase() : text, '2012-10-17').tokens;
}

/** Does the pattern match the text? The pattern may have `*`, `?` and policy variables, which may stand for any text; the text is plain. */
export function patternMatches(pattern: string, text: string, options: TextCase = {}): boolean {
  return accepts(tokensOf(pattern, options), options.ignoreCase ? text.toLowerCase() : text);
}

/** Is there a text that both patterns match? */
export function patternsOverlap(left: string, right: string, options: TextCase = {}): boolean {
  const [a, b] = [tokensOf(left, options), tokensOf(right, options)];
  const seen = new Set<number>();
  const open: [number, number][] = [[0, 0]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [i, j] = pair;
    const key = i * (b.length + 1) + j;
    if (seen.has(key)) continue;
    seen.add(key);
    if (i === a.length && j === b.length) return true;
    if (isMany(a[i])) open.push([i + 1, j]);
    if (isMany(b[j])) open.push([i, j + 1]);
    const [x, y] = [a[i], b[j]];
    if (x && y && shareCharacter(x, y)) open.push([isMany(x) ? i : i + 1, isMany(y) ? j : j + 1]);
  }
  return false;
}

function shareCharacter(x: Token, y: Token): boolean {
  return x.kind !== 'char' || y.kind !== 'char' || x.chars === y.chars;
}
