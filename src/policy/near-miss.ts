/** ` (did you mean \`X\`?)` for a misspelling of one of the known names, otherwise `''`. */
export function nearMiss(text: string, known: readonly string[]): string {
  const folded = text.toLowerCase();
  const near = known.find((name) => name.toLowerCase() === folded) ?? known.find((name) => isOneSlip(folded, name.toLowerCase()));
  return near === undefined ? '' : ` (did you mean \`${near}\`?)`;
}

/** One letter missing, added or replaced, or two neighbouring letters swapped. */
function isOneSlip(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  const [a, b] = [left.slice(start), right.slice(start)];
  return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || (a.slice(2) === b.slice(2) && a[0] === b[1] && a[1] === b[0]);
}
