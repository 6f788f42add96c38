const PATTERNS = new Map<string, RegExp>();
const KEPT = 5_000;

/** Whether a text matches a pattern of `*` (any run of characters) and `?` (any one). */
export function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  if (pattern === '*') return true;
  let compiled = PATTERNS.get(pattern);
  if (compiled === undefined) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replace(/\?/g, '.');
    compiled = new RegExp(`^${source}$`, 's');
    if (PATTERNS.size >= KEPT) PATTERNS.clear();
    PATTERNS.set(pattern, compiled);
  }
  return compiled.test(text);
}
