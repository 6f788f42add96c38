/**
 * What is declared but not built in this version, as an error for people; `undefined` when all that is asked for is there.
 */
export function notYet(inputs: { readonly mode: string; readonly fix: boolean }): string | undefined {
  if (inputs.mode === 'merge' || inputs.mode === 'rollback') {
    return `Input mode: ${inputs.mode} is not available yet in this version. Available are audit, validate and capture.`;
  }
  return inputs.fix
    ? 'Input fix: true is not available yet in this version. The report holds the AWS CLI command that repairs each finding.'
    : undefined;
}
