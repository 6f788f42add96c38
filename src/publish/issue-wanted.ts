/** What decides whether a run maintains the hub's issue. */
export interface IssueSetting {
  readonly issue: 'auto' | 'always' | 'never';
  readonly mode: string;
  readonly githubToken: string | undefined;
  /** Whether event and ref let the run keep it, and why not, as the end of a sentence. */
  readonly keepsIssue: boolean;
  readonly reason: string;
  /** It may not only because it is not known which branch has the agreed file. */
  readonly lacksBranch: boolean;
}

/**
 * Whether this run maintains the issue, and if not, why. It never does where the desired-state file is a proposal, which must not close what the agreed
 * file opened.
 *
 * @returns `reason` is a warning for people; empty unless the workflow asked for the issue, or something is missing that people can provide
 */
export function isIssueWanted(setting: IssueSetting): { wanted: boolean; reason: string } {
  const { issue, keepsIssue, reason, githubToken } = setting;
  if (issue === 'never') return { wanted: false, reason: '' };
  const ruledOut = ruledOutBy(setting);
  if (ruledOut !== '') return { wanted: false, reason: issue === 'always' ? `The issue was not updated: ${ruledOut}` : '' };
  if (githubToken === undefined) return { wanted: false, reason: 'The issue was not updated: the input github-token is empty.' };
  return keepsIssue ? { wanted: true, reason: '' } : { wanted: false, reason: `The issue was not updated: ${reason}` };
}

/** What rules the issue out by design. */
function ruledOutBy({ mode, keepsIssue, reason, lacksBranch }: IssueSetting): string {
  if (mode === 'validate' || mode === 'capture') return `mode ${mode} does not compare anything with AWS.`;
  return keepsIssue || lacksBranch ? '' : reason;
}
