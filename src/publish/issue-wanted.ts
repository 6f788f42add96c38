/** What decides whether a run maintains the hub's issue. */
export interface IssueSetting {
  readonly issue: 'auto' | 'always' | 'never';
  readonly mode: string;
  readonly event: string;
  readonly githubToken: string | undefined;
}

/**
 * Whether this run maintains the issue, and if not, why. It never does on a pull request: there the desired-state file is a proposal, and must not
 * close what the agreed file opened.
 *
 * @returns `reason` is a warning for people; empty unless the workflow asked for the issue
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
