import 'typescript';

declare module 'typescript' {
  /** The compiler's own, not published: `Readonly<…>`, `as const` and the like mark the properties that they make read-only with 8. */
  function getCheckFlags(symbol: import('typescript').Symbol): number;
}
