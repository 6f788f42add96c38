import ts from 'typescript';

/** What of the language's own library nobody can write to. A RegExp with `g` or `y` is another matter: see `stateful-regexp.ts`. */
const IMMUTABLE: ReadonlySet<string> = new Set(['RegExp', 'NumberFormat', 'DateTimeFormat', 'Collator', 'PluralRules', 'ListFormat']);
const READONLY_COLLECTIONS: ReadonlySet<string> = new Set(['ReadonlyArray', 'ReadonlyMap', 'ReadonlySet']);

/** `ts.CheckFlags.Readonly`, which the compiler does not publish. */
const MADE_READONLY = 8;

/**
 * Why somebody who holds a value of the type could write to it, such as "it is a Map" or "`limits.most` is not readonly"; `null` where nobody can.
 * Methods and functions do not count, whatever they close over.
 *
 * @param path how messages name the value
 */
export function whyMutable(type: ts.Type, path: string, program: ts.Program): string | null {
  return new TypeReader(program).whyMutable(type, path);
}

class TypeReader {
  private readonly program: ts.Program;
  private readonly checker: ts.TypeChecker;
  /** Types may hold themselves. */
  private readonly seen = new Set<ts.Type>();

  constructor(program: ts.Program) {
    this.program = program;
    this.checker = program.getTypeChecker();
  }

  whyMutable(type: ts.Type, path: string): string | null {
    if (this.seen.has(type)) return null;
    this.seen.add(type);
    if (type.flags & ts.TypeFlags.Any) return `${path} is of type any`;
    if (type.isUnionOrIntersection()) return this.first(type.types.map((member) => () => this.whyMutable(member, path)));
    if (!(type.flags & ts.TypeFlags.Object) || isModule(type) || this.isOfZod(type)) return null;
    if (this.isTuple(type)) {
      return type.target.readonly ? this.ofArguments(type, path) : `${path} is a tuple that is not readonly`;
    }
    return this.isOfLibrary(type) ? this.ofLibrary(type, path) : this.ofProperties(type, path);
  }

  private ofLibrary(type: ts.Type, path: string): string | null {
    const { name } = type.symbol;
    if (READONLY_COLLECTIONS.has(name)) return this.ofArguments(type, path);
    return IMMUTABLE.has(name) ? null : `${path} is ${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
  }

  private ofArguments(type: ts.Type, path: string): string | null {
    const types = isReference(type) ? this.checker.getTypeArguments(type) : [];
    return this.first(types.map((one) => () => this.whyMutable(one, `what ${path} holds`)));
  }

  private ofProperties(type: ts.Type, path: string): string | null {
    const indexes = this.checker.getIndexInfosOfType(type).map((index) => () => {
      return index.isReadonly ? this.whyMutable(index.type, `what ${path} holds`) : `${path} has an index signature that is not readonly`;
    });
    const properties = this.checker.getPropertiesOfType(type).map((property) => () => {
      if (property.flags & ts.SymbolFlags.Method || property.name === 'prototype') return null;
      const inner = `${path}.${property.name.replace(/^__#\d+@/, '')}`;
      return isReadonly(property) ? this.whyMutable(this.checker.getTypeOfSymbol(property), inner) : `${inner} is not readonly`;
    });
    return this.first([...indexes, ...properties]);
  }

  private first(questions: readonly (() => string | null)[]): string | null {
    for (const question of questions) {
      const reason = question();
      if (reason !== null) return reason;
    }
    return null;
  }

  private isTuple(type: ts.Type): type is ts.TupleTypeReference {
    return this.checker.isTupleType(type);
  }

  /** A class or an interface with a name. What `Readonly` and `Record` make has none, and is read like a type of ours. */
  private isOfLibrary(type: ts.Type): boolean {
    const hasName = type.symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface);
    return hasName !== 0 && filesOf(type).some((file) => this.program.isSourceFileDefaultLibrary(file));
  }

  /** Schemas are made of objects with methods that remember, but nobody writes to them. */
  private isOfZod(type: ts.Type): boolean {
    return filesOf(type).some(({ fileName }) => fileName.includes('/node_modules/zod/'));
  }
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return 'target' in type;
}

function filesOf(type: ts.Type): readonly ts.SourceFile[] {
  return (type.symbol?.declarations ?? []).map((declaration) => declaration.getSourceFile());
}

function isModule(type: ts.Type): boolean {
  return (type.symbol?.flags & ts.SymbolFlags.ValueModule) !== 0;
}

function isReadonly(property: ts.Symbol): boolean {
  if (property.flags & ts.SymbolFlags.Accessor) return (property.flags & ts.SymbolFlags.SetAccessor) === 0;
  const declared = (property.declarations ?? []).some((one) => ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Readonly);
  return declared || (ts.getCheckFlags(property) & MADE_READONLY) !== 0;
}
