import ts from 'typescript';
import type { UserText } from './user-text.ts';

/** The texts of a source file, with `…` for what is put in at run time; one that is put together with `+` is one text. */
export function messagesOf(path: string, source: string): UserText[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const messages: UserText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const text = isPartOfText(node) ? undefined : textOf(node);
    if (text !== undefined) messages.push({ path, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return messages;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
  if (!isSum(node)) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined && right === undefined ? undefined : `${left ?? '…'}${right ?? '…'}`;
}

function isPartOfText(node: ts.Node): boolean {
  return isSum(node.parent) && textOf(node) !== undefined;
}

function isSum(node: ts.Node | undefined): node is ts.BinaryExpression {
  return node !== undefined && ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}
