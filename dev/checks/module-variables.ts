import ts from 'typescript';
import { whyMutable } from './mutable-type.ts';
import { placeOf, sourcesOf } from './program.ts';
import { ignoresLastIndex, regExpFlags, statefulRegExps } from './stateful-regexp.ts';

/** A variable at module level, or a static property, that may hold state. */
export interface ModuleState {
  /** `src/aws/retry.ts:12` */
  readonly place: string;
  /** `THROTTLING is a Set` */
  readonly reason: string;
}

/**
 * The state that modules of `src/` share with everything in the process.
 *
 * The rule: outside functions there is no `let` and no `var`, and whatever a `const` or a static property holds is readonly by its declared type, all the
 * way down. A constant instance of our own class needs readonly fields, private ones too. A constant function is written where it is declared: one that
 * another function returned may remember things between calls. A regular expression with `g` may only be given to the methods of strings that ignore
 * its `lastIndex`, and one with `y` must be made where it is used.
 */
export function moduleStateIn(program: ts.Program): readonly ModuleState[] {
  const finder = new Finder(program);
  return sourcesOf(program).flatMap((file) =>
    variablesIn(file).flatMap((variable) => finder.reasons(variable).map((reason) => ({ place: placeOf(variable), reason }))),
  );
}

type Variable = ts.VariableDeclaration | ts.PropertyDeclaration;

/** Everything that is declared outside functions. What `catch` declares is gone after its block. */
function variablesIn(node: ts.Node): readonly Variable[] {
  if (ts.isFunctionLike(node)) return [];
  const found: Variable[] = [];
  if (ts.isVariableDeclaration(node) && !ts.isCatchClause(node.parent)) found.push(node);
  if (ts.isPropertyDeclaration(node) && has(node, ts.ModifierFlags.Static)) found.push(node);
  ts.forEachChild(node, (child) => void found.push(...variablesIn(child)));
  return found;
}

class Finder {
  private readonly program: ts.Program;
  private readonly checker: ts.TypeChecker;

  constructor(program: ts.Program) {
    this.program = program;
    this.checker = program.getTypeChecker();
  }

  reasons(variable: Variable): readonly string[] {
    return namesIn(variable.name).flatMap((name) => {
      const shown = name.getText();
      const reasons = [
        isConstant(variable) ? null : `${shown} can be assigned a new value`,
        whyMutable(this.checker.getTypeAtLocation(name), shown, this.program) ?? this.hiddenState(variable.initializer, shown),
        this.regExpState(variable.initializer, name),
      ];
      return reasons.filter((reason) => reason !== null);
    });
  }

  /** State that the declared type does not show: that of an instance or of a closure. */
  private hiddenState(value: ts.Expression | undefined, shown: string): string | null {
    if (!value || !(ts.isNewExpression(value) || ts.isCallExpression(value)) || !this.isOurs(value)) return null;
    const type = this.checker.getTypeAtLocation(value);
    if (ts.isNewExpression(value)) return whyMutable(type, shown, this.program);
    return type.getCallSignatures().length > 0 ? `${shown} is a function that a function returned, and may remember things` : null;
  }

  private isOurs(call: ts.NewExpression | ts.CallExpression): boolean {
    const called = resolved(call.expression, this.checker)?.declarations ?? [];
    return called.some((declaration) => sourcesOf(this.program).includes(declaration.getSourceFile()));
  }

  private regExpState(value: ts.Expression | undefined, name: ts.Node): string | null {
    if (!value || statefulRegExps(value).length === 0) return null;
    const flags = regExpFlags(value);
    if (flags !== '' && !flags.includes('y') && this.usesOf(name).every(ignoresLastIndex)) return null;
    return `${name.getText()} has a regular expression with g or y, and its lastIndex is state`;
  }

  /** Everywhere in `src/` where the variable is used, or gets another name. */
  private usesOf(name: ts.Node): readonly ts.Identifier[] {
    const own = this.checker.getSymbolAtLocation(name);
    const uses: ts.Identifier[] = [];
    const visit = (node: ts.Node): void => {
      if ((ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) && !node.propertyName) return;
      // By its text first: to resolve every name takes seconds.
      if (ts.isIdentifier(node) && node !== name && node.text === own?.name && resolved(node, this.checker) === own) uses.push(node);
      ts.forEachChild(node, visit);
    };
    sourcesOf(this.program).forEach(visit);
    return uses;
  }
}

function isConstant(variable: Variable): boolean {
  if (ts.isPropertyDeclaration(variable)) return has(variable, ts.ModifierFlags.Readonly);
  return (ts.getCombinedNodeFlags(variable) & ts.NodeFlags.Const) !== 0;
}

function has(node: ts.Declaration, flag: ts.ModifierFlags): boolean {
  return (ts.getCombinedModifierFlags(node) & flag) !== 0;
}

/** Several where the declaration takes a value apart. */
function namesIn(name: ts.BindingName | ts.PropertyName): readonly ts.Node[] {
  if (!ts.isObjectBindingPattern(name) && !ts.isArrayBindingPattern(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}

function resolved(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
