import { z } from 'zod';
import { quoted } from '../text/quoted.ts';
import { INPUT_DEFAULTS, INPUT_NAMES, type InputName } from './defaults.ts';
import { fileInside, fileToWrite } from './paths.ts';
import { eventConflicts } from './run-permissions.ts';
import { autoOrFlag, choice, decimal, flag, list, matching, oneLine, optional, roleArn, secret, wholeNumber } from './values.ts';

export const MODES = ['audit', 'validate', 'capture', 'rollback'] as const;

/** The checked inputs. An optional input that is empty is `undefined`. */
export type Inputs = Readonly<ReturnType<typeof fromNames>>;

/** What the inputs are checked against. */
export interface InputContext {
  /** Name of the event that started the workflow. */
  readonly event: string;
  /** Absolute path. */
  readonly workspace: string;
}

/**
 * Checks each input, then the inputs against the event and against each other.
 *
 * @param get returns the text of an input as the runner passes it; empty means the default
 * @returns the inputs, or all errors: one line each, with the input's name, its value (escaped and shortened) and the values that it may have
 */
export function parseInputs(
  get: (name: InputName) => string,
  { event, workspace }: InputContext,
): { inputs: Inputs } | { errors: string[] } {
  const parsed = inputsSchema(workspace).safeParse(Object.fromEntries(INPUT_NAMES.map((name) => [name, given(get, name)])));
  if (!parsed.success) return { errors: parsed.error.issues.map((issue) => `Input ${issue.path.join('.')}: ${issue.message}.`) };
  const inputs = fromNames(parsed.data);
  const conflicts = [...eventConflicts(inputs, event), ...conflictsAmong(inputs)];
  return conflicts.length === 0 ? { inputs } : { errors: conflicts };
}

function given(get: (name: InputName) => string, name: InputName): string {
  const text = get(name).trim();
  return text === '' ? INPUT_DEFAULTS[name] : text;
}

/** The limits are those of GitHub and AWS, where they have one: GitHub ends a job after six hours. */
function inputsSchema(workspace: string) {
  return z.object({
    'desired-state': fileInside(workspace),
    mode: choice(...MODES),
    fix: flag,
    'fix-scope': choice('all', 'grant', 'revoke'),
    'max-grants': wholeNumber(0, 100_000),
    'max-revocations': wholeNumber(0, 100_000),
    branch: optional(matching(BRANCH, 'the name of a branch without refs/heads/, such as main')),
    'fail-on': choice('drift', 'widened', 'never'),
    'auditor-role': optional(roleArn),
    'fixer-role': optional(roleArn),
    'organization-role': optional(roleArn),
    audience: matching(/^[!-~]{1,255}$/, 'an audience: 1 to 255 characters without spaces'),
    'aws-region': optional(matching(/^[a-z]{2,8}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/, 'a region, such as us-east-1')),
    concurrency: wholeNumber(1, 256),
    'time-limit': decimal(0.1, 360),
    attribution: choice('auto', 'off'),
    'report-path': fileToWrite(workspace),
    'repair-report': optional(oneLine(1000)),
    'sarif-path': optional(fileToWrite(workspace)),
    'html-path': optional(fileToWrite(workspace)),
    'github-token': optional(secret),
    issue: choice('auto', 'always', 'never'),
    'issue-title': issueTitle,
    'issue-labels': list(100, oneLine(50)).refine(
      (labels) => labels.length > 0,
      'contains no label; the first label is needed to find the issue again',
    ),
    'issue-assignees': list(10, userName),
    comment: flag,
    'mask-accounts': autoOrFlag,
    'hub-user': optional(
      matching(
        /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
        'the name of an IAM user: 1 to 64 letters, digits and _+=,.@-, after its path if it has one',
      ),
    ),
    'hub-group': optional(
      matching(
        /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/,
        'the name of an IAM group: 1 to 128 letters, digits and _+=,.@-, after its path if it has one',
      ),
    ),
    overwrite: flag,
    'verify-timeout': wholeNumber(0, 3600),
  });
}

/** Git's rules for branches, as far as they are about single characters: https://git-scm.com/docs/git-check-ref-format */
const BRANCH = /^(?!-|\/|refs\/)(?!.*(?:\.\.|@\{))[^\s\p{Cc}~^:?*[\\]{1,250}$/u;

/** GitHub accepts 256 characters. `{hubAccount}` has as many characters as the account id that replaces it. */
const issueTitle = oneLine(256).superRefine((title, context) => {
  const unknown = [...title.matchAll(/\{[^{}]*\}/g)]
    .map(([placeholder]) => placeholder)
    .find((placeholder) => placeholder !== '{hubAccount}');
  if (unknown !== undefined)
    context.addIssue({
      code: 'custom',
      message: `${quoted(title)} contains the placeholder ${quoted(unknown)}; only {hubAccount} is supported`,
    });
});

/** The name of a managed enterprise user ends in `_shortcode`, that of an app in `[bot]`. */
const userName = matching(/^@?[A-Za-z0-9][A-Za-z0-9_-]{0,98}(?:\[bot\])?$/, 'a GitHub user name').transform((name) =>
  name.replace('@', ''),
);

function fromNames(values: z.output<ReturnType<typeof inputsSchema>>) {
  return {
    /** Relative to the workspace, with `/`. It does not lead out of the workspace, unless through a symbolic link. */
    desiredState: values['desired-state'],
    mode: values.mode,
    fix: values.fix,
    fixScope: values['fix-scope'],
    maxGrants: values['max-grants'],
    maxRevocations: values['max-revocations'],
    /** The branch whose desired-state file is the agreed one; `undefined`: the repository's default branch. */
    branch: values.branch,
    failOn: values['fail-on'],
    auditorRole: values['auditor-role'],
    fixerRole: values['fixer-role'],
    /** Used only where the file has `organization`; `undefined`: the hub's own identity reads the organization. */
    organizationRole: values['organization-role'],
    audience: values.audience,
    /** `undefined`: the main region of the partition. */
    awsRegion: values['aws-region'],
    concurrency: values.concurrency,
    /** Minutes. */
    timeLimit: values['time-limit'],
    /** Whether to look up in CloudTrail who changed what has drifted. */
    attribution: values.attribution,
    /** This and the next three: relative to the workspace, or absolute. */
    reportPath: values['report-path'],
    repairReport: values['repair-report'],
    sarifPath: values['sarif-path'],
    htmlPath: values['html-path'],
    githubToken: values['github-token'],
    issue: values.issue,
    /** May still contain `{hubAccount}`. */
    issueTitle: values['issue-title'],
    /** At least one. */
    issueLabels: values['issue-labels'],
    issueAssignees: values['issue-assignees'],
    comment: values.comment,
    maskAccounts: values['mask-accounts'],
    hubUser: values['hub-user'],
    hubGroup: values['hub-group'],
    overwrite: values.overwrite,
    /** Seconds. */
    verifyTimeout: values['verify-timeout'],
  };
}

function conflictsAmong(inputs: Inputs): string[] {
  const conflicts: string[] = [];
  if (inputs.fix && inputs.mode !== 'audit') conflicts.push(`Input fix: true requires mode audit, but mode is ${inputs.mode}.`);
  if (inputs.mode === 'rollback' && inputs.repairReport === undefined) {
    conflicts.push('Input repair-report: mode rollback requires the report of the repair run.');
  }
  return conflicts;
}
