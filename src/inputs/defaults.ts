/**
 * Name and default of every input, the same as in `action.yml` (a test compares them).
 *
 * They are here too because a workflow that passes an empty value on (`mode: ${{ inputs.mode }}` on a schedule) suppresses the default of
 * `action.yml`; an empty value means the default throughout. The token has none here: its default is an expression of the runner.
 */
export const INPUT_DEFAULTS = {
  'desired-state': '.github/assume-role.yml',
  mode: 'audit',
  fix: 'false',
  'fix-scope': 'all',
  'max-grants': '20',
  'max-revocations': '20',
  'fail-on': 'drift',
  'auditor-role': '',
  'fixer-role': '',
  audience: 'sts.amazonaws.com',
  'aws-region': 'us-east-1',
  concurrency: '32',
  shard: '',
  'report-path': 'assume-role-report.json',
  reports: '',
  'sarif-path': '',
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
