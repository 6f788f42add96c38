/**
 * What is declared but not built in this version, as an error for people; `undefined` when all that is asked for is there.
 */
export function notYet(inputs: { readonly mode: string }): string | undefined {
  if (inputs.mode !== 'merge') return undefined;
  return `Input mode: ${inputs.mode} is not available yet in this version. Available are audit, validate, capture and rollback.`;
}
