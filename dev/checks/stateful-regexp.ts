import ts from 'typescript';

/** These methods of a string begin at its start, whatever `lastIndex` is, and leave `lastIndex` at 0. */
const STARTING_ANEW: ReadonlySet<string> = new Set(['match', 'matchAll', 'replace', 'replaceAll']);

/** The regular expressions in a value that have the flag `g` or `y`. Functions are not looked into: theirs are made at each call. */
export function statefulRegExps(value: ts.Node): readonly ts.Node[] {
  if (ts.isFunctionLike(value)) return [];
  const inner: ts.Node[] = [];
  ts.forEachChild(value, (child) => void inner.push(...statefulRegExps(child)));
  return /[gy]/.test(regExpFlags(value)) ? [value, ...inner] : inner;
}

/** The flags of a literal or of `new RegExp(…)`; flags that are put together at run time count as `y`. */
export function regExpFlags(node: ts.Node): string {
  if (ts.isRegularExpressionLiteral(node)) return node.text.slice(node.text.lastIndexOf('/') + 1);
  const isMade =
    (ts.isNewExpression(node) || ts.isCallExpression(node)) && ts.isIdentifier(node.expression) && node.expression.text === 'RegExp';
  const flags = isMade ? node.arguments?.[1] : undefined;
  if (flags === undefined) return '';
  return ts.isStringLiteralLike(flags) ? flags.text : 'y';
}

/** Does `lastIndex` play no part here? It does in `test` and `exec`, and whoever else is handed the expression may call these. */
export function ignoresLastIndex(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === use) return parent.name.text === 'source';
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== use) return false;
  return ts.isPropertyAccessExpression(parent.expression) && STARTING_ANEW.has(parent.expression.name.text);
}
