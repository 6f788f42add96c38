import ts from 'typescript';
import { placeOf, sourcesOf } from './program.ts';

/** A name under which files export different things. */
export interface AmbiguousName {
  readonly name: string;
  /** Where each of them is declared, such as `src/plan/draft.ts:12`. */
  readonly places: readonly string[];
}

/** The names, of values and of types, that have several meanings among the exports of `src/`, sorted. The same thing exported again has one. */
export function ambiguousNamesIn(program: ts.Program): readonly AmbiguousName[] {
  const meanings = new Map<string, Set<string>>();
  for (const file of sourcesOf(program)) {
    for (const [name, place] of exportsOf(file, program.getTypeChecker())) meanings.set(name, (meanings.get(name) ?? new Set()).add(place));
  }
  const ambiguous = [...meanings].filter(([, places]) => places.size > 1);
  return ambiguous.map(([name, places]) => ({ name, places: [...places] })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** With the place of what each stands for: of a value and a type of one name in one file, that of the first. `default` is not a name. */
function exportsOf(file: ts.SourceFile, checker: ts.TypeChecker): readonly (readonly [name: string, place: string])[] {
  const module = checker.getSymbolAtLocation(file);
  const symbols = module ? checker.getExportsOfModule(module).filter(({ name }) => name !== 'default') : [];
  return symbols.flatMap((symbol) => {
    const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const [declaration] = original.declarations ?? [];
    return declaration ? [[symbol.name, placeOf(declaration)] as const] : [];
  });
}
