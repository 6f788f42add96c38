/**
 * Name and default of every input, the same as in `action.yml` (a test compares them).
 *
 * An empty value means the default. The runner applies the defaults of `action.yml` only to inputs that a workflow leaves out, and not where it passes
 * on an empty value (`mode: ${{ inputs.mode }}` on a schedule). The token has no default here: in `action.yml` it is an expression for the runner.
 */
export const INPUT_DEFAULTS = {
  'desired-state': '.github/assume-role.yml',
  mode: 'audit',
  fix: 'false',
  'fix-scope': 'all',
  'max-grants': '20',
  'max-revocations': '20',
  branch: '',
  'fail-on': 'drift',
  'auditor-role': '',
  'fixer-role': '',
  'organization-role': '',
  audience: 'sts.amazonaws.com',
  'aws-region': '',
  concurrency: '32',
  'time-limit': '10',
  attribution: 'auto',
  'report-path': 'assume-role-report.json',
  'repair-report': '',
  'sarif-path': '',
  'html-path': '',
  'github-token': '',
  issue: 'auto',
  'issue-title': 'AWS access drift in {hubAccount}',
  'issue-labels': 'iam-drift',
  'issue-assignees': '',
  comment: 'true',
  'mask-accounts': 'auto',
  'hub-user': '',
  'hub-group': '',
  overwrite: 'false',
  'verify-timeout': '120',
} as const satisfies Record<string, string>;

export type InputName = keyof typeof INPUT_DEFAULTS;

export const INPUT_NAMES: readonly InputName[] = Object.keys(INPUT_DEFAULTS).filter((name): name is InputName =>
  Object.hasOwn(INPUT_DEFAULTS, name),
);
