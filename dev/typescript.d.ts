import 'typescript';

declare module 'typescript' {
  /** Not part of the published API. `Readonly<…>`, `as const` and the like mark the properties that they make read-only with the flag 8. */
  function getCheckFlags(symbol: import('typescript').Symbol): number;
}
