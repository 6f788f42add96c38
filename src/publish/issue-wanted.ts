/** What decides whether a run keeps the issue. */
export interface IssueSetting {
  readonly issue: 'auto' | 'always' | 'never';
  readonly mode: string;
  readonly event: string;
  readonly githubToken: string | undefined;
}

/**
 * Whether this run keeps the issue, and if not, why. Never on a pull request: its desired-state file is a proposal, and must not close
 * what the agreed file opened.
 *
 * @returns `reason` is worth telling when the workflow asked for the issue; empty when there is nothing to tell
 */
export function isIssueWanted({ issue, mode, event, githubToken }: IssueSetting): { wanted: boolean; reason: string } {
  if (issue === 'never') return { wanted: false, reason: '' };
  const reason = ruledOut(mode, event);
  if (reason !== '') return { wanted: false, reason: issue === 'always' ? reason : '' };
  if (githubToken === undefined) return { wanted: false, reason: 'The issue was not kept: the input github-token is empty.' };
  return { wanted: true, reason: '' };
}

function ruledOut(mode: string, event: string): string {
  if (event.startsWith('pull_request')) return `The issue was not touched: on ${event} the desired-state file is a proposal.`;
  if (mode === 'validate' || mode === 'capture') return `The issue was not touched: mode ${mode} does not compare anything with AWS.`;
  return '';
}
