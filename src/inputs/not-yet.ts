/**
 * What is declared but not built in this version, as an error for people; `undefined` when all that is asked for is there.
 */
export function notYet(inputs: { readonly mode: string }): string | undefined {
  if (inputs.mode !== 'capture' && inputs.mode !== 'merge') return undefined;
  return `Input mode: ${inputs.mode} is not available yet in this version. Available are audit, validate and rollback.`;
}

/** What a pull-request run does not do yet, for a notice; `undefined` where nothing is missed. */
export function notYetOnPullRequest(inputs: { readonly comment: boolean }, event: string): string | undefined {
  if (event !== 'pull_request' || !inputs.comment) return undefined;
  return 'The comment with the plan is not available yet in this version; the job summary has all that was found.';
}
