import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { pathOf } from './pages.ts';

/** A text of the code, with `…` for what is put in at run time. */
export interface Message {
  /** `src/aws/advice.ts:12` */
  readonly place: string;
  readonly text: string;
}

/** The texts of every source file; one that is put together with `+` is one text. */
export function messagesOfSources(): Message[] {
  return readdirSync(pathOf('src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .flatMap((path) => messagesOf(`src/${path.replaceAll('\\', '/')}`, readFileSync(join(pathOf('src'), path), 'utf8')));
}

export function messagesOf(path: string, source: string): Message[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const messages: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const text = isPartOfText(node) ? undefined : textOf(node);
    if (text !== undefined) messages.push({ place: `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, text });
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
