import { distance } from 'fastest-levenshtein';

/** The candidate that `text` is probably a misspelling of: in another case, with other `-` or `_` between words, or a few letters off. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  let best: { candidate: string; off: number } | undefined;
  const wanted = folded(text);
  for (const candidate of candidates) {
    const off = distance(wanted, folded(candidate));
    if (off <= tolerance(candidate) && (best === undefined || off < best.off)) best = { candidate, off };
  }
  return best?.candidate;
}

function folded(text: string): string {
  return text
    .slice(0, 100)
    .toLowerCase()
    .replace(/[-_\s]/g, '');
}

/** A third of the letters, but enough for two swapped letters in a short word. */
function tolerance(candidate: string): number {
  return Math.max(candidate.length < 4 ? 1 : 2, Math.floor(candidate.length / 3));
}
