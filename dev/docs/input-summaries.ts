import type { InputName } from '../../src/inputs/defaults.ts';

/** An input in the table of the README. */
interface InputSummary {
  readonly inShort: string;
  /** The page with its full description: what a run does, or what it publishes. */
  readonly page: 'inputs' | 'results';
}

const onInputs = (inShort: string): InputSummary => ({ inShort, page: 'inputs' });
const onResults = (inShort: string): InputSummary => ({ inShort, page: 'results' });

/** Every input in a few words. */
export const INPUT_SUMMARIES: Readonly<Record<InputName, InputSummary>> = {
  'desired-state': onInputs('path of the file'),
  mode: onInputs('`audit`, `validate`, `capture` or `rollback`'),
  fix: onInputs('repair drift'),
  'fix-scope': onInputs('repair `all`, only `grant`, or only `revoke`'),
  'max-grants': onInputs('largest number of roles to which a repair grants access'),
  'max-revocations': onInputs('largest number of roles from which a repair revokes access'),
  branch: onInputs('the branch with the agreed file; empty: the default branch'),
  'fail-on': onInputs('which drift fails the step: `drift`, `widened` or `never`'),
  'auditor-role': onInputs('role in the hub that reads'),
  'fixer-role': onInputs('role in the hub that writes'),
  'organization-role': onInputs('role that reads AWS Organizations'),
  audience: onInputs('audience of the OIDC token'),
  'aws-region': onInputs('region for STS and IAM; empty: the main one of the partition'),
  concurrency: onInputs('accounts read at the same time'),
  'time-limit': onInputs('minutes for reading'),
  attribution: onInputs('look up in CloudTrail who changed what has drifted: `auto` or `off`'),
  'repair-report': onInputs('mode `rollback`: report of the run to undo'),
  'hub-user': onInputs('mode `capture`: user to start from'),
  'hub-group': onInputs('mode `capture`: group to start from'),
  overwrite: onInputs('mode `capture`: may rewrite an existing file'),
  'verify-timeout': onInputs('seconds to wait until AWS shows a write'),
  'report-path': onResults('where the JSON report is written'),
  'sarif-path': onResults('where SARIF is written'),
  'html-path': onResults('where the [HTML report](docs/evidence.md) is written'),
  'github-token': onResults('token for the issue and the comment'),
  issue: onResults('keep an issue: `auto`, `always` or `never`'),
  'issue-title': onResults('its title'),
  'issue-labels': onResults('its labels'),
  'issue-assignees': onResults('its assignees'),
  comment: onResults('keep a comment on pull requests'),
  'mask-accounts': onResults('shorten account ids in what is published: `auto`, `true` or `false`'),
};
