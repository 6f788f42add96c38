import ts from 'typescript';
import { placeOf, sourcesOf } from './program.ts';

/** A promise that is kept for later. */
export interface PendingPromise {
  /** `src/run/review.ts:12` */
  readonly place: string;
  /** `fetched` */
  readonly name: string;
}

/**
 * The promises of `src/` that may fail before anybody waits for them, which ends the process with a stack trace and without a report. Linters find a promise
 * that is dropped, not one that is kept in a variable and waited for too late.
 *
 * The rule: the statement after the one that keeps a promise uses it, itself and not in a block or function inside it; of a parameter, the first statement does.
 * A promise in a literal object counts as kept. What can't fail is left out: `Promise.allSettled`, `Promise.resolve`, `.catch`, and a `new Promise` that knows only
 * how to resolve.
 */
export function pendingPromisesIn(program: ts.Program): readonly PendingPromise[] {
  const checker = program.getTypeChecker();
  const found: PendingPromise[] = [];
  const visit = (node: ts.Node): void => {
    const name = keptIn(node, checker);
    if (name !== undefined) found.push({ place: placeOf(node), name });
    ts.forEachChild(node, visit);
  };
  for (const file of sourcesOf(program)) visit(file);
  return found;
}

/** What holds a promise that is not used right away; `undefined`: nothing does. */
function keptIn(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (ts.isParameter(node) && isPromise(checker.getTypeAtLocation(node))) {
    const body = bodyOf(node.parent);
    if (body === undefined) return undefined;
    const first = ts.isBlock(body) ? body.statements[0] : body;
    return uses(first, node.name.getText()) ? undefined : node.name.getText();
  }
  const kept = keeping(node);
  if (kept === undefined || cannotFail(kept.value) || !isPromise(checker.getTypeAtLocation(kept.value))) return undefined;
  return uses(nextStatement(node), kept.name) ? undefined : kept.name;
}

/** A signature has none. */
function bodyOf(node: ts.SignatureDeclaration): ts.ConciseBody | undefined {
  return 'body' in node ? node.body : undefined;
}

function keeping(node: ts.Node): { readonly name: string; readonly value: ts.Expression } | undefined {
  if ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.initializer !== undefined) {
    return { name: node.name.getText(), value: node.initializer };
  }
  if (ts.isBinaryExpression(node) && ASSIGNMENTS.has(node.operatorToken.kind)) return { name: node.left.getText(), value: node.right };
  if (ts.isPropertyAssignment(node)) return { name: node.name.getText(), value: node.initializer };
  if (ts.isShorthandPropertyAssignment(node)) return { name: node.name.getText(), value: node.name };
  return undefined;
}

const ASSIGNMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

/** The statement after the one that the node is in; of an object's property there is none that counts. */
function nextStatement(node: ts.Node): ts.Node | undefined {
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) return undefined;
  const statement = ts.findAncestor(node, ts.isStatement);
  if (statement === undefined) return undefined;
  const siblings: readonly ts.Statement[] =
    ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent) ? statement.parent.statements : [];
  return siblings[siblings.indexOf(statement) + 1];
}

/** Whether the node mentions the name, outside the blocks and functions in it. */
function uses(node: ts.Node | undefined, name: string): boolean {
  if (node === undefined || ts.isBlock(node) || ts.isFunctionLike(node)) return false;
  if ((ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) && node.getText() === name) return true;
  return ts.forEachChild(node, (child) => uses(child, name) || undefined) === true;
}

function isPromise(type: ts.Type): boolean {
  return type.isUnion() ? type.types.some(isPromise) : ['Promise', 'PromiseLike'].includes(type.getSymbol()?.getName() ?? '');
}

function cannotFail(value: ts.Expression): boolean {
  if (ts.isNewExpression(value)) {
    const [executor] = value.arguments ?? [];
    return executor !== undefined && ts.isFunctionLike(executor) && executor.parameters.length < 2;
  }
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return false;
  return value.expression.name.text === 'catch' || ['Promise.allSettled', 'Promise.resolve'].includes(value.expression.getText());
}
